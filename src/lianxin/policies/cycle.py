"""On which day an office's weeks and months begin (``policy/reports.yaml``): Friday noon, the 19th."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from typing import Any

from msgspec.structs import replace

from lianxin.core.day.period import CALENDAR, Cycle
from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.text.pattern import late
from lianxin.core.value import Integer, Text

_HOUR = late(r"([01]\d|2[0-3]):[0-5]\d\Z")


class Weekday(StrEnum):
    """The day a week begins on."""

    MONDAY = "周一"
    TUESDAY = "周二"
    WEDNESDAY = "周三"
    THURSDAY = "周四"
    FRIDAY = "周五"
    SATURDAY = "周六"
    SUNDAY = "周日"


class Reporting(Record):
    """How the office counts its weeks and months."""

    name: Text = field("名称", default="自然周月", help="印在报表脚下")
    version: Text = field("版本", default="1", help="改了起止就改版本")
    weekday: Weekday = field("周起", default=Weekday.MONDAY, help="一周从周几算起")
    hour: Text = field("钟点", default="00:00", help="从那天几点算起，如 12:00")
    day: Integer = field("月起", default=1, help="一月从几日算起，1 到 28")


def check_reporting(reporting: Reporting) -> list[Fault]:
    """What no model can say of it."""
    faults = []
    if not _HOUR.match(reporting.hour):
        faults.append(Fault("P046", ("钟点",), f"「{reporting.hour}」不是钟点，应写成 12:00 这样"))
    if not 1 <= reporting.day <= 28:
        faults.append(Fault("P046", ("月起",), f"「{reporting.day}」不行，一月的起日只能是 1 到 28 日，每个月都有的"))
    return faults


def cycle_of(policy: Mapping[str, Any] | None) -> Cycle:
    """What ``policy/reports.yaml`` says; the calendar's own weeks and months where it says nothing sound."""
    if not policy:
        return CALENDAR
    try:
        reporting = Reporting.model_validate(policy, by_alias=True, by_name=False)
    except ValueError:  # what pydantic-core raises is one
        return CALENDAR
    if check_reporting(reporting):
        return CALENDAR
    cut = time.fromisoformat(reporting.hour)
    cycle = Cycle(list(Weekday).index(reporting.weekday), cut, reporting.day)
    return replace(cycle, name=f"{reporting.name}（第 {reporting.version} 版）") if cycle != CALENDAR else CALENDAR
