"""What a column's type says about its cells, the same for every format."""

from __future__ import annotations

from datetime import date, datetime

from lianxin.core.document import Column, Value
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, parse_day, parse_deadline, parse_moment

#: Aligned to the right.
NUMBERS = frozenset({FieldType.INTEGER, FieldType.AMOUNT})

#: Never folded or shortened while there is room elsewhere: short, and read at a glance.
COMPACT = frozenset(
    {FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE, FieldType.REF, FieldType.PHONE, FieldType.FLAG} | NUMBERS
)

_PARSERS = {FieldType.DAY: parse_day, FieldType.MOMENT: parse_moment, FieldType.DEADLINE: parse_deadline}


def dated(value: Value, type_: FieldType) -> date | datetime | None:
    """A day or moment, also from the text the index holds; ``None`` when it is neither."""
    if isinstance(value, date):
        return value
    parser = _PARSERS.get(type_)
    if parser is None or not isinstance(value, str):
        return None
    try:
        found = parser(value)
    except ValueError:
        return None
    return found if isinstance(found, date) else None


def tone_of(column: Column, text: str) -> Tone:
    """How a cell's text is meant, where its column says so."""
    for value, tone in column.tones:
        if value == text:
            return tone
    return Tone.NORMAL
