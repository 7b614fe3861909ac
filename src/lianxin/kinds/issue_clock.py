"""The clock of an issue: limits start, move, stand still and run again.

The deadline stored in an event is the truth. It is counted here only when an event has none, when a 暂定 one can be
settled because its year has been published since, and for the time stood still after it was stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from lianxin.core.calendar import Calendar
from lianxin.core.error import UsageError
from lianxin.core.rule import OPEN, Due, Unit, parse_rule, wrong_rule
from lianxin.core.rule import due as reckon
from lianxin.core.value import END_OF_DAY, show_deadline
from lianxin.kinds.course import UnlawfulError
from lianxin.kinds.issue_event import Assign, Extend, Reopen, Resume, Sign, Whistle
from lianxin.kinds.issue_state import State
from lianxin.kinds.issue_tally import Limit, Suspension, Tally

#: The events that may carry a limit.
Limiting = Assign | Sign | Whistle | Extend | Resume | Reopen


def stand_still(due: datetime, stand: Suspension, calendar: Calendar, rule: str | None) -> datetime:
    """A deadline moved by the time of a suspension, in what its rule counts in: days of the calendar for 天.

    Otherwise, and where no rule is told, working time: whole days for whole days, office minutes for hours. The day of
    suspension stands still, the day of resuming counts again. What had run out already stays so.
    """
    if stand.until is None or stand.since > due:
        return due
    if _natural(rule):
        return due + min(stand.until.date() - stand.since.date(), date.max - due.date())
    if due.time() == END_OF_DAY:
        days = calendar.workdays_between(stand.since.date(), stand.until.date())
        return datetime.combine(calendar.add_workdays(due.date(), days), END_OF_DAY) if days else due
    minutes = calendar.minutes_between(stand.since, stand.until)
    return calendar.add_minutes(due, minutes) if minutes else due


def _natural(rule: str | None) -> bool:
    """Whether a rule counts every day alike, so that no arrangement of holidays moves its deadline."""
    return rule is not None and not wrong_rule(rule) and parse_rule(rule).unit is Unit.DAYS


def _unsure(was: datetime, now: datetime, calendar: Calendar, rule: str | None) -> bool:
    """Whether a deadline was moved over a year whose holidays are not published."""
    return not _natural(rule) and calendar.provisional(was.date(), now.date())


def count(rule: str, start: datetime, stands: Iterable[Suspension], calendar: Calendar) -> Due | None:
    """When a rule set at ``start`` runs out, the time stood still since then added; ``None`` for 待定.

    Raises:
        UsageError: The rule cannot be read.
    """
    parsed = parse_rule(rule)
    counted = reckon(parsed, start, calendar)
    if counted is None or parsed.until is not None:
        return counted
    for stand in stands:
        later = stand_still(counted.moment, stand, calendar, rule)
        if later != counted.moment:
            provisional = counted.provisional or _unsure(counted.moment, later, calendar, rule)
            reason = f"{counted.reason}，扣除 {stand.since:%Y-%m-%d} 起暂缓的日子"
            counted = replace(counted, moment=later, provisional=provisional, reason=reason)
    return counted


def _deadline(
    tally: Tally, event: Limiting, start: datetime, stands: Iterable[Suspension]
) -> tuple[datetime | None, bool]:
    """The deadline an event sets, and whether it is provisional."""
    if event.due is not None and not event.provisional:
        return event.due, False
    try:
        counted = count(event.rule, start, stands, tally.context.calendar) if event.rule is not None else None
    except UsageError as error:
        tally.fault("L021", str(error), "办理时限")
        counted = None
    if event.due is None:
        return (counted.moment, counted.provisional) if counted else (None, False)
    if counted is None or counted.provisional:
        return event.due, True
    if counted.moment != event.due:
        was, now = show_deadline(event.due), show_deadline(counted.moment)
        notice = f"「{event.step}」时暂定的期限 {was}，按公布的放假安排重算为 {now}"
        tally.recomputed.append(notice)
        tally.fault("L028", notice, "办结期限")
    return counted.moment, False


def _put(tally: Tally, event: Limiting, start: datetime, due: datetime | None, *, provisional: bool) -> None:
    """Write a limit down: on what the department has in hand, and in the history."""
    tally.hold(rule=event.rule, due=due, provisional=provisional, start=start)
    if due is not None and tally.first_due is None:
        tally.first_due = tally.first_clock = due
        tally.first_rule = event.rule
    calendar = tally.context.calendar
    rule = event.rule or ""
    tally.limits.append(Limit(event.id, event.step, event.at, start, rule, due, provisional, calendar=calendar))


def set_limit(tally: Tally, event: Limiting, start: datetime, stands: tuple[Suspension, ...] = ()) -> None:
    """The limit an event carries counts from ``start``; an event without one leaves it owed."""
    due, provisional = _deadline(tally, event, start, stands)
    if due is None and event.rule is None:
        return
    if due is not None and due < event.at:
        tally.fault("L025", f"办结期限 {show_deadline(due)} 定下时就已过了", "办理时限")
    _put(tally, event, start, due, provisional=provisional)


def supply_limit(tally: Tally, event: Limiting) -> None:
    """A limit given after the assignment: welcome while it is owed, out of place once it is set."""
    holding = tally.holding
    if holding is None or event.rule in (None, OPEN.unit.value):
        return
    if holding.due is None:
        set_limit(tally, event, holding.start, holding.stands)
    elif event.rule != holding.rule:
        tally.fault("L026", f"期限 {show_deadline(holding.due)} 早已定下，要改请办延期", "办理时限")


def resume_limit(tally: Tally, event: Resume) -> None:
    """On resuming, the deadline stored there is the truth; a limit may be named where it is still owed."""
    holding = tally.holding
    if holding is not None and holding.due is not None and event.due is not None and not event.provisional:
        tally.hold(due=event.due, provisional=False)
    else:
        supply_limit(tally, event)


def extend(tally: Tally, event: Extend) -> None:
    """Move the deadline back: before it runs out, and only so often."""
    holding = tally.holding
    if holding is None or holding.due is None:
        raise UnlawfulError("L006", "还没有定下办结期限，无从延期", "办理时限")
    was = show_deadline(holding.due)
    if event.at > holding.due:
        raise UnlawfulError("L003", f"期限 {was} 已过，不能再延期", "时间")
    most = tally.context.limits.extensions
    if holding.extensions >= most:
        raise UnlawfulError("L004", f"已延期 {holding.extensions} 次，至多 {most} 次")
    due, provisional = _deadline(tally, event, holding.start, holding.stands)
    if due is None:
        raise UnlawfulError("L006", f"延期要写明新的时限，不能是「{event.rule}」", "办理时限")
    if due <= holding.due:
        raise UnlawfulError("L005", f"新期限 {show_deadline(due)} 不晚于原期限 {was}", "办理时限")
    _put(tally, event, holding.start, due, provisional=provisional)
    tally.hold(extensions=holding.extensions + 1)
    tally.extensions += 1


def pause(tally: Tally, at: datetime, review: date) -> None:
    """Let the clock stand still, for at most the days that are left in all."""
    if tally.state is not State.SUSPENDED:
        most = tally.context.limits.suspension
        if tally.paused_days >= most:
            raise UnlawfulError("L017", f"累计已暂缓 {tally.paused_days} 天，至多 {most} 天，不能再暂缓")
        left = most - tally.paused_days
        tally.paused = at
        tally.wakes = at.date() + timedelta(days=left) if left < (date.max - at.date()).days else date.max
    tally.review_on = review


def go_on(tally: Tally, at: datetime, event: str, step: str) -> None:
    """Let the clock run again; nothing if it was not standing still."""
    if tally.paused is None or tally.wakes is None:
        return
    until = min(at, datetime.combine(tally.wakes, time()))
    stand = Suspension(tally.paused, max(until, tally.paused))
    tally.suspensions.append(stand)
    tally.paused_days += (max(until, tally.paused).date() - tally.paused.date()).days
    tally.paused = tally.wakes = tally.review_on = None
    calendar = tally.context.calendar
    if tally.first_clock is not None:
        tally.first_clock = stand_still(tally.first_clock, stand, calendar, tally.first_rule)
    holding = tally.holding
    if holding is None:
        return
    tally.hold(stands=(*holding.stands, stand))
    if holding.due is None:
        return
    due = stand_still(holding.due, stand, calendar, holding.rule)
    if due != holding.due:
        provisional = holding.provisional or _unsure(holding.due, due, calendar, holding.rule)
        note = f"{stand.since:%Y-%m-%d} 起暂缓，期限由 {show_deadline(holding.due)} 顺延到 {show_deadline(due)}"
        tally.hold(due=due, provisional=provisional)
        tally.limits.append(Limit(event, step, at, holding.start, "", due, provisional, note, calendar))


def projected(tally: Tally) -> datetime | None:
    """The deadline as it stands; while suspended, as it will be if nobody resumes before the days are used up."""
    holding = tally.holding
    if holding is None or holding.due is None or tally.paused is None or tally.wakes is None:
        return holding.due if holding else None
    stand = Suspension(tally.paused, datetime.combine(tally.wakes, time()))
    return stand_still(holding.due, stand, tally.context.calendar, holding.rule)
