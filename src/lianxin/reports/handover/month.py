"""What falls due in the next month, day by day: limits, promises, ends of duties' cycles, and reports to hand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.day.period import Cycle, parse_period
from lianxin.core.document import Column, Table, Value
from lianxin.core.value import FieldType
from lianxin.policies.outline import Outline, Rhythm
from lianxin.reports.origin import span_text

_DAYS = 31
_WEEKDAYS = "一二三四五六日"

#: What a report that comes round is about, seen from a day within it.
_ROUNDS = {Rhythm.WEEKLY: "本周", Rhythm.MONTHLY: "本月", Rhythm.QUARTERLY: "本季度", Rhythm.ANNUAL: "本年"}

_COLUMNS = (
    Column("日期", "day", FieldType.DAY),
    Column("星期", "weekday", FieldType.CHOICE, width=4),
    Column("什么", "sort", FieldType.CHOICE, width=10),
    Column("内容", "told", width=36),
    Column("在哪里看", "where", width=28),
)


class Due(Struct, frozen=True):
    """One thing on its day.

    Attributes:
        where: An id, or the command that shows it.
    """

    day: date
    sort: str
    told: str
    where: str


def month_table(book: Book, outlines: Sequence[Outline], cycle: Cycle, dues: Iterable[Due]) -> Table:
    """The next thirty-one days in order; what is overdue already stands elsewhere."""
    first, last = book.today, book.today + timedelta(days=_DAYS - 1)
    found = [one for one in (*dues, *_reports(outlines, cycle, first, last)) if first <= one.day <= last]
    found.sort(key=lambda one: (one.day, one.sort, one.where, one.told))
    rows: list[tuple[Value, ...]] = []
    before: date | None = None
    for one in found:
        shown = one.day if one.day != before else None
        weekday = f"周{_WEEKDAYS[one.day.weekday()]}" if shown else None
        rows.append((shown, weekday, one.sort, one.told, one.where))
        before = one.day
    notes = (f"从 {first} 到 {last}；已经过了期限的不在这里，见前面各节。",)
    return Table(_COLUMNS, rows, notes=notes)


def _reports(outlines: Sequence[Outline], cycle: Cycle, first: date, last: date) -> Iterator[Due]:
    """Every report on the first day after the week, month, quarter or year it is about."""
    for rhythm, words in _ROUNDS.items():
        known = [one.name for one in outlines if one.rhythm is rhythm and not one.subject]
        if not known:
            continue
        period = parse_period(words, first - timedelta(days=1), cycle)
        while period.until <= last:
            command = f"lianxin report {rhythm.value}"
            told = f"{'、'.join(known)}：{span_text(period)}"
            yield Due(period.until, f"出{rhythm.value}", told, command)
            period = parse_period(words, period.until, cycle)
