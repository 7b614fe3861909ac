"""Periods, half-open: ``2026`` ``2026H1`` ``2026Q1`` ``2026-03`` ``2026-W10`` ``2026-03-01..2026-03-15`` 本周 昨天."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.day.named import DAYS
from lianxin.core.error import UsageError
from lianxin.core.text.pattern import late

_MIDNIGHT = time()

#: A day belongs to the period in which this hour of it lies.
NOON = time(12)


#: Of days that are typed; further off lies nothing but slips of the hand, and the end of all dates.
_YEARS = range(1900, 2200)


def refuse_year(text: str, *days: date) -> None:
    """Let no day pass that lies in no year anybody means.

    Raises:
        UsageError: One does; ``text`` is what was typed.
    """
    if any(day.year not in _YEARS for day in days):
        raise _wrong_year(text)


def _wrong_year(text: str) -> UsageError:
    return UsageError(f"「{text}」的年份不对，应在 {_YEARS[0]} 到 {_YEARS[-1]} 之间")


class Period(Struct, frozen=True):
    """Days from ``since`` up to, not including, ``until``.

    Attributes:
        cut: The hour at which its first day begins and its last one ends, for weeks that run from Friday noon.
    """

    since: date
    until: date
    label: str
    cut: time = _MIDNIGHT

    def __contains__(self, day: date) -> bool:
        first, after = self.days
        return first <= day < after

    @property
    def days(self) -> tuple[date, date]:
        """Its first day and the one after its last: a day belongs to it whose noon does."""
        late = timedelta(days=self.cut > NOON)
        return self.since + late, self.until + late

    @property
    def bounds(self) -> tuple[str, str]:
        """Its first minute and the one after its last, as the tables hold moments: text order is time order."""
        hour = f" {self.cut:%H:%M}" if self.cut != _MIDNIGHT else ""
        return f"{self.since}{hour}", f"{self.until}{hour}"

    @property
    def last(self) -> date:
        """The last day in it."""
        return self.days[1] - timedelta(days=1)

    def end(self, today: date) -> date:
        """The day on which its final figures are taken: its last, or today while it is running."""
        return today if today in self else self.last

    def so_far(self, today: date) -> Period:
        """As far as it is over, today included; the whole where it has ended, or not begun."""
        gone = today + timedelta(days=1)
        return replace(self, until=gone) if self.since < gone < self.until else self

    def before(self) -> Period:
        """The period of the same length just before (calendar months stay calendar months)."""
        months = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month
        if self.since.day == self.until.day == 1 and months:
            return Period(_months(self.since, -months), self.since, "上期")
        if self.since.day == self.until.day <= 28 and months and self.cut == _MIDNIGHT:
            return Period(_months(self.since, -months).replace(day=self.since.day), self.since, "上期")
        return Period(self.since - (self.until - self.since), self.since, "上期", self.cut)


class Cycle(Struct, frozen=True):
    """On which day an office's weeks and months begin; quarters and years are the calendar's.

    A week or month that begins late in a calendar one is named after the next: most of its days lie there.

    Attributes:
        weekday: 0 is Monday.
        cut: The hour at which a week begins.
        day: Of the month, at most 28.
        name: What the office calls this arrangement, with its version; empty for the calendar's own.
    """

    weekday: int = 0
    cut: time = _MIDNIGHT
    day: int = 1
    name: str = ""

    def week(self, monday: date, label: str) -> Period:
        """The week named after the calendar week of this Monday."""
        first = monday + timedelta(days=self.weekday - (7 if self.weekday > 3 else 0))
        return Period(first, first + timedelta(days=7), label, self.cut)

    def week_of(self, day: date) -> date:
        """The Monday of the calendar week after which the week with this day in it is named."""
        noon = day - timedelta(days=self.cut > NOON)
        first = noon - timedelta(days=(noon.weekday() - self.weekday) % 7)
        return first + timedelta(days=(7 if self.weekday > 3 else 0) - self.weekday)

    def month(self, first: date, label: str) -> Period:
        """The month named after the calendar month of this first day."""
        begins = _months(first, -1 if self.day > 15 else 0).replace(day=self.day)
        return Period(begins, _months(begins, 1).replace(day=self.day), label)

    def month_of(self, day: date) -> date:
        """The first day of the calendar month after which the month with this day in it is named."""
        begins = _months(day, 0 if day.day >= self.day else -1)
        return _months(begins, 1) if self.day > 15 else begins


CALENDAR = Cycle()


def _months(day: date, n: int) -> date:
    index = day.year * 12 + day.month - 1 + n
    return date(index // 12, index % 12 + 1, 1)


def _span(first: date, months: int, label: str) -> Period:
    return Period(first, _months(first, months), label)


def _relative(word: str, today: date, cycle: Cycle) -> Period | None:
    if word in DAYS:
        day = today + timedelta(days=DAYS[word])
        return Period(day, day + timedelta(days=1), word)
    shift = {"本": 0, "上": -1}.get(word[:1])
    if shift is None:
        return None
    units: dict[str, Callable[[], Period]] = {
        "周": lambda: cycle.week(cycle.week_of(today) + timedelta(weeks=shift), word),
        "月": lambda: cycle.month(_months(cycle.month_of(today), shift), word),
        "季度": lambda: _span(_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * shift), 3, word),
        "半年": lambda: _span(_months(date(today.year, (today.month - 1) // 6 * 6 + 1, 1), 6 * shift), 6, word),
        "年": lambda: _span(date(today.year + shift, 1, 1), 12, word),
    }
    units["季"] = units["季度"]
    make = units.get(word[1:])
    return make() if make else None


def _range(since: str, until: str, label: str, hour: str = "00:00") -> Period:
    return Period(date.fromisoformat(since), date.fromisoformat(until), label, time.fromisoformat(hour))


_DAY = r"\d{4}-\d{2}-\d{2}"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, Cycle], Period]], ...] = (
    (late(r"(\d{4})年?\Z"), lambda m, t, _: _span(date(int(m[1]), 1, 1), 12, t)),
    (late(r"(\d{4})H([12])\Z"), lambda m, t, _: _span(date(int(m[1]), int(m[2]) * 6 - 5, 1), 6, t)),
    (late(r"(\d{4})Q([1-4])\Z"), lambda m, t, _: _span(date(int(m[1]), int(m[2]) * 3 - 2, 1), 3, t)),
    (late(r"(\d{4})-(\d{2})\Z"), lambda m, t, c: c.month(date(int(m[1]), int(m[2]), 1), t)),
    (late(r"(\d{4})-W(\d{2})\Z"), lambda m, t, c: c.week(date.fromisocalendar(int(m[1]), int(m[2]), 1), t)),
    (
        late(rf"({_DAY})\.\.({_DAY})\Z"),
        lambda m, t, _: _range(m[1], str(date.fromisoformat(m[2]) + timedelta(days=1)), t),
    ),
    (late(rf"({_DAY}) (\d{{2}}:\d{{2}})\.\.({_DAY}) \2\Z"), lambda m, t, _: _range(m[1], m[3], t, m[2])),
    (late(rf"({_DAY})\Z"), lambda m, t, _: _range(m[1], str(date.fromisoformat(m[1]) + timedelta(days=1)), t)),
)


def lasting(period: Period) -> str:
    """The expression that means these very days whoever reads it whenever: what a record keeps."""
    if period.cut != _MIDNIGHT:
        return f"{period.bounds[0]}..{period.bounds[1]}"
    since, year = period.since, period.since.year
    week = since.isocalendar()
    names = (
        f"{year}",
        f"{year}H{(since.month + 5) // 6}",
        f"{year}Q{(since.month + 2) // 3}",
        f"{since:%Y-%m}",
        f"{week.year}-W{week.week:02d}",
    )
    for name in names:
        found = parse_period(name, since)
        if (found.since, found.until) == (period.since, period.until):
            return name
    return f"{period.since}..{period.last}"


#: Names of periods, and the days behind one, as ``period_text`` of reports writes them.
_NAMED = (
    (late(r"\A(\d{4})-W0?(\d{1,2})\b"), r"\1年第\2周"),
    (late(r"\A(\d{4})Q(\d)"), r"\1年第\2季度"),
    (late(r"\A(\d{4})H1"), r"\1年上半年"),
    (late(r"\A(\d{4})H2"), r"\1年下半年"),
    (late(r"\A(\d{4})-0?(\d{1,2})(?=（|\Z)"), r"\1年\2月"),
    (late(r"\A(\d{4})(?=（|\Z)"), r"\1年"),
    (late(r"（(\d{4})-0?(\d{1,2})-0?(\d{1,2}) 至 \1-0?\2-0?(\d{1,2})）"), r"（\2月\3日—\4日）"),
    (late(r"（(\d{4})-0?(\d{1,2})-0?(\d{1,2}) 至 \1-0?(\d{1,2})-0?(\d{1,2})）"), r"（\2月\3日—\4月\5日）"),
)


def in_papers(told: str) -> str:
    """A period with its days as papers say it.

    ``2026-W47（2026-11-16 至 2026-11-22）`` is 2026年第47周（11月16日—22日）.
    """
    for pattern, said in _NAMED:
        told = pattern.sub(said, told)
    return told


def parse_period(text: str, today: date, cycle: Cycle = CALENDAR) -> Period:
    """The days a period expression means, seen from ``today``. A range names its last day, which is in it.

    Args:
        text: What was typed.
        today: Where 本, 上 and 昨天 are counted from.
        cycle: On which day the office's weeks and months begin.

    Raises:
        UsageError: No such expression, or no such days.
    """
    text = text.strip()
    relative = _relative(text, today, cycle)
    if relative:
        return relative
    for pattern, make in _FORMS:
        found = pattern.match(text)
        if found:
            try:
                period = make(found, text, cycle)
            except OverflowError:  # before the first day there is, or after the last
                raise _wrong_year(text) from None
            except ValueError:
                break
            refuse_year(text, period.since, period.last)
            if period.since < period.until:
                return period
    from lianxin.core.day.spoken import period as said

    meant = said(text, today)
    if meant != text:
        return parse_period(meant, today, cycle)
    raise UsageError(
        f"看不懂期间「{text}」，可写 2026、2026H1、2026Q1、2026-03、2026-W10、2026-03-01..2026-03-15、11月、上周五 等"
    )
