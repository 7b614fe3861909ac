"""H009: the same trouble again and again in one village calls for 举一反三 (S1b 11)."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.table import LIFECYCLE
from lianxin.policies.hint import notice_of

_CLUSTERS = f"""SELECT count(*), group_concat(id), village, category, quarter FROM (
  SELECT id, village, category,
    substr(raised, 1, 4) || 'Q' || ((CAST(substr(raised, 6, 2) AS INTEGER) + 2) / 3) AS quarter
  FROM issue WHERE category IS NOT NULL AND base_state <> '{State.VOID}' ORDER BY length(id), id)
GROUP BY village, category, quarter HAVING count(*) >= ? ORDER BY quarter, village, category"""  # noqa: S608 - a state of our own
_LEARNED = "SELECT 1 FROM event WHERE step = ? AND record IN ({}) LIMIT 1"


def check(book: Book) -> Iterator[Finding]:
    """Many issues of one village and category in a quarter, and nobody looked for their common cause."""
    least = notice_of(book.policy("hints")).cluster
    for count, ids, village, category, quarter in book.sql(_CLUSTERS, (least,)):
        found = ids.split(",")
        if not book.sql(_LEARNED.format(", ".join("?" * len(found))), (LIFECYCLE.label("learn"), *found)):
            where = book.title(village)
            yield Finding(
                "H009", found[-1], ("所属村",), f"{where} {quarter} 的「{category}」已有 {count} 件，还没有举一反三"
            )
