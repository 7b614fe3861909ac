"""From a record to its rows: values as SQLite keeps them, groups and lists as JSON, every reference it makes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from lianxin.core.field import Record, fields_of
from lianxin.core.kind import Kind
from lianxin.core.lifecycle import COMMON, Event
from lianxin.core.value import FieldType, show_deadline
from lianxin.kinds import KIND
from lianxin.storage.schema_sql import Column, stored

Plain = Callable[[Any], Any]


def moment(value: datetime) -> str:
    """A moment or deadline as the tables hold it: text order is time order."""
    return value.isoformat(" ", "minutes")


def _amount(value: Decimal) -> int | float:
    whole = int(value)
    return whole if whole == value else float(value)


def _flag(value: Any) -> Any:
    return ("是" if value else "否") if isinstance(value, bool) else value


def _same(value: Any) -> Any:
    return value


#: How JSON holds one value of each type, as the files write it; text and numbers stand as they are.
_WRITTEN: dict[FieldType, Plain] = {
    FieldType.DAY: date.isoformat,
    FieldType.MOMENT: moment,
    FieldType.DEADLINE: show_deadline,
    FieldType.AMOUNT: _amount,
    FieldType.FLAG: _flag,
}

#: How a column holds one.
_PLAIN: dict[FieldType, Plain] = _WRITTEN | {FieldType.DEADLINE: moment, FieldType.CHOICE: str}

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_GROUP = FieldType.GROUP

#: What of an event stands in columns of its own.
_BESIDE = COMMON - {"note"}


@cache
def _writers(model: type[Record]) -> tuple[tuple[str, str, bool, Plain], ...]:
    """Attribute, Chinese key, list or not, and writer of each field of a group or event."""
    return tuple(
        (spec.name, spec.label, spec.many, _group if spec.type is FieldType.GROUP else _WRITTEN.get(spec.type, _same))
        for spec in fields_of(model)
        if not (issubclass(model, Event) and spec.name in _BESIDE)
    )


def _group(group: Record) -> dict[str, Any]:
    """A group or event as its file has it, without what is empty."""
    values = group.__dict__
    made: dict[str, Any] = {}
    for name, label, many, write in _writers(type(group)):
        value = values[name]
        if value is not None and value != ():
            made[label] = [write(part) for part in value] if many else write(value)
    return made


def _plain(column: Column) -> Plain:
    one = _group if column.type is _GROUP else _PLAIN.get(column.type, _same)
    if column.many:
        return lambda parts: _encode([one(part) for part in parts]) if parts else None
    return (lambda part: _encode(_group(part))) if column.type is _GROUP else one


@cache
def _columns(kind: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[int, Plain], ...]]:
    """Names of the declared columns and of the derived ones; which columns of the row are not kept as they are."""
    columns = stored(KIND[kind])
    split = len(KIND[kind].fields)
    names = tuple(column.name for column in columns)
    changed = tuple((n, _plain(c)) for n, c in enumerate(columns) if c.many or c.type in _PLAIN or c.type is _GROUP)
    return names[:split], names[split:], changed


def kind_row(kind: Kind, record: Record, derived: Callable[[str], Any]) -> tuple[Any, ...]:
    """The row of a record in its kind's table. Empty lists are NULL, like everything that was left out.

    Args:
        kind: The record's.
        record: As its amendments read it.
        derived: Gives the value of a derived column by name.
    """
    names, more, changed = _columns(kind.name)
    row = [*map(record.__dict__.get, names), *map(derived, more)]
    for n, plain in changed:
        value = row[n]
        if value is not None:
            row[n] = plain(value)
    return tuple(row)


def event_rows(id_: str, events: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The events of a record, in their order in the file."""
    for n, event in enumerate(events):
        at = moment(event.at)
        recorded = at if event.recorded == event.at else moment(event.recorded)
        yield id_, n, event.id, event.step, at, recorded, event.actor, _encode(_group(event))


@cache
def _pointers(model: type[Record]) -> tuple[tuple[str, bool, bool], ...]:
    """Attribute, list or not, group or not, of each field that points to records, itself or in its groups."""
    found = []
    for spec in fields_of(model):
        if spec.type is FieldType.GROUP:
            # Which event it is shows only in the record; every one names its actor.
            if spec.name == "events" or (spec.group is not None and _pointers(spec.group)):
                found.append((spec.name, spec.many, True))
        elif spec.refs and spec.name != "id":
            found.append((spec.name, spec.many, False))
    return tuple(found)


def references(record: Record, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every (dotted English field, id) a record points with, groups and events included."""
    values = record.__dict__
    for name, many, group in _pointers(type(record)):
        value = values[name]
        if not value:
            continue
        for part in value if many else (value,):
            if group:
                yield from references(part, f"{prefix}{name}.")
            else:
                yield f"{prefix}{name}", part
