"""What the morning page says of words given: promises, planned items, decisions and projects that are due."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.document import Column
from lianxin.core.value import FieldType
from lianxin.reports.today.task import Sort, Task

#: So many days before its limit a thing is named.
_AHEAD = 7

#: Planned items that became projects are named as projects. What belongs to a pairing that has ended is let go.
_DUE = """SELECT c.id, '承诺', c.text, c.who, c.due, '' FROM promise AS c WHERE c.kept IS NULL AND c.due <= ?1
UNION ALL SELECT p.id, '共建项目', json_extract(j.value, '$.事项'),
  coalesce(json_extract(j.value, '$.责任人'), p."first"), json_extract(j.value, '$.完成时限'), j.key
FROM pairing AS p, json_each(json_extract(p.plan, '$.项目')) AS j
WHERE json_extract(j.value, '$.完成日期') IS NULL AND json_extract(j.value, '$.完成时限') <= ?1
  AND json_extract(j.value, '$.立项') IS NULL AND coalesce(p.until, ?2) >= ?2 AND p.ended_why IS NULL
UNION ALL SELECT a.id, '议定事项', json_extract(j.value, '$.事项'),
  coalesce(json_extract(j.value, '$.责任人'), json_extract(a.hosts, '$[0]')), json_extract(j.value, '$.完成时限'), j.key
FROM activity AS a, json_each(a.decisions) AS j
WHERE json_extract(j.value, '$.完成日期') IS NULL AND json_extract(j.value, '$.完成时限') <= ?1
UNION ALL SELECT x.id, '项目', x.name, coalesce(x.person, x.org), x.due, '' FROM project AS x
WHERE x.accepted IS NULL AND x.ended_why IS NULL AND x.due <= ?1
ORDER BY 5, 1"""


def given(book: Book, ahead: int) -> list[Task]:
    """Everything promised, planned or decided that is not done and whose day comes within so many days, or is past."""
    until = book.today + timedelta(days=ahead)
    return [
        Task(sort, id_, matter, (who,) if who else (), date.fromisoformat(due), "", part=str(part))
        for id_, sort, matter, who, due, part in book.sql(_DUE, (until.isoformat(), book.today.isoformat()))
    ]


def commitments(book: Book, ahead: int = _AHEAD, later: str = "快到期") -> list[Task]:
    """The same as the page says it.

    Args:
        book: The records.
        ahead: How many days count as soon.
        later: What those that come soon stand under.
    """
    found: list[Task] = []
    for task in given(book, ahead):
        days = (book.today - task.when).days
        told = f"，逾期 {days} 天" if days > 0 else "" if days else "，今天到期"
        found.append(replace(task, group="已逾期" if days > 0 else later, note=f"{task.group}{told}"))
    return found


COMMITMENTS = Sort(
    "答应过的事",
    (
        Column("编号", "id", FieldType.REF, width=15),
        Column("说过的事", "matter", width=28),
        Column("谁", "who"),
        Column("期限", "when", FieldType.DAY, width=10),
        Column("说明", "note", width=20, term=True),
    ),
    "项",
    commitments,
    "承诺台账、结对台账、活动台账和项目资金台账",
)
