"""H002: struck off although the person was not content."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

_UNHAPPY = """SELECT id, satisfied, solved,
  (SELECT max(n) FROM event WHERE record = issue.id AND step = '销号') FROM issue
WHERE base_state = '已销号' AND (satisfied = '不满意' OR solved = '未解决') ORDER BY id"""


def check(book: Book) -> Iterator[Finding]:
    """Closed with 不满意 or 未解决 as the last word of the person."""
    for id_, satisfied, solved, n in book.sql(_UNHAPPY):
        told = "、".join(word for word in (solved, satisfied) if word in ("未解决", "不满意"))
        yield Finding("H002", id_, ("事件", n, "步骤"), f"反映人的回话是「{told}」，却已经销号")
