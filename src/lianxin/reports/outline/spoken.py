"""Numbers, days and periods in the words of official papers."""

from __future__ import annotations

from datetime import date

from lianxin.core.day.period import Period, lasting
from lianxin.core.value import day_text
from lianxin.policies.figure import Against
from lianxin.reports.figure.figured import alike

_DIGITS = "零一二三四五六七八九"
_HALVES = ("上半年", "下半年")


def numeral(number: int) -> str:
    """1 to 99 in Chinese: 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def spoken(period: Period) -> str:
    """A period as official papers name it: 2026年, 2026年第一季度, 2026年3月, 2026年3月2日至8日."""
    words, year = lasting(period), f"{period.since.year}年"
    if period.cut.hour or period.cut.minute:
        hour = f"{period.cut:%H:%M}"
        return f"{day_text(period.since)}{hour}至{day_text(period.until)}{hour}"
    if words == str(period.since.year):
        return year
    if words[4:5] == "-" and len(words) == len("2026-03"):
        return f"{year}{period.since.month}月"
    if words[4:5] == "H":
        return year + _HALVES[int(words[5]) - 1]
    if words[4:5] == "Q":
        return f"{year}第{numeral(int(words[5]))}季度"
    first, last = period.since, period.last
    if first == last:
        return day_text(first)
    same_month = (first.year, first.month) == (last.year, last.month)
    end = (
        f"{last.day}日" if same_month else f"{last.month}月{last.day}日" if first.year == last.year else day_text(last)
    )
    return f"{day_text(first)}至{end}"


def since(period: Period, today: date) -> str:
    """The same where what is told must not change from day to day by itself: a period that runs is 2026年以来."""
    runs = period.since <= today < period.until
    return f"{spoken(period)}以来" if runs and not spoken(period).endswith("日") else spoken(period)


def against_text(against: Against | None, period: Period, *, running: bool = False) -> str:
    """What a figure of a period is compared with: 上月, 上季度, 上年同期; 上月同期 while the period runs."""
    words = _against(against, period)
    return alike(words) if running else words


def _against(against: Against | None, period: Period) -> str:
    if against is Against.LAST_YEAR:
        return Against.LAST_YEAR.value
    words = lasting(period)
    if words == str(period.since.year):
        return "上年"
    if words[4:5] == "H":
        return "上半年" if words[5] == "2" else "上年下半年"
    if words[4:5] == "Q":
        return "上季度"
    days = (period.until - period.since).days
    if words[4:5] == "-" and len(words) == len("2026-03"):
        return "上月"
    return "上周" if days == len("一二三四五六日") else Against.BEFORE.value
