"""The catalogue of a closed year, out of what was put away with it."""

from __future__ import annotations

from lianxin.actions.archive.close import carried
from lianxin.actions.workspace import Workspace
from lianxin.core.document import Document
from lianxin.core.error import UsageError
from lianxin.kinds import ARCHIVE
from lianxin.reports.archive import catalogue
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
    ids = [path.rpartition("/")[2].removesuffix(".yaml") for path in read(sums) if is_record(path)]
    return catalogue(book, year, workspace.office.name, ids, carried(book, year), plain=plain)
