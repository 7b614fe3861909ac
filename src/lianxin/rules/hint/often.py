"""H010: one person, many issues: reports count persons once."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.core.sql import words
from lianxin.kinds.issue.column import TELLER
from lianxin.kinds.issue.state import NO_CASE
from lianxin.policies.hint import notice_of

_OFTEN = f"""SELECT count(*), group_concat(id), year FROM (
  SELECT id, substr(raised, 1, 4) AS year, {TELLER} AS person FROM issue
  WHERE base_state NOT IN {words(NO_CASE)} AND reporter IS NOT NULL ORDER BY length(id), id)
GROUP BY person, year HAVING count(*) >= ? ORDER BY year, person"""  # noqa: S608 - a declared column


def check(book: Book) -> Iterator[Finding]:
    """Someone who has come so often that a talk may do more than one more issue."""
    for count, ids, year in book.sql(_OFTEN, (notice_of(book.policy("hints")).often,)):
        yield Finding("H010", ids.rsplit(",", 1)[-1], (), f"同一个人 {year} 年反映了 {count} 件，统计人数时只算一人")
