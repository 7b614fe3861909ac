"""Working days on the Chinese calendar: statutory holidays, 调休 make-up days, office hours.

A year counts as published when its data has make-up workdays in it; until then every deadline that touches it is
provisional (暂定). An office may settle a year itself in ``policy/calendar.yaml``:

    办公时间:
      - 08:30-12:00
      - 14:00-17:30
    年份:
      2027:
        规则: 仅周末
      2028:
        放假:
          - 名称: 国庆节
            自: 2028-10-01
            至: 2028-10-08
        补班:
          - 2028-09-30

or add a day, or move one, and leave the rest as the nation has it:

      2026:
        增放:
          - 名称: 三月三
            自: 2026-04-20
        增班:
          - 2026-04-26
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from lianxin.core.day.year import Year, from_library, from_table, from_text, left_out, no_days, refuse, to_text
from lianxin.core.text.pattern import late

_OFFICE = ("08:30-12:00", "14:00-17:30")
_SPAN = late(r"(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})\Z")


def _spans(texts: Any) -> tuple[tuple[time, time], ...]:
    spans: list[tuple[time, time]] = []
    for text in texts:
        found = _SPAN.match(str(text).strip())
        numbers = [int(part) for part in found.groups()] if found else []
        if not numbers or max(numbers[::2]) > 23 or max(numbers[1::2]) > 59:
            raise refuse(f"里的办公时间「{text}」看不懂，应写成 08:30-12:00 这样")
        since, until = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
        if since >= until or (spans and since < spans[-1][1]):
            raise refuse(f"里的办公时间「{text}」先后颠倒或有重叠")
        spans.append((since, until))
    if not spans:
        raise refuse("里的办公时间是空的")
    return tuple(spans)


class Calendar:
    """Counts working days and office hours. Nothing is read or imported until the first day is asked about.

    Args:
        policy: ``policy/calendar.yaml`` as parsed, in the shape the module's docstring shows; ``None`` without one.
        known: Years that the same library gave before, as ``learned`` then held them; loading it takes long.

    Attributes:
        learned: The years the library had to be loaded for, as text.

    Raises:
        LianxinError: The policy is not of that shape.
    """

    def __init__(self, policy: Mapping[str, Any] | None = None, known: Mapping[int, str] | None = None) -> None:
        self._known = dict(known or {})
        self.learned: dict[int, str] = {}
        policy = policy or {}
        unknown = set(policy) - {"办公时间", "年份"}
        if unknown:
            raise refuse(f"里有不认识的键「{min(unknown)}」，只有「办公时间」和「年份」")
        self.office: tuple[tuple[time, time], ...] = _spans(policy.get("办公时间") or _OFFICE)
        self._years: dict[int, Year] = {}
        years = policy.get("年份") or {}
        if not isinstance(years, Mapping):
            raise refuse("里的「年份」下面要一年一年地写")
        self._own: dict[int, Any] = {}
        for key, table in years.items():
            if not str(key).isdigit() or not 1 < int(key) < 9999:
                raise refuse(f"里的年份「{key}」应写成 2026 这样")
            self._own[int(key)] = table
            from_table(int(key), table, partial(no_days, int(key)))  # a wrong one is told of at once

    def learn(self, years: Mapping[int, str]) -> None:
        """Take over years that another process loaded the library for."""
        self._known.update(years)
        self.learned.update(years)

    def _year(self, year: int) -> Year:
        found = self._years.get(year)
        if found is None:
            national = partial(self._national, year)
            found = from_table(year, self._own[year], national) if year in self._own else national()
            self._years[year] = found
        return found

    def _national(self, year: int) -> Year:
        text = self._known.get(year)
        found = from_text(year, text) if text else from_library(year)
        if not text:
            self.learned[year] = to_text(found)
        return found

    def incomplete(self) -> Iterator[tuple[int, list[str]]]:
        """Years that the office settled itself and the statutory holidays it left out of them.

        Weekends alone are a rule for a year that is not published yet; once it is, the holidays are missing.
        """
        for year in self._own:
            national = self._national(year)
            missing = left_out(self._year(year), national)
            if missing and (national.published or "规则" not in self._own[year]):
                yield year, missing

    def festival(self, year: int, name: str) -> date | None:
        """The first day of a statutory holiday as the nation has it: 春节 is the first of the first month."""
        days = (day for day, names in self._national(year).off.items() if name in names.split("; "))
        return min(days, default=None)

    def is_workday(self, day: date) -> bool:
        """Whether the office works that day."""
        year = self._year(day.year)
        return day in year.made_up or (day.weekday() < 5 and day not in year.off)

    def published(self, year: int) -> bool:
        """Whether the arrangement of holidays for a year is known or settled by the office."""
        return self._year(year).published

    def provisional(self, first: date, last: date) -> bool:
        """Whether any year from ``first`` to ``last`` is not published yet."""
        return any(not self.published(year) for year in range(first.year, last.year + 1))

    def add_workdays(self, start: date, n: int) -> date:
        """The ``n``-th working day after ``start`` (before it when negative); ``start`` itself is not counted."""
        year, ordinal = start.year, start.toordinal()
        days = self._year(year).ordinals
        if n >= 0:
            place = bisect_right(days, ordinal) + n - 1
            while place >= len(days):
                if year >= date.max.year:
                    return date.max
                place -= len(days)
                year += 1
                days = self._year(year).ordinals
        else:
            place = bisect_left(days, ordinal) + n
            while place < 0:
                if year <= date.min.year:
                    return date.min
                year -= 1
                days = self._year(year).ordinals
                place += len(days)
        return date.fromordinal(days[place]) if n else start

    def workdays_between(self, since: date, until: date) -> int:
        """How many working days there are from ``since`` up to, not including, ``until``."""
        count = 0
        for year in range(since.year, until.year + 1):
            days = self._year(year).ordinals
            count += bisect_left(days, until.toordinal()) - bisect_left(days, since.toordinal())
        return max(count, 0)

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment when so many minutes of office time have passed since ``start``."""
        day = start.date() if self.is_workday(start.date()) else self.add_workdays(start.date(), 1)
        moment = start if day == start.date() else datetime.combine(day, self.office[0][0])
        while True:
            for since, until in self.office:
                opens, shuts = (datetime.combine(day, hour) for hour in (since, until))
                begin = max(moment, opens)
                left = int((shuts - begin).total_seconds()) // 60
                if left <= 0:
                    continue
                if minutes <= left:
                    return begin + timedelta(minutes=minutes)
                minutes -= left
            following = self.add_workdays(day, 1)
            if following <= day:
                return datetime.combine(day, self.office[-1][1])
            day = following

    def add_hours(self, start: datetime, hours: int) -> datetime:
        """The moment when so many office hours have passed since ``start``."""
        return self.add_minutes(start, hours * 60)

    def minutes_between(self, since: datetime, until: datetime) -> int:
        """Office minutes from ``since`` to ``until``."""
        return max(self._whole(since.date(), until.date()) + self._minutes(until) - self._minutes(since), 0)

    def _whole(self, since: date, until: date) -> int:
        per_day = sum(_minute(shut) - _minute(opens) for opens, shut in self.office)
        return self.workdays_between(since, until) * per_day

    def _minutes(self, moment: datetime) -> int:
        """Office minutes of its own day that have passed at ``moment``."""
        if not self.is_workday(moment.date()):
            return 0
        now = moment.hour * 60 + moment.minute
        return sum(max(min(now, _minute(shut)) - _minute(opens), 0) for opens, shut in self.office)

    def explain(self, start: date, n: int) -> str:
        """How ``n`` working days after ``start`` are counted: 「3 个工作日，跳过国庆节 7 天，10 月 11 日补班」."""
        end = self.add_workdays(start, n)
        parts = [f"{n} 个工作日"]
        skipped = [f"{name} {days} 天" for name, days in self._breaks(start, end)]
        if skipped:
            parts.append("跳过" + "、".join(skipped))
        made_up = tuple(self._made_up(start, end))
        if made_up:
            parts.append("、".join(f"{day.month} 月 {day.day} 日" for day in made_up) + "补班")
        if n and self.provisional(start + timedelta(days=1), end):
            parts.append(f"{end.year} 年放假安排未公布，期限暂定")
        return "，".join(parts)

    def _made_up(self, start: date, end: date) -> Iterator[date]:
        for year in range(start.year, end.year + 1):
            yield from sorted(day for day in self._year(year).made_up if start < day <= end)

    def _breaks(self, start: date, end: date) -> Iterator[tuple[str, int]]:
        """Each holiday after ``start`` and up to ``end``: its name, and how many days off in a row it is there."""
        names: list[str] = []
        days, holiday = 0, False
        for ordinal in range(start.toordinal() + 1, end.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if self.is_workday(day):
                if holiday:
                    yield _called(names), days
                names, days, holiday = [], 0, False
                continue
            days += 1
            name = self._year(day.year).off.get(day)
            if name is not None:
                holiday = True
                if name and name not in names:
                    names.append(name)


def _minute(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def _called(names: list[str]) -> str:
    if len(names) > 1 and "农历除夕" in names:
        names = [name for name in names if name != "农历除夕"]
    return "、".join(names) or "节假日"
