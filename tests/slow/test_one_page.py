"""The page to be printed and pinned up beside the desk is one sheet of A4, whole and large enough to be read."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from tests.programs import need

pytestmark = pytest.mark.slow

PAGE = Path(__file__).resolve().parents[2] / "docs" / "手册" / "一页纸上手.md"
_STYLE = (
    "@page{size:A4;margin:14mm}body{font:12pt/1.45 serif;margin:0}h1{font-size:16pt;margin:0 0 4pt}"
    "p,ul,ol,table,pre{margin:3pt 0}pre,code{font:10.5pt monospace}td,th{text-align:left;padding:1pt 10pt 1pt 0}"
)


def test_it_prints_on_one_sheet(tmp_path: Path) -> None:
    need("chromium", "pdftotext", "pdfinfo")
    text = PAGE.read_text(encoding="utf-8")
    page, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    body = MarkdownIt("commonmark").enable("table").render(text)
    page.write_text(f'<meta charset="utf-8"><style>{_STYLE}</style>{body}', encoding="utf-8")
    subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
            *(f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={paper}", page.as_uri()),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    told = subprocess.run(["pdfinfo", str(paper)], check=True, capture_output=True, timeout=60).stdout.decode()
    assert re.search(r"^Pages: +1$", told, re.MULTILINE), told
    printed = subprocess.run(["pdftotext", "-raw", str(paper), "-"], check=True, capture_output=True, timeout=60).stdout
    for wanted in ("一页纸上手", "lianxin 问题 新增", "敲 lianxin 帮助 受理"):
        assert re.sub(r"\s", "", wanted) in re.sub(r"\s", "", printed.decode())
