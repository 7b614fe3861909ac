"""What a number opens to: the records counted, each with what it adds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Table, Value
from lianxin.core.measure import Counted, Measure
from lianxin.core.value import FieldType
from lianxin.policies.indicator import picked_inside
from lianxin.reports.subject import called, column_of, privacy_by, singled


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
    key = replace(column_of(book, keys, "数的是"), name="key")
    if (private := privacy_by(lambda part: part.value, measure)) is not Privacy.OPEN:
        key = replace(key, privacy=private)
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
    )
