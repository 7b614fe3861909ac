"""H004: completed minutes before the limit."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.policies.hint import notice_of

_TIGHT = """SELECT id, base_due, CAST(round((julianday(base_due) - julianday(resolved_at)) * 1440) AS INTEGER),
  (SELECT max(n) FROM event WHERE record = issue.id AND at = resolved_at) FROM issue
WHERE resolved_at <= base_due AND resolved_at > datetime(base_due, ?) ORDER BY id"""


def check(book: Book) -> Iterator[Finding]:
    """A result entered just in time wants a look at whether it is one."""
    minutes = notice_of(book.policy("hints")).last_minutes
    for id_, due, left, n in book.sql(_TIGHT, (f"-{minutes} minutes",)):
        yield Finding("H004", id_, ("事件", n, "时间"), f"离期限 {due} 只剩 {left} 分钟时办结")
