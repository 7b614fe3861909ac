"""H003: the answer stands in the book before the work it answers for."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.core.sql import words
from lianxin.kinds.issue.table import LIFECYCLE

_ENDING = [LIFECYCLE.label(name) for name in ("resolve", "quick", "explain")]
_BACKWARDS = f"""SELECT told.record, told.n, told.recorded, done.recorded
FROM event AS told JOIN event AS done ON done.record = told.record
WHERE told.step = '{LIFECYCLE.label("feedback")}' AND done.step IN {words(_ENDING)}
  AND done.at <= told.at AND done.recorded > told.recorded
GROUP BY told.record, told.n ORDER BY told.record, told.n"""  # noqa: S608 - steps of our own


def check(book: Book) -> Iterator[Finding]:
    """A result written down only after the feedback on it had been."""
    for id_, n, told, done in book.sql(_BACKWARDS):
        yield Finding("H003", id_, ("事件", n, "记录时间"), f"{told} 就记了反馈，办理结果却到 {done} 才记下")
