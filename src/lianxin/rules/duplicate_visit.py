"""D004: one visit written up twice."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

_TWINS = """SELECT group_concat(id) FROM visit
GROUP BY day, village, way, visitors, households, people HAVING count(*) > 1"""


def check(book: Book) -> Iterator[Finding]:
    """The same visitors at the same households on the same day in the same way."""
    for (ids,) in book.sql(_TWINS):
        first, *later = sorted(ids.split(","))
        for id_ in later:
            yield Finding("D004", id_, ("日期",), f"与 {first} 同一天、同样的人走访同样的户，可能登记了两次")
