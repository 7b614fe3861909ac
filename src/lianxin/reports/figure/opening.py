"""What a number opens to: the records counted, each with what it adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Table, Value
from lianxin.core.measure import Counted, Measure, Part
from lianxin.core.value import FieldType
from lianxin.policies.indicator import picked_inside
from lianxin.reports.plain import beside
from lianxin.reports.subject import TELLING, called, column_of, kind_name, own_behind, privacy_by
from lianxin.reports.table import Cell, table_of


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
    last = max((row.since[:10] for row in rows if row.since), default="")
    name = called(book, whose | records | keys, date.fromisoformat(last) if last else None)
    inner = inner or bool(picked_inside(measure))
    key = _as_private(replace(column_of(book, keys, "数的是"), name="key"), lambda part: part.value, measure)
    cells: list[Cell[Counted]] = [
        *([(column_of(book, whose, "谁"), _titled(name, "subject"))] if whose else []),
        (Column("编号", "id", FieldType.REF, width=15), lambda row: row.record),
        (Column("日期", "since", FieldType.DAY, width=10), lambda row: row.since[:10] or None),
        (replace(column_of(book, records, "名称"), name="title"), lambda row: name[row.record]),
        *([(key, _titled(name, "key"))] if keys else []),
        (Column("算作", "amount", FieldType.AMOUNT, width=8), lambda row: row.amount),
    ]
    total = sum((row.amount for row in rows), Decimal(0))
    table = table_of(
        rows,
        cells,
        [row.record for row in rows],
        totals={cells[0][0].name: "合计", "amount": total} if rows else None,
        caption=caption,
        notes=("算作 0 的，数的是前面已经数过的。",) if any(not row.amount for row in rows) else (),
        some=range(len(rows)) if inner else (),
    )
    return own_behind(book, rows, table, measure)


def _titled(name: Mapping[str, str], what: str) -> Callable[[Counted], Value]:
    """What the one thing or the other is called that a row names."""
    return lambda row: name.get(getattr(row, what))


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
    whom, keyed = beside(column_of(book, whose, "谁")), beside(key)
    cells: list[Cell[Counted]] = [
        *((column, _always(value)) for column, value in lead),
        (Column("编号", "id", FieldType.REF), lambda row: row.record),
        (record, lambda row: title[row.record]),
        (whom[0], lambda row: id_of(row.subject)),
        (whom[1], lambda row: title[row.subject] if row.subject else None),
        (keyed[0], lambda row: id_of(row.key)),
        (keyed[1], lambda row: title[row.key] if row.key else None),
        (Column("日期", "since", FieldType.DEADLINE), lambda row: row.since or None),
        (Column("止于", "until", FieldType.DEADLINE), lambda row: row.until or None),
        (Column("算作", "amount", FieldType.AMOUNT), lambda row: row.amount),
    ]
    some = range(len(rows)) if inner or picked_inside(measure) else ()
    table = table_of(rows, cells, [row.record for row in rows], some=some, telling=_TELLING, name=name)
    return own_behind(book, rows, table, measure)


def _always(value: Value) -> Callable[[Counted], Value]:
    return lambda _row: value


def _as_private(column: Column, path: Callable[[Part], str | None], measure: Measure | None) -> Column:
    """A column as private as what a path leads to, where that is."""
    private = privacy_by(path, measure)
    return column if private is Privacy.OPEN else replace(column, privacy=private)


def id_of(subject: str) -> str | None:
    """An id; words that are none have no place among ids."""
    return subject if kind_name(subject) else None
