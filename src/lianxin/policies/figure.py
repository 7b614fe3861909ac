"""A figure that reports print: a count, a sum or a rate, with its definition (口径)."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.measure import Measure, digest_of
from lianxin.core.value import YUAN, Integer, Text


class Against(StrEnum):
    """What a figure is compared with."""

    BEFORE = "上期"
    LAST_YEAR = "上年同期"


class Figure(Record):
    """One figure."""

    name: Text = field("名称")
    unit: Text = field("单位", default="件", help="%：百分率；其余照印，如 件、户、元、人次")
    numerator: Measure = field("计数", help="数什么；算率的，这里是分子")
    denominator: Measure | None = field("分母", default=None, help="有分母的是率，没有可除的印「—」")
    decimals: Integer | None = field("小数", default=None, help="印几位小数；不写百分率 2 位，元到角分，其余 0 位")
    against: Against | None = field("比", default=None, help="与上期或上年同期相比，印出增减")
    definition: Text | None = field("口径", default=None, help="印在表下的一句话")
    version: Text = field("版本", default="1", help="口径改了就改版本")

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What is counted, and what it is divided by."""
        return (self.numerator, self.denominator) if self.denominator else (self.numerator,)

    @property
    def percent(self) -> bool:
        """It is printed as a percentage."""
        return self.unit in ("%", "％")

    @property
    def money(self) -> bool:
        """It is printed as a sum of money: to the cent, where there are cents."""
        return self.unit == YUAN and self.decimals is None

    @property
    def places(self) -> int:
        """How many decimal places are printed."""
        return self.decimals if self.decimals is not None else 2 if self.percent or self.money else 0

    @property
    def digest(self) -> str:
        """Twelve letters that change whenever the figure does."""
        return digest_of(self)


class Figures(Record):
    """``figures.yaml``."""

    figures: tuple[Figure, ...] = field("数字")
