"""Rows as Parquet: a kind's columns as it declares them, the facts of figures and their sums."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
from msgspec import Struct
from pyarrow import parquet

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Derived
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

_TEXT = ("figure", "side", "record")
FACTS = pa.schema(
    [
        *(pa.field(name, pa.string(), nullable=False) for name in _TEXT),
        pa.field("day", pa.date32()),
        pa.field("amount", AMOUNT, nullable=False),
        pa.field("version", pa.string(), nullable=False),
    ]
)
SUMS = pa.schema(
    [
        *(pa.field(name, pa.string(), nullable=False) for name in ("figure", "side")),
        pa.field("amount", AMOUNT, nullable=False),
        pa.field("records", pa.int64(), nullable=False),
        pa.field("version", pa.string(), nullable=False),
    ]
)


class Counted(Struct, frozen=True):
    """One record's part in one side of a figure; ``version`` is the digest of its definition."""

    figure: str
    side: str
    record: str
    day: date | None
    amount: Decimal
    version: str


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


def facts_part(facts: Iterable[Counted]) -> bytes:
    """What the figures of one period were counted from, figure by figure."""
    rows = sorted(facts, key=lambda one: (one.figure, one.side, one.record, one.day or date.min, one.amount))
    columns = [
        *([getattr(one, name) for one in rows] for name in _TEXT),
        [one.day for one in rows],
        [one.amount.quantize(_LAST) for one in rows],
        [one.version for one in rows],
    ]
    return _written(_table(columns, FACTS))


def sums_part(facts: Iterable[Counted], sides: Iterable[tuple[str, str, str]]) -> bytes:
    """The sums of those facts; a side of a figure that nothing was counted for comes to 0.

    Args:
        facts: As in ``facts_part``.
        sides: Every (figure, side, version) there is.
    """
    found: dict[tuple[str, str, str], tuple[Decimal, set[str]]] = {side: (Decimal(0), set()) for side in sides}
    for one in facts:
        amount, records = found[one.figure, one.side, one.version]
        records.add(one.record)
        found[one.figure, one.side, one.version] = (amount + one.amount, records)
    rows = [
        (figure, side, amount.quantize(_LAST), len(records), version)
        for (figure, side, version), (amount, records) in sorted(found.items())
    ]
    return _written(_table([list(column) for column in zip(*rows, strict=True)] or [[]] * len(SUMS), SUMS))


def _table(columns: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.Table:
    arrays = [pa.array(values, one.type) for values, one in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _written(table: pa.Table) -> bytes:
    """The same table gives the same bytes, whoever writes it."""
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd", version="2.6", data_page_version="1.0")
    return out.getvalue()
