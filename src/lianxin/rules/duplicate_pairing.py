"""D023: one pairing written down twice."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

_TWINS = """SELECT b.id, min(a.id) FROM pairing AS a JOIN pairing AS b
ON b.nature = a.nature AND b."first" = a."first" AND b."second" = a."second" AND b.id > a.id
WHERE a.since <= coalesce(b.until, '9999') AND b.since <= coalesce(a.until, '9999') GROUP BY b.id ORDER BY b.id"""


def check(book: Book) -> Iterator[Finding]:
    """The same two parties paired in the same way over days that overlap; one renewed later is another."""
    for id_, first in book.sql(_TWINS):
        yield Finding("D023", id_, ("乙方",), f"与 {first} 双方相同、时间重叠，可能登记了两次")
