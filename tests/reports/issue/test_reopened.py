"""Every shipped ledger, report and the handbook reopened: the same text as kept, in Word, in a workbook, on paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from tests.formats.every import pdf_text
from tests.kept import as_kept
from tests.reports.conftest import HERE
from tests.reports.reopened import book_tables, pieces, trimmed, word_tables, word_text
from tests.reports.township import ROOT, form

from lianxin.actions.paper.report import Wanted, make
from lianxin.actions.policy.definition import definitions
from lianxin.actions.workspace import Workspace
from lianxin.core.asset import asset, sample
from lianxin.core.document import Document
from lianxin.formats import render
from lianxin.reports.issue.handbook import chosen, handbook
from lianxin.reports.ledger.ledger import ledger
from lianxin.storage.book import LedgerBook, open_book

KEPT = ROOT / "tests" / "golden" / "reopened"
LEDGERS = sorted(path.stem for path in asset("ledgers").glob("*.yaml"))
REPORTS = sorted(path.stem for path in asset("reports").glob("*.yaml"))
NAMES = (*(f"台账-{name}" for name in LEDGERS), *(f"报表-{name}" for name in REPORTS), "工作手册-石坪村")
EVERY = pytest.mark.parametrize("name", NAMES)

Making = Callable[[str], Document]


@pytest.fixture(scope="module")
def making(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Making]:
    """A document by its name: ledgers and the handbook of a small township, reports of the sample's third quarter."""
    folder = tmp_path_factory.mktemp("reopened")
    shutil.copytree(HERE / "data", folder / "small")
    shutil.copytree(sample(), folder / "sample")
    now = datetime(2026, 11, 23, 9)
    with (
        open_book(folder / "small", today=date(2026, 3, 16), now=datetime(2026, 3, 16, 9)) as small,
        open_book(folder / "sample", today=now.date(), now=now) as whole,
    ):
        yield lambda name: _made(name, small, whole, Workspace(folder / "sample", now))


def _made(name: str, small: LedgerBook, whole: LedgerBook, workspace: Workspace) -> Document:
    sort, _, own = name.partition("-")
    if sort == "台账":
        return ledger(small, form(own))
    if sort == "报表":
        outline = definitions(whole).outlines[own]
        who = "RY-A0001" if outline.subject else ""
        return make(whole, workspace, Wanted(outline.rhythm, own, "2026Q3", who)).page.document
    return handbook(small, chosen(small, village="CUN-A0001"), whose=["石坪村"])


@EVERY
def test_a_word_file_says_what_it_did(making: Making, name: str) -> None:
    text = "\n".join(line for line in word_text(making(name)).splitlines() if " · 账本记号 " not in line) + "\n"
    as_kept(KEPT / f"{name}.txt", text)


@EVERY
def test_a_workbook_has_the_same_cells_as_the_word_file(making: Making, name: str) -> None:
    document = making(name)
    tables = list(map(trimmed, word_tables(document)))
    for sheet in book_tables(document):
        table = tables.pop(0)
        if table[0] in sheet:
            first = sheet.index(table[0])
            assert sheet[first : first + len(table)] == table
            continue
        head = next(row for row in sheet if set(table[0]) <= set(row))  # too wide for A4, in blocks of columns
        blocks = [table]
        while tables and set(tables[0][0]) < set(head):
            blocks.append(tables.pop(0))
        assert {label for block in blocks for label in block[0]} == set(head)
        first = sheet.index(head)
        for block in blocks:
            places = [head.index(label) for label in block[0]]
            rows = ([*row, *[""] * len(head)] for row in sheet[first : first + len(block)])
            assert trimmed([[row[place] for place in places] for row in rows]) == block
    assert not tables


def test_nothing_is_kept_of_what_is_no_longer_shipped() -> None:
    assert sorted(path.stem for path in KEPT.glob("*.txt")) == sorted(NAMES)


@pytest.mark.slow
@EVERY
def test_paper_has_all_of_it_in_the_same_order(making: Making, name: str) -> None:
    made = render(making(name), "pdf")
    assert isinstance(made, bytes)
    # a paragraph may go on over the foot of a page
    text, at = re.sub(r"\s", "", re.sub(r"— ?\d+ ?—\s*\f", "", pdf_text(made))), 0
    for piece in pieces((KEPT / f"{name}.txt").read_text("utf-8")):
        found = text.find(piece, at)
        assert found >= 0, piece
        at = found
