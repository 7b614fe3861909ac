"""H006: a result that says nothing has been done."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.core.sql import words
from lianxin.kinds.issue.state import NO_CASE
from lianxin.policies.hint import notice_of

_RESULTS = f"""SELECT id, result,
  (SELECT max(n) FROM event WHERE record = issue.id AND at = resolved_at) FROM issue
WHERE result IS NOT NULL AND base_state NOT IN {words(NO_CASE)} AND ({{}}) ORDER BY id"""  # noqa: S608 - states of our own


def check(book: Book) -> Iterator[Finding]:
    """Words of intention (近期, 尽快) where a result should stand."""
    empty = notice_of(book.policy("hints")).empty_words
    if not empty:
        return
    tests = " OR ".join(["instr(result, ?) > 0"] * len(empty))
    for id_, result, n in book.sql(_RESULTS.format(tests), empty):
        found = "、".join(f"「{word}」" for word in empty if word in result)
        yield Finding("H006", id_, ("事件", n), f"办理结果里写的是{found}，没有写办成了什么")
