"""D031, D032: a whistle and its issues name each other, and neither is done with while the other is not."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.kinds.whistle.state import OPEN

#: Issues that name a whistle which does not name them: the last step that does.
_UNNAMED = """SELECT i.id, i.whistle,
  (SELECT max(e.n) FROM event AS e WHERE e.record = i.id AND json_extract(e.data, '$."哨单"') = i.whistle)
FROM issue AS i JOIN whistle AS w ON w.id = i.whistle
WHERE NOT EXISTS (SELECT 1 FROM json_each(w.issues) AS j WHERE j.value = i.id) ORDER BY i.id"""

#: Issues named by an approved whistle that never took that step. One that is merged follows its leader.
_UNTIED = """SELECT w.id, j.key, i.id FROM whistle AS w, json_each(w.issues) AS j JOIN issue AS i ON i.id = j.value
WHERE w.state NOT IN ('待批准', '已撤哨', '作废') AND i.base_state NOT IN ('已并案', '作废')
  AND NOT EXISTS (SELECT 1 FROM event AS e
    WHERE e.record = i.id AND e.step = '吹哨' AND json_extract(e.data, '$."哨单"') = w.id)
ORDER BY w.id, j.key"""

#: Issues struck off, and every whistle they were tied to.
_CLOSED = """SELECT i.id, w.id, w.state,
  (SELECT max(e.n) FROM event AS e WHERE e.record = i.id AND e.step = '销号')
FROM issue AS i JOIN reference AS r ON r.source = i.id AND r.field = 'events.whistle'
JOIN whistle AS w ON w.id = r.target
WHERE i.base_state = '已销号' ORDER BY i.id, w.id"""


def check(book: Book) -> Iterator[Finding]:
    """Ties that only one side knows of, and issues closed before their whistle."""
    for issue, whistle, n in book.sql(_UNNAMED):
        if n is not None:
            yield Finding("D031", issue, ("事件", n, "哨单"), f"{whistle} 的「问题」里没有 {issue}")
    for whistle, place, issue in book.sql(_UNTIED):
        yield Finding("D031", whistle, ("问题", place), f"{issue} 没有记「吹哨」，那边看不到 {whistle}")
    for issue, whistle, state, n in book.sql(_CLOSED):
        if n is not None and state in OPEN:
            yield Finding("D032", issue, ("事件", n, "步骤"), f"已销号，而 {whistle} 还是「{state}」")
