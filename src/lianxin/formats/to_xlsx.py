"""A document as an Excel/WPS workbook: a sheet a table, ready to print, everything else on a first sheet.

The same document gives the same bytes: the created date is the as-of day. No temporary files are written, since they
would hold villagers' data.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from lianxin.core.document import Document, Heading, Table
from lianxin.formats import Options
from lianxin.formats.foot import foot_lines, origin
from lianxin.formats.sanitise import for_xlsx
from lianxin.formats.sheet_name import SheetNames
from lianxin.formats.xlsx_flow import write_flow
from lianxin.formats.xlsx_style import Styles
from lianxin.formats.xlsx_table import write_table

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
#: Without provenance there is no day to date the file by.
_NO_DAY = date(2000, 1, 1)


def render(document: Document, options: Options) -> bytes:  # noqa: ARG001 - every format is called alike
    """The document as the bytes of an ``.xlsx`` file."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    _describe(book, document)
    styles = Styles(book)
    names = SheetNames()
    tables = [(n, block) for n, block in enumerate(document.blocks) if isinstance(block, Table)]
    bare = bool(tables) and len(tables) == len(document.blocks)
    flow = None if bare else book.add_worksheet(names.take("说明"))
    placed: dict[int, str] = {}
    for position, table in tables:
        own = table.caption or _heading_before(document, position) or document.title
        placed[position] = names.take(own)
        # The first table of a document of tables carries its title; any other carries its own.
        first = (document.title, document.subtitle, table.caption) if bare and not position else (own,)
        write_table(
            book.add_worksheet(placed[position]),
            table,
            styles,
            titles=tuple(text for text in first if text),
            feet=foot_lines(document.provenance),
            landscape=document.landscape,
        )
    if flow is not None:
        write_flow(flow, document, styles, placed)
    book.close()
    return out.getvalue()


def _heading_before(document: Document, position: int) -> str:
    headings = [block.text for block in document.blocks[:position] if isinstance(block, Heading)]
    return headings[-1] if headings else ""


def _describe(book: Any, document: Document) -> None:
    made = document.provenance
    day = made.as_of if made else _NO_DAY
    book.set_properties(
        {
            "title": for_xlsx(document.title).replace("\n", " "),
            "comments": for_xlsx(origin(made)),
            "created": datetime.combine(day, time()),
        }
    )
    if made is not None:
        book.set_custom_property("lianxin-commit", made.commit or "-", "text")
        book.set_custom_property("lianxin-as-of", made.as_of.isoformat(), "text")
        book.set_custom_property("lianxin-unreadable", made.unreadable, "number_int")
