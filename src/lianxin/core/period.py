"""Periods, half-open: ``2026`` ``2026H1`` ``2026Q1`` ``2026-03`` ``2026-W10`` ``2026-03-01..2026-03-15`` 本周 上月."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.core.error import UsageError


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``since`` up to, not including, ``until``."""

    since: date
    until: date
    label: str

    def __contains__(self, day: date) -> bool:
        return self.since <= day < self.until

    @property
    def last(self) -> date:
        """The last day in it."""
        return self.until - timedelta(days=1)

    def before(self) -> Period:
        """The period of the same length just before (calendar months stay calendar months)."""
        months = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month
        if self.since.day == self.until.day == 1 and months:
            return Period(_months(self.since, -months), self.since, "上期")
        return Period(self.since - (self.until - self.since), self.since, "上期")


def _months(day: date, n: int) -> date:
    index = day.year * 12 + day.month - 1 + n
    return date(index // 12, index % 12 + 1, 1)


def _span(first: date, months: int, label: str) -> Period:
    return Period(first, _months(first, months), label)


def _week(day: date, label: str) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=7), label)


def _relative(word: str, today: date) -> Period | None:
    shift = {"本": 0, "上": -1}.get(word[:1])
    if shift is None:
        return None
    month = date(today.year, today.month, 1)
    units: dict[str, Callable[[], Period]] = {
        "周": lambda: _week(today + timedelta(weeks=shift), word),
        "月": lambda: _span(_months(month, shift), 1, word),
        "季度": lambda: _span(_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * shift), 3, word),
        "半年": lambda: _span(_months(date(today.year, (today.month - 1) // 6 * 6 + 1, 1), 6 * shift), 6, word),
        "年": lambda: _span(date(today.year + shift, 1, 1), 12, word),
    }
    units["季"] = units["季度"]
    make = units.get(word[1:])
    return make() if make else None


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Period]], ...] = (
    (re.compile(r"(\d{4})年?\Z"), lambda m, t: _span(date(int(m[1]), 1, 1), 12, t)),
    (re.compile(r"(\d{4})H([12])\Z"), lambda m, t: _span(date(int(m[1]), int(m[2]) * 6 - 5, 1), 6, t)),
    (re.compile(r"(\d{4})Q([1-4])\Z"), lambda m, t: _span(date(int(m[1]), int(m[2]) * 3 - 2, 1), 3, t)),
    (re.compile(r"(\d{4})-(\d{2})\Z"), lambda m, t: _span(date(int(m[1]), int(m[2]), 1), 1, t)),
    (re.compile(r"(\d{4})-W(\d{2})\Z"), lambda m, t: _week(date.fromisocalendar(int(m[1]), int(m[2]), 1), t)),
    (
        re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})\Z"),
        lambda m, t: Period(date.fromisoformat(m[1]), date.fromisoformat(m[2]) + timedelta(days=1), t),
    ),
    (
        re.compile(r"(\d{4}-\d{2}-\d{2})\Z"),
        lambda m, t: Period(date.fromisoformat(m[1]), date.fromisoformat(m[1]) + timedelta(days=1), t),
    ),
)


def parse_period(text: str, today: date) -> Period:
    """The days a period expression means, seen from ``today``. A range names its last day, which is in it.

    Raises:
        UsageError: No such expression, or no such days.
    """
    text = text.strip()
    relative = _relative(text, today)
    if relative:
        return relative
    for pattern, make in _FORMS:
        found = pattern.match(text)
        if found:
            try:
                period = make(found, text)
            except ValueError:
                break
            if period.since < period.until:
                return period
    raise UsageError(
        f"看不懂期间「{text}」，可写 2026、2026H1、2026Q1、2026-03、2026-W10、2026-03-01..2026-03-15、本周、上月 等"
    )
