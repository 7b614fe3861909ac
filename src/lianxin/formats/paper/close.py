"""Chinese set as documents are: no blanks around a number, which would be drawn wide where lines fill their measure."""

from __future__ import annotations

import re
from collections.abc import Callable

from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Heading, Paragraph, Value, show
from lianxin.core.text.pattern import late
from lianxin.core.value import FieldType
from lianxin.formats.cell import NUMBERS

_CHINESE = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uff60—“”]"
#: A number by itself, a day or a share among them; no part of an id or of a Latin word.
_NUMBER = late(
    rf"((?<={_CHINESE}) )?(?<![0-9A-Za-z_.-])([+−±≥≤-]?\d[\d.,:-]*)"
    rf"(?:( ?[%‰])|(?![0-9A-Za-z_.-]))( (?={_CHINESE}))?"
)
#: Between thousands of a number.
_THOUSANDS = late(r"(?<=\d) (?=\d{3}(?!\d))(?<!\d{4} )")
_COMMAND = "lianxin "
_DASH = late(rf"(?<={_CHINESE}) —(?={_CHINESE}|$)")


#: A Latin word, an id or an address so long that a line before it that fills its measure would be drawn wide.
_LONG = late("[!-~]{9,}")


def ragged(text: str) -> bool:
    """Whether the lines of a paragraph end where they fall: one holds a word that cannot be parted."""
    return _LONG.search(text) is not None


def closed(block: Paragraph | Heading) -> str:
    """A paragraph's text; what somebody said, and what is to be typed, stays as it was written."""
    return block.text if block.privacy is Privacy.STORY else closed_up(block.text)


def closed_up(text: str) -> str:
    """A text of the tool's or the office's own: a caption, a note, the heading of a group."""
    if _COMMAND in text:
        return text
    return _DASH.sub("—", _NUMBER.sub(_joined, _THOUSANDS.sub("", text)))


def figure(text: str) -> str:
    """What stands in a column of numbers: without a blank before % and 个百分点; thousands stay apart in a column."""
    return text.replace(" %", "%").replace(" 个", "个")


def closing(column: Column) -> Callable[[str], str]:
    """How the texts of a column are set: what somebody wrote as it was written."""
    if column.type in NUMBERS:
        return figure
    return closed_up if column.told or column.type is FieldType.DEADLINE else str


def cell_text(value: Value, column: Column) -> str:
    """What stands in a cell on paper."""
    return closing(column)(show(value, column.type))


def _joined(found: re.Match[str]) -> str:
    return f"{found[2]}{(found[3] or '').strip()}"
