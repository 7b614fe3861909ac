"""A period kept in a record: an expression that means the same days whenever it is read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from lianxin.core.day.period import lasting, parse_period
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType, Typed, wrong

#: Two days no calendar unit has in common: 本月 seen from them is not the same month.
_EARLY, _LATE = date(2001, 1, 1), date(2012, 12, 31)


def _span(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not _lasting(text):
        raise wrong("F025", wrong_span(text))
    return text


def _lasting(text: str) -> bool:
    """It is a period, and the same one from wherever it is looked at."""
    try:
        return parse_period(text, _EARLY) == parse_period(text, _LATE)
    except UsageError:
        return False


def wrong_span(text: str) -> str:
    """Why a text is no period that can be kept; empty when it is one."""
    return "" if _lasting(text.strip()) else f"「{text}」不是定死的期间，应写成 2026、2026H1、2026Q1、2026-03 这样"


def lasting_text(text: str, today: date) -> str:
    """A period as it is kept: ``今年`` as it is called ever after; what is no period comes back as it was typed."""
    if _lasting(text.strip()):
        return text.strip()
    try:
        return lasting(parse_period(text, today))
    except UsageError:
        return text.strip()


Span = Annotated[str, Typed(FieldType.TEXT, "str", _span)]
