"""Tables told column by column: what each is, and how it is read off what a row is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from lianxin.core.document import Column, Table, Value, picked
from lianxin.core.error import UsageError
from lianxin.reports.subject import SUBJECT, TELLING, singled

T = TypeVar("T")
#: A column, and how it is read.
Cell = tuple[Column, Callable[[T], Value]]


def table_of(
    rows: Iterable[T],
    cells: Iterable[Cell[T]],
    records: Sequence[str] = (),
    *,
    totals: Mapping[str, Value] | None = None,
    some: Iterable[int] = (),
    telling: frozenset[str] = TELLING,
    own: Iterable[int] = (),
    caption: str = "",
    notes: Sequence[str] = (),
    name: str = "items",
) -> Table:
    """The table of some things, a row each.

    Args:
        rows: What the rows are about.
        cells: Its columns.
        records, caption, notes, name: As a table has them.
        totals: What stands in the last row, by the names of columns.
        some: The rows of which something internal is told.
        telling: The columns that say of whom.
        own: The rows whose subject tells of somebody's own matter.
    """
    columns, reads = zip(*cells, strict=True)
    body = [tuple([read(one) for read in reads]) for one in rows]
    return Table(
        columns,
        body,
        records,
        totals=tuple(totals.get(column.name) for column in columns) if totals else (),
        inner=singled(columns, some, telling),
        own=singled(columns, own, SUBJECT),
        caption=caption,
        notes=tuple(notes),
        name=name,
    )


def only(table: Table, labels: Sequence[str]) -> Table:
    """A table's columns of these headings, in the order named; all where none is.

    Raises:
        UsageError: There is no such column.
    """
    if not labels:
        return table
    known = [column.label for column in table.columns]
    if strange := [label for label in labels if label not in known]:
        raise UsageError(f"台账里没有「{strange[0]}」这一栏，可写 {'、'.join(known)}")
    return picked(table, [known.index(label) for label in labels])
