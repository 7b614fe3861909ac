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
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from lianxin.core.dataclass import dataclass
from lianxin.core.error import LianxinError

_OFFICE = ("08:30-12:00", "14:00-17:30")
_WEEKENDS_ONLY = "仅周末"
_FIRST, _LAST = 1950, 2100  # years the holiday library knows
_BRACKETED = re.compile("\uff08.*?\uff09")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})\Z")


@dataclass(frozen=True, slots=True)
class _Year:
    """One year: its days off by name, its make-up workdays, and the ordinals of all its working days."""

    published: bool
    off: Mapping[date, str]
    made_up: frozenset[date]
    ordinals: tuple[int, ...]


def _refuse(what: str) -> LianxinError:
    return LianxinError(f"policy/calendar.yaml {what}，请改正后再用")


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _refuse(f"里的「{value}」不是日期，应写成 2026-10-01 这样") from None


def _spans(texts: Any) -> tuple[tuple[time, time], ...]:
    spans: list[tuple[time, time]] = []
    for text in texts:
        found = _SPAN.match(str(text).strip())
        numbers = [int(part) for part in found.groups()] if found else []
        if not numbers or max(numbers[::2]) > 23 or max(numbers[1::2]) > 59:
            raise _refuse(f"里的办公时间「{text}」看不懂，应写成 08:30-12:00 这样")
        since, until = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
        if since >= until or (spans and since < spans[-1][1]):
            raise _refuse(f"里的办公时间「{text}」先后颠倒或有重叠")
        spans.append((since, until))
    if not spans:
        raise _refuse("里的办公时间是空的")
    return tuple(spans)


def _compile(year: int, off: Mapping[date, str], made_up: frozenset[date], *, published: bool) -> _Year:
    first = date(year, 1, 1).toordinal()
    last = date(year, 12, 31).toordinal()
    away = {day.toordinal() for day in off}
    extra = {day.toordinal() for day in made_up}
    # Ordinal 1 is a Monday, so (n - 1) % 7 is the weekday.
    ordinals = tuple(n for n in range(first, last + 1) if n in extra or ((n - 1) % 7 < 5 and n not in away))
    return _Year(published, off, made_up, ordinals)


@cache
def _library() -> Any:
    """What the holiday library knows of China: only when a working day is asked for, for it takes a tenth of a second.

    It is loaded from its file: by its name, the modules of 250 other countries would be loaded first.
    """
    package: Any = find_spec("holidays")
    file = Path(package.origin).with_name("countries") / "china.py"
    spec: Any = spec_from_file_location("holidays.countries.china", file)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _from_library(year: int) -> _Year:
    if not _FIRST <= year <= _LAST:
        return _compile(year, {}, frozenset(), published=False)
    data = _library().China(years=year, language="zh_CN")
    made_up = frozenset(day for day in data.weekend_workdays if day.year == year)
    off = {day: _plain(name) for day, name in data.items() if day.year == year and day not in made_up}
    return _compile(year, off, made_up, published=bool(made_up))


def _text(year: _Year) -> str:
    off = {day.isoformat(): name for day, name in year.off.items()}
    return json.dumps([off, sorted(day.isoformat() for day in year.made_up)], ensure_ascii=False)


def _from_text(year: int, text: str) -> _Year:
    off, made_up = json.loads(text)
    days = frozenset(map(date.fromisoformat, made_up))
    return _compile(year, {date.fromisoformat(day): off[day] for day in off}, days, published=bool(days))


def _plain(name: str) -> str:
    """A holiday's own name; empty for a day off that was merely moved to it."""
    return "" if name.startswith("休息日") else _BRACKETED.sub("", name)


def _from_table(year: int, table: Any) -> _Year:
    if not isinstance(table, Mapping):
        raise _refuse(f"里 {year} 年应写「规则: 仅周末」，或写「放假」和「补班」")
    unknown = set(table) - {"规则", "放假", "补班"}
    if unknown:
        raise _refuse(f"里 {year} 年有不认识的键「{min(unknown)}」")
    if "规则" in table:
        if table["规则"] != _WEEKENDS_ONLY:
            raise _refuse(f"里 {year} 年的规则「{table['规则']}」不认识，只有「仅周末」")
        return _compile(year, {}, frozenset(), published=True)
    off: dict[date, str] = {}
    for entry in table.get("放假") or ():
        if not isinstance(entry, Mapping) or not {"名称", "自"} <= set(entry):
            raise _refuse(f"里 {year} 年的放假要写名称、自、至")
        since, until = _day(entry["自"]), _day(entry.get("至", entry["自"]))
        if since > until or (until - since).days > 60:
            raise _refuse(f"里 {year} 年「{entry['名称']}」的起止日期不对")
        for n in range((until - since).days + 1):
            day = since + timedelta(days=n)
            if day.year == year:
                off[day] = str(entry["名称"])
    made_up = frozenset(_day(day) for day in table.get("补班") or ())
    return _compile(year, off, frozenset(day for day in made_up if day.year == year), published=True)


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
        self._known = known or {}
        self.learned: dict[int, str] = {}
        policy = policy or {}
        unknown = set(policy) - {"办公时间", "年份"}
        if unknown:
            raise _refuse(f"里有不认识的键「{min(unknown)}」，只有「办公时间」和「年份」")
        self.office: tuple[tuple[time, time], ...] = _spans(policy.get("办公时间") or _OFFICE)
        self._years: dict[int, _Year] = {}
        years = policy.get("年份") or {}
        if not isinstance(years, Mapping):
            raise _refuse("里的「年份」下面要一年一年地写")
        for key, table in years.items():
            if not str(key).isdigit() or not 1 < int(key) < 9999:
                raise _refuse(f"里的年份「{key}」应写成 2026 这样")
            self._years[int(key)] = _from_table(int(key), table)

    def _year(self, year: int) -> _Year:
        found = self._years.get(year)
        if found is None:
            text = self._known.get(year)
            found = self._years[year] = _from_text(year, text) if text else _from_library(year)
            if not text:
                self.learned[year] = _text(found)
        return found

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
        """How ``n`` working days after ``start`` are counted: 「3 个工作日,跳过国庆节 7 天,10 月 11 日补班」."""
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
