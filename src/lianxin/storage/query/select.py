"""A ``Query`` as one parameterised SELECT, and its rows as typed values."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from lianxin.core.book import Query
from lianxin.core.error import UsageError
from lianxin.core.spoken import spoken
from lianxin.core.value import END_OF_DAY, FieldType, show_moment
from lianxin.storage.index.schema_sql import Column
from lianxin.storage.query.filter import condition, within
from lianxin.storage.query.path import Paths
from lianxin.storage.query.place import Clock, Place, Weeks, calendar

Read = Callable[[Any], Any]
Title = Callable[[str], str]


class Selection(Struct, frozen=True):
    """A compiled query.

    Attributes:
        columns: What each column of the answer holds (None: text as it is, or a list as JSON where values are plain);
            the record's id comes after the last.
        by_id: The rows are still to be put in this order of their ids.
        plain: Values as files hold them.
        called: So many of the columns, from the last, hold names all the same.
    """

    sql: str
    parameters: tuple[Any, ...]
    columns: tuple[Column | None, ...]
    by_id: str = ""
    plain: bool = False
    called: int = 0


def clock(today: date, now: datetime) -> Clock:
    """Today and this minute as SQL text."""
    return {":today": f"'{today.isoformat()}'", ":now": f"'{show_moment(now)}'"}


#: Either tells all records apart.
_BY_ID = _OLDEST, _NEWEST = ("编号", "-编号")


def select(query: Query, today: date, now: datetime, cycle: Weeks = calendar) -> Selection:
    """The SELECT that answers a query.

    Args:
        query, today, now: What is asked, and when.
        cycle: On which day the office's weeks and months begin, for the periods that filters name.

    Raises:
        UsageError: It names what is not there, or compares what cannot be compared.
    """
    paths = Paths(query.kind, clock(today, now), cycle)
    if query.unroll:
        paths.unroll(query.unroll.split("."), kept=True)
    found = [paths.find(label.split(".")) for label in query.columns]
    if query.plain:
        bare = len(found) - query.called
        shown = [_plain(paths, place) for place in found[:bare]] + [_called(paths, place) for place in found[bare:]]
    else:
        shown = [_shown(paths, paths.spoken(place) if n < query.spoken else place) for n, place in enumerate(found)]
    wheres, parameters = [], list[Any]()
    for filter_ in query.filters:
        where, more = condition(paths, filter_, today)
        wheres.append(where)
        parameters += more
    if query.period:
        if not query.period_field:
            raise UsageError("没有说明期间按哪个日期算，请写出日期的栏目名")
        where, more = within(paths, query.period_field.split("."), query.period)
        wheres.append(where)
        parameters += more
    first = query.sort[0] if query.sort else _OLDEST
    by_id = first if first in _BY_ID and not paths.entries and not query.most else ""
    orders = [] if by_id else [_order(paths, label) for label in query.sort]
    # FROM comes last: what is sorted by may have to be computed too
    sql = f"SELECT {', '.join([*(expr for expr, _ in shown), 't0.id'])} FROM {paths.sql()}"  # noqa: S608 - declared names
    if wheres:
        sql += f" WHERE {' AND '.join(wheres)}"
    if not by_id:
        last = () if query.sort and query.sort[-1] in _BY_ID else ("length(t0.id)", "t0.id")
        sql += f" ORDER BY {', '.join([*orders, *last, *paths.entries])}"
    if query.most:
        sql += " LIMIT ? OFFSET ?"
        parameters += [query.most, query.skip]
    columns = tuple(column for _, column in shown)
    return Selection(sql, tuple(parameters), columns, by_id, query.plain, query.called)


def _plain(paths: Paths, place: Place) -> tuple[str, Column | None]:
    """The expression of a column's own values, lists as JSON, and how to read it."""
    if place.column.type is FieldType.GROUP:
        return _shown(paths, place)
    place = paths.unrolled(place)
    return (_array(paths, place, place.expr), None) if place.inner else (place.expr, place.column)


def _called(paths: Paths, place: Place) -> tuple[str, Column | None]:
    """What the ids of a column were called on the day of the record, lists as JSON, and how to read it."""
    place = paths.unrolled(place)
    if place.inner:
        return _array(paths, place, paths.titled(place).expr), None
    return paths.called_then(place).expr, place.column  # ids become titles when they are read


