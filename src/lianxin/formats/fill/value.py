"""A record's values as a form's tags read them: texts, what they point to, and lists to be gone over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from msgspec import Struct

from lianxin.formats.fill.tag import BESIDE, RECORDS


class Text(str):
    """A field's text; ``.`` steps on to what the record it points to says."""

    __slots__ = ("further",)
    further: dict[str, Text | Parts]

    def __new__(cls, text: str = "") -> Self:
        """A text with nothing further to be asked of it yet."""
        made = super().__new__(cls, text)
        made.further = {}
        return made

    def __getattr__(self, name: str) -> Text | Parts:
        try:
            return self.further[name]
        except KeyError:
            raise AttributeError(name) from None


class Parts(Struct, frozen=True):
    """A list for loops to go over.

    Attributes:
        text: How it prints by itself: its parts in one line, or how many there are.
    """

    parts: Sequence[Text]
    text: str

    def __iter__(self) -> Iterator[Text]:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)

    def __str__(self) -> str:
        return self.text


#: One record, or one part of a list.
Row = Mapping[str, Text | Parts]


def _put(made: dict[str, Text | Parts], path: str, value: Text | Parts) -> None:
    """A value where its path leads, over references that may not have been asked for themselves."""
    *before, last = path.split(".")
    at = made
    for name in before:
        stepped = at.setdefault(name, Text())
        at = stepped.further if isinstance(stepped, Text) else {}
    at[last] = value


def row_of(
    columns: Sequence[str], texts: Sequence[str], number: int, lists: Mapping[str, Parts] | None = None
) -> dict[str, Text | Parts]:
    """One record's fields as templates read them.

    Args:
        columns: Paths of its fields.
        texts: What they hold.
        number: Which record of those asked for it is.
        lists: The parts of each list, by its path.
    """
    made: dict[str, Text | Parts] = {BESIDE[0]: Text(str(number))}
    for path, text in sorted(zip(columns, texts, strict=True), key=lambda pair: pair[0].count(".")):
        _put(made, path, Text(text))
    for path, parts in (lists or {}).items():
        _put(made, path, parts)
    return made


def parts_of(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Parts:
    """A list from the rows of its parts; a column called ``""`` holds the text of the part itself."""
    parts = [_part(columns, texts, number) for number, texts in enumerate(rows, start=1)]
    return Parts(parts, "、".join(parts) if "" in columns else str(len(parts) or ""))


def _part(columns: Sequence[str], texts: Sequence[str], number: int) -> Text:
    said = dict(zip(columns, texts, strict=True))
    made = Text(said.pop("", str(number)))
    made.further = row_of(tuple(said), tuple(said.values()), number)
    return made


def context_of(rows: Sequence[Row], beside: Mapping[str, str]) -> dict[str, Any]:
    """All a form can read: the first record's fields by name, and every record under ``记录``."""
    return {**(rows[0] if rows else {}), **beside, BESIDE[1]: str(len(rows)), RECORDS: list(rows)}
