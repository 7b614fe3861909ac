"""Words compared as people type them: widths, blanks, dots and every sort of dash read the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from lianxin.core.text.fold import Folded, fold, folded


def as_read(text: str) -> str:
    """Free text as filters compare it: folded, but for the point within a number."""
    return fold(_pointed(text))


def read_at(text: str) -> Folded:
    """The same, with the way back to the text as it was written."""
    return folded(_pointed(text))


def _pointed(text: str) -> str:
    return re.sub(r"(?<=\d)[.\uff0e](?=\d)", "点", text)


def key(text: str) -> str:
    """A word as choices are compared: ``单位-村`` and ``单位村`` are ``单位–村``."""
    return fold("".join(one for one in text if unicodedata.category(one) != "Pd" and one not in "~～"))


def chosen(text: str, choices: Sequence[str]) -> str:
    """The choice that reads like a text; empty when there is none."""
    if text in choices:
        return text
    typed = key(text)
    return next((choice for choice in choices if key(choice) == typed), "")


def begun(text: str, choices: Sequence[str]) -> list[str]:
    """The choices that begin like a text."""
    typed = key(text)
    return [choice for choice in choices if key(choice).startswith(typed)] if typed else []


def closest(text: str, words: Sequence[str], cutoff: float = 0.5) -> str:
    """The one word that was probably meant; empty when none is near, or it leaves out a part of what was written."""
    from difflib import get_close_matches

    near = get_close_matches(text, words, n=1, cutoff=cutoff)
    if not near:
        held = [word for word in words if len(text) > 1 and (text in word or word in text)]
        near = held if len(held) == 1 else []
    return near[0] if near and not falls_short(text, near[0]) else ""


def falls_short(text: str, near: str) -> bool:
    """Whether a text of several words is so much longer that one of them would be lost."""
    several = sum(len(part) > 1 for part in text.split()) > 1
    return several and 3 * len(near) < 2 * len(fold(text))
