"""What a column's type says about its cells, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from lianxin.core.document import Column, Tone, Value
from lianxin.core.value import FieldType, parse_day, parse_deadline, parse_moment

#: Aligned to the right.
NUMBERS = frozenset({FieldType.INTEGER, FieldType.AMOUNT})

#: Never folded or shortened while there is room elsewhere: short, and read at a glance.
COMPACT = frozenset(
    {FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE, FieldType.REF, FieldType.PHONE, FieldType.FLAG} | NUMBERS
)

_BRACKET = re.compile(r"[(（]")
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


def grouped_heads(labels: Sequence[str]) -> list[tuple[str, str]]:
    """Two-level headings: ``投入/资金`` beside ``投入/项目`` are 资金 and 项目 under 投入.

    Only neighbours that share the word before the stroke are grouped: 村/社区 alone is one heading.
    """
    parts = [label.partition("/") for label in labels]
    words = [over if stroke and under and not _BRACKET.search(over) else "" for over, stroke, under in parts]
    made = []
    for n, word in enumerate(words):
        beside = (words[n - 1] if n else "", words[n + 1] if n + 1 < len(words) else "")
        made.append((word, parts[n][2]) if word and word in beside else ("", labels[n]))
    return made


def tone_of(column: Column, text: str) -> Tone:
    """How a cell's text is meant, where its column says so."""
    for value, tone in column.tones:
        if value == text:
            return tone
    return Tone.NORMAL
