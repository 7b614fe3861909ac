"""The one way through all fields of a record, its groups and events: what it points to, tells of, and whom it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any, NamedTuple

from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.problem import Fault, Loc
from lianxin.core.value import FieldType, show_moment

#: A dotted English field, the id that stands there, and the kinds it may be of.
Reference = tuple[str, str, tuple[str, ...]]

#: (where, id, kinds it may be of).
Pointer = tuple[Loc, str, tuple[str, ...]]

#: Where it stands, its dotted English field, that field, the value, and whether it lies within what is planned.
Part = tuple[Loc, str, FieldSpec, Any, bool]

Worth = Callable[[FieldSpec], bool]

_DAWN = time()


class Walk(NamedTuple):
    """What was met.

    Attributes:
        references: In the order of the file, groups and events included.
        latest: The latest day or moment told as a fact; before it has passed, the record has a fault.
    """

    references: Sequence[Reference]
    latest: datetime | None


def parts(record: Record, worth: Worth) -> list[Part]:
    """Every value of the fields worth a look, those of lists one by one, in the order of the file."""
    found: list[Part] = []
    _go(record, worth, ((), ""), found, ahead=False)
    return found


def _go(record: Record, worth: Worth, place: tuple[Loc, str], found: list[Part], *, ahead: bool) -> None:
    values = record.__dict__
    loc, prefix = place
    for spec, name, dotted, leads in _plan(type(record), worth, prefix):
        value = values[name]
        if not value:
            continue
        here = (*loc, spec.label)
        for n, part in enumerate(value) if spec.many else ((-1, value),):
            at = (*here, n) if spec.many else here
            if leads:
                _go(part, worth, (at, dotted), found, ahead=ahead or spec.ahead)
            else:
                found.append((at, dotted, spec, part, ahead))


@cache
def _plan(model: type[Record], worth: Worth, prefix: str) -> tuple[tuple[FieldSpec, str, str, bool], ...]:
    """Each field worth a look, or that leads to some: its attribute, its dotted name, and whether it leads on."""
    found = []
    for spec in fields_of(model):
        if spec.name == "events" or (spec.group and _plan(spec.group, worth, "")):
            found.append((spec, spec.name, f"{prefix}{spec.name}.", True))
        elif not spec.group and worth(spec):
            found.append((spec, spec.name, f"{prefix}{spec.name}", False))
    return tuple(found)


def _points(spec: FieldSpec) -> bool:
    return bool(spec.refs) and spec.name != "id"


def _happened(spec: FieldSpec) -> bool:
    return spec.type in (FieldType.DAY, FieldType.MOMENT) and not spec.ahead


def _either(spec: FieldSpec) -> bool:
    return _points(spec) or _happened(spec)


def _names(spec: FieldSpec) -> bool:
    return spec.privacy is Privacy.NAME


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, _DAWN)


def walk(record: Record) -> Walk:
    """What a record points to, and the latest day it tells of: both in one go, for there are many records."""
    references: list[Reference] = []
    latest: datetime | None = None
    for _, dotted, spec, value, ahead in parts(record, _either):
        if spec.refs:
            references.append((dotted, value, spec.refs))
        elif not ahead:
            moment = _moment(value)
            latest = moment if latest is None or moment > latest else latest
    return Walk(references, latest)


def pointers(record: Record) -> Iterator[Pointer]:
    """Every id a record points with; its own is none."""
    for loc, _, spec, value, _ahead in parts(record, _points):
        yield loc, value, spec.refs


def people(record: Record) -> set[str]:
    """Everyone a record names in a field that is for names."""
    return {str(value) for _, _, _, value, _ in parts(record, _names)}


def future_faults(record: Record, now: datetime) -> Iterator[Fault]:
    """Every day or moment after ``now`` that is told as a fact; plans and deadlines may lie ahead."""
    for loc, _, spec, value, ahead in parts(record, _happened):
        if not ahead and (words := in_future(spec, value, now)):
            yield Fault("F023", loc, words)


def in_future(spec: FieldSpec, value: date, now: datetime) -> str:
    """What is said of a day or moment after ``now`` that is told as a fact; empty for any other."""
    if spec.ahead or _moment(value) <= now:
        return ""
    return f"{spec.label} {show_moment(value) if isinstance(value, datetime) else value} 在将来"
