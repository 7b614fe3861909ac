"""A duty: who owes how much of what, how often; its fulfilment is counted from the records."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.measure import Measure, Names, Part
from lianxin.core.value import Amount, Day, Flag, Integer, Text
from lianxin.policies.indicator import picked_inside


class Every(StrEnum):
    """How often a duty is due."""

    WEEK = "周"
    MONTH = "月"
    QUARTER = "季度"
    HALF = "半年"
    YEAR = "年"
    CAMPAIGN = "全程"  # once, over the campaign's own days
    WINDOW = "时段"  # once in each of the windows given


class Festival(StrEnum):
    """Days that a window may lie around; those of the moon are found in the calendar of each year."""

    NEW_YEAR = "元旦"
    SPRING = "春节"
    TOMB_SWEEPING = "清明节"
    MAY_DAY = "劳动节"
    DRAGON_BOAT = "端午节"
    PARTY_DAY = "七一"
    MID_AUTUMN = "中秋节"
    NATIONAL_DAY = "国庆节"


class Window(Record):
    """Days between which a duty is due, both ends included; or each year's around a festival."""

    since: Day | None = field("自", default=None, ahead=True)
    until: Day | None = field("至", default=None, ahead=True)
    festival: Festival | None = field("节日", default=None, help="年年有的，写节日，不写自、至")
    before: Integer = field("前", default=15, help="节日前几天起")
    after: Integer = field("后", default=0, help="节日后几天止")


class Milestone(Record):
    """How far it must be by a day."""

    by: Day = field("到", ahead=True)
    least: Amount = field("至少")


class Grading(Record):
    """What those owe who also meet these filters; the first that fits counts."""

    filters: Names = field("筛选")
    least: Amount = field("至少")


class Duty(Record):
    """One duty."""

    name: Text = field("名称")
    basis: Text | None = field("依据", default=None)
    who: Measure | None = field("谁", default=None, help="每一条记录（或「归属」）是一个；不写是本单位自己一个")
    counted: Measure | None = field("计数", default=None, help="数什么；「归属」指向「谁」")
    out_of: Measure | None = field("分母", default=None, help="按占比要求的：占什么的百分之几")
    parts: Names = field("包括", default=(), help="由几项职责合成：每项都完成才算完成，写它们的名称")
    least: Amount | None = field("至少", default=None, help="次数、数量，或百分数")
    most: Amount | None = field("至多", default=None, help="不得超过")
    grades: tuple[Grading, ...] = field("分级", default=(), help="不同的人要求不同的")
    unit: Text = field("单位", default="次")
    every: Every = field("每", default=Every.YEAR)
    windows: tuple[Window, ...] = field("时段", default=(), help="「每」写「时段」时，一段一段写在这里")
    milestones: tuple[Milestone, ...] = field("里程碑", default=())
    prorated: Flag = field("折算", default=False, help="中途开始或结束的，按天数折算")
    pace: Text = field("节奏", default="", help="欠的按什么说：「户」印成「每周 2 户」；不写用单位")
    days_ahead: Integer = field("提前", default=30, help="离期满还有几天起提醒")


def told_inside(duty: Duty) -> frozenset[str]:
    """The kinds of whose records it tells something internal whom a duty binds, to how much, and what was counted."""
    graded = [part.model_copy(update={"filters": one.filters}) for part in duty.who or () for one in duty.grades]
    return picked_inside(duty.who, graded, duty.counted, duty.out_of)


class Duties(Record):
    """``duties.yaml``."""

    duties: tuple[Duty, ...] = field("职责")


__all__ = ["Duties", "Duty", "Every", "Grading", "Milestone", "Part", "Window"]
