"""A cell as JSON holds it: numbers as numbers, days as ISO text, what is not known as null."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lianxin.core.document import Value
from lianxin.core.value import END_OF_DAY, FieldType
from lianxin.formats.cell import dated

#: A flag as files and cells hold it.
_FLAGS: dict[Value, bool] = {"是": True, "否": False}


def typed(value: Value, type_: FieldType) -> str | int | float | bool | None:
    """A value as a page has it; text in a date column (an index row's) is brought to the same form."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    moment = dated(value, type_)
    if isinstance(moment, datetime):
        whole_day = type_ is FieldType.DEADLINE and moment.time() == END_OF_DAY
        return moment.date().isoformat() if whole_day else moment.isoformat(timespec="minutes")
    if isinstance(moment, date):
        return moment.isoformat()
    return value  # type: ignore[return-value]


def plain(value: Value, type_: FieldType) -> Any:
    """A value as programs want it: lists as lists, flags as true and false, amounts kept as text as numbers."""
    if isinstance(value, tuple):
        return [plain(part, type_) for part in value]
    if type_ is FieldType.FLAG:
        return _FLAGS.get(value, value)
    if type_ is FieldType.AMOUNT and isinstance(value, str):
        return typed(amount, type_) if (amount := _amount(value)) is not None else value
    return typed(value, type_)


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:  # hidden, or words in its place
        return None
