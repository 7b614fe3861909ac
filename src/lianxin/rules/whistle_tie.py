"""D031, D032: a whistle and its issues name each other, and neither is done with while the other is not."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.core.sql import words
from lianxin.kinds.issue.state import NO_CASE
from lianxin.kinds.issue.state import State as Issue
from lianxin.kinds.issue.table import LIFECYCLE
from lianxin.kinds.whistle.state import OFF, OPEN, State

#: Issues that name a whistle which does not name them: the last step that does.
_UNNAMED = """SELECT i.id, i.whistle,
  (SELECT max(e.n) FROM event AS e WHERE e.record = i.id AND json_extract(e.data, '$."哨单"') = i.whistle)
FROM issue AS i JOIN whistle AS w ON w.id = i.whistle
WHERE NOT EXISTS (SELECT 1 FROM json_each(w.issues) AS j WHERE j.value = i.id) ORDER BY i.id"""

#: Issues named by an approved whistle that never took that step. One that is merged follows its leader.
_UNTIED = f"""SELECT w.id, j.key, i.id FROM whistle AS w, json_each(w.issues) AS j JOIN issue AS i ON i.id = j.value
WHERE w.state NOT IN {words(OFF | {State.ASKED})} AND i.base_state NOT IN {words(NO_CASE)}
  AND NOT EXISTS (SELECT 1 FROM event AS e
    WHERE e.record = i.id AND e.step = '{LIFECYCLE.label("whistle")}' AND json_extract(e.data, '$."哨单"') = w.id)
ORDER BY w.id, j.key"""  # noqa: S608 - words of our own

#: Issues struck off, and every whistle they were tied to.
_CLOSED = f"""SELECT i.id, w.id, w.state,
  (SELECT max(e.n) FROM event AS e WHERE e.record = i.id AND e.step = '{LIFECYCLE.label("close")}')
FROM issue AS i JOIN reference AS r ON r.source = i.id AND r.field = 'events.whistle'
JOIN whistle AS w ON w.id = r.target
WHERE i.base_state = '{Issue.CLOSED}' ORDER BY i.id, w.id"""  # noqa: S608 - words of our own


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
