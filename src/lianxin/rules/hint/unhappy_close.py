"""H002: struck off although the person was not content."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.kinds.issue.choice import Satisfied, Solved
from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.table import LIFECYCLE

_UNHAPPY = f"""SELECT id, satisfied, solved,
  (SELECT max(n) FROM event WHERE record = issue.id AND step = '{LIFECYCLE.label("close")}') FROM issue
WHERE base_state = '{State.CLOSED}' AND (satisfied = '{Satisfied.DISSATISFIED}' OR solved = '{Solved.UNSOLVED}')
ORDER BY id"""  # noqa: S608 - words of our own


def check(book: Book) -> Iterator[Finding]:
    """Closed with 不满意 or 未解决 as the last word of the person."""
    for id_, satisfied, solved, n in book.sql(_UNHAPPY):
        told = "、".join(word for word in (solved, satisfied) if word in (Solved.UNSOLVED, Satisfied.DISSATISFIED))
        yield Finding("H002", id_, ("事件", n, "步骤"), f"反映人的回话是「{told}」，却已经销号")
