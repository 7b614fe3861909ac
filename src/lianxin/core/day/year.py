"""One year's working days: from the holiday library, from a text kept of it, or from the office's own table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from msgspec import Struct

from lianxin.core.error import LianxinError
from lianxin.core.text.pattern import late

_WEEKENDS_ONLY = "仅周末"
_FIRST, _LAST = 1950, 2100  # years the holiday library knows
_BRACKETED = late("\uff08.*?\uff09")


class Year(Struct, frozen=True):
    """One year: its days off by name, its make-up workdays, and the ordinals of all its working days."""

    published: bool
    off: Mapping[date, str]
    made_up: frozenset[date]
    ordinals: tuple[int, ...]


def refuse(what: str) -> LianxinError:
    """What is wrong with the office's calendar, as a refusal."""
    return LianxinError(f"policy/calendar.yaml {what}，请改正后再用")


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise refuse(f"里的「{value}」不是日期，应写成 2026-10-01 这样") from None


def _compile(year: int, off: Mapping[date, str], made_up: frozenset[date], *, published: bool) -> Year:
    first = date(year, 1, 1).toordinal()
    last = date(year, 12, 31).toordinal()
    away = {day.toordinal() for day in off}
    extra = {day.toordinal() for day in made_up}
    # Ordinal 1 is a Monday, so (n - 1) % 7 is the weekday.
    ordinals = tuple(n for n in range(first, last + 1) if n in extra or ((n - 1) % 7 < 5 and n not in away))
    return Year(published, off, made_up, ordinals)


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


def no_days(year: int) -> Year:
    """A year of weekends alone that nobody has published."""
    return _compile(year, {}, frozenset(), published=False)


def from_library(year: int) -> Year:
    """The year as the holiday library has it; weekends alone for years it does not know."""
    if not _FIRST <= year <= _LAST:
        return no_days(year)
    data = _library().China(years=year, language="zh_CN")
    made_up = frozenset(day for day in data.weekend_workdays if day.year == year)
    off = {day: _plain(name) for day, name in data.items() if day.year == year and day not in made_up}
    return _compile(year, off, made_up, published=bool(made_up))


def to_text(year: Year) -> str:
    """A year of the library as it is kept: loading the library takes long."""
    off = {day.isoformat(): name for day, name in year.off.items()}
    return json.dumps([off, sorted(day.isoformat() for day in year.made_up)], ensure_ascii=False)


def from_text(year: int, text: str) -> Year:
    """A year that was kept."""
    off, made_up = json.loads(text)
    days = frozenset(map(date.fromisoformat, made_up))
    return _compile(year, {date.fromisoformat(day): off[day] for day in off}, days, published=bool(days))


def _plain(name: str) -> str:
    """A holiday's own name; empty for a day off that was merely moved to it."""
    return "" if name.startswith("休息日") else _BRACKETED.sub("", name)


def from_table(year: int, table: Any, national: Callable[[], Year]) -> Year:
    """A year as the office settled it in ``policy/calendar.yaml``: whole, or some days added to the national one.

    Args:
        year: Which.
        table: What stands under it.
        national: The year as the holiday library has it.

    Raises:
        LianxinError: The table is not of that shape.
    """
    if not isinstance(table, Mapping) or not table:
        raise refuse(f"里 {year} 年应写「规则: 仅周末」，或写「放假」和「补班」，只加一两天的写「增放」「增班」")
    unknown = set(table) - {"规则", "放假", "补班", "增放", "增班"}
    if unknown:
        raise refuse(f"里 {year} 年有不认识的键「{min(unknown)}」")
    base = _whole(year, table) if {"规则", "放假", "补班"} & set(table) else national()
    off, made_up = _off(year, table, "增放"), _made_up(year, table, "增班")
    if not off and not made_up:
        return base
    both = sorted(off.keys() & made_up)
    if both:
        raise refuse(f"里 {year} 年的 {both[0]} 既写了增放，又写了增班")
    kept = {day: name for day, name in base.off.items() if day not in made_up}
    worked = frozenset((base.made_up | made_up) - off.keys())
    return _compile(year, {**kept, **off}, worked, published=base.published)


def _whole(year: int, table: Mapping[str, Any]) -> Year:
    if "规则" in table:
        if table["规则"] != _WEEKENDS_ONLY:
            raise refuse(f"里 {year} 年的规则「{table['规则']}」不认识，只有「仅周末」")
        return _compile(year, {}, frozenset(), published=True)
    return _compile(year, _off(year, table, "放假"), _made_up(year, table, "补班"), published=True)


def _off(year: int, table: Mapping[str, Any], key: str) -> dict[date, str]:
    off: dict[date, str] = {}
    for entry in table.get(key) or ():
        if not isinstance(entry, Mapping) or not {"名称", "自"} <= set(entry):
            raise refuse(f"里 {year} 年的{key}要写名称、自、至")
        since, until = _day(entry["自"]), _day(entry.get("至", entry["自"]))
        if since > until or (until - since).days > 60:
            raise refuse(f"里 {year} 年「{entry['名称']}」的起止日期不对")
        for n in range((until - since).days + 1):
            day = since + timedelta(days=n)
            if day.year == year:
                off[day] = str(entry["名称"])
    return off


def _made_up(year: int, table: Mapping[str, Any], key: str) -> frozenset[date]:
    days = map(_day, table.get(key) or ())
    return frozenset(day for day in days if day.year == year)


def left_out(own: Year, national: Year) -> list[str]:
    """The statutory holidays of which no day is off in a year that the office settled itself, in their order."""
    names: dict[str, list[date]] = {}
    for day, name in sorted(national.off.items()):
        for one in filter(None, name.split("; ")):
            names.setdefault(one, []).append(day)
    return [name for name, days in names.items() if not any(day in own.off for day in days)]
