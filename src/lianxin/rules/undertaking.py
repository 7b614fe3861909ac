"""D033: what is open lies with a unit that undertakes such work, or with the office's own (S1b 7)."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.core.sql import words
from lianxin.kinds.issue.state import HELD
from lianxin.kinds.issue.table import LIFECYCLE

_ASSIGN, _WHISTLE = LIFECYCLE.label("assign"), LIFECYCLE.label("whistle")

#: Open issues, the unit that has them, and the last step that gave them to one, whatever was corrected in it since.
#: Whoever gives work to the own unit may.
_GIVEN = f"""SELECT i.id, i.dept, o.name, e.n, e.step FROM issue AS i JOIN org AS o ON o.id = i.dept
JOIN event AS e ON e.record = i.id AND e.n = (SELECT max(h.n) FROM event AS h WHERE h.record = i.id
  AND (h.step = '{_ASSIGN}' OR h.step = '{_WHISTLE}' AND json_extract(h.data, '$."牵头单位"') IS NOT NULL))
LEFT JOIN person AS p ON p.id = e.actor
WHERE o.department = '否' AND i.base_state IN {words(HELD)} AND p.org IS NOT i.dept
ORDER BY i.id"""  # noqa: S608 - constants of this file


def check(book: Book) -> Iterator[Finding]:
    """Issues in the hands of a unit whose 可承办 is 否."""
    for id_, dept, name, n, step in book.sql(_GIVEN):
        label = "责任部门" if step == _ASSIGN else "牵头单位"
        how = f"能办的，先运行 lianxin org edit {dept} --department 是"
        yield Finding("D033", id_, ("事件", n, label), f"{name}（{dept}）不承办交办的问题；{how}")
