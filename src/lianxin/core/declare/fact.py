"""What has happened cannot lie in the future: the one check that needs to know what day it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.problem import Fault, Loc
from lianxin.core.value import FieldType, show_moment

_DAWN = time()


@cache
def _dated(model: type[Record]) -> tuple[FieldSpec, ...]:
    """Fields that are facts with a date, or groups that may hold some."""
    return tuple(
        spec
        for spec in fields_of(model)
        if not spec.ahead
        and (
            spec.type in (FieldType.DAY, FieldType.MOMENT)
            or spec.name == "events"
            or (spec.group and _dated(spec.group))
        )
    )


def future_faults(record: Record, now: datetime, loc: Loc = ()) -> Iterator[Fault]:
    """Every day or moment after ``now`` that is told as a fact; plans and deadlines may lie ahead."""
    for spec in _dated(type(record)):
        value = getattr(record, spec.name)
        if value is None:
            continue
        for n, part in enumerate(value if spec.many else (value,)):
            here = (*loc, spec.label, n) if spec.many else (*loc, spec.label)
            if isinstance(part, Record):
                yield from future_faults(part, now, here)
            elif words := in_future(spec, part, now):
                yield Fault("F023", here, words)


def in_future(spec: FieldSpec, value: date, now: datetime) -> str:
    """What is said of a day or moment after ``now`` that is told as a fact; empty for any other."""
    if spec.ahead or (value if isinstance(value, datetime) else datetime.combine(value, _DAWN)) <= now:
        return ""
    return f"{spec.label} {show_moment(value) if isinstance(value, datetime) else value} 在将来"
