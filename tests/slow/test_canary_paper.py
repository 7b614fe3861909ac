"""The canaries again, on paper: Word unpacked, PDF text taken out by pdftotext, and the metadata of both."""

from __future__ import annotations

import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.privacy.planted import Planter, told
from tests.privacy.test_canary import documents, whole_text
from tests.programs import need

from lianxin.core.document import Document, Face
from lianxin.formats import render
from lianxin.formats.face.mask import mask
from lianxin.kinds import KIND
from lianxin.reports.issue.handbook import handbook
from lianxin.reports.ledger.listing import listing
from lianxin.reports.record.page import show
from lianxin.storage.book import open_book

pytestmark = pytest.mark.slow


def read(document: Document, folder: Path) -> str:
    paper = folder / "a.pdf"
    made = render(document, "pdf")
    assert isinstance(made, bytes)
    paper.write_bytes(made)
    parts = (["pdftotext", "-raw", str(paper), "-"], ["pdfinfo", str(paper)])
    return "".join(subprocess.run(part, check=True, capture_output=True, timeout=120).stdout.decode() for part in parts)


def test_nobody_is_betrayed_on_paper(tmp_path: Path) -> None:
    need("pdftotext", "pdfinfo")
    root = Planter().township(tmp_path / "data")
    with open_book(root, today=date(2026, 12, 18), now=datetime(2026, 12, 18, 9)) as book:
        issues = [str(id_) for (id_,) in book.sql("SELECT id FROM issue ORDER BY id LIMIT 12")]
        documents = (
            handbook(book, issues),
            show(book, "HU-A9001"),
            *(listing(book, KIND[kind]) for kind in ("issue", "visit", "household", "promise", "project")),
        )
    assert told(read(documents[1], tmp_path).replace("\n", ""))
    betrayed = [document.title for document in documents if told(read(mask(document, Face.PUBLIC), tmp_path))]
    assert betrayed == []


def test_nobody_is_betrayed_in_word(tmp_path: Path) -> None:
    root = Planter().township(tmp_path / "data")
    with open_book(root, today=date(2026, 12, 18), now=datetime(2026, 12, 18, 9)) as book:
        for name, document in documents(book, root):
            made = render(mask(document, Face.PUBLIC), "docx")
            assert isinstance(made, bytes)
            assert told(whole_text(made)) == [], name
