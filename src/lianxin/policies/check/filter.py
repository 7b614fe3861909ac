"""Whether filters can be answered: the same look at those of forms, figures, duties, outlines and pairings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from lianxin.core.day.period import parse_period
from lianxin.core.declare.kind import Kind
from lianxin.core.error import UsageError
from lianxin.core.filter import Filter, Op, parse_filter
from lianxin.core.problem import Fault, Loc
from lianxin.core.value import FieldType, countable
from lianxin.kinds.path import MOST_STEPS, Spec, near, near_column, walk

_DATED = (FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE)
_NUMBERS = (FieldType.INTEGER, FieldType.AMOUNT)
_VALUED = (Op.GE, Op.LE, Op.HAS)

#: A day to read ``本月`` by; which one does not matter to whether it can be read.
_SOME_DAY = date(2000, 1, 1)


class Codes(Struct, frozen=True):
    """What faults are called where the filters stand: a wrong column, a wrong condition, one that does not fit."""

    column: str = "P032"
    condition: str = "P033"
    use: str = "P034"


#: Of figures, duties, scores and outlines.
DEFINED = Codes()


def check_filters(kind: Kind, filters: Collection[str], loc: Loc, codes: Codes = DEFINED) -> Iterator[Fault]:
    """Every fault of the filters on records of a kind."""
    for n, text in enumerate(filters):
        try:
            filter_ = parse_filter(text)
        except UsageError as error:
            yield Fault(codes.condition, (*loc, n), str(error))
            continue
        path = ".".join(filter_.path)
        specs = walk(kind, path)
        if specs:
            yield from _values(filter_, specs[-1], (*loc, n), codes)
        else:
            yield unknown(kind, path, (*loc, n), codes)


def unknown(kind: Kind, path: str, loc: Loc, codes: Codes = DEFINED) -> Fault:
    """A path that leads nowhere."""
    first, *more = path.split(".")
    shown = path if len(more) < MOST_STEPS else f"{first}.{more[0]}…"
    return Fault(codes.column, loc, f"{kind.label}里没有「{shown}」这一栏{near_column(kind, path)}")


def _values(filter_: Filter, spec: Spec, loc: Loc, codes: Codes) -> Iterator[Fault]:
    path = ".".join(filter_.path)
    if filter_.op in _VALUED and not all(filter_.values):
        yield Fault(codes.condition, loc, f"筛选条件「{filter_}」缺了值")
        return
    if filter_.op is Op.HAS:
        return
    if spec.type is FieldType.GROUP and any(filter_.values):
        yield Fault(codes.use, loc, f"「{path}」是一组内容，只能用 ~ 找里面的字，或写到「.」后面的一项")
        return
    choices = ("是", "否") if spec.type is FieldType.FLAG else spec.choices
    for value in filter(None, filter_.values):
        if choices and value not in choices:
            told = near(value, choices) or f"；可选：{'、'.join(choices)}"
            yield Fault(codes.condition, loc, f"「{path}」没有「{value}」这一项{told}")
        elif spec.type in _NUMBERS and not _number(value):
            yield Fault(codes.condition, loc, f"「{path}」是数目，「{value}」不是")
        elif spec.type in _DATED and not _period(value):
            yield Fault(codes.condition, loc, f"「{path}」是日期，看不懂「{value}」")


def _number(value: str) -> bool:
    try:
        return countable(Decimal(value))
    except InvalidOperation:
        return False


def _period(value: str) -> bool:
    try:
        parse_period(value, _SOME_DAY)
    except UsageError:
        return _minute(value)
    return True


def _minute(value: str) -> bool:
    try:
        return len(value) == len("2026-03-02 09:40") and datetime.fromisoformat(value) is not None
    except ValueError:
        return False
