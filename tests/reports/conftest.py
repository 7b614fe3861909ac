"""A small township of the reports' own, fixed, on Monday 2026-03-16."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.kept import as_kept
from tests.reports.township import ROOT, Golden

from lianxin.core.book import Book
from lianxin.core.document import Document
from lianxin.formats import render
from lianxin.storage.book import open_book

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 16, 9, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "township"
    shutil.copytree(HERE / "data", root)
    return root


@pytest.fixture
def book(folder: Path) -> Iterator[Book]:
    with open_book(folder, today=date(2026, 3, 16), now=NOW) as opened:
        yield opened


@pytest.fixture
def golden() -> Golden:
    """Compare a document as Markdown with the one kept."""

    def compare(name: str, document: Document) -> None:
        text = render(replace(document, provenance=None), "md")
        assert isinstance(text, str)
        as_kept(ROOT / "tests" / "golden" / f"{name}.md", text)

    return compare
