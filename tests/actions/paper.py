"""The sample township's office, its shipped page forms filled, and what a Word file says."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from lianxin.actions.paper.fill import fill
from lianxin.actions.paper.page import page_for, set_on
from lianxin.actions.paper.report import Wanted, make
from lianxin.actions.policy.blank import blank
from lianxin.actions.policy.definition import definitions
from lianxin.actions.workspace import Workspace
from lianxin.core.asset import asset
from lianxin.core.document import Document, Face
from lianxin.formats import render
from lianxin.formats.face.mask import mask
from lianxin.formats.paper.own import Page
from lianxin.kinds import KIND
from lianxin.storage.book import LedgerBook

GOLDEN = Path(__file__).parents[1] / "golden" / "pages"
FORMS = sorted(file.stem for file in asset("pages").glob("*.docx"))

#: What those that are filled are filled from: a long case, a case just begun; a whistle with five departments.
FILLED = {
    "交办单": ("issue", ["WT-2026-A0043"]),
    "督办单": ("issue", ["WT-2026-A0044"]),
    "民情手册": ("issue", ["WT-2025-A0002", "WT-2026-A0070"]),
    "吹哨清单": ("whistle", ["CS-2026-A0002"]),
    "连心卡": ("pairing", [f"JD-A00{n:02}" for n in range(1, 10)]),
}


def _cells(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: dict[object, _Cell] = {cell._tc: cell for cell in row.cells}
        yield " | ".join(cell.text.replace("\n", " / ") for cell in cells.values())


def lines(content: bytes) -> list[str]:
    """What a Word file says, its own trace left out."""
    made: WordDocument = docx.Document(BytesIO(content))
    found: list[str] = []
    for part in made.iter_inner_content():
        if isinstance(part, Paragraph):
            assert part.style is not None
            found += [part.text] if part.text and part.style.name != "来源" else []
        else:
            found += _cells(part)
    return found


def word(document: Document, page: Page | None) -> bytes:
    made = render(document, "docx", page=page)
    assert isinstance(made, bytes)
    return made


def made_of(book: LedgerBook, office: Workspace, name: str) -> bytes:
    """The form filled from the sample's records, or with the report of its name set in it; for the public."""
    if name in FILLED:
        kind, ids = FILLED[name]
        return fill(book, office.office.name, blank(book, name), KIND[kind], ids, Face.PUBLIC).content
    outline = definitions(book).outlines[name]
    document = mask(make(book, office, Wanted(outline.rhythm, name)).page.document, Face.PUBLIC)
    page = page_for(office, name)
    assert page is not None
    assert Path(page.name).name == f"{name}.docx"
    return word(set_on(office, document, page), page)
