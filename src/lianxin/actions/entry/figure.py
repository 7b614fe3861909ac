"""Days, hours, numbers and limits as they were typed, in the form that files hold, and what is said of that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from lianxin.core.book import Book
from lianxin.core.day import spoken
from lianxin.core.day.calendar import Calendar
from lianxin.core.day.span import lasting_text, wrong_span
from lianxin.core.day.time_limit import due, parse_limit, wrong_limit
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.record import fields_of
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType, show_deadline

Typed = Mapping[str, "str | Sequence[str]"]

#: How a yes and a no may be typed.
_FLAGS = {"y": "是", "n": "否", "yes": "是", "no": "否"}

#: What is kept otherwise than it is told: 昨天, 一千二.
_SPOKEN = (FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE, FieldType.INTEGER, FieldType.AMOUNT)

#: A part of a group: its label, a sign, what it says.
_LABELLED = re.compile(r"(?P<label>[^=:：＝]*)[=:：＝](?P<text>.*)\Z", re.DOTALL)

_NO_HOUR = "只记日子，钟点没有记"
_HOUR_OF_NOW = "没有写钟点，照现在的"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class Clock(NamedTuple):
    """Where days in words are looked at from.

    Attributes:
        today: By which days in words are meant.
        now: This minute, unless it was typed at another.
        calendar: Counts limits; without it they stay as they were typed.
        since: From when what is to come is counted, if not from now.
    """

    today: date
    now: datetime | None = None
    calendar: Calendar | None = None
    since: datetime | None = None

    @classmethod
    def of(cls, book: Book, since: datetime | None = None) -> Clock:
        """That of a command."""
        return cls(book.today, book.now, book.calendar, since)

    @property
    def start(self) -> datetime:
        """From when what is to come is counted."""
        return self.since or self.now or datetime.combine(self.today, time())


class Reading(NamedTuple):
    """What a file would hold, and what is to be known of how that was found."""

    value: str
    why: str = ""


def runs_from(spec: FieldSpec, known: Mapping[str, Any], today: date) -> datetime | None:
    """From when a deadline runs: the day it may not precede, that of its step or record; None: nobody says.

    Args:
        known: By attribute, as typed, as files hold it, or as it is read.
        today: By which days in words are meant.
    """
    for name in (*spec.not_before, "at", "day"):
        text = known.get(name)
        found = spoken.moment(str(text), today) if isinstance(text, (str, date)) else ""
        try:
            return datetime.fromisoformat(found)
        except ValueError:
            continue
    return None


def by_name(specs: Sequence[FieldSpec], held: Mapping[str, Any]) -> dict[str, Any]:
    """What is held by Chinese label, by attribute."""
    return {spec.name: held[spec.label] for spec in specs if spec.label in held}


def in_figures(spec: FieldSpec, text: str, clock: Clock) -> Reading:
    """A day, number, limit or the like in the form that files hold; what cannot be read comes back as it was typed."""
    if spec.judge is wrong_limit:
        return Reading(spoken.limit(text, clock.today, clock.start.date()))
    if spec.judge is wrong_span:
        return Reading(lasting_text(text, clock.today))
    if spec.coming:
        return _coming(spec, text, clock)
    match spec.type:
        case FieldType.DAY:
            return _day(text, clock.today)
        case FieldType.MOMENT:
            return _timed(spoken.moment(text, clock.today, now=clock.now), clock)
        case FieldType.DEADLINE:
            return Reading(spoken.moment(text, clock.today))
        case FieldType.INTEGER | FieldType.AMOUNT:
            return Reading(spoken.number(text))
        case FieldType.FLAG:
            return Reading(_FLAGS.get(text.lower(), text))
    return Reading(text)


def ways(spec: FieldSpec) -> str:
    """How a day, or an hour, of a field may be typed; empty for any other field."""
    if spec.type not in (FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE):
        return ""
    if spec.coming:
        return spoken.WAYS_TO_COME
    return spoken.WAYS_OF_DAY if spec.type is FieldType.DAY else spoken.WAYS_OF_HOUR


def _day(text: str, today: date, since: date | None = None) -> Reading:
    found, cut = spoken.day_alone(text, today, since=since)
    return Reading(found, _NO_HOUR if cut else "")


def _timed(found: str, clock: Clock) -> Reading:
    """What is told by its day alone took place at this hour of it."""
    if clock.now is None or not _ISO.match(found):
        return Reading(found)
    return Reading(f"{found} {clock.now:%H:%M}", _HOUR_OF_NOW)


def _coming(spec: FieldSpec, text: str, clock: Clock) -> Reading:
    """A day to come, or a limit counted to the day it runs out."""
    start = clock.start
    try:
        limit = parse_limit(spoken.limit(text, clock.today, start.date()))
    except UsageError:
        return _day(text, clock.today, start.date()) if spec.type is FieldType.DAY else Reading(text)
    if limit.until is None and (clock.calendar is None or limit.open):
        return Reading(text)
    counted = due(limit, start, clock.calendar) if clock.calendar else None
    moment, why = limit.until or start, ""
    if limit.until is None and counted:
        moment, why = counted.moment, f"从 {start:%Y-%m-%d} 起，{counted.reason}"
    shown = show_deadline(moment)
    if spec.type is FieldType.DAY and not _ISO.match(shown):
        return Reading(shown[:10], "；".join(filter(None, (why, _NO_HOUR))))
    return Reading(shown, why)


def settled(spec: FieldSpec, typed: str, clock: Clock) -> str:
    """What was typed of a day, hour or limit as the one that is meant today; of a group, in its parts.

    It may be written on another day than it is typed on.
    """
    return "".join(
        before + (reading.value if reading else text) for _, before, text, reading in _read(spec, typed, clock)
    )


def told(specs: Sequence[FieldSpec], typed: Typed, book: Book, since: datetime | None = None) -> tuple[str, ...]:
    """What was made of words: 「整改时限 记作 2026-12-11」, for those fields that anybody may see.

    Args:
        specs: Of the fields.
        typed: What was typed of them.
        book: Says which day it is.
        since: From when what is to come is counted, if its own fields do not say.
    """
    lines = []
    for spec in specs:
        clock = Clock.of(book, since or runs_from(spec, typed, book.today))
        texts = typed.get(spec.name, ())
        for text in [texts] if isinstance(texts, str) else texts:
            lines += [
                as_told(part.label, reading)
                for part, _, said, reading in _read(spec, text, clock)
                if reading and reading.value != said.strip() and part.privacy is Privacy.OPEN
            ]
    return tuple(lines)


def as_told(label: str, reading: Reading) -> str:
    """One line of it."""
    return f"{label} 记作 {reading.value}{f'（{reading.why}）' if reading.why else ''}".lstrip()


def _read(spec: FieldSpec, typed: str, clock: Clock) -> Iterator[tuple[FieldSpec, str, str, Reading | None]]:
    """Field, what stands before it, what was typed of it and how that is read; None: as it was typed."""
    if not spec.group:
        kept = spec.type not in _SPOKEN and spec.judge not in (wrong_limit, wrong_span)
        yield spec, "", typed, None if kept else in_figures(spec, typed.strip(), clock)
        return
    for part, before, text in parted(spec, typed):
        if part is None or not text.strip():
            yield spec, before, text, None
            continue
        for n, (inner, head, said, reading) in enumerate(_read(part, text, clock)):
            yield inner, head if n else before + head, said, reading


def parted(spec: FieldSpec, typed: str) -> Iterator[tuple[FieldSpec | None, str, str]]:
    """What was typed of a group, ``项=值，项=值``, piece by piece: the part, its label and sign, its text.

    A piece that begins with no label has no part; commas, line ends, 、 and blanks before a label are such pieces. A
    part that is a group itself takes the rest of its line.
    """
    parts = {part.label: part for part in fields_of(spec.group)} if spec.group else {}
    labels = "|".join(map(re.escape, parts)) or "(?!)"
    for line in re.split("(\n)", typed):
        rest = re.split(rf"([,，]|(?:、|\s)\s*(?=(?:{labels})\s*[=:：＝]))", line)
        while rest:
            piece = rest.pop(0)
            found = _LABELLED.match(piece)
            part = parts.get(found["label"].strip()) if found else None
            if found is None or part is None:
                yield None, "", piece
            else:
                more = "".join(rest) if part.group else ""
                rest = [] if part.group else rest
                yield part, f"{found['label']}=", found["text"] + more
