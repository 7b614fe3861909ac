"""A document as an Excel/WPS workbook: a sheet a table, ready to print, everything else on a first sheet.

The same document gives the same bytes: the created date is the as-of day. What is large goes through temporary files in
a folder of its owner's alone, gone at the end; all else is made in memory.
"""

from __future__ import annotations

import io
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from lianxin.core.chart import Chart
from lianxin.core.document import Document, Heading, Table
from lianxin.core.value import day_text
from lianxin.formats import Options
from lianxin.formats.chart.text import numbers
from lianxin.formats.face.sanitise import for_xlsx
from lianxin.formats.package import keywords, named
from lianxin.formats.paper.foot import NAME, foot_lines, made_at, origin
from lianxin.formats.paper.heading import head_rows
from lianxin.formats.paper.trace import trace_line
from lianxin.formats.xlsx.flow import write_flow
from lianxin.formats.xlsx.sheet_name import SheetNames
from lianxin.formats.xlsx.style import Styles
from lianxin.formats.xlsx.table import write_table

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
#: From so many cells on rows leave the memory as they are written, and texts stand in their cells: a little slower, and
#: a township's ledger takes 90 MB less.
_LARGE = 100_000
#: So many tables and nothing else have a first sheet that leads to each.
_LISTED_FROM = 3


def render(document: Document, options: Options) -> bytes:  # noqa: ARG001 - every format is called alike
    """The document as the bytes of an ``.xlsx`` file."""
    if not _large(document):
        return _made(document, {"in_memory": True})
    with TemporaryDirectory(prefix="lianxin-") as folder:
        return _made(document, {"constant_memory": True, "tmpdir": folder})


def _large(document: Document) -> bool:
    """Whether rows are written once, downwards: neither a chart reads them again nor a heading stands over two."""
    if any(isinstance(block, Chart) for block in document.blocks):
        return False
    tables = [block for block in document.blocks if isinstance(block, Table)]
    cells = sum(len(table.rows) * len(table.columns) for table in tables)
    return cells >= _LARGE and all(len(head_rows([c.label for c in table.columns])) == 1 for table in tables)


def _made(document: Document, kept: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS | kept)
    _describe(book, document)
    styles = Styles(book)
    names = SheetNames()
    tables = [(n, block) for n, block in enumerate(document.blocks) if isinstance(block, Table | Chart)]
    bare = bool(tables) and len(tables) == len(document.blocks)
    flow = None if bare and len(tables) < _LISTED_FROM else book.add_worksheet(names.take("目录" if bare else "说明"))
    placed: dict[int, str] = {}
    for position, block in tables:
        table = numbers(block, nothing=None) if isinstance(block, Chart) else block
        own = table.caption or _heading_before(document, position) or document.title
        placed[position] = names.take(own)
        sheet = book.add_worksheet(placed[position])
        head = write_table(
            sheet,
            table,
            styles,
            titles=_titles(document, own, bare=bare, alone=len(tables) == 1),
            feet=foot_lines(document.provenance, paper=True),
            landscape=document.landscape,
            large=document.large,
            kept=_kept(document, table),
        )
        if isinstance(block, Chart) and block.labels:
            from lianxin.formats.chart.native import native

            sheet.insert_chart(head, len(table.columns) + 1, native(book, placed[position], block, head))
    if flow is not None:
        write_flow(flow, document, styles, placed)
    book.close()
    return named(out.getvalue(), NAME)


def _kept(document: Document, table: Table) -> str:
    """What a ledger says over its table: who keeps it, of which day it is, in what its sums are counted."""
    if not document.office:
        return ""
    made = document.provenance
    told = (
        f"填报单位：{document.office}",
        f"填报日期：{day_text(made.as_of)}" if made else "",
        f"单位：{table.unit}" if table.unit else "",
    )
    return for_xlsx("　　".join(filter(None, told)))


def _titles(document: Document, own: str, *, bare: bool, alone: bool) -> tuple[str, ...]:
    """Over a sheet: the title of a document that is one table; the name of each of a set, and their period."""
    caption = own if own != document.title else ""
    told = (document.title, document.subtitle, caption) if alone and bare else (own, document.subtitle if bare else "")
    return tuple(text for text in told if text)


def trace(data: bytes) -> str:
    """The line by which a file can be made again."""
    return keywords(data)


def lines(data: bytes) -> list[str]:
    """What stands in the cells, one a line, with its place."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    try:
        return [
            f"{sheet.title}!{cell.coordinate} {cell.value}"
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
    finally:
        book.close()


def _heading_before(document: Document, position: int) -> str:
    before = reversed(document.blocks[:position])
    return next((block.text for block in before if isinstance(block, Heading)), "")


def _describe(book: Any, document: Document) -> None:
    made = document.provenance
    book.set_properties(
        {
            "title": for_xlsx(document.title).replace("\n", " "),
            "comments": for_xlsx(origin(made)),
            "keywords": for_xlsx(trace_line(made)),
            "author": NAME,
            "subject": for_xlsx(document.subtitle).replace("\n", " "),
            "created": made_at(made),
            "company": for_xlsx(document.office),
        }
    )
    if made is not None:
        book.set_custom_property("账本记号", made.commit or "-", "text")
        book.set_custom_property("截至", made.as_of.isoformat(), "text")
        book.set_custom_property("读不出的记录", made.unreadable, "number_int")
