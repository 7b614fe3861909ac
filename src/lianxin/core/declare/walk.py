"""What a record points to, and the latest day it tells of: both found in one walk, for there are many records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from functools import cache
from typing import NamedTuple

from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.value import FieldType

#: A dotted English field, the id that stands there, and the kinds it may be of.
Reference = tuple[str, str, tuple[str, ...]]

_DAWN = time()
_REF, _DAY, _MOMENT, _GROUP, _PLANNED = range(5)


class Walk(NamedTuple):
    """What was met.

    Attributes:
        references: In the order of the file, groups and events included.
        latest: The latest day or moment told as a fact; before it has passed, the record has a fault.
    """

    references: Sequence[Reference]
    latest: datetime | None


def walk(record: Record) -> Walk:
    """Go through a record, its groups and events."""
    references: list[Reference] = []
    facts: list[datetime] = []
    _go(record, "", references, facts)
    return Walk(references, max(facts, default=None))


def _go(record: Record, prefix: str, references: list[Reference], facts: list[datetime]) -> None:
    values = record.__dict__
    for name, sort, many, dotted, wanted in _plan(type(record), prefix):
        value = values[name]
        if not value:
            continue
        if sort == _REF:
            if many:
                references += [(dotted, part, wanted) for part in value]
            else:
                references.append((dotted, value, wanted))
        elif sort == _MOMENT and not many:
            facts.append(value)
        else:
            for part in value if many else (value,):
                if sort == _DAY:
                    facts.append(datetime.combine(part, _DAWN))
                elif sort == _MOMENT:
                    facts.append(part)
                else:
                    _go(part, dotted, references, facts if sort == _GROUP else [])


def people(record: Record) -> set[str]:
    """Everyone a record names in a field that is for names."""
    found: set[str] = set()
    for spec in fields_of(type(record)):
        value = getattr(record, spec.name)
        parts = (value or ()) if spec.many else (value,) if value is not None else ()
        if spec.privacy is Privacy.NAME:
            found.update(map(str, parts))
        elif spec.group:
            found.update(*map(people, parts))
    return found


@cache
def _plan(model: type[Record], prefix: str) -> tuple[tuple[str, int, bool, str, tuple[str, ...]], ...]:
    """Attribute, what it is, list or not, its dotted name, and the kinds wanted, of each field worth a look."""
    found = []
    for spec in fields_of(model):
        sort = _sort(spec)
        if sort is not None:
            dot = "." if sort in (_GROUP, _PLANNED) else ""
            found.append((spec.name, sort, spec.many, f"{prefix}{spec.name}{dot}", spec.refs))
    return tuple(found)


def _sort(spec: FieldSpec) -> int | None:
    if spec.name == "events" or (spec.group and _plan(spec.group, "")):
        return _PLANNED if spec.ahead else _GROUP
    if spec.refs:
        return _REF if spec.name != "id" else None
    if spec.ahead:
        return None
    return {FieldType.DAY: _DAY, FieldType.MOMENT: _MOMENT}.get(spec.type)
