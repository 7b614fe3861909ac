"""The workbook as LibreOffice opens and prints it."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from pathlib import Path

import openpyxl
import pytest
from tests.formats.demo import HOSTILE, WORDS, hostile_table, ledger, ledger_row
from tests.programs import need
from tests.slow.test_formats_browser import pages_of, sizes_of

from lianxin.core.document import Document
from lianxin.formats import render
from lianxin.formats.face.sanitise import from_csv, visible

pytestmark = pytest.mark.slow


def converted(made: Document, name: str, target: str, folder: Path) -> Path:
    need("soffice", "pdftotext", "pdfinfo")
    source = folder / f"book.{name}"
    output = render(made, name)
    source.write_bytes(output if isinstance(output, bytes) else output.encode())
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            # Without being told, LibreOffice takes a CSV for Latin-1 even with a byte order mark.
            *(["--infilter=CSV:44,34,76"] if name == "csv" else []),
            *("--convert-to", target, "--outdir", str(folder / "out"), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return next((folder / "out").glob("book.*"))


def test_a_ledger_prints_one_page_wide_and_whole(tmp_path: Path) -> None:
    paper = converted(ledger(40), "xlsx", "pdf", tmp_path)
    pages = [page for page in pages_of(paper) if page]
    whole = "".join(pages)
    assert set(sizes_of(paper)) == {"841"}, "27 columns go on over two A4"
    assert [page for page in pages if "WT-2026" in page and "编号" not in page] == []
    stories = [str(ledger_row(n)[7]) for n in range(40)]
    assert [story for story in stories if re.sub(r"\s", "", story) not in whole] == []
    assert "###" not in whole


def test_a_spreadsheet_runs_nothing_of_a_workbook(tmp_path: Path) -> None:
    sheet = converted(Document("怪", (hostile_table(),)), "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path)
    rows = list(csv.reader(io.StringIO(sheet.read_text(encoding="utf-8"), newline="")))
    found = [row[1] for row in rows[3 : 3 + len(HOSTILE)]]
    assert found == [visible(text) for text in HOSTILE]


def test_a_spreadsheet_runs_nothing_of_a_csv(tmp_path: Path) -> None:
    made = Document("怪", (hostile_table(),))
    sheet = converted(made, "csv", "xlsx", tmp_path)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(sheet).active.iter_rows()]  # type: ignore[union-attr]
    start = next(n for n, row in enumerate(rows) if row[1] == "文字") + 1
    found = [str(row[1]) for row in rows[start : start + len(HOSTILE)]]
    assert [from_csv(text) for text in found] == [visible(text) for text in HOSTILE]


def test_long_chinese_is_not_cut_in_a_workbook(tmp_path: Path) -> None:
    whole = "".join(pages_of(converted(ledger(6), "xlsx", "pdf", tmp_path)))
    assert WORDS[:30] in whole
