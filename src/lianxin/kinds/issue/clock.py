"""The clock of an issue: limits start, move, stand still and run again.

The deadline stored in an event is the truth. It is counted here only when an event has none, when a 暂定 one can be
settled because its year has been published since, and for the time stood still after it was stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from lianxin.core.day.time_limit import OPEN, Due, parse_limit
from lianxin.core.day.time_limit import due as reckon
from lianxin.core.error import UsageError
from lianxin.core.value import show_deadline
from lianxin.kinds.issue.stand import count, left, stand_still, unsure
from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.tally import IssueTally, Limit, Suspension
from lianxin.kinds.life.course import UnlawfulError

if TYPE_CHECKING:
    from lianxin.kinds.issue.step.assign import Extend, Handing
    from lianxin.kinds.issue.step.base import Limited
    from lianxin.kinds.issue.step.hold import Resume

#: What a limit is for.
_HANDLING, _SIGNING = "办理", "签收"


def _settled(
    tally: IssueTally,
    event: Limited,
    told: str,
    stored: datetime | None,
    provisional: bool,
    reckoned: Callable[[], Due | None],
) -> tuple[datetime | None, bool]:
    """A deadline as it is stored, counted where it is not, counted anew where its year has been published since.

    Args:
        told: What it is a limit for.
        reckoned: Counts it; raises ``UsageError`` for a rule that cannot be read.
    """
    if stored is not None and not provisional:
        return stored, False
    try:
        counted = reckoned()
    except UsageError as error:
        tally.fault("L021", str(error), f"{told}时限")
        counted = None
    if stored is None:
        return (counted.moment, counted.provisional) if counted else (None, False)
    if counted is None or counted.provisional:
        return stored, True
    if counted.moment != stored:
        short, label = ("期限", "办结期限") if told == _HANDLING else (f"{told}期限", f"{told}期限")
        was, now = show_deadline(stored), show_deadline(counted.moment)
        notice = f"「{event.step}」时暂定的{short} {was}，按公布的放假安排重算为 {now}"
        tally.course.recomputed.append(notice)
        tally.fault("L028", notice, label)
    return counted.moment, False


def _deadline(
    tally: IssueTally, event: Limited, start: datetime, stands: Iterable[Suspension]
) -> tuple[datetime | None, bool]:
    """The deadline an event sets, and whether it is provisional."""
    calendar = tally.context.calendar
    return _settled(
        tally,
        event,
        _HANDLING,
        event.due,
        bool(event.provisional),
        lambda: count(event.rule, start, stands, calendar) if event.rule is not None else None,
    )


def sign_limit(tally: IssueTally, event: Handing) -> tuple[datetime | None, bool]:
    """When the department has to have signed, and whether that is provisional."""
    return _settled(
        tally,
        event,
        _SIGNING,
        event.sign_due,
        bool(event.sign_provisional),
        lambda: reckon(
            parse_limit(event.sign_rule) if event.sign_rule else tally.context.limits.sign,
            event.at,
            tally.context.calendar,
        ),
    )


def _put(tally: IssueTally, event: Limited, start: datetime, due: datetime | None, *, provisional: bool) -> None:
    """Write a limit down: on what the department has in hand, and in the history."""
    tally.hold(rule=event.rule, due=due, provisional=provisional, start=start)
    if due is not None and tally.first_due is None:
        tally.first_due = tally.first_clock = due
        tally.first_rule, tally.first_start = event.rule, start
    calendar = tally.context.calendar
    rule = event.rule or ""
    tally.limits.append(Limit(event.id, event.step, event.at, start, rule, due, provisional, calendar=calendar))


def set_limit(tally: IssueTally, event: Limited, start: datetime, stands: tuple[Suspension, ...] = ()) -> None:
    """The limit an event carries counts from ``start``; an event without one leaves it owed."""
    due, provisional = _deadline(tally, event, start, stands)
    if due is None and event.rule is None:
        return
    if due is not None and due < event.at:
        tally.fault("L025", f"办结期限 {show_deadline(due)} 定下时就已过了", "办理时限")
    _put(tally, event, start, due, provisional=provisional)


def supply_limit(tally: IssueTally, event: Limited) -> None:
    """A limit given after the assignment: welcome while it is owed, out of place once it is set."""
    holding = tally.holding
    if holding is None or event.rule in (None, OPEN.unit.value):
        return
    if holding.due is None:
        set_limit(tally, event, holding.start, holding.stands)
    elif event.rule != holding.rule:
        tally.fault("L026", f"期限 {show_deadline(holding.due)} 早已定下，要改请办延期", "办理时限")


def resume_limit(tally: IssueTally, event: Resume) -> None:
    """On resuming, the deadline stored there is the truth; a limit may be named where it is still owed."""
    holding = tally.holding
    if holding is not None and holding.due is not None and event.due is not None and not event.provisional:
        tally.hold(due=event.due, provisional=False)
    else:
        supply_limit(tally, event)


def extend(tally: IssueTally, event: Extend) -> None:
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


def pause(tally: IssueTally, at: datetime, review: date) -> None:
    """Let the clock stand still, for at most the days that are left in all."""
    if tally.state is not State.SUSPENDED:
        most = tally.context.limits.suspension
        if tally.paused_days >= most:
            raise UnlawfulError("L017", f"累计已暂缓 {tally.paused_days} 天，至多 {most} 天，不能再暂缓")
        left = most - tally.paused_days
        tally.paused = at
        tally.wakes = at.date() + timedelta(days=left) if left < (date.max - at.date()).days else date.max
    tally.review_on = review


def go_on(tally: IssueTally, at: datetime, event: str, step: str) -> None:
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
        tally.first_clock = stand_still(tally.first_clock, stand, calendar, tally.first_rule, tally.first_start)
    holding = tally.holding
    if holding is None:
        return
    tally.hold(stands=(*holding.stands, stand))
    if holding.due is None:
        return
    due = stand_still(holding.due, stand, calendar, holding.rule, holding.start)
    if due != holding.due:
        provisional = holding.provisional or unsure(holding.due, due, calendar, holding.rule)
        note = f"{stand.since:%Y-%m-%d} 起暂缓，期限由 {show_deadline(holding.due)} 顺延到 {show_deadline(due)}"
        tally.hold(due=due, provisional=provisional)
        tally.limits.append(Limit(event, step, at, holding.start, "", due, provisional, note, calendar))


def projected(tally: IssueTally) -> datetime | None:
    """The deadline as it stands; while suspended, as it will be if nobody resumes before the days are used up."""
    holding = tally.holding
    if holding is None or holding.due is None or tally.paused is None or tally.wakes is None:
        return holding.due if holding else None
    stand = Suspension(tally.paused, datetime.combine(tally.wakes, time()))
    return stand_still(holding.due, stand, tally.context.calendar, holding.rule, holding.start)


def standing(tally: IssueTally) -> str | None:
    """What is left of the limit, in words, while it stands still."""
    holding = tally.holding
    if holding is None or holding.due is None or tally.paused is None:
        return None
    return left(holding.due, Suspension(tally.paused, None), tally.context.calendar, holding.rule, holding.start)
