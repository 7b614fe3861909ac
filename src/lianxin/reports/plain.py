"""Rows for programs: values as files hold them, a reference as its id with the name beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any

from msgspec.structs import replace

from lianxin.core.book import Book, Query
from lianxin.core.day.period import Period
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, KeyValues, Pair, Table, Value
from lianxin.core.error import UsageError
from lianxin.core.spoken import spoken
from lianxin.core.value import FieldType
from lianxin.kinds.path import Spec, points, walk
from lianxin.reports.column import find, near_column
from lianxin.reports.own_matter import own_by_way
from lianxin.reports.value import Title

#: Of the column beside a reference: ``dept`` is the id, ``dept_name`` what it is called.
NAME = "{}_name"


def plain_table(book: Book, query: Query, *, inner: bool = False) -> Table:
    """The records a query asks for, each with its id and the columns named.

    Args:
        book: The records.
        query: Its columns are paths, each once.
        inner: They were picked by an internal word.

    Raises:
        UsageError: A column is not the kind's.
    """
    paths = tuple(dict.fromkeys(("编号", *query.columns)))
    asked = replace(query, columns=paths, spoken=0, plain=True)
    rows, ids = book.select(asked)
    columns: list[Column] = []
    behind: list[tuple[str]] = []
    cells: list[Sequence[Value]] = []
    for path, values in zip(paths, zip(*rows, strict=True) if rows else [()] * len(paths), strict=True):
        for column, found in _told(asked, path, values, book.title):
            columns.append(column)
            behind.append((path,))
            cells.append(found)
    whole = [*zip(*cells, strict=True)]
    hidden = frozenset(product(range(len(whole)), range(len(columns)))) if inner else frozenset[tuple[int, int]]()
    return Table(tuple(columns), whole, ids, inner=hidden, own=own_by_way(book, asked, behind))


def _told(query: Query, path: str, values: Sequence[Any], title: Title) -> Iterator[tuple[Column, Sequence[Value]]]:
    """A column, and where it holds ids what they are called."""
    one, specs = find(query.kind, path, query.unroll), walk(query.kind, path)
    if one is None:
        raise UsageError(f"{query.kind.label}里没有「{path}」这一栏{near_column(query.kind, path)}")
    if specs[-1].type is FieldType.GROUP:
        words = [_words(specs[-1], value, title) for value in values]
        yield Column(one.label, one.name, FieldType.TEXT, one.privacy, term=one.term, inner=one.inner), words
        return
    if not points(specs[-1]):
        yield Column(one.label, one.name, specs[-1].type, one.privacy, term=one.term, inner=one.inner), values
        return
    yield from referring(one.label, one.name, values, title, one.privacy, term=one.term)


def _words(spec: Spec, value: Any, title: Title) -> Value:
    """A group, or each of several, in words; ``show`` tells it whole."""
    if isinstance(value, list):
        return tuple(spoken(spec, one, title) for one in value)
    return spoken(spec, value, title) if value else None


def referring(
    label: str,
    name: str,
    values: Iterable[Any],
    title: Title,
    privacy: Privacy = Privacy.OPEN,
    *,
    term: bool = False,
) -> Iterator[tuple[Column, Sequence[Value]]]:
    """Two columns for ids, alone or in lists: themselves, and their names."""
    ids = [*values]
    columns = beside(Column(label, name, privacy=privacy, term=term))
    names = {id_: title(id_) for value in set(ids) for id_ in (value if isinstance(value, tuple) else (value,)) if id_}
    told = [tuple(names[one] for one in id_) if isinstance(id_, tuple) else names.get(id_) for id_ in ids]
    yield from zip(columns, (ids, told), strict=True)


def beside(column: Column) -> tuple[Column, Column]:
    """A column of names, and the one of their ids that goes before it."""
    hidden = column.privacy if column.privacy is Privacy.INTERNAL else Privacy.OPEN
    ids = Column(column.label, column.name, FieldType.REF, hidden)
    return ids, replace(column, name=NAME.format(column.name))


def told_of(values: Iterable[tuple[Column, Value]], record: str) -> KeyValues:
    """Columns of one record, with what stands in them, as labelled values."""
    return KeyValues(
        tuple(Pair(one.label, value, one.name, one.type, one.privacy, record, term=one.term) for one, value in values)
    )


def after(column: Column, value: Value, table: Table) -> Table:
    """A table of which every row begins with the same value; its sums are left out."""
    return replace(
        table,
        columns=(column, *table.columns),
        rows=[(value, *row) for row in table.rows],
        totals=(),
        inner=frozenset((row, place + 1) for row, place in table.inner),
        own=frozenset((row, place + 1) for row, place in table.own),
    )


def spanned(period: Period) -> KeyValues:
    """The days a period goes from and to."""
    return KeyValues(
        (
            Pair("自", period.since, path="period.since", type=FieldType.DAY),
            Pair("至", None if period.until == date.max else period.last, path="period.last", type=FieldType.DAY),
        )
    )
