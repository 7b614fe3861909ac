"""From a record to its rows: values as SQLite keeps them, groups and lists as JSON, every reference it makes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from json.encoder import encode_basestring
from typing import Any

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import COMMON, Event, Life
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.value import FieldType, show_deadline
from lianxin.kinds import KIND
from lianxin.storage.index.schema_sql import Column, stored

Plain = Callable[[Any], Any]
Json = Callable[[Any], str]


@lru_cache(maxsize=16_384)  # the same few of a record stand in its own row, its events and its stays
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


#: How a column holds one value of each type; text and numbers stand as they are.
_PLAIN: dict[FieldType, Plain] = {
    FieldType.DAY: date.isoformat,
    FieldType.MOMENT: moment,
    FieldType.DEADLINE: moment,
    FieldType.AMOUNT: _amount,
    FieldType.FLAG: _flag,
    FieldType.CHOICE: str,
}

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=4096)
def _deadline(value: datetime) -> str:
    return f'"{show_deadline(value)}"'


#: How JSON writes one, as the files have it; all others are text.
_JSON: dict[FieldType, Json] = {
    FieldType.DAY: lambda day: f'"{day.isoformat()}"',
    FieldType.MOMENT: lambda at: f'"{moment(at)}"',
    FieldType.DEADLINE: _deadline,
    FieldType.INTEGER: str,
    FieldType.AMOUNT: lambda amount: _encode(_amount(amount)),
    FieldType.FLAG: lambda flag: f'"{_flag(flag)}"',
}

_GROUP = FieldType.GROUP

#: What was left out; 0 and 否 were not.
_EMPTY = (None, ())

#: What of an event stands in columns of its own.
_BESIDE = COMMON - {"note"}


@cache
def _writers(model: type[Record]) -> tuple[tuple[str, str, Json], ...]:
    """Attribute, Chinese key as JSON begins with it, and writer of each field of a group or event."""
    return tuple(
        (spec.name, f"{encode_basestring(spec.label)}:", _json_of(spec, _JSON))
        for spec in fields_of(model)
        if not (issubclass(model, Event) and spec.name in _BESIDE)
    )


def _group(group: Record) -> str:
    """A group or event as its file has it, without what is empty, as JSON."""
    values = group.__dict__
    made = []
    for name, key, write in _writers(type(group)):
        value = values[name]
        if value or value not in _EMPTY:
            made.append(key + write(value))
    return f"{{{','.join(made)}}}"


def _json_of(column: Column, written: Mapping[FieldType, Json]) -> Json:
    one = _group if column.type is _GROUP else written.get(column.type, encode_basestring)
    return (lambda parts: f"[{','.join(map(one, parts))}]") if column.many else one


#: As ``_JSON``, for columns that are lists: deadlines to the minute, as all columns have them.
_JSON_COLUMN = _JSON | {FieldType.DEADLINE: _JSON[FieldType.MOMENT]}


def _plain(column: Column) -> Plain:
    if column.many:
        write = _json_of(column, _JSON_COLUMN)
        return lambda parts: write(parts) if parts else None
    return _group if column.type is _GROUP else _PLAIN.get(column.type, _same)


@cache
def _columns(kind: str) -> tuple[tuple[str, ...], tuple[Plain, ...], tuple[tuple[int, Plain], ...]]:
    """Names of the declared columns, what the derived ones read; which columns of the row are not kept as they are."""
    columns = stored(KIND[kind])
    names = tuple(spec.name for spec in KIND[kind].fields)
    reads = tuple(one.read for one in KIND[kind].derived if one.sql is None and one.read)
    changed = tuple((n, _plain(c)) for n, c in enumerate(columns) if c.many or c.type in _PLAIN or c.type is _GROUP)
    return names, reads, changed


def kind_row(kind: Kind, record: Record, life: Life | None = None) -> tuple[Any, ...]:
    """The row of a record in its kind's table. Empty lists are NULL, like everything that was left out.

    Args:
        kind: The record's.
        record: As its amendments read it.
        life: What its events add up to, where its kind carries any.
    """
    names, reads, changed = _columns(kind.name)
    row = [*map(record.__dict__.get, names), *(read(life) for read in reads)]
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
        yield id_, n, event.id, event.step, at, recorded, event.actor, _group(event)
