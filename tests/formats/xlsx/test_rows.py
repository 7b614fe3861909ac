"""Rows that are put into the finished workbook, against the same cells written by XlsxWriter itself."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from tests.formats.demo import HOSTILE, charts
from xlsxwriter.worksheet import Worksheet

from lianxin.core.document import Column, Document, Table
from lianxin.core.value import FieldType
from lianxin.formats import render
from lianxin.formats.xlsx.rows import Rows, assembled

CELLS: list[list[Any]] = [
    ["石桥村", 3, None, 46081.40278],
    ["石桥村", Decimal("1280000.50"), "", 0.1],
    [" 前后空格 ", -7, "<a & b>", 1e21],
    ["一\n二", 0, None, None],
]


def workbook(sort: type[Any]) -> bytes:
    """Three sheets with something written by XlsxWriter before, between and after the rows."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    plain, bold = book.add_format({"border": 1}), book.add_format({"bold": True, "num_format": "@"})
    for name, rows in (("甲", CELLS), ("空", []), ("乙", [row[:1] for row in CELLS])):
        sheet = book.add_worksheet(name, sort)
        sheet.write_string(0, 0, "石桥村", bold)
        for at, row in enumerate(rows, start=2):
            style = bold if at % 2 else plain
            if sort is Rows:
                sheet.put(at, [sheet.cell(None if value == "" else value, style) for value in row])
            else:
                for n, value in enumerate(row):
                    sheet.write(at, n, value, style)
            sheet.set_row(at, 30)
        sheet.merge_range(9, 0, 9, 3, "注", plain)
    book.close()
    return assembled(made.getvalue(), book.worksheets()) if sort is Rows else made.getvalue()


def opened(package: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(package))


def rendered(made: Document) -> bytes:
    output = render(made, "xlsx")
    assert isinstance(output, bytes)
    return output


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def test_a_workbook_of_rows_is_that_of_xlsxwriter_but_for_the_order_of_styles() -> None:
    own, other = parts(workbook(Rows)), parts(workbook(Worksheet))
    assert own.keys() == other.keys()
    assert own["xl/sharedStrings.xml"] == other["xl/sharedStrings.xml"]
    numbered = re.compile(rb' s="\d+"')
    for name in own:
        if name != "xl/styles.xml":
            assert numbered.sub(b"", own[name]) == numbered.sub(b"", other[name]), name


def test_another_library_reads_the_same_cells_in_the_same_styles() -> None:
    own, other = (opened(workbook(sort)) for sort in (Rows, Worksheet))
    for sheet, twin in zip(own.worksheets, other.worksheets, strict=True):
        for row, again in zip(sheet.iter_rows(), twin.iter_rows(), strict=True):
            assert [cell.value for cell in row] == [cell.value for cell in again]
            assert [cell.number_format for cell in row] == [cell.number_format for cell in again]
            assert [cell.font.b for cell in row] == [cell.font.b for cell in again]


def test_the_same_rows_make_the_same_bytes() -> None:
    assert workbook(Rows) == workbook(Rows)


def test_texts_that_look_like_markup_or_hold_controls_stay_texts() -> None:
    table = Table((Column("话", "words"),), [(text,) for text in HOSTILE])
    made = rendered(Document("题", (table,)))
    for name, part in parts(made).items():
        if name.endswith(".xml"):
            assert b"\0" not in part
    shown = [row[0] for row in opened(made).active.iter_rows(values_only=True)]
    assert len(shown) >= len(HOSTILE) + 2


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_written_as_text(value: float) -> None:
    table = Table((Column("数", "number", FieldType.AMOUNT),), [(value,), (12.5,)])
    made = rendered(Document("题", (table,)))
    sheet = opened(made).active
    assert [cell.data_type for (cell,) in sheet.iter_rows(min_row=3, max_row=4)] == ["s", "n"]


def test_charts_still_find_their_numbers() -> None:
    drawn = [
        part for name, part in parts(rendered(Document("图", charts()))).items() if name.startswith("xl/charts/chart")
    ]
    assert drawn
    assert all(b"<c:v>" in part for part in drawn)
