"""What a report finds in the records: what rose and fell, at whose desk things lie, single cases picked by a rule."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.measure import Names
from lianxin.core.value import Integer, Text


class Way(StrEnum):
    """What is looked for."""

    MOVED = "升降"  # a count against the period before and the same of last year, as far as beyond chance
    HELD = "分布"  # a count by subject, the most first
    CLUSTERS = "聚集"  # the same trouble again and again in one village: 举一反三
    CASES = "个案"  # single issues, by filters and an order


class Finding(Record):
    """One thing to find, and the sentence that tells it; where nothing is found there is no sentence."""

    way: Way = field("种类", help="升降、分布、聚集、个案")
    figure: Text | None = field("数字", default=None, help="升降、分布数的是哪个数字，要是计数，不是率")
    by: Names = field("对象", default=(), help="按什么分：类别、所属村、责任部门……")
    within: Text | None = field("何处", default=None, help="升降的，变动主要落在哪里，再按什么分")
    filters: Names = field("筛选", default=(), help="个案：哪些问题")
    period_field: Text | None = field("期间字段", default=None, help="个案：哪个日期落在期内；不写不分期间")
    sort: Names = field("排序", default=(), help="个案：先取哪些，字段名前加 - 是从大到小")
    most: Integer = field("最多", default=5, help="最多说几个")
    least: Integer = field("最少", default=1, help="分布、聚集：少于它的不说")
    text: Text = field("句式", help="{逐个} 换成下面一个一个的话；个案不写「逐个」时，每件一段")
    each: Text | None = field("逐个", default=None, help="每一个怎么说，如 {对象} {数}")
    otherwise: Text | None = field("没有时", default=None, help="一个也没有时说什么；不写就不说")
    rule: Text | None = field("选法", default=None, help="个案是怎么选的；写了它的可以用 --case 换")


#: The kind that single cases and clusters are of.
ISSUE = "问题"

#: What the sentences of each may hold besides figures and what every text may hold.
TAGS: dict[Way, frozenset[str]] = {
    Way.MOVED: frozenset({"逐个", "比", "对象", "增减", "前数", "数", "何处"}),
    Way.HELD: frozenset({"逐个", "总数", "几个", "对象", "数", "占比", "最久", "其余"}),
    Way.CLUSTERS: frozenset({"逐个", "几个", "村", "类别", "数", "反三"}),
    Way.CASES: frozenset({"反映人的话"}),
}
