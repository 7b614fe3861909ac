"""A copy of somebody's workbook with remarks beside its cells: in a column of their own, and as comments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from lianxin.core.sheet import CellValue, Sheet

#: Row and column from 1; column 0: of the whole row.
Notes = Mapping[tuple[int, int], Sequence[str]]

_WRONG = PatternFill("solid", fgColor="FFF2CC")
_RED = "C00000"
_WIDE, _LINE, _LATIN = 56, 15, 0x2E80
_COMMENT = (320, 120)


def noted(
    data: bytes, sheets: Sequence[Sheet], notes: Mapping[str, Notes], heads: Mapping[str, int], heading: str
) -> bytes:
    """The workbook with the remarks; what was there stays as it was.

    Args:
        data: The workbook's own bytes; what is no xlsx is written anew from its cells.
        sheets: As they were read.
        notes: By sheet.
        heads: The row, from 1, of each sheet that holds its headings.
        heading: Of the column the remarks stand in.
    """
    book = _opened(data) or _rebuilt(sheets)
    for name, found in notes.items():
        if name in book.sheetnames and isinstance(sheet := book[name], Worksheet):
            _note(sheet, found, heads.get(name, 1), heading)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _opened(data: bytes) -> Workbook | None:
    try:
        return load_workbook(io.BytesIO(data)) if zipfile.is_zipfile(io.BytesIO(data)) else None
    except (InvalidFileException, KeyError, ValueError, TypeError, zipfile.BadZipFile):
        return None  # what openpyxl cannot read is written anew


def _rebuilt(sheets: Sequence[Sheet]) -> Workbook:
    book = Workbook()
    for number, sheet in enumerate(sheets):
        made = book.active if not number and book.active else book.create_sheet()
        if not isinstance(made, Worksheet):
            continue
        made.title = sheet.name[:31]
        for row, cells in enumerate(sheet.rows, 1):
            for column, value in enumerate(cells, 1):
                if value != "":
                    _put(made, row, column, value)
        for (top, left), (bottom, right) in sheet.merged:
            made.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    return book


def _put(sheet: Worksheet, row: int, column: int, value: CellValue) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"  # never a formula
    else:
        cell.value = value


def _note(sheet: Worksheet, notes: Notes, head: int, heading: str) -> None:
    beside = next(
        (n for n in range(1, sheet.max_column + 1) if sheet.cell(head, n).value == heading), sheet.max_column + 1
    )
    title = sheet.cell(head, beside)
    if isinstance(title, Cell):
        title.value, title.font = heading, Font(name=sheet.cell(head, 1).font.name, bold=True, color=_RED)
    sheet.column_dimensions[get_column_letter(beside)].width = _WIDE + 4
    by_row: dict[int, list[str]] = {}
    for (row, column), said in notes.items():
        by_row.setdefault(row, []).extend(said)
        cell = sheet.cell(row, column) if column else None
        if isinstance(cell, Cell):  # the lower part of a merged one can bear nothing
            cell.comment = Comment("\n".join(said), "lianxin", *reversed(_COMMENT))
            cell.fill = _WRONG
    for row, said in by_row.items():
        cell = sheet.cell(row, beside)
        if isinstance(cell, Cell):
            text = "；\n".join(dict.fromkeys(said))
            cell.value, cell.font = text, Font(name=sheet.cell(row, 1).font.name, color=_RED)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            lines = sum(-(-sum(2 if ord(one) > _LATIN else 1 for one in line) // _WIDE) for line in text.split("\n"))
            held = sheet.row_dimensions[row].height or 0
            sheet.row_dimensions[row].height = max(held, lines * _LINE)
