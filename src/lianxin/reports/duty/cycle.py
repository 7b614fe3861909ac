"""The cycles of a duty: weeks, months … windows, cut to the days of its campaign; plain calendar days throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from lianxin.core.day.calendar import Calendar
from lianxin.core.day.period import Period
from lianxin.policies.campaign import Campaign
from lianxin.policies.duty import Duty, Every, Festival

_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_HALVES = ("上半年", "下半年")

#: A beginning or an end that nobody named.
EVER = Period(date.min, date.max, "全程")


def year_of(day: date) -> Period:
    """The calendar year of a day: what is looked back on where nothing else is asked for."""
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1), f"{day.year}")


def cycles(
    duty: Duty,
    campaign: Campaign | None,
    span: Period | None,
    today: date,
    started: date | None = None,
    calendar: Calendar | None = None,
) -> list[Period]:
    """Every cycle of the duty that touches the span, in order.

    What lies outside the campaign, or before the ledger began, is cut off.

    Args:
        duty: The duty.
        campaign: Whose duty it is, if any.
        span: None: the year of ``today``; all of them, where a duty has its own days.
        today: Whose year needs no naming in the labels.
        started: The first day of the ledger.
        calendar: Tells when a festival of the moon is; without one nothing is due around it.
    """
    own = duty.every in (Every.CAMPAIGN, Every.WINDOW)
    wanted = span or (EVER if own else year_of(today))
    frame = _frame(campaign)
    kept = Period(max(frame.since, started or date.min), frame.until, frame.label)
    cut = (_cut(cycle, kept) for cycle in _whole(duty, wanted, frame, today, calendar))
    return [cycle for cycle in cut if cycle and cycle.since < wanted.until and wanted.since < cycle.until]


def kept_of(
    duty: Duty, campaign: Campaign | None, cycle: Period, started: date | None, calendar: Calendar | None
) -> tuple[int, int]:
    """How many days up to the end of a cycle lie after the ledger began, and how many there are: equal where all do."""
    if started != cycle.since:
        return 1, 1
    whole = next(iter(cycles(duty, campaign, cycle, cycle.since, calendar=calendar)), cycle)
    if whole.since == date.min or whole.until == date.max:
        return 1, 1
    return (cycle.until - cycle.since).days, (cycle.until - whole.since).days


def chosen(found: list[Period], today: date) -> tuple[Period | None, list[Period]]:
    """The cycle that matters on a day, and those before it: the last begun, else the first to come."""
    begun = [cycle for cycle in found if cycle.since <= today]
    if begun:
        return begun[-1], begun[:-1]
    return (found[0] if found else None), []


def seen(cycle: Period, today: date) -> Period:
    """A cycle as far as it has gone: what is dated later is not counted yet."""
    if cycle.until <= today:
        return cycle
    return Period(cycle.since, max(min(cycle.until, today + timedelta(days=1)), cycle.since), cycle.label)


def full_days(duty: Duty, cycle: Period) -> int:
    """How many days a cycle has before its campaign cuts it."""
    if duty.every is Every.WEEK:
        return 7
    length = _MONTHS.get(duty.every)
    if length is None:
        return (cycle.until - cycle.since).days
    index = (cycle.since.year * 12 + cycle.since.month - 1) // length * length
    return (_month(index + length) - _month(index)).days


def _frame(campaign: Campaign | None) -> Period:
    if campaign is None:
        return EVER
    until = campaign.until + timedelta(days=1) if campaign.until else EVER.until
    return Period(campaign.since or EVER.since, until, EVER.label)


def _cut(cycle: Period, frame: Period) -> Period | None:
    since, until = max(cycle.since, frame.since), min(cycle.until, frame.until)
    return Period(since, until, cycle.label) if since < until else None


def _whole(duty: Duty, span: Period, frame: Period, today: date, calendar: Calendar | None) -> Iterator[Period]:
    if duty.every is Every.CAMPAIGN:
        yield frame
    elif duty.every is Every.WINDOW:
        yield from sorted(_windows(duty, span, today, calendar), key=lambda one: one.since)
    elif duty.every is Every.WEEK:
        monday = span.since - timedelta(days=span.since.weekday())
        while monday < span.until:
            year, week, _ = monday.isocalendar()
            yield Period(monday, monday + timedelta(days=7), _dated(year, f"第 {week} 周", today))
            monday += timedelta(days=7)
    else:
        yield from _months(_MONTHS[duty.every], span, today)


def _windows(duty: Duty, span: Period, today: date, calendar: Calendar | None) -> Iterator[Period]:
    """Windows as they are written, and those around a festival of each year of the span; this and the next, of ever."""
    years = range(today.year, today.year + 2) if span is EVER else range(span.since.year, span.until.year + 2)
    for window in duty.windows:
        if window.since and window.until:
            yield Period(window.since, window.until + timedelta(days=1), f"{window.since} 至 {window.until}")
        for year in years if window.festival else ():
            day = _festival(window.festival, year, calendar)
            if day:
                first, last = day - timedelta(days=window.before), day + timedelta(days=window.after)
                yield Period(first, last + timedelta(days=1), f"{year} 年{window.festival}")


def _festival(festival: Festival | None, year: int, calendar: Calendar | None) -> date | None:
    if festival is Festival.PARTY_DAY:
        return date(year, 7, 1)
    return calendar.festival(year, str(festival)) if calendar else None


def _months(length: int, span: Period, today: date) -> Iterator[Period]:
    index = (span.since.year * 12 + span.since.month - 1) // length * length
    while (since := _month(index)) < span.until:
        place = index % 12 // length
        names = {1: f"{place + 1} 月", 3: _QUARTERS[place % 4], 6: _HALVES[place % 2], 12: f"{since.year} 年"}
        label = names[length] if length == 12 else _dated(since.year, names[length], today)
        yield Period(since, _month(index + length), label)
        index += length


def _month(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _dated(year: int, label: str, today: date) -> str:
    space = " " if label[0].isdigit() else ""
    return label if year == today.year else f"{year} 年{space}{label}"
