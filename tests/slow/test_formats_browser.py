"""The page as a browser prints it: all of it there, whole, on the right paper."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.formats.demo import HOSTILE, LEDGER, WORDS, document, hostile_table, ledger
from tests.programs import need

from lianxin.core.document import Document
from lianxin.formats import render

pytestmark = pytest.mark.slow


def printed(made: Document, folder: Path) -> Path:
    need("chromium", "pdftotext", "pdfinfo")
    page, paper = folder / "page.html", folder / "page.pdf"
    page.write_text(str(render(made, "html")), encoding="utf-8")
    subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
            *(f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={paper}", page.as_uri()),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return paper


def pages_of(paper: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-raw", str(paper), "-"], check=True, capture_output=True, timeout=60)
    return [re.sub(r"\s", "", page) for page in done.stdout.decode().split("\f")]


def sizes_of(paper: Path) -> list[str]:
    done = subprocess.run(["pdfinfo", "-l", "99", str(paper)], check=True, capture_output=True, timeout=60)
    return re.findall(r"Page\s+\d+ size:\s+(\d+)", done.stdout.decode())


def test_all_text_is_printed(tmp_path: Path) -> None:
    whole = "".join(pages_of(printed(document(), tmp_path)))
    assert whole.count(WORDS) >= 3
    assert [column.label for column in LEDGER if column.label not in whole] == []
    assert "—1—" in whole


def test_headings_stand_with_what_follows(tmp_path: Path) -> None:
    pages = pages_of(printed(document(), tmp_path))
    # The first mention of a heading is in the contents.
    assert "表三问题台账" in next(page for page in pages[2:] if "四、台账" in page)
    assert "（单位：件）" in next(page for page in pages[2:] if "三、图" in page)
    assert "表一承办单位排名" in next(page for page in pages if "1.单位排名" in page)


def test_a_ledger_lies_and_repeats_its_heading_row(tmp_path: Path) -> None:
    paper = printed(ledger(60), tmp_path)
    pages = [page for page in pages_of(paper) if "WT-2026" in page]
    assert len(pages) > 2
    assert [page for page in pages if "编号" not in page or "问题描述" not in page] == []
    first = [n for n, page in enumerate(pages) if "联系电话" in page]
    second = [n for n, page in enumerate(pages) if "销号时间" in page]
    assert [*first, *second[1:]] == [*range(len(pages))]  # one block after the other
    assert second[0] == first[-1]
    assert set(sizes_of(paper)) == {"841"}  # A4, lying
    assert set(sizes_of(printed(replace(ledger(60), large=True), tmp_path))) <= {"1190", "1191"}  # A3 where wanted


def test_rows_are_not_split_over_pages(tmp_path: Path) -> None:
    pages = pages_of(printed(ledger(60), tmp_path))
    for n in range(60):
        found = [page for page in pages if f"WT-2026-A{n + 1:04d}" in page]
        assert len(found) == 2  # once in each block
        assert f"1390000{n:04d}" in found[0]


def test_hostile_text_is_printed_not_run(tmp_path: Path) -> None:
    whole = "".join(pages_of(printed(Document("怪", (hostile_table(),)), tmp_path)))
    plain = [text for text in HOSTILE if text.isascii() and text.isprintable()]
    assert len(plain) > 10
    assert [text for text in plain if re.sub(r"\s", "", text) not in whole] == []
