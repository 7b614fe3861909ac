"""A table so large that its rows leave the memory as they are written is the table it would be otherwise."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.formats.demo import HOSTILE, charts

from lianxin.core.document import Column, Document, Table, Value
from lianxin.core.value import FieldType
from lianxin.formats import render

pytestmark = pytest.mark.slow  # it takes long

COLUMNS = (Column("村", "village"), Column("数", "number", FieldType.INTEGER), Column("资金", "sum", FieldType.AMOUNT))
ROWS: list[tuple[Value, ...]] = [
    ("石桥村", 3, None),
    (" 前后空格 ", -7, 12.5),
    ("<a & b>", 0, 0.1),
    ("一\n二", None, 7),
]
#: Three columns of so many rows are large.
MANY = 34_000


def rendered(made: Document) -> bytes:
    output = render(made, "xlsx")
    assert isinstance(output, bytes)
    return output


def opened(package: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(package))


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def table(rows: int, columns: tuple[Column, ...] = COLUMNS) -> Table:
    return Table(columns, (ROWS * (rows // len(ROWS) + 1))[:rows], notes=("注意看",))


@pytest.fixture(scope="module")
def large() -> bytes:
    return rendered(Document("题", (table(MANY),)))


def test_the_cells_of_a_large_table_and_their_looks_are_those_of_a_small_one(large: bytes) -> None:
    one, other = opened(large).active, opened(rendered(Document("题", (table(len(ROWS)),)))).active
    assert "xl/sharedStrings.xml" not in parts(large)  # it is the other way of writing that is looked at
    for row, again in zip(one.iter_rows(max_row=2 + len(ROWS)), other.iter_rows(), strict=False):
        for cell, twin in zip(row, again, strict=True):
            assert (cell.value, cell.number_format, cell.font.b) == (twin.value, twin.number_format, twin.font.b)
    assert one.row_dimensions[6].height == other.row_dimensions[6].height
    assert (one.freeze_panes, one.print_title_rows) == (other.freeze_panes, other.print_title_rows)
    last = [row[0] for row in one.iter_rows(min_row=2 + MANY, values_only=True)]
    assert last == ["一\n二", "注：注意看"]


def test_the_same_large_table_makes_the_same_bytes_and_leaves_nothing_in_temporary_folders(
    large: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert rendered(Document("题", (table(MANY),))) == large
    assert not list(tmp_path.iterdir())


def test_a_large_table_under_a_heading_of_two_rows_keeps_every_heading() -> None:
    grouped = (COLUMNS[0], Column("投入/数", "number", FieldType.INTEGER), Column("投入/资金", "sum", FieldType.AMOUNT))
    sheet = opened(rendered(Document("题", (table(MANY, grouped),)))).active
    heads = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=3)]
    assert heads == [["村", "投入", None], [None, "数", "资金"]]


def test_texts_that_look_like_markup_or_hold_controls_stay_texts() -> None:
    made = rendered(Document("题", (Table((Column("话", "words"),), [(text,) for text in HOSTILE]),)))
    for name, part in parts(made).items():
        if name.endswith(".xml"):
            assert b"\0" not in part
    shown = [row[0] for row in opened(made).active.iter_rows(values_only=True)]
    assert len(shown) >= len(HOSTILE) + 2


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_written_as_text(value: float) -> None:
    numbers = Table((Column("数", "number", FieldType.AMOUNT),), [(value,), (12.5,)])
    sheet = opened(rendered(Document("题", (numbers,)))).active
    assert [cell.data_type for (cell,) in sheet.iter_rows(min_row=3, max_row=4)] == ["s", "n"]


def test_charts_still_find_their_numbers() -> None:
    drawn = [
        part for name, part in parts(rendered(Document("图", charts()))).items() if name.startswith("xl/charts/chart")
    ]
    assert drawn
    assert all(b"<c:v>" in part for part in drawn)
