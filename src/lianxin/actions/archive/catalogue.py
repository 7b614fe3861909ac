"""The catalogue of a closed year, out of what was put away with it."""

from __future__ import annotations

from lianxin.actions.archive.close import carried
from lianxin.actions.workspace import Workspace
from lianxin.core.document import Document
from lianxin.core.error import UsageError
from lianxin.core.leaf import pages_of_pdf, pages_of_text
from lianxin.kinds import ARCHIVE
from lianxin.kinds.evidence import EVIDENCE, PICTURES, suffix_of
from lianxin.reports.archive import Pages, catalogue
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.sealed import place, read, years


def listed(book: LedgerBook, workspace: Workspace, year: int, *, plain: bool = False) -> Document:
    """The catalogue (归档文件目录).

    Raises:
        UsageError: The year is not closed; those that are stand in the sentence.
    """
    sums = book.attached(place(year))
    if sums is None:
        closed = "、".join(map(str, years(book.paths(ARCHIVE))))
        raise UsageError(f"{year} 年还没有归档；归了档的有 {closed or '（还没有）'}")
    pages = {id_: _pages(book, year, path) for path in read(sums) if is_record(path) for id_ in [_id(path)]}
    return catalogue(book, year, workspace.office.name, pages, carried(book, year), plain=plain)


def _pages(book: LedgerBook, year: int, path: str) -> Pages:
    """How many pages a record is filed as, and the picture or paper that it tells of."""
    own = pages_of_text((book.attached(place(year, path)) or b"").decode("utf-8", "replace"))
    file = getattr(book.record(_id(path)), "file", "") if path.startswith(f"{EVIDENCE.folder}/") else ""
    if not file:
        return Pages(own)
    if suffix_of(file) in PICTURES:
        return Pages(own, 1)
    return Pages(own, pages_of_pdf(book.attached(file) or b"") or None)


def _id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")
