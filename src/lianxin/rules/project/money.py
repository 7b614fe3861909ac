"""D020: what is paid for a project stays within what was planned for it."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

_OVERPAID = """SELECT p.id,
  (SELECT round(sum(CAST(json_extract(j.value, '$.金额') AS NUMERIC)), 2) FROM json_each(p.payments) AS j) AS spent,
  (SELECT round(sum(CAST(json_extract(j.value, '$.金额') AS NUMERIC)), 2) FROM json_each(p.planned) AS j) AS allowed
FROM project AS p WHERE spent > allowed ORDER BY p.id"""


def check(book: Book) -> Iterator[Finding]:
    """Payments above the plan; a project without a plan is left alone."""
    for id_, spent, allowed in book.sql(_OVERPAID):
        yield Finding("D020", id_, ("拨付",), f"已付 {spent:.12g} 元，计划只有 {allowed:.12g} 元")
