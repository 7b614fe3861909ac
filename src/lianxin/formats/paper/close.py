"""Chinese set as documents are: no blanks around a number, which would be drawn wide where lines fill their measure."""

from __future__ import annotations

import re

from lianxin.core.declare.field import Privacy
from lianxin.core.document import Paragraph
from lianxin.core.text.pattern import late

_CHINESE = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uff60—“”]"
#: A number by itself, a day or a share among them; no part of an id or of a Latin word.
_NUMBER = late(
    rf"((?<={_CHINESE}) )?(?<![0-9A-Za-z_.-])([+−±-]?\d[\d.,:-]*)"
    rf"(?:( ?[%‰])|(?![0-9A-Za-z_.-]))( (?={_CHINESE}))?"
)
_COMMAND = "lianxin "
_DASH = late(rf"(?<={_CHINESE}) —(?={_CHINESE}|$)")


def closed(block: Paragraph) -> str:
    """A paragraph's text; what somebody said, and what is to be typed, stays as it was written."""
    if block.privacy is Privacy.STORY or _COMMAND in block.text:
        return block.text
    return _DASH.sub("—", _NUMBER.sub(_joined, block.text))


def _joined(found: re.Match[str]) -> str:
    return f"{found[2]}{(found[3] or '').strip()}"
