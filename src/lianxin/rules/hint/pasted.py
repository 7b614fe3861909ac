"""H005: one reply pasted into several issues."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.kinds.issue.state import State
from lianxin.policies.hint import notice_of

_PASTED = f"""SELECT count(*), group_concat(id) FROM (
  SELECT id, trim(result) AS result FROM issue
  WHERE base_state <> '{State.VOID}' AND "into" IS NULL AND length(result) >= ? ORDER BY length(id), id)
GROUP BY result HAVING count(*) > 1"""  # noqa: S608 - a state of our own
_PLACE = "SELECT max(n) FROM event JOIN issue ON issue.id = event.record AND at = resolved_at WHERE record = ?"


def check(book: Book) -> Iterator[Finding]:
    """The same result, word for word: told once, at the last of them."""
    for count, ids in book.sql(_PASTED, (notice_of(book.policy("hints")).alike,)):
        first, *_, last = ids.split(",")
        ((n,),) = book.sql(_PLACE, (last,))
        yield Finding("H005", last, ("事件", n), f"办理结果与另外 {count - 1} 件一字不差，最早的是 {first}")
