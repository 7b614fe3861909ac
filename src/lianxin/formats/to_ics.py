"""A calendar as iCalendar (RFC 5545): every row that has a key is a day of its own, with a reminder before and on it.

Of a row the column ``when`` tells the day, ``sort`` and ``matter`` what it is called; the others are told beside. The
same key gives the same UID, so that who takes the file in a second time has nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from hashlib import sha256

from icalendar import Alarm, Calendar, Event, vText

from lianxin.core.document import Column, Document, Provenance, Table, Value, show
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType
from lianxin.formats import Options
from lianxin.formats.face.sanitise import visible
from lianxin.formats.paper.foot import foot_lines
from lianxin.formats.paper.trace import trace_line

_TRACE, _RECORD = "X-LIANXIN-TRACE", "X-LIANXIN-RECORD"
#: Where the offices are: their minutes are told in no zone.
_ZONE = timezone(timedelta(hours=8))
#: From the midnight at which the day begins: the morning before, and its own.
_REMINDERS = (timedelta(hours=-15, minutes=-30), timedelta(hours=8, minutes=30))
_NAMING = ("when", "sort", "matter")


def render(document: Document, options: Options) -> str:  # noqa: ARG001 - every format is called alike
    """The document as a calendar.

    Raises:
        UsageError: Nothing in it is to be kept by its day.
    """
    tables = [block for block in document.blocks if isinstance(block, Table) and block.keys is not None]
    if not tables:
        raise UsageError(f"「{document.title}」里没有一天一天的期限，写不成日历；请用 lianxin calendar -o 期限.ics")
    made = Calendar()
    made.add("prodid", "-//lianxin//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    title = " ".join(filter(None, (document.title, document.subtitle)))
    made.add("x-wr-calname", _text(title))
    if told := "\n".join(foot_lines(document.provenance)):
        made.add("x-wr-caldesc", _text(told))
    if line := trace_line(document.provenance):
        made.add(_TRACE, _text(line))
    for event in (event for table in tables for event in _events(table, _stamp(document.provenance))):
        made.add_component(event)
    return bytes(made.to_ical()).decode()


def trace(data: bytes) -> str:
    """The line by which a file can be made again."""
    return str(Calendar.from_ical(data)[_TRACE])


def _text(text: str) -> vText:
    return vText(visible(text), params={"VALUE": "TEXT"})


def _stamp(provenance: Provenance | None) -> datetime:
    """The minute of which the records are told."""
    if provenance is None:
        return datetime(1970, 1, 1, tzinfo=UTC)
    minute = time.fromisoformat(provenance.at or "00:00")
    return datetime.combine(provenance.as_of, minute, _ZONE).astimezone(UTC)


def _events(table: Table, stamp: datetime) -> Iterator[Event]:
    for row, key, record in zip(table.rows, table.keys or (), table.records, strict=True):
        cells = dict(zip([column.name for column in table.columns], row, strict=True))
        when = cells["when"]
        day = when.date() if isinstance(when, datetime) else when
        if not isinstance(day, date):
            continue
        event = Event()
        event.add("uid", f"{sha256(key.encode()).hexdigest()[:32]}@lianxin.invalid")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=day < date.max))
        hour = show(when, FieldType.DEADLINE)[10:]
        called = f"{show(cells['sort'])}{hour}：{show(cells['matter'])}"
        event.add("summary", visible(called))
        event.add("description", visible("\n".join(_beside(table.columns, row))))
        event.add("categories", [show(cells["sort"])])
        event.add("transp", "TRANSPARENT")
        if record:
            event.add(_RECORD, _text(record))
        for before in _REMINDERS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", before)
            alarm.add("description", visible(called))
            event.add_component(alarm)
        yield event


def _beside(columns: tuple[Column, ...], row: tuple[Value, ...]) -> Iterator[str]:
    """What the others say, a line each."""
    for column, value in zip(columns, row, strict=True):
        if column.name not in _NAMING and value is not None:
            yield f"{column.label}：{show(value, column.type)}"
