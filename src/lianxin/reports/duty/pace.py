"""How somebody stands with a duty, in one word, and at what pace the rest can still be done."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

from msgspec import Struct

from lianxin.core.day.period import Period
from lianxin.core.tone import Tone, Toned
from lianxin.core.value import YUAN, day_text, short_day, show_amount

_ONE = Decimal(1)
_CENT = Decimal("0.01")
_WEEK = Decimal(7)
_MONTH = Decimal("30.44")


class Status(Toned):
    """How somebody stands with a duty."""

    DONE = "已完成", Tone.GOOD
    RUNNING = "进行中"
    BEHIND = "落后", Tone.WARNING
    IDLE = "未开始"
    OWED = "已欠", Tone.ALARM
    OVER = "超出", Tone.ALARM
    NOTHING = "—", Tone.MUTED  # nothing to divide by


#: What is pressing, most pressing first.
PRESSING = (Status.OVER, Status.OWED, Status.BEHIND)


class Claim(Struct, frozen=True):
    """What is asked for in one cycle.

    Attributes:
        least, most: In units, or percent for a share of a total.
        share: It is a share: time does not bring it nearer.
        expected: What must be there by now because of a milestone; None where only the calendar's pace matters.
    """

    least: Decimal | None
    most: Decimal | None = None
    share: bool = False
    expected: Decimal | None = None


def status(claim: Claim, done: Decimal | None, cycle: Period, today: date) -> Status:
    """One word for what was done of a claim, seen from a day in or after the cycle, or before it."""
    if done is None:
        return Status.NOTHING
    if claim.most is not None and done > claim.most:
        return Status.OVER
    if claim.least is None or done >= claim.least:
        return Status.DONE
    if cycle.until <= today:
        return Status.OWED
    if today < cycle.since:
        return Status.IDLE
    if claim.share or done < due_by_now(claim, cycle, today):
        return Status.BEHIND
    return Status.RUNNING if done else Status.IDLE


def due_by_now(claim: Claim, cycle: Period, today: date) -> Decimal:
    """What an even pace would have brought by now, rounded down; with milestones, the last one passed."""
    if claim.expected is not None or claim.least is None or not bounded(cycle):
        return claim.expected or Decimal(0)
    gone = max((today - cycle.since).days, 0)
    return (claim.least * gone / (cycle.until - cycle.since).days).to_integral_value(ROUND_FLOOR)


def bounded(cycle: Period) -> bool:
    """It begins and ends some day."""
    return cycle.since != date.min and cycle.until != date.max


def prorated(least: Decimal, days: int, of: int) -> Decimal:
    """A claim for some of a cycle's days: rounded to a whole number where the claim is one."""
    whole = least == least.to_integral_value()
    return (least * days / of).quantize(_ONE if whole else _CENT, ROUND_HALF_UP)


def pace(gap: Decimal, unit: str, today: date, by: date, *, daily: bool = False) -> str:
    """At what pace a gap can be closed by a day, counting today: 「每周 2 户」; empty when there is none.

    Args:
        gap: How much is wanting.
        unit: Of what.
        today: Counts as a whole day.
        by: The last day.
        daily: A day can bring no more than one.
    """
    if gap <= 0 or by < today:
        return ""
    if by == date.max:
        return f"还要 {amount_text(gap, unit)} {unit}"
    days = (by - today).days + 1
    if daily and gap > days:
        return f"只剩 {days} 天，补不齐"
    if days == 1:
        return f"今天 {amount_text(gap, unit)} {unit}"
    if days <= _WEEK:
        return f"{days} 天内 {amount_text(gap, unit)} {unit}"
    for length, word in ((_WEEK, "每周"), (_MONTH, "每月")):
        each = gap * length / days
        if each >= 1 and days > length:
            return f"{word} {amount_text(each.to_integral_value(ROUND_CEILING))} {unit}"
    day = day_text(by) if by.year != today.year else short_day(by)
    return f"{day}前 {amount_text(gap, unit)} {unit}"


@lru_cache(maxsize=4096)  # a county's thousands of subjects owe the same few amounts
def amount_text(amount: Decimal, unit: str = "") -> str:
    """A number as official papers print it: thousands apart, no idle zeros but in sums of money."""
    if unit == YUAN:
        return show_amount(amount)
    whole = amount == amount.to_integral_value()
    text = f"{amount.quantize(_ONE) if whole else amount.quantize(_CENT, ROUND_HALF_UP).normalize():,f}"
    return text.replace(",", " ")
