"""Shipped page forms as LibreOffice prints them, and as it saves them again: what a clerk changes still works."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.actions.paper import FORMS, GOLDEN, lines, made_of
from tests.programs import need
from tests.slow.test_formats_browser import pages_of

from lianxin.actions.workspace import Workspace
from lianxin.core.asset import asset, sample
from lianxin.storage.book import LedgerBook

pytestmark = pytest.mark.slow

#: Pages of those that must not have one too many.
PAGES = {"民情手册": 5, "吹哨清单": 1, "连心卡": 2, "交办单": 1, "督办单": 1}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(sample(), root)
    return Workspace(root, datetime(2026, 11, 22, 9))


@pytest.fixture(scope="module")
def book(office: Workspace) -> Iterator[LedgerBook]:
    with office.book() as opened:
        yield opened


def converted(files: list[Path], target: str, folder: Path) -> Path:
    need("soffice", "pdftotext", "pdfinfo")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(folder / "out")]
    subprocess.run([*words, *map(str, files)], check=True, capture_output=True, timeout=180)
    return folder / "out"


def kept(name: str) -> str:
    return (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_every_word_is_printed_and_no_page_is_empty(book: LedgerBook, office: Workspace, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.docx" for name in FORMS]
    for file in files:
        file.write_bytes(made_of(book, office, file.stem))
    out = converted(files, "pdf", tmp_path)
    for name in FORMS:
        pages = pages_of(out / f"{name}.pdf")
        printed = re.sub(r"\s", "", "".join(pages))
        # short runs of Chinese: a longer one may be printed in two lines, beside other cells
        words = [word for word in re.split(r"[^\u4e00-\u9fff]+", kept(name)) if len(word) in (2, 3, 4)]
        assert [word for word in words if word not in printed] == []
        assert PAGES.get(name) in (None, len([page for page in pages if page]))


def test_a_form_saved_again_by_an_office_program_still_works(office: Workspace, tmp_path: Path) -> None:
    out = converted([asset("pages", f"{name}.docx") for name in FORMS], "docx:MS Word 2007 XML", tmp_path)
    own = office.root / "forms"
    for file in out.glob("*.docx"):
        shutil.copy(file, own)
    with office.book() as fresh:
        for name in FORMS:
            assert (own / f"{name}.docx").is_file()
            assert "\n".join(lines(made_of(fresh, office, name))) + "\n" == kept(name), name
