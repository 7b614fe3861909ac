"""D025: a project without the day it was applied for is in no figure of a period."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

_UNDATED = "SELECT id FROM project WHERE applied IS NULL AND ended_why IS NULL ORDER BY id"


def check(book: Book) -> Iterator[Finding]:
    """Figures count projects by that day; what has none is told of, not silently left out."""
    for (id_,) in book.sql(_UNDATED):
        yield Finding("D025", id_, (), "没有写申报日期，按期间统计的项目数都数不到它")
