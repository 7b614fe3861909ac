"""Rows as Parquet: a kind's columns as it declares them, the facts of figures and their sums."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
from msgspec import Struct
from pyarrow import parquet

from lianxin.core.county import DutyLine, Entry, FrozenLine, Total
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Derived
from lianxin.core.document import Column
from lianxin.core.value import FieldType

#: Hundredths of hundredths: what is weighed keeps its last digit.
AMOUNT = pa.decimal128(24, 4)

_TYPES: Mapping[FieldType, pa.DataType] = {
    FieldType.DAY: pa.date32(),
    FieldType.MOMENT: pa.timestamp("s"),
    FieldType.DEADLINE: pa.timestamp("s"),
    FieldType.INTEGER: pa.int64(),
    FieldType.AMOUNT: AMOUNT,
    FieldType.FLAG: pa.bool_(),
}

_TEXT, _COUNT = pa.string(), pa.int64()


def _schema(*columns: tuple[str, pa.DataType], empty: Collection[str] = ()) -> pa.Schema:
    return pa.schema([pa.field(name, type_, nullable=name in empty) for name, type_ in columns])


FACTS = _schema(
    *((name, _TEXT) for name in ("figure", "side", "subject", "record")),
    *(("day", pa.date32()), ("amount", AMOUNT), ("version", _TEXT)),
    empty=("day",),
)
SUMS = _schema(
    *((name, _TEXT) for name in ("figure", "axis", "subject", "side")),
    *(("amount", AMOUNT), ("records", _COUNT), ("version", _TEXT)),
    empty=("records",),
)
DUTIES = _schema(
    *((name, _TEXT) for name in ("duty", "required", "unit")),
    *((name, _COUNT) for name in ("bound", "finished", "behind", "idle", "missed")),
    *(("gap", AMOUNT), ("until", pa.date32()), ("version", _TEXT)),
    empty=("until",),
)
FROZEN = _schema(
    *((name, _TEXT) for name in ("report", "record", "period")),
    *(("made", pa.date32()), ("figure", _TEXT), ("value", _TEXT)),
    *(("numerator", AMOUNT), ("denominator", AMOUNT), ("version", _TEXT)),
    empty=("numerator", "denominator"),
)


def records_part(columns: Sequence[FieldSpec | Derived], rows: Sequence[Sequence[Any]]) -> bytes:
    """The records of a kind, a column each: English names, the Chinese ones in the metadata.

    Args:
        columns: In the order of each row's values, which are as views and masks tell them.
        rows: What cannot be read as its column's type (``****``) is left empty.
    """
    labels = json.dumps({one.name: one.label for one in columns}, ensure_ascii=False)
    schema = pa.schema([_field(one) for one in columns], {"labels": labels})
    told = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [
        pa.array([_read(one)(value) for value in values], one.type) for one, values in zip(schema, told, strict=True)
    ]
    return _written(pa.Table.from_arrays(arrays, schema=schema))


def _field(one: FieldSpec | Derived) -> pa.Field:
    type_ = pa.string() if one.many or one.group else _TYPES.get(one.type, pa.string())
    return pa.field(one.name, type_, metadata={"label": one.label, "type": one.type.value})


def _read(one: pa.Field) -> Callable[[Any], Any]:
    return _READERS.get(one.type, _text)


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, (int, float)) else None


def _amount(value: Any) -> Decimal | None:
    return Decimal(str(value)).quantize(_LAST) if isinstance(value, (int, float, Decimal)) else None


def _flag(value: Any) -> bool | None:
    return {"是": True, "否": False, 1: True, 0: False}.get(value)


_LAST = Decimal("0.0001")
_READERS: Mapping[pa.DataType, Callable[[Any], Any]] = {
    pa.date32(): _day,
    pa.timestamp("s"): _moment,
    pa.int64(): _whole,
    AMOUNT: _amount,
    pa.bool_(): _flag,
}


def ledger_part(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> bytes:
    """The rows of a ledger as it prints them, a column each."""
    fields = [
        pa.field(
            one.name,
            _TYPES.get(one.type, _TEXT),
            metadata={"label": one.label, "type": one.type.value, "width": str(one.width)},
        )
        for one in columns
    ]
    told = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [
        pa.array([_read(one)(value) for value in values], one.type) for one, values in zip(fields, told, strict=True)
    ]
    return _written(pa.Table.from_arrays(arrays, schema=pa.schema(fields)))


def facts_part(facts: Iterable[Entry]) -> bytes:
    """What the figures of one period were counted from, figure by figure."""
    ordered: list[Entry] = sorted(facts, key=_fact)
    return _rows(FACTS, ordered)


def sums_part(sums: Iterable[Total]) -> bytes:
    """What they come to."""
    ordered: list[Total] = sorted(sums, key=_total)
    return _rows(SUMS, ordered)


def _fact(one: Entry) -> tuple[Any, ...]:
    return one.figure, one.side, one.record, one.day or date.min, one.amount, one.subject


def _total(one: Total) -> tuple[str, ...]:
    return one.figure, one.axis, one.subject, one.side, one.version


def duties_part(duties: Iterable[DutyLine]) -> bytes:
    """How the duties of one office stand, in its own order."""
    return _rows(DUTIES, duties)


def frozen_part(frozen: Iterable[FrozenLine]) -> bytes:
    """What the frozen reports of one office say, in its own order."""
    return _rows(FROZEN, frozen)


def _rows(schema: pa.Schema, rows: Iterable[Struct]) -> bytes:
    told = list(rows)
    arrays = []
    for one in schema:
        values = [getattr(row, one.name) for row in told]
        if one.type == AMOUNT:
            values = [None if value is None else value.quantize(_LAST) for value in values]
        arrays.append(pa.array(values, one.type))
    return _written(pa.Table.from_arrays(arrays, schema=schema))


def _written(table: pa.Table) -> bytes:
    """The same table gives the same bytes, whoever writes it."""
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd", version="2.6", data_page_version="1.0")
    return out.getvalue()
