"""Limits in time: how long a step may take as it is written down (``5个工作日``), and when that runs out."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from lianxin.core.day.calendar import Calendar
from lianxin.core.error import UsageError
from lianxin.core.text.pattern import late
from lianxin.core.value import END_OF_DAY, show_deadline, show_moment


class Unit(StrEnum):
    """What a limit counts in."""

    WORKDAYS = "个工作日"
    HOURS = "小时"
    DAYS = "天"
    UNTIL = "截止"  # a day or moment is named
    OPEN = "待定"  # owed by the department on signing


class TimeLimit(Struct, frozen=True):
    """A limit as it is written.

    Attributes:
        count: How many of ``unit``; 0 for UNTIL and OPEN.
        until: The named end, for UNTIL.
    """

    unit: Unit
    count: int = 0
    until: datetime | None = None

    def __str__(self) -> str:
        if self.unit is Unit.UNTIL and self.until:
            return show_deadline(self.until)
        return self.unit.value if self.unit is Unit.OPEN else f"{self.count}{self.unit.value}"

    @property
    def open(self) -> bool:
        """The department is to name it."""
        return self.unit is Unit.OPEN


OPEN = TimeLimit(Unit.OPEN)

_COUNTED = late(r"(\d{1,3})(个?工作日|个?小时|天|个?自然日)(内|以内|之内)?\Z")
_UNITS = {"工作日": Unit.WORKDAYS, "小时": Unit.HOURS, "天": Unit.DAYS, "自然日": Unit.DAYS}
_DATED = late(r"(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{2}:\d{2}))?\Z")


@lru_cache(maxsize=1024)
def parse_limit(text: str) -> TimeLimit:
    """``5个工作日`` ``2小时`` ``10天`` ``2026-03-10`` ``2026-03-10 17:00`` ``待定`` → TimeLimit.

    Raises:
        UsageError: It is none of these.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain == Unit.OPEN:
        return OPEN
    bare = re.sub(r"\s", "", plain)
    counted = _COUNTED.match(bare) or _COUNTED.match(_in_digits(bare))
    if counted:
        if int(counted[1]) == 0:
            raise UsageError(f"时限「{text}」是零，至少写 1")
        return TimeLimit(_UNITS[counted[2].removeprefix("个")], int(counted[1]))
    dated = _DATED.match(plain)
    if dated:
        try:
            day = date.fromisoformat(dated[1])
            until = datetime.fromisoformat(f"{dated[1]} {dated[2]}") if dated[2] else datetime.combine(day, END_OF_DAY)
        except ValueError:
            raise UsageError(f"时限「{text}」里的日期或钟点不对，日历上没有") from None
        return TimeLimit(Unit.UNTIL, until=until)
    raise UsageError(f"看不懂时限「{text}」，可写 5个工作日、2小时、10天、2026-03-10、2026-03-10 17:00 或 待定")


def _in_digits(text: str) -> str:
    from lianxin.core.day.spoken import arabic

    return arabic(text)


def wrong_limit(text: str) -> str:
    """Why a text is no limit; empty when it is one."""
    try:
        parse_limit(text)
    except UsageError as error:
        return str(error)
    return ""


class Due(Struct, frozen=True):
    """When a limit runs out.

    Attributes:
        moment: 23:59 means the whole day.
        provisional: It touches a year whose holidays are not published (暂定).
        reason: How it was counted, for the screen.
    """

    moment: datetime
    provisional: bool
    reason: str


def _latest(start: datetime, days: int) -> date:
    return (start + timedelta(days=days)).date() if days < (datetime.max - start).days else date.max


def due(limit: TimeLimit, start: datetime, calendar: Calendar) -> Due | None:
    """When a limit runs out that was set at ``start``; ``None`` for 待定.

    Working days are counted from the working day after ``start``; hours are office hours and run from ``start`` itself.
    """
    if limit.unit is Unit.OPEN:
        return None
    if limit.until is not None:
        return Due(limit.until, provisional=False, reason="写明的期限")
    if limit.unit is Unit.DAYS:
        end = _latest(start, limit.count)
        return Due(datetime.combine(end, END_OF_DAY), provisional=False, reason=f"{limit.count} 天，节假日照算")
    if limit.unit is Unit.HOURS:
        moment = calendar.add_hours(start, limit.count)
        since = calendar.add_minutes(start, 0)
        reason = f"{limit.count} 个办公小时"
        reason += f"，{show_moment(since)} 上班起算" if since != start else ""
        return Due(moment, calendar.provisional(start.date(), moment.date()), reason)
    day = start.date()
    end = calendar.add_workdays(day, limit.count)
    provisional = calendar.provisional(min(day + timedelta(days=1), end), end) if day < date.max else True
    return Due(datetime.combine(end, END_OF_DAY), provisional, calendar.explain(day, limit.count))
