"""Rows for programs: values as files hold them, a reference as its id with the name beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    told = [_column(query, path) for path in paths]
    pointing = [path for path in paths if points(walk(query.kind, path)[-1])]
    asked = replace(query, columns=(*paths, *pointing), spoken=0, plain=True, called=len(pointing))
    rows, ids = book.select(asked)
    found = [*zip(*rows, strict=True)] if rows else [()] * len(asked.columns)
    called = dict(zip(pointing, found[len(paths) :], strict=True))
    columns: list[Column] = []
    behind: list[tuple[str]] = []
    cells: list[Sequence[Value]] = []
    for path, column, values in zip(paths, told, found, strict=False):
        if path in called:
            columns += beside(column)
            cells += (values, called[path])
        else:
            columns.append(column)
            cells.append(_words(walk(query.kind, path)[-1], values, book.title))
        behind += [(path,)] * (len(columns) - len(behind))
    whole = [*zip(*cells, strict=True)]
    hidden = frozenset(product(range(len(whole)), range(len(columns)))) if inner else frozenset[tuple[int, int]]()
    return Table(tuple(columns), whole, ids, inner=hidden, own=own_by_way(book, query, behind))


def _column(query: Query, path: str) -> Column:
    """A column as a program reads it: a group is told in words."""
    one = find(query.kind, path, query.unroll)
    if one is None:
        raise UsageError(f"{query.kind.label}里没有「{path}」这一栏{near_column(query.kind, path)}")
    spec = walk(query.kind, path)[-1]
    if points(spec):
        return Column(one.label, one.name, privacy=one.privacy, term=one.term)
    type_ = FieldType.TEXT if spec.type is FieldType.GROUP else spec.type
    return Column(one.label, one.name, type_, one.privacy, term=one.term, inner=one.inner)


def _words(spec: Spec, values: Sequence[Any], title: Title) -> Sequence[Value]:
    """A group, or each of several, in words; ``show`` tells it whole. What is none stays as it is."""
    if spec.type is not FieldType.GROUP:
        return values
    return [
        tuple(spoken(spec, one, title) for one in value)
        if isinstance(value, list)
        else (spoken(spec, value, title) if value else None)
        for value in values
    ]


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
