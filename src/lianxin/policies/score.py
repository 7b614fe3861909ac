"""A scoring scheme: points counted from the records, points given by hand with evidence, and the grades they make."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.measure import Measure
from lianxin.core.value import Amount, Flag, Integer, Text


class Sign(StrEnum):
    """How an item counts."""

    BASIC = "基本"
    BONUS = "加分"
    MALUS = "扣分"


class Item(Record):
    """One item of a scheme."""

    name: Text = field("名称")
    sign: Sign = field("类别", default=Sign.BASIC)
    counted: Measure | None = field(
        "计数", default=None, help="从记录里数，「归属」指向被评的；不写就是人工评分，取自考核记录里同名的项目"
    )
    out_of: Measure | None = field("分母", default=None, help="按率给分的：分数 = 率 × 满分")
    each: Amount | None = field("每", default=None, help="每一个给几分")
    full: Amount | None = field("满分", default=None, help="最多几分；按率给分的必写")
    least: Amount | None = field("起计", default=None, help="够这个数才给分，给满分")
    basis: Text | None = field("说明", default=None)


class Mark(Record):
    """From how many points a grade is given."""

    grade: Text = field("等次")
    least: Amount = field("不低于", help="总分")


class Scheme(Record):
    """One scheme."""

    name: Text = field("名称")
    who: Measure = field("对象", help="评谁：每一条记录（或「归属」）是一个")
    items: tuple[Item, ...] = field("项目")
    grades: tuple[Mark, ...] = field("等次", default=(), help="从高到低")
    vetoes: tuple[Item, ...] = field("一票否决", default=(), help="数到一个就不能评为最高等次")
    commend: Integer | None = field("评优前", default=None, help="前几名进评优名单")
    accountable: Text | None = field("问责", default=None, help="低于哪一等次的进问责名单（含该等次）")
    minimum: Integer = field("最少", default=0, help="有数的项目少于几个就不排名")
    ranked: Flag = field("排名", default=True)
    version: Text = field("版本", default="1")


class Scores(Record):
    """``scores.yaml``."""

    schemes: tuple[Scheme, ...] = field("评分")
