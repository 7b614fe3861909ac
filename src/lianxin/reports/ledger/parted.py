"""A long list part by part: which records first, then so many of them at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.book import Book, Query
from lianxin.core.day.period import Period
from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Document
from lianxin.core.filter import Filter, Op
from lianxin.reports.column import find
from lianxin.reports.document import document_of
from lianxin.reports.ledger.listing import counted, in_force, listed
from lianxin.reports.plain import plain_table

#: A list of so many records is told part by part; so many are told together.
LONG, TOGETHER = 200, 2_000
#: Whatever stands in such a column must not stand in the texts of another.
_PRIVATE = frozenset({Privacy.NAME, Privacy.PHONE, Privacy.ADDRESS, Privacy.IDENTITY})


class Parted(Struct, frozen=True):
    """A list.

    Attributes:
        whole: The document without its table; where some columns tell of persons with those alone, of all records.
        parts: The same with so many rows after so many.
    """

    whole: Document
    parts: Iterator[Document]


def parted(
    book: Book,
    kind: Kind,
    filters: Sequence[Filter] = (),
    *,
    period: Period | None = None,
    period_field: str = "",
    columns: Sequence[str] = (),
    plain: bool = False,
) -> Parted | None:
    """The list that ``listing`` makes of the same; None where it is short.

    Raises:
        UsageError: A column is not the kind's.
    """
    bare = not (filters or period)
    filters = in_force(kind, filters)
    asked = tuple(columns) or kind.listed
    query = Query(kind, ("编号",), tuple(filters), period, period_field, ("-编号",))
    _rows, ids = book.select(query)
    if len(ids) < LONG:
        return None
    told = plain_table if plain else listed
    private = tuple(label for label in asked if (one := find(kind, label)) and one.privacy in _PRIVATE)
    whole = document_of(
        book,
        f"{kind.label}清单",
        (told(book, replace(query, columns=private, spoken=len(private))),) if private else (),
        f"list-{kind.name}",
        records=len(ids),
        period=period,
        kind=kind,
        filters=filters,
        plain=plain,
    )

    def parts() -> Iterator[Document]:
        for start in range(0, len(ids), TOGETHER):
            some = ids[start : start + TOGETHER]
            part = Query(kind, asked, (Filter(("编号",), Op.EQ, tuple(some)),), sort=("-编号",), spoken=len(asked))
            last = start + TOGETHER >= len(ids)
            notes = counted(book, kind, len(ids), bare=bare) if last and not plain else ()
            yield replace(whole, blocks=(replace(told(book, part), notes=notes, before=start),))

    return Parted(whole, parts())
