"""D006, D007: an issue follows one that is void, and its reporter waits in vain."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.table import LIFECYCLE

_MERGE, _VOID = LIFECYCLE.label("merge"), LIFECYCLE.label("void")
_PAIRS = f"""SELECT f.id, f."into", m.n, m.at, v.n, v.at
FROM issue AS f
JOIN issue AS t ON t.id = f."into"
JOIN event AS m ON m.record = f.id AND m.step = '{_MERGE}'
JOIN event AS v ON v.record = t.id AND v.step = '{_VOID}'
WHERE f.base_state <> '{State.VOID}' AND t.base_state = '{State.VOID}'
  AND NOT EXISTS (SELECT 1 FROM event AS e WHERE e.record = f.id AND e.step = '{_MERGE}' AND (e.at, e.n) > (m.at, m.n))
  AND NOT EXISTS (SELECT 1 FROM event AS e WHERE e.record = t.id AND e.step = '{_VOID}' AND (e.at, e.n) < (v.at, v.n))
ORDER BY f.id"""  # noqa: S608 - words of our own


def check(book: Book) -> Iterator[Finding]:
    """Whichever came second is wrong: the merging into a void issue, or the voiding of one with followers."""
    for follower, target, merged, merged_at, voided, voided_at in book.sql(_PAIRS):
        if voided_at <= merged_at:
            yield Finding("D006", follower, ("事件", merged, "并入"), f"{target} 此前已经作废，不能并入")
        else:
            yield Finding("D007", target, ("事件", voided, "步骤"), f"{follower} 还并在这一件里，不能作废")
