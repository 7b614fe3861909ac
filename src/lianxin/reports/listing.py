"""The records of one kind in a table."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.core.book import Book, Query
from lianxin.core.document import Column, Document, Table
from lianxin.core.error import UsageError
from lianxin.core.filter import Filter
from lianxin.core.kind import Kind
from lianxin.core.period import Period
from lianxin.reports.column import find, near_column
from lianxin.reports.origin import names, period_text, provenance


def listing(
    book: Book,
    kind: Kind,
    filters: Sequence[Filter] = (),
    *,
    period: Period | None = None,
    period_field: str = "",
    columns: Sequence[str] = (),
) -> Document:
    """The records of a kind, newest ids first, in the columns a list shows.

    Raises:
        UsageError: A column is not the kind's.
    """
    asked = tuple(columns) or kind.listed
    found = []
    for label in asked:
        one = find(kind, label)
        if one is None:
            raise UsageError(f"{kind.label}里没有「{label}」这一栏{near_column(kind, label)}")
        found.append(one)
    rows, ids = book.select(Query(kind, asked, tuple(filters), period, period_field, ("-编号",)))
    heads = tuple(Column(one.label, one.name, one.type, one.privacy, one.width, one.tones) for one in found)
    notes = (f"共 {len(rows)} 条。" if rows else "没有符合条件的记录。",)
    table = Table(heads, rows, ids, notes=notes)
    return Document(
        f"{kind.label}清单",
        (table,),
        name=f"list-{kind.name}",
        subtitle=period_text(period) if period else "",
        provenance=provenance(book, records=len(rows), period=period, filters=filters),
        names=names(book),
    )
