"""Time that stands still: how a suspension moves a deadline, and what is left of a limit meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from lianxin.core.day.calendar import Calendar
from lianxin.core.day.time_limit import Due, Unit, parse_limit, wrong_limit
from lianxin.core.day.time_limit import due as reckon
from lianxin.core.value import END_OF_DAY
from lianxin.kinds.issue.state import RUN_OUT
from lianxin.kinds.issue.tally import Suspension


def stand_still(due: datetime, stand: Suspension, calendar: Calendar, rule: str | None, start: datetime) -> datetime:
    """A deadline moved by the time of a suspension, in what its rule counts in: days of the calendar for 天.

    Otherwise, and where no rule is told, working time: whole days for whole days, office minutes for hours. The day of
    suspension stands still, the day of resuming counts again. What had run out already stays so, and a limit that has
    not begun to run loses nothing.

    Args:
        rule: What the limit counts in.
        start: When it was set; one in whole days begins to run on the day after.
    """
    if stand.until is None or stand.since > due:
        return due
    since = _begun(stand, start)
    if _natural(rule):
        return due + min(max(stand.until.date() - since, timedelta()), date.max - due.date())
    if due.time() == END_OF_DAY:
        days = calendar.workdays_between(since, stand.until.date())
        return datetime.combine(calendar.add_workdays(due.date(), days), END_OF_DAY) if days else due
    minutes = calendar.minutes_between(stand.since, stand.until)
    return calendar.add_minutes(due, minutes) if minutes else due


def _begun(stand: Suspension, start: datetime) -> date:
    """The first day of a limit in whole days that stands still."""
    return max(stand.since.date(), min(start.date(), date.max - timedelta(days=1)) + timedelta(days=1))


def left(due: datetime, stand: Suspension, calendar: Calendar, rule: str | None, start: datetime) -> str:
    """What is left of a limit while it stands still, in what its rule counts in."""
    if stand.since > due:
        return RUN_OUT
    since, after = _begun(stand, start), due.date() + timedelta(days=due.date() < date.max)
    if _natural(rule):
        return f"剩 {(after - since).days} 天"
    if due.time() == END_OF_DAY:
        return f"剩 {calendar.workdays_between(since, after)} 个工作日"
    hours, minutes = divmod(calendar.minutes_between(stand.since, due), 60)
    return f"剩 {hours} 个办公小时" + (f" {minutes} 分钟" if minutes else "")


def _natural(rule: str | None) -> bool:
    """Whether a rule counts every day alike, so that no arrangement of holidays moves its deadline."""
    return rule is not None and not wrong_limit(rule) and parse_limit(rule).unit is Unit.DAYS


def unsure(was: datetime, now: datetime, calendar: Calendar, rule: str | None) -> bool:
    """Whether a deadline was moved over a year whose holidays are not published."""
    return not _natural(rule) and calendar.provisional(was.date(), now.date())


def count(rule: str, start: datetime, stands: Iterable[Suspension], calendar: Calendar) -> Due | None:
    """When a rule set at ``start`` runs out, the time stood still since then added; ``None`` for 待定.

    Raises:
        UsageError: The rule cannot be read.
    """
    parsed = parse_limit(rule)
    counted = reckon(parsed, start, calendar)
    if counted is None or parsed.until is not None:
        return counted
    for stand in stands:
        later = stand_still(counted.moment, stand, calendar, rule, start)
        if later != counted.moment:
            provisional = counted.provisional or unsure(counted.moment, later, calendar, rule)
            reason = f"{counted.reason}，扣除 {stand.since:%Y-%m-%d} 起暂缓的日子"
            counted = replace(counted, moment=later, provisional=provisional, reason=reason)
    return counted
