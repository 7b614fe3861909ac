"""Frozen figures (报表): what a report said when it was sent, so that later ones can say what has changed since.

Written by ``report --freeze`` alone; one figure a line, so that two of them can be compared by eye.
"""

from __future__ import annotations

from lianxin.core.day.period import in_papers
from lianxin.core.day.span import Span
from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import Record
from lianxin.core.value import Amount, Day, FieldType, Integer, Ref, Text
from lianxin.kinds.void import VOIDED, Voiding


class FrozenFigure(Record):
    """One figure as it was printed, and what it was computed from."""

    name: Text = field("名称", auto=True)
    subject: Text | None = field(
        "归属", default=None, auto=True, privacy=Privacy.INTERNAL, help="分单位、分村、分户印的，是哪一个"
    )
    value: Text = field("数值", auto=True, help="印出来的样子，没有可除的是「—」")
    numerator: Amount | None = field("分子", default=None, auto=True, signed=True)
    denominator: Amount | None = field("分母", default=None, auto=True, signed=True)
    records: Integer | None = field("记录数", default=None, auto=True)
    version: Text | None = field("口径版本", default=None, auto=True)
    digest: Text | None = field("口径版本号", default=None, auto=True)


class Frozen(Record):
    """The figures of one report for one period."""

    id: Ref = field("编号", ref="frozen", auto=True)
    report: Text = field("报表", auto=True)
    period: Span = field("期间", auto=True)
    made: Day = field("编制日期", auto=True)
    commit: Text | None = field("提交", default=None, auto=True, help="据以算出的那一版台账")
    definitions: Text | None = field("口径", default=None, auto=True, help="全部口径的版本")
    figures: tuple[FrozenFigure, ...] = field("数字", default=(), auto=True)
    paper: Text | None = field("文号", default=None, auto=True, help="印出来的发文字号")
    supersedes: Ref | None = field("取代", default=None, ref="frozen", auto=True, help="同一报表同一期先前定稿的那份")
    corrections: tuple[Text, ...] = field("更正说明", default=(), auto=True, help="后来的报表说过的更正")
    notes: Text | None = field("备注", default=None, auto=True)
    voided: Voiding | None = VOIDED


FROZEN = Kind(
    name="frozen",
    label="报表",
    prefix="BB",
    folder="frozen",
    yearly=False,
    model=Frozen,
    title=lambda frozen: f"{in_papers(frozen.period)} {frozen.report}",
    listed=("编号", "报表", "期间", "编制日期", "数字个数", "版本", "取代"),
    dated="编制日期",
    derived=(
        Derived("count", "数字个数", FieldType.INTEGER, sql="coalesce(json_array_length(frozen.figures), 0)"),
        Derived("revision", "版本", sql='substr(frozen."commit", 1, 10)', help="据以算出的提交，前十位"),
    ),
    help="报出去的数字，报表定稿时由工具记下",
)
