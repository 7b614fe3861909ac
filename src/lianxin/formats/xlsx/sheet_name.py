"""Names of sheets: what Excel forbids is left out, none is longer than 31, none is there twice."""

from __future__ import annotations

from lianxin.core.text.pattern import late
from lianxin.formats.face.sanitise import visible

_FORBIDDEN = late(r"[\[\]:*?/\\\n' ]+")
_LONGEST = 31


class SheetNames:
    """The names given out in one workbook."""

    def __init__(self) -> None:
        # Excel keeps this one for itself.
        self._taken = {"history"}

    def take(self, wished: str) -> str:
        """A lawful name as near to the wished one as can be."""
        plain = _FORBIDDEN.sub(" ", visible(wished)).strip(" '") or "表"
        name, n = _cut(plain, _LONGEST), 1
        while name.lower() in self._taken:
            n += 1
            tail = f"({n})"
            name = _cut(plain, _LONGEST - len(tail)) + tail
        self._taken.add(name.lower())
        return name


def _cut(text: str, longest: int) -> str:
    """Excel counts UTF-16 units, of which a rare character takes two."""
    while len(text.encode("utf-16-le")) // 2 > longest:
        text = text[:-1]
    return text.rstrip(" '")
