"""Appraisals (考核): points and grades given to villages, branches and people, with what they rest on (S1b 17–20)."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.day.span import Span, wrong_span
from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.need import EMPTY, Need
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.value import Amount, Day, FieldType, Flag, Ref, Text
from lianxin.kinds.money import summed
from lianxin.kinds.void import VOIDED, Voiding


class Item(Record):
    """One item of a scheme and the points given for it."""

    item: Text = field("项目")
    points: Amount = field("得分", signed=True, help="扣分写负数")
    basis: Text | None = field("依据", default=None, help="哪一条办法，怎么算的")
    evidence: Text | None = field(
        "佐证",
        default=None,
        help="记录编号、文件、照片",
        needed=Need("「{item}」是手工给分，依据和佐证都没有写", {"by_hand": (True,), "basis": EMPTY}, "F029"),
    )
    by_hand: Flag | None = field("手工", default=None, help="不是由台账算出来的")


class Appraisal(Record):
    """One appraisal of one subject for one period."""

    id: Ref = field("编号", ref="appraisal", auto=True)
    whom: Ref = field("考核对象", ref=("village", "org", "person"))
    period: Span = field("周期", help="如 2025、2026H1、2026Q1", judge=wrong_span)
    scheme: Text = field("方案", help="按哪个办法评的，如 先锋指数、村级定级")
    items: tuple[Item, ...] = field("得分项", default=(), example="项目：走访，得分：5")
    grade: Text | None = field("等次", default=None, help="如 示范、一类、好、较好")
    decided_by: Ref | None = field("评定人", default=None, ref=("org", "person"), help="单位或个人")
    decided: Day | None = field("评定日期", default=None)
    commended: Flag | None = field("评优", default=None)
    accountable: Flag | None = field("问责", default=None)
    reason: Text | None = field(
        "理由",
        default=None,
        privacy=Privacy.INTERNAL,
        help="评优、问责都要写理由",
        needed=(
            Need("评优没有写理由", {"commended": (True,)}, "F029", "commended"),
            Need("问责没有写理由", {"accountable": (True,)}, "F029", "accountable"),
        ),
    )
    notes: Text | None = field("备注", default=None, privacy=Privacy.INTERNAL)
    voided: Voiding | None = VOIDED


def _check(appraisal: Appraisal) -> Iterator[Fault]:
    if appraisal.commended and appraisal.accountable:
        yield Fault("F030", ("问责",), "同一次考核里又评优又问责")


_TOTAL = summed("items", "得分")
_BY_HAND = summed("items", "得分", "json_extract(j.value, '$.手工') = '是'")
_POINTS = """(SELECT group_concat(json_extract(j.value, '$.项目') || ' ' || json_extract(j.value, '$.得分'), '、')
    FROM json_each(items) AS j)"""

#: Of the same subject by the same scheme, in the period before this one.
_BEFORE = """(SELECT b.grade FROM appraisal AS b WHERE b.whom = appraisal.whom AND b.scheme = appraisal.scheme
    AND b.period < appraisal.period AND b.grade IS NOT NULL ORDER BY b.period DESC LIMIT 1)"""

DERIVED = (
    Derived("grade_before", "上次等次", sql=_BEFORE, help="同一对象按同一方案、上一个周期的等次"),
    Derived("total", "总分", FieldType.AMOUNT, sql=_TOTAL, help="各得分项相加"),
    Derived("hand_points", "手工分", FieldType.AMOUNT, sql=_BY_HAND, help="其中手工给的"),
    Derived("points_text", "得分情况", sql=_POINTS, help="各项得分写成一行"),
)

APPRAISAL = Kind(
    name="appraisal",
    label="考核",
    prefix="KH",
    folder="appraisals",
    yearly=False,
    model=Appraisal,
    title=lambda appraisal: f"{appraisal.period} {appraisal.scheme}",
    listed=("编号", "考核对象", "周期", "方案", "总分", "等次", "评优", "问责"),
    dated="评定日期",
    check=_check,
    derived=DERIVED,
    help="考核、定级和积分",
)
