"""A sheet of somebody's workbook as it was read: typed cells at their places, and nothing of what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct

#: What a cell may hold; an empty one holds an empty text.
CellValue = str | int | float | bool | date | datetime | time | timedelta

#: Rows and columns from 0, both ends included.
Merged = tuple[tuple[int, int], tuple[int, int]]


class Sheet(Struct, frozen=True):
    """One sheet.

    Attributes:
        rows: From the first row and column of the sheet, be they empty.
        merged: Cells that are one.
        from_1904: Days that stand as numbers are counted from 1904, not 1900; None: the file does not say.
        hidden: Nobody sees it who does not look for it.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    merged: Sequence[Merged] = ()
    from_1904: bool | None = False
    hidden: bool = False


def letter(column: int) -> str:
    """What a column, from 0, is called: ``A``, ``AB``."""
    column += 1
    made = ""
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(ord("A") + rest) + made
    return made
