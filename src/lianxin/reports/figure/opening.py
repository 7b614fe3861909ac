"""What a number opens to: the records counted, each with what it adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Table, Value
from lianxin.core.measure import Counted, Measure, Part
from lianxin.core.value import FieldType
from lianxin.policies.indicator import picked_inside
from lianxin.reports.plain import beside
from lianxin.reports.subject import TELLING, called, column_of, kind_name, own_behind, privacy_by, singled


def opened_table(
    book: Book,
    rows: Sequence[Counted],
    caption: str,
    measure: Measure | None,
    *,
    subjects: bool = True,
    inner: bool = False,
) -> Table:
    """The records in the order of their days; their amounts add up to the number.

    Args:
        book: The records.
        rows: What was counted.
        caption: Over the table.
        measure: By which it was counted.
        subjects: Say whose each is.
        inner: What they are counted for tells something internal, whatever the measure is.
    """
    whose = {row.subject for row in rows} if subjects and any(row.subject for row in rows) else set[str]()
    records, keys = {row.record for row in rows}, {row.key for row in rows if row.key not in ("", row.record)}
    name = called(book, whose | records | keys)
    inner = inner or bool(picked_inside(measure))
    key = _as_private(replace(column_of(book, keys, "数的是"), name="key"), lambda part: part.value, measure)
    columns = (
        *([column_of(book, whose, "谁")] if whose else []),
        Column("编号", "id", FieldType.REF, width=15),
        Column("日期", "since", FieldType.DAY, width=10),
        replace(column_of(book, records, "名称"), name="title"),
        *([key] if keys else []),
        Column("算作", "amount", FieldType.AMOUNT, width=8),
    )
    cells: list[tuple[Value, ...]] = [
        (
            *((name[row.subject],) if whose else ()),
            row.record,
            row.since[:10] or None,
            name[row.record],
            *((name.get(row.key),) if keys else ()),
            row.amount,
        )
        for row in rows
    ]
    total = sum((row.amount for row in rows), Decimal(0))
    return Table(
        columns,
        cells,
        [row.record for row in rows],
        totals=("合计", *(None,) * (len(columns) - 2), total) if cells else (),
        caption=caption,
        notes=("算作 0 的，数的是前面已经数过的。",) if any(not row.amount for row in rows) else (),
        inner=singled(columns, range(len(rows)) if inner else ()),
        own=own_behind(book, rows, columns, measure),
    )


#: What tells whom a row is about, where programs read it.
_TELLING = TELLING | {"subject_name", "key_name", "until"}


def counted_table(
    book: Book,
    rows: Sequence[Counted],
    measure: Measure | None,
    lead: Sequence[tuple[Column, Value]] = (),
    *,
    inner: bool = False,
    name: str = "records",
) -> Table:
    """The records a number opens to, for programs: their amounts add up to it.

    Args:
        book: The records.
        rows: What was counted.
        measure: By which it was counted.
        lead: What every row begins with.
        inner: What they are counted for tells something internal, whatever the measure is.
        name: Of the list.
    """
    whose, records, keys = ({getattr(row, one) for row in rows} for one in ("subject", "record", "key"))
    title = called(book, whose | records | keys)
    record = _as_private(replace(column_of(book, records, "名称"), name="title"), lambda _part: "编号", measure)
    key = _as_private(replace(column_of(book, keys, "数的是"), name="key"), lambda part: part.value, measure)
    columns = (
        *(column for column, _value in lead),
        Column("编号", "id", FieldType.REF),
        record,
        *beside(column_of(book, whose, "谁")),
        *beside(key),
        Column("日期", "since", FieldType.DEADLINE),
        Column("止于", "until", FieldType.DEADLINE),
        Column("算作", "amount", FieldType.AMOUNT),
    )
    cells: list[tuple[Value, ...]] = [
        (
            *(value for _column, value in lead),
            *(row.record, title[row.record]),
            *(id_of(row.subject), title[row.subject] if row.subject else None),
            *(id_of(row.key), title[row.key] if row.key else None),
            *(row.since or None, row.until or None),
            row.amount,
        )
        for row in rows
    ]
    hidden = singled(columns, range(len(rows)) if inner or picked_inside(measure) else (), _TELLING)
    own = own_behind(book, rows, columns, measure)
    return Table(columns, cells, [row.record for row in rows], inner=hidden, own=own, name=name)


def _as_private(column: Column, path: Callable[[Part], str | None], measure: Measure | None) -> Column:
    """A column as private as what a path leads to, where that is."""
    private = privacy_by(path, measure)
    return column if private is Privacy.OPEN else replace(column, privacy=private)


def id_of(subject: str) -> str | None:
    """An id; words that are none have no place among ids."""
    return subject if kind_name(subject) else None