def _array(paths: Paths, place: Place, expr: str) -> str:
    listed = f"SELECT json_group_array({expr}) FROM {paths.inside(place)}"  # noqa: S608 - declared names
    return f"({listed} WHERE {place.expr} IS NOT NULL)"


def _shown(paths: Paths, place: Place) -> tuple[str, Column | None]:
    """The expression a column shows, and how to read it."""
    if place.column.type is FieldType.GROUP:
        if place.inner:
            found = f"json_group_array(json({place.expr}))"
            return f"(SELECT {found} FROM {paths.inside(place)})", place.column  # noqa: S608 - declared names
        return place.expr, place.column
    place = paths.unrolled(place)
    if not place.inner:  # ids become titles when they are read, each of them once
        return (paths.called_then(place) if place.points else place).expr, place.column
    return _listed(paths, place), None


def _listed(paths: Paths, place: Place) -> str:
    """What a list holds, with titles for ids, in one text."""
    place = paths.titled(place) if place.points else place
    return f"(SELECT group_concat({place.expr}, '、') FROM {paths.inside(place)})"  # noqa: S608 - declared names


def _order(paths: Paths, label: str) -> str:
    """One term of ORDER BY: choices in their declared order, what is empty last."""
    place = paths.find(label.removeprefix("-").split("."))
    if place.choices and not place.many and not place.inner:
        whens = " ".join(f"WHEN '{choice}' THEN {n}" for n, choice in enumerate(place.choices))
        expr = f"CASE {place.expr} {whens} END"
    else:
        place = paths.unrolled(place)
        expr = _listed(paths, place) if place.inner else (paths.titled(place) if place.points else place).expr
    way = f"{'DESC' if label.startswith('-') else 'ASC'} NULLS LAST"
    # A0002, A9999, A10000: ids are as long as their numbers.
    return f"length({expr}) {way}, {expr} {way}" if place.column.name == "id" else f"{expr} {way}"


def read(columns: list[list[Any]], selection: Selection, title: Title) -> tuple[list[tuple[Any, ...]], list[str]]:
    """Rows as typed values, each distinct value of a column turned once, and the record id of each row.

    Args:
        columns: What the statement answers; the ids are the last.
        selection: What was asked.
        title: What an id is called.
    """
    *found, ids = columns
    if selection.by_id:  # SQLite would carry every row whole through its own sorting
        newest = selection.by_id == _NEWEST
        order = sorted(range(len(ids)), key=ids.__getitem__, reverse=newest)
        order.sort(key=lambda n: len(ids[n]), reverse=newest)  # A0002, A9999, A10000: as long as their numbers
        *found, ids = ([*map(column.__getitem__, order)] for column in columns)
    bare = len(selection.columns) - selection.called if selection.plain else 0
    for n, column in enumerate(selection.columns):
        if n < bare or column is None:
            turn = _plain_reader(column) if selection.plain else None
        else:
            turn = _reader(column, title)
        if turn is not None:
            known = {value: turn(value) for value in set(found[n]) if value is not None}
            found[n] = list(map(known.get, found[n]))
    return list(zip(*found, strict=True)), ids


def _deadline(text: str) -> datetime | str:
    if not text[:1].isdigit():  # words that stand in its place
        return text
    return datetime.fromisoformat(text) if len(text) > len("2026-03-02") else _end_of(text)


def _end_of(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), END_OF_DAY)


def _amount(value: float) -> Decimal:
    return Decimal(str(value))


_READERS: dict[FieldType, Read] = {
    FieldType.DAY: date.fromisoformat,
    FieldType.MOMENT: datetime.fromisoformat,
    FieldType.DEADLINE: _deadline,
    FieldType.AMOUNT: _amount,
}


def _plain_reader(column: Column | None) -> Read | None:
    if column is None:
        return lambda text: tuple(map(str, json.loads(text)))
    return json.loads if column.type is FieldType.GROUP else _READERS.get(column.type)


def _reader(column: Column, title: Title) -> Read | None:
    if column.type is FieldType.GROUP:
        return lambda text: spoken(column, json.loads(text), title) or None
    if column.type is FieldType.REF and column.name != "id":
        return title
    return _READERS.get(column.type)
