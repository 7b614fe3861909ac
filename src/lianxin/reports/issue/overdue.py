"""What departments hold beyond its limit, and what the limits in force say is now to be done about it (催办、通报)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from lianxin.core.book import Book
from lianxin.core.declare.lifecycle import Context
from lianxin.core.document import Block, Column, Paragraph, Table, Value
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, day_text
from lianxin.kinds.issue.column import CLOCK_RUNS

_DAY = timedelta(days=1)
_REMIND, _CIRCULAR = "催办", "通报"

_OVERDUE = f"""SELECT coalesce(d.title, '没有写部门'), w.id, v.title, w.summary, p.title, w.first_due, w.base_due,
    w.urges,
    CAST(julianday(?1) - julianday(substr(w.base_due, 1, 10)) AS INTEGER)
FROM issue AS w LEFT JOIN record AS v ON v.id = w.village LEFT JOIN record AS d ON d.id = w.dept
LEFT JOIN record AS p ON p.id = w.person
WHERE w.base_due < ?2 AND {CLOCK_RUNS.replace(":today", "?1")}"""  # noqa: S608 - columns of our own

_COLUMNS = (
    Column("序号", "number", FieldType.INTEGER, width=4),
    Column("编号", "id", FieldType.REF, width=15),
    Column("所属村", "village", width=10, term=True),
    Column("事由", "summary", width=28),
    Column("责任人", "person", width=8, term=True),
    Column("首次期限", "first_due", FieldType.DEADLINE, width=16),
    Column("办结期限", "due", FieldType.DEADLINE, width=16),
    Column("逾期天数", "overdue", FieldType.INTEGER, width=8),
    Column("已催办", "urges", FieldType.INTEGER, width=6),
    Column("应做", "action", FieldType.CHOICE, width=6, tones=((_REMIND, Tone.WARNING), (_CIRCULAR, Tone.ALARM))),
)

#: What a circular tells, for it stands upright: all in it are to be named, and how long they have been due is enough.
_PLACES = tuple(n for n, column in enumerate(_COLUMNS) if column.name not in ("first_due", "action"))


def late(book: Book, context: Context, *, circular: bool = False) -> list[tuple[Any, ...]]:
    """What is overdue today: department, id, what is printed of it, the days it is late, and what is to be done."""
    limits, calendar, today = context.limits, context.calendar, book.today
    found: list[tuple[Any, ...]] = []
    for row in book.sql(_OVERDUE, (today.isoformat(), book.now.strftime("%Y-%m-%d %H:%M"))):
        expired = date.fromisoformat(str(row[6])[:10]) + _DAY  # the day of the limit itself is in time
        days = calendar.workdays_between(expired, today + _DAY)
        action = _CIRCULAR if days >= limits.circular else _REMIND if days >= limits.remind else None
        if action == _CIRCULAR or not circular:
            found.append((*row, action))
    return found


def overdue(book: Book, context: Context, *, circular: bool = False) -> list[Block]:
    """What is overdue today, by department, the longest overdue first in each.

    Args:
        book: The records.
        context: The calendar and limits in force: how many working days after expiry calls for what.
        circular: Only what calls for a circular.
    """
    limits, today = context.limits, book.today
    found = late(book, context, circular=circular)
    found.sort(key=lambda row: (str(row[0]), -int(row[8]), str(row[1])))
    rows: list[tuple[Value, ...]] = []
    groups = []
    for dept, held in groupby(found, key=lambda row: str(row[0])):
        cases = list(held)
        groups.append((len(rows), f"{dept}（{len(cases)} 件）"))
        for _dept, id_, village, summary, person, first, due, urges, days, action in cases:
            rows.append((len(rows) + 1, id_, village, summary, person, first, due, days, urges, action))
    rule = f"超过期限 {limits.remind} 个工作日催办，{limits.circular} 个工作日通报。"
    what = "应当通报的问题" if circular else "超期未办结的问题"
    if not rows:
        return [Paragraph(f"截至{day_text(today)}，没有{what}。", Tone.GOOD)]
    notes = (f"截至{day_text(today)}，{what}共 {len(rows)} 件。{rule}",)
    ids = [str(row[1]) for row in rows]
    if circular:
        columns = tuple(_COLUMNS[n] for n in _PLACES)
        rows = [tuple(row[n] for n in _PLACES) for row in rows]
        return [Table(columns, rows, ids, tuple(groups), notes=notes)]
    return [Table(_COLUMNS, rows, ids, tuple(groups), notes=notes)]
