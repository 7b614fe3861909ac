"""What the libraries alone make says what the product's own documents say, or the ratios would mean nothing."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bench.document import documents
from bench.generate import TODAY, generate
from bench.process import FailedError, run
from bench.table import Printed

from bench import alone, material
from lianxin.actions.paper.fill import fill
from lianxin.actions.policy.blank import blank
from lianxin.actions.policy.form import form_named
from lianxin.actions.workspace import Workspace
from lianxin.core.document import Document, Face
from lianxin.formats import format_for, render
from lianxin.formats.face.mask import mask
from lianxin.formats.paper.typeface import faces
from lianxin.kinds import KIND
from lianxin.reports.issue.handbook import chosen, handbook
from lianxin.reports.ledger.ledger import ledger


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = tmp_path_factory.mktemp("bench") / "town"
    generate(made, 12)
    return Workspace(made, datetime.combine(TODAY, time()))


@pytest.fixture(scope="module")
def volume(town: Workspace) -> Document:
    with town.book() as book:
        return mask(handbook(book, chosen(book)), Face.PUBLIC)


@pytest.fixture(scope="module")
def bound(town: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bound") / "handbook"
    material.handbook_material(town.root, made)
    return made


def body(docx: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml")


def cells(xlsx: bytes, first: int, last: int) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx)).worksheets[0]
    return list(sheet.iter_rows(min_row=first, max_row=last, values_only=True))


def test_jinja_alone_makes_as_many_cells_and_pages(volume: Document, bound: Path) -> None:
    own, other = render(volume, "html"), alone.html(bound).decode()
    assert isinstance(own, str)
    for mark in ("<td>", "<th ", "<li>", "<time>", "<dt>", "<h2", "<h3", "<col>"):
        assert own.count(mark) == other.count(mark), mark


def test_docxtpl_alone_makes_as_many_tables_and_cells(volume: Document, bound: Path) -> None:
    own, other = render(volume, "docx"), alone.docx(bound)
    assert isinstance(own, bytes)
    for mark in (b"<w:tbl>", b"<w:tc>"):
        assert body(own).count(mark) == body(other).count(mark), mark


def test_docxtpl_alone_fills_the_same_page(town: Workspace, tmp_path: Path) -> None:
    material.page_material(town.root, tmp_path / "page", "交办单")
    with town.book() as book:
        own = fill(book, "", blank(book, "交办单"), KIND["issue"], chosen(book), Face.PUBLIC).bare
    assert format_for("docx").lines(own) == format_for("docx").lines(alone.docx(tmp_path / "page"))


def test_xlsxwriter_alone_writes_the_same_cells(town: Workspace, tmp_path: Path) -> None:
    material.ledger_material(town.root, tmp_path / "ledger", "问题台账")
    with town.book() as book:
        own = render(mask(ledger(book, form_named(book, "问题台账")), Face.PUBLIC), "xlsx")
    assert isinstance(own, bytes)
    other = alone.xlsx(tmp_path / "ledger")
    count = openpyxl.load_workbook(io.BytesIO(other)).worksheets[0].max_row
    head = next(n for n, row in enumerate(cells(own, 1, 9), 1) if row[0] == "序号")
    assert cells(own, head, head)[0] == cells(other, 1, 1)[0]
    texts = [[value for value in row if isinstance(value, str)] for row in cells(own, head + 1, head + count - 1)]
    assert texts == [[value for value in row if isinstance(value, str)] for row in cells(other, 2, count)]


def test_what_a_machine_cannot_make_is_named_and_not_tried(tmp_path: Path) -> None:
    left = [work.name for work in documents(tmp_path, 1000) if work.without]
    assert left == ([] if faces().chinese else ["documents: handbook -f pdf"])


def test_a_row_is_printed_before_the_next_is_measured(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table = Printed("题目", {"工作": 8, "倍数": 6})
    table.row("办结", "1.00")
    with pytest.raises(FailedError, match="又坏了"):
        run(("sh", "-c", "echo 又坏了; exit 3"), tmp_path)
    assert capsys.readouterr().out.splitlines()[-1] == "办结        1.00"
