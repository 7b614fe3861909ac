"""D022: what belongs to a pairing happens while it lasts."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

#: Preparing may begin before the paper is signed, so projects are only held against the end.
_OUTSIDE = """SELECT a.id, '日期', a.day, p.id, p.since, p.until
FROM activity AS a JOIN pairing AS p ON p.id = a.pairing
WHERE a.day < p.since OR a.day > p.until
UNION ALL SELECT c.id, '承诺日期', c.made, p.id, p.since, p.until
FROM promise AS c JOIN pairing AS p ON p.id = c.pairing
WHERE c.made < p.since OR c.made > p.until
UNION ALL SELECT x.id, '申报日期', x.applied, p.id, p.since, p.until
FROM project AS x JOIN pairing AS p ON p.id = x.pairing WHERE x.applied > p.until ORDER BY 1"""


def check(book: Book) -> Iterator[Finding]:
    """Activities and promises before or after their pairing, projects applied for after it."""
    for id_, label, day, pairing, since, until in book.sql(_OUTSIDE):
        term = f"{since} 至 {until}" if until else f"{since} 起"
        yield Finding("D022", id_, (label,), f"{label} {day} 不在 {pairing} 的结对期内（{term}）")
