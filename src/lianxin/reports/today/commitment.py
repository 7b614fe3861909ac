"""What the morning page says of words given: promises, planned items, decisions and projects that are due."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.core.book import Book
from lianxin.core.document import Block, Column, Heading, Table, Value
from lianxin.core.value import FieldType

#: So many days before its limit a thing is named.
_AHEAD = 7

#: A section longer than this is cut, and says where the rest is.
_MOST = 12

#: Planned items that became projects are named as projects. What belongs to a pairing that has ended is let go.
_DUE = """SELECT c.id, '承诺', c.text, c.who, c.due FROM promise AS c WHERE c.kept IS NULL AND c.due <= ?1
UNION ALL SELECT p.id, '共建项目', json_extract(j.value, '$.事项'),
  coalesce(json_extract(j.value, '$.责任人'), p."first"), json_extract(j.value, '$.完成时限')
FROM pairing AS p, json_each(json_extract(p.plan, '$.项目')) AS j
WHERE json_extract(j.value, '$.完成日期') IS NULL AND json_extract(j.value, '$.完成时限') <= ?1
  AND json_extract(j.value, '$.立项') IS NULL AND coalesce(p.until, ?2) >= ?2 AND p.ended_why IS NULL
UNION ALL SELECT a.id, '议定事项', json_extract(j.value, '$.事项'),
  coalesce(json_extract(j.value, '$.责任人'), json_extract(a.hosts, '$[0]')), json_extract(j.value, '$.完成时限')
FROM activity AS a, json_each(a.decisions) AS j
WHERE json_extract(j.value, '$.完成日期') IS NULL AND json_extract(j.value, '$.完成时限') <= ?1
UNION ALL SELECT x.id, '项目', x.name, coalesce(x.person, x.org), x.due FROM project AS x
WHERE x.accepted IS NULL AND x.ended_why IS NULL AND x.due <= ?1
ORDER BY 5, 1"""

_COLUMNS = (
    Column("编号", "id", FieldType.REF, width=15),
    Column("说过的事", "matter", width=28),
    Column("谁", "who"),
    Column("期限", "when", FieldType.DAY, width=10),
    Column("说明", "note", width=20, term=True),
)


def commitments(book: Book, ahead: int = _AHEAD, most: int = _MOST, later: str = "快到期") -> list[Block]:
    """Everything promised, planned or decided whose day has passed, or comes soon.

    Args:
        book: The records.
        ahead: How many days count as soon.
        most: So many of each sort are listed.
        later: What those that come soon stand under.
    """
    until = book.today + timedelta(days=ahead)
    late: list[tuple[Value, ...]] = []
    soon: list[tuple[Value, ...]] = []
    for id_, sort, matter, who, due in book.sql(_DUE, (until.isoformat(), book.today.isoformat())):
        days = (book.today - date.fromisoformat(due)).days
        note = f"{sort}，逾期 {days} 天" if days > 0 else f"{sort}，今天到期" if not days else sort
        (late if days > 0 else soon).append((id_, matter, book.title(who) if who else None, due, note))
    sections = [(name, rows) for name, rows in (("已逾期", late), (later, soon)) if rows]
    if not sections:
        return []
    shown: list[tuple[Value, ...]] = []
    groups: list[tuple[int, str]] = []
    notes: list[str] = []
    for name, rows in sections:
        groups.append((len(shown), f"{name}（{len(rows)} 项）"))
        shown += rows[:most]
        if len(rows) > most:
            notes.append(f"{name}还有 {len(rows) - most} 项没列出，见承诺台账、结对台账、活动台账和项目资金台账")
    ids, below = [str(row[0]) for row in shown], ("when", "note", "who")
    table = Table(_COLUMNS, shown, ids, tuple(groups), notes=tuple(notes), below=below)
    return [Heading("答应过的事", 2), table]
