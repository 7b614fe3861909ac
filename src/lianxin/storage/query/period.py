"""A period as conditions: to the minute where a column bears one, by its noon where it bears a day."""

from __future__ import annotations

from lianxin.core.day.period import NOON, Period
from lianxin.core.value import FieldType

#: Types of columns that a period applies to.
DATED = (FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE)


def bounds(period: Period, type_: FieldType) -> tuple[str, str]:
    """The first value of a column that belongs to a period, and the first after it; text order is time order."""
    if type_ is FieldType.DAY:
        first, after = period.days
        return first.isoformat(), after.isoformat()
    return period.bounds


def comparable(expr: str, type_: FieldType, period: Period) -> str:
    """A column as its values are compared: a deadline that is a whole day lies where that day's noon does."""
    if type_ is FieldType.DEADLINE and period.cut > NOON:
        return f"replace({expr}, ' 23:59', ' 12:00')"
    return expr
