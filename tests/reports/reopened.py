"""What documents say once they are reopened: as Word has them, as a workbook has them, in lines and cells of text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.table import Table as WordTable

from lianxin.core.chart import Chart
from lianxin.core.document import Document, Table
from lianxin.core.value import show_amount
from lianxin.formats import render

Rows = list[list[str]]


def _word(document: Document) -> Any:
    made = render(document, "docx")
    assert isinstance(made, bytes)
    return docx.Document(io.BytesIO(made))


def _cells(element: Any, made: Any) -> Rows:
    rows = []
    for row in WordTable(element, made).rows:
        merged = [cell for n, cell in enumerate(row.cells) if not n or cell._tc is not row.cells[n - 1]._tc]
        rows.append([cell.text for cell in merged])
    return rows


def word_text(document: Document) -> str:
    """A Word file from top to bottom: a line a paragraph, a line a row of a table."""
    made = _word(document)
    lines: list[str] = []
    for element in made.element.body:
        if element.tag == qn("w:p"):
            lines.append("".join(_told(element)))
        elif element.tag == qn("w:tbl"):
            lines += [f"| {' | '.join(row)} |".replace("\n", "⏎") for row in _cells(element, made)]
    return "\n".join(line for line in lines if line) + "\n"


def _told(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph but for what Word works out itself: the pages in a table of contents."""
    worked_out = page = False
    for part in paragraph.iter(qn("w:t"), qn("w:instrText"), qn("w:fldChar")):
        if part.tag == qn("w:instrText"):
            page = "PAGEREF" in (part.text or "")
        elif part.tag == qn("w:fldChar"):
            worked_out = page and part.get(qn("w:fldCharType")) == "separate"
        elif not worked_out:
            yield part.text or ""


def word_tables(document: Document) -> list[Rows]:
    """Every table that has a heading row."""
    made = _word(document)
    tables = made.element.body.findall(qn("w:tbl"))
    return [_cells(one, made) for one in tables if one.find(f".//{qn('w:tblHeader')}") is not None]


def book_tables(document: Document) -> list[Rows]:
    """The sheet of every table, cell by cell as it is shown."""
    made = render(document, "xlsx")
    assert isinstance(made, bytes)
    sheets = openpyxl.load_workbook(io.BytesIO(made), data_only=True).worksheets
    blocks = [block for block in document.blocks if isinstance(block, Table | Chart)]
    own = sheets[len(sheets) - len(blocks) :]
    return [
        [_trimmed([_shown(cell) for cell in row]) for row in sheet.iter_rows()]
        for sheet, block in zip(own, blocks, strict=True)
        if isinstance(block, Table)
    ]


def _shown(cell: Any) -> str:
    value = cell.value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if cell.number_format == "yyyy-mm-dd" else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, int | float):
        return show_amount(value) if "##0" in cell.number_format else f"{value:g}"
    return "" if value is None else str(value)


def _trimmed(row: list[str]) -> list[str]:
    """Merged cells show nothing after the first."""
    while row and not row[-1]:
        row.pop()
    return row


def trimmed(table: Rows) -> Rows:
    """A table without what is empty at the ends of its rows."""
    return [_trimmed(list(row)) for row in table]


def pieces(text: str) -> Iterator[str]:
    """Every line and cell of such a text, without spaces."""
    for line in text.splitlines():
        for part in line.strip("|").split(" | ") if line.startswith("| ") else [line]:
            squeezed = re.sub(r"[\s⏎]", "", part)
            if squeezed:
                yield squeezed
