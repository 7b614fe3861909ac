"""A superior's workbook, filled: ``{{ 字段 }}`` in cells; a line with ``{{ 行.字段 }}`` is written once a record."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.cell_range import CellRange

from lianxin.core.error import LianxinError
from lianxin.core.text.pattern import late
from lianxin.formats.face.sanitise import for_xlsx
from lianxin.formats.fill.rule import nearly
from lianxin.formats.fill.tag import ROW, Tags, environment, limited, tags_of
from lianxin.formats.fill.value import Row, context_of
from lianxin.formats.package import CORE, settled

_OPEN = "{{"
#: Where tags are not filled.
_BESIDE = late(r"xl/(?:drawings|comments|charts|threadedComments)[^/]*/?[^/]*\.xml\Z")


def _opened(form: bytes, where: str) -> Any:
    broken = LianxinError(f"{where}打不开，不是完好的 .xlsx；请在 WPS 或 Excel 里打开另存一次再来")
    try:
        with warnings.catch_warnings(action="ignore"):  # of parts it does not know, in English
            book = openpyxl.load_workbook(BytesIO(form))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, SyntaxError):
        raise broken from None
    if not book.worksheets:
        raise broken
    with zipfile.ZipFile(BytesIO(form)) as package:
        if CORE not in package.namelist():
            book.properties.created = datetime(1980, 1, 1)  # else it would be this very second
    return book


def _tagged(sheet: Any) -> list[Any]:
    return [cell for line in sheet.iter_rows() for cell in line if isinstance(cell.value, str) and "{" in cell.value]


def _beside(form: bytes, where: str) -> None:
    """Look for tags where none is filled.

    Raises:
        LianxinError: There is one.
    """
    with zipfile.ZipFile(BytesIO(form)) as package:
        for name in filter(_BESIDE.search, package.namelist()):
            if b"{{" in package.read(name) or "\uff5b".encode() in package.read(name):
                raise LianxinError(f"{where}的批注、文本框或图里有标签，那里填不了；请移到单元格里")


def tags(form: bytes, where: str) -> Tags:
    """What a workbook asks for.

    Raises:
        LianxinError: It cannot be opened, or a tag in it is not closed.
    """
    with limited(where):
        book = _opened(form, where)
        _beside(form, where)
        texts: list[str] = []
        for sheet in book:
            nearly("\n".join(map(str, (sheet.title, *_around(sheet)))), f"{where}「{sheet.title}」的名称、页眉或页脚")
            for line in sheet.iter_rows():
                for cell in line:
                    if isinstance(cell.value, str):
                        place = f"{where}「{sheet.title}」{cell.coordinate} "
                        nearly(cell.value, place)
                        if "{" in cell.value:
                            tags_of(cell.value, place)
                            texts.append(cell.value)
        return tags_of("\n".join(texts), where)


def _around(sheet: Any) -> list[str]:
    """What stands over and under a sheet's pages.

    Raises:
        LianxinError: A tag stands there, where none is filled.
    """
    ends = (sheet.oddHeader, sheet.oddFooter, sheet.evenHeader, sheet.evenFooter, sheet.firstHeader, sheet.firstFooter)
    texts = [part.text or "" for end in ends for part in (end.left, end.center, end.right)]
    if any("{{" in text for text in (sheet.title, *texts)):
        raise LianxinError(f"「{sheet.title}」的名称、页眉或页脚里有标签，那里填不了；请移到单元格里")
    return texts


def fill(form: bytes, where: str, rows: Sequence[Row], beside: Mapping[str, str]) -> bytes:
    """The workbook filled from one record, or from many: lines of its own, else a sheet for each.

    Raises:
        LianxinError: A template in it fails or does not end.
    """
    with limited(where, len(rows)):
        book = _opened(form, where)
        for sheet in list(book):
            lines = sorted({cell.row for cell in _tagged(sheet) if ROW in cell.value}, reverse=True)
            if lines or len(rows) < 2:
                for line in lines:
                    _repeat(sheet, line, rows, beside)
                _fill(_tagged(sheet), context_of(rows, beside))
                continue
            title = sheet.title
            for n, row in enumerate(rows):
                made = sheet if n == len(rows) - 1 else book.copy_worksheet(sheet)
                made.title = f"{title[:12]} {row.get('编号') or n + 1}"[:31]
                _fill(_tagged(made), context_of([row], beside))
        made_ = BytesIO()
        book.save(made_)
    return settled(made_.getvalue())


def _fill(cells: Sequence[Any], context: Mapping[str, Any]) -> None:
    for cell in cells:
        template = environment()
        template.autoescape = False  # a cell is no markup
        cell.value = for_xlsx(template.from_string(cell.value).render(context))
        cell.data_type = "s"  # =1+1 stays text


def _repeat(sheet: Any, line: int, rows: Sequence[Row], beside: Mapping[str, str]) -> None:
    """One line of the sheet for each record, everything below moved down."""
    more = len(rows) - 1
    pattern = [(cell.column, cell.value, cell) for cell in sheet[line]]
    height = sheet.row_dimensions[line].height
    if more > 0:
        _move_down(sheet, line, more)
    for n in range(max(len(rows), 1)):
        context = {**context_of(rows, beside), ROW: rows[n] if rows else {}}
        for column, value, source in pattern:
            cell = sheet.cell(line + n, column)
            cell.value = value if rows else None
            if source.has_style:
                cell._style = copy(source._style)  # noqa: SLF001 - openpyxl 3.1: piece by piece, by public names, it takes 25 times as long
            if rows and isinstance(value, str) and _OPEN in value:
                _fill([cell], context)
        sheet.row_dimensions[line + n].height = height


def _move_down(sheet: Any, line: int, more: int) -> None:
    last, wide = sheet.max_row, sheet.max_column
    heights = {at: sheet.row_dimensions[at].height for at in range(line + 1, last + 1)}
    merged = [CellRange(area.coord) for area in sheet.merged_cells.ranges if area.min_row > line]
    for area in merged:
        sheet.unmerge_cells(area.coord)
    if last > line:
        sheet.move_range(f"A{line + 1}:{get_column_letter(wide)}{last}", rows=more, cols=0, translate=True)
    for at, height in heights.items():
        sheet.row_dimensions[at + more].height = height
    for area in merged:
        area.shift(row_shift=more)
        sheet.merge_cells(area.coord)
