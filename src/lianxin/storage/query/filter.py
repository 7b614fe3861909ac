"""Filters as conditions of one SELECT: every value a parameter, every comparison by the column's type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from lianxin.core.day.period import Cycle, Period, parse_period, refuse_year
from lianxin.core.error import UsageError
from lianxin.core.filter import Filter, Op
from lianxin.core.text.choice import as_read, chosen, closest
from lianxin.core.text.fold import fold
from lianxin.core.text.pattern import late
from lianxin.core.value import FieldType, countable
from lianxin.storage.query.path import Paths, near
from lianxin.storage.query.period import DATED, bounds, comparable
from lianxin.storage.query.place import Place

Condition = tuple[str, list[Any]]

_NUMBERS = (FieldType.INTEGER, FieldType.AMOUNT)
_IS = " = ?"
_MINUTE = late(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})\Z")


def condition(paths: Paths, filter_: Filter, today: date) -> Condition:
    """One filter; several values mean *or*, ``!=`` that none of them is there.

    Raises:
        UsageError: No such column, or a value the column cannot hold.
    """
    place = paths.unrolled(paths.find(filter_.path))
    if filter_.op in (Op.GE, Op.LE, Op.HAS) and not all(filter_.values):
        raise UsageError(f"筛选条件「{filter_}」缺了值")
    if filter_.op is Op.EQ and place.column.name == "id" and not place.inner and all(filter_.values):
        # thousands of them, which stand there as they are
        return f"({place.expr} IN ({', '.join('?' * len(filter_.values))}))", list(filter_.values)
    tests, parameters = [], list[Any]()
    for value in filter_.values:
        test, more = _test(paths, place, filter_, value, today)
        tests.append(test)
        parameters += more
    if len(tests) > 1 and len({*tests}) == 1 and tests[0].endswith(_IS):  # a thousand would be too deep a tree of ORs
        whole = f"{tests[0].removesuffix(_IS)} IN ({', '.join('?' * len(tests))})"
    else:
        whole = " OR ".join(f"({test})" for test in tests)
    return (f"NOT coalesce(({whole}), 0)" if filter_.op is Op.NE else f"({whole})"), parameters


def within(paths: Paths, path: Sequence[str], period: Period) -> Condition:
    """The days of a period, half-open."""
    place = paths.find(path)
    if place.column.type not in DATED or place.many or place.inner:
        raise UsageError(f"「{'.'.join(path)}」不是日期，不能按期间取")
    expr = comparable(place.expr, place.column.type, period)
    return f"{expr} >= ? AND {expr} < ?", list(bounds(period, place.column.type))


def _test(paths: Paths, place: Place, filter_: Filter, value: str, today: date) -> Condition:
    if not value:
        if place.inner:
            found = f"SELECT 1 FROM {paths.inside(place)} WHERE {place.expr} IS NOT NULL"  # noqa: S608 - declared names
            return f"NOT EXISTS ({found})", []
        return f"{place.expr} IS NULL OR {place.expr} = ''", []
    if place.points and filter_.op in (Op.EQ, Op.NE):
        # An id is no title, and a title no id: either may be meant. Titles are looked up once, not joined row by row.
        kinds = ", ".join(f"'{name}'" for name in place.column.refs)
        found = f"SELECT record FROM called WHERE word = ? AND kind IN ({kinds})"  # noqa: S608 - declared names
        test, more = f"{place.expr} IN ({found} UNION ALL SELECT ?)", [fold(value), value]
    elif place.points:
        titled = paths.titled(place)
        test, more = _compared(f"as_read({titled.expr})", filter_.op, as_read(value))
        also, again = _compared(place.expr, filter_.op, value)
        test, more = f"{test} OR {also}", [*more, *again]
        place = titled
    else:
        test, more = _typed(paths, place, filter_, value, today)
    if place.inner:
        return f"EXISTS (SELECT 1 FROM {paths.inside(place)} WHERE {test})", more  # noqa: S608 - declared names
    return test, more


def _compared(expr: str, op: Op, value: Any) -> Condition:
    if op is Op.HAS:
        return f"instr({expr}, ?) > 0", [value]
    sign = {Op.GE: ">=", Op.LE: "<="}.get(op, "=")
    return f"{expr} {sign} ?", [value]


def _typed(paths: Paths, place: Place, filter_: Filter, value: str, today: date) -> Condition:
    type_, op = place.column.type, filter_.op
    if type_ is FieldType.GROUP and op is not Op.HAS:
        raise UsageError(f"「{filter_.path[-1]}」是一组内容，只能用 ~ 找里面的字，或写到「.」后面的一项")
    if op is Op.HAS:
        return _compared(f"as_read({place.expr})", op, as_read(value))
    if type_ in DATED:
        return _dated(place, op, value, _named(value, today, paths.cycle()))
    if type_ in _NUMBERS:
        return _compared(place.expr, op, _number(filter_, value))
    if type_ is FieldType.FLAG and value not in ("是", "否"):
        raise UsageError(f"「{filter_.path[-1]}」只有「是」和「否」，没有「{value}」")
    if place.choices:
        return _chosen(place, filter_, value)
    if type_ is FieldType.TEXT and op in (Op.EQ, Op.NE):
        return _compared(f"as_read({place.expr})", op, as_read(value))
    return _compared(place.expr, op, value)


def _chosen(place: Place, filter_: Filter, value: str) -> Condition:
    choices = place.choices
    typed, value = value, chosen(value, choices)
    if not value:
        told = near(typed, choices) or f"；可选：{'、'.join(choices)}"
        meant = (typed, found) if (found := closest(typed, choices)) else ()
        raise UsageError(f"「{filter_.path[-1]}」没有「{typed}」这一项{told}", meant=meant)
    if filter_.op is Op.GE:
        wanted = choices[choices.index(value) :]
    elif filter_.op is Op.LE:
        wanted = choices[: choices.index(value) + 1]
    else:
        return _compared(place.expr, filter_.op, value)
    return f"{place.expr} IN ({', '.join('?' * len(wanted))})", list(wanted)


def _named(value: str, today: date, cycle: Cycle) -> Period | None:
    """The period a value names; None for a minute."""
    return None if _MINUTE.match(value) else parse_period(value, today, cycle)


def _minute(value: str) -> tuple[str, str]:
    """The minute a value names, and the next, as the tables write them."""
    minute = _MINUTE.match(value)
    if minute is None:
        raise UsageError(f"「{value}」不是时间，应写成 2026-03-02 09:40 这样")
    try:
        moment = datetime.fromisoformat(f"{minute[1]} {minute[2]}")
    except ValueError:
        raise UsageError(f"「{value}」不是时间，应写成 2026-03-02 09:40 这样") from None
    refuse_year(value, moment)
    return tuple(at.isoformat(" ", "minutes") for at in (moment, moment + timedelta(minutes=1)))  # type: ignore[return-value]


def _dated(place: Place, op: Op, value: str, period: Period | None) -> Condition:
    type_ = place.column.type
    since, until = bounds(period, type_) if period else _minute(value)
    expr = comparable(place.expr, type_, period) if period else place.expr
    if op is Op.GE:
        return f"{expr} >= ?", [since]
    if op is Op.LE:
        return f"{expr} < ?", [until]
    return f"{expr} >= ? AND {expr} < ?", [since, until]


def _number(filter_: Filter, value: str) -> int | float:
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise UsageError(f"「{filter_.path[-1]}」是数目，「{value}」不是") from None
    if not number.is_finite():
        raise UsageError(f"「{filter_.path[-1]}」是数目，「{value}」不是")
    if not countable(number):
        told = f"「{filter_.path[-1]}」没有「{value}」这么大的数目"
        raise UsageError(told, veiled=told)  # far longer than anybody's telephone
    return int(number) if number == int(number) else float(number)
