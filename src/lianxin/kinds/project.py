"""Projects and their money: what was asked for, planned by year, paid, built and accepted."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

from lianxin.core.declare.field import field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import Record, Shorthand
from lianxin.core.problem import Fault
from lianxin.core.tone import Tone, Toned
from lianxin.core.value import Amount, Day, FieldType, Flag, Integer, Ref, Story, Text
from lianxin.kinds.money import cents, summed
from lianxin.kinds.outcome import Outcome, outcome_text
from lianxin.kinds.void import VOIDED, Voiding


class Sort(StrEnum):
    """What the project is for."""

    ECONOMY = "经济项目"
    BUILDING = "基础设施"
    PUBLIC_GOOD = "公益项目"
    HELPING = "帮扶项目"
    BASE = "示范基地"
    COOPERATIVE = "合作社"
    OTHER = "其他"


class Source(StrEnum):
    """Whose money it is."""

    BUDGET = "财政资金"
    UNIT = "帮扶单位"
    VILLAGE = "村集体"
    PEOPLE = "群众自筹"
    DONATION = "社会捐赠"
    LOAN = "贷款"
    OTHER = "其他"


class Material(Record):
    """One line of the bill of quantities or materials."""

    item: Text = field("名目")
    quantity: Amount = field("数量")
    unit: Text = field("单位")
    checked: Flag | None = field("已核实", default=None, help="到现场核过没有")


class YearMoney(Record):
    """What is to be spent in one year."""

    year: Integer = field("年份")
    amount: Amount = field("金额", help="元")
    source: Source | None = field("来源", default=None)


class Payment(Record):
    """One payment; money given back is negative."""

    day: Day = field("日期")
    amount: Amount = field("金额", signed=True, help="元；退回的写负数")
    voucher: Text | None = field("凭证号", default=None)
    source: Source | None = field("来源", default=None)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


#: One may be written without a list.
Villages = Annotated[tuple[Ref, ...], Shorthand(_listed)]


class Project(Record):
    """One project."""

    id: Ref = field("编号", ref="project", auto=True)
    name: Text = field("名称")
    sort: Sort = field("类别")
    villages: Villages = field("所属村", ref="village", flag="village", copy=("pairing.second",), help="一个或几个村")
    hamlets: Integer | None = field("村组数", default=None, help="涉及多少个村民小组、自然屯")
    pairing: Ref | None = field("结对", default=None, ref="pairing", help="由哪一对结对出力的")
    org: Ref | None = field("实施单位", default=None, ref="org")
    person: Ref | None = field("责任人", default=None, ref="person")
    applied: Day | None = field("申报日期", default=None)
    materials: tuple[Material, ...] = field(
        "工程量材料", default=(), help="名目、数量、单位、核实没有", example="名目：水泥，数量：12，单位：吨"
    )
    sources: tuple[Source, ...] = field("资金来源", default=())
    planned: tuple[YearMoney, ...] = field("资金计划", default=(), help="一年一行", example="年份：2026，金额：50000")
    payments: tuple[Payment, ...] = field("拨付", default=(), help="一笔一行", example="日期：2026-03-02，金额：20000")
    standard: Text | None = field("工作标准", default=None)
    started: Day | None = field("开工日期", default=None, not_before=("applied",))
    due: Day | None = field("完成时限", default=None, coming=True)
    progress: Story | None = field("进展", default=None)
    accepted: Day | None = field("验收日期", default=None, not_before=("started", "applied"))
    accepted_by: Text | None = field("验收人", default=None)
    households: Integer | None = field("受益户数", default=None)
    people: Integer | None = field("受益人数", default=None)
    outcomes: tuple[Outcome, ...] = field("成效", default=(), help="指标和数量", example="指标：慰问金，数量：500")
    ended_why: Text | None = field("终止原因", default=None, help="没有做成的，写为什么")
    notes: Text | None = field("备注", default=None)
    voided: Voiding | None = VOIDED


def _check(project: Project) -> Iterator[Fault]:
    if not project.villages:
        yield Fault("F010", ("所属村",), "没有写所属村")


#: No line is no money.
_PLANNED, _PAID = (f"coalesce({summed(column, '金额')}, 0)" for column in ("planned", "payments"))

_LINES = """(SELECT group_concat(json_extract(j.value, '$.名目') || ' ' || json_extract(j.value, '$.数量')
    || json_extract(j.value, '$.单位'), '、') FROM json_each(materials) AS j)"""
_UNCHECKED = """(SELECT count(*) FROM json_each(materials) AS j
    WHERE coalesce(json_extract(j.value, '$.已核实'), '否') = '否')"""
_VOUCHERS = "(SELECT group_concat(json_extract(j.value, '$.凭证号'), '、') FROM json_each(payments) AS j)"


class State(Toned):
    """Where a project stands."""

    PLANNED = "未开工"
    STARTED = "实施中"
    LATE = "逾期未完", Tone.ALARM
    ACCEPTED = "已验收", Tone.GOOD
    ENDED = "已终止", Tone.MUTED


_STATE = f"""CASE WHEN ended_why IS NOT NULL THEN '{State.ENDED}' WHEN accepted IS NOT NULL THEN '{State.ACCEPTED}'
    WHEN due < :today THEN '{State.LATE}' WHEN started IS NOT NULL THEN '{State.STARTED}' ELSE '{State.PLANNED}' END"""

#: Money as the books have it: planned, paid, left.
DERIVED = (
    Derived("state", "状态", FieldType.CHOICE, sql=_STATE, choices=tuple(State)),
    Derived("planned_money", "计划资金", FieldType.AMOUNT, sql=_PLANNED, help="各年计划合计，元"),
    Derived("paid_money", "已付资金", FieldType.AMOUNT, sql=_PAID, help="各笔拨付合计，元"),
    Derived("balance", "余额", FieldType.AMOUNT, sql=cents(f"{_PLANNED} - {_PAID}"), help="计划减已付，元"),
    Derived("vouchers", "凭证", sql=_VOUCHERS, help="各笔拨付的凭证号"),
    Derived("bill", "工程量", sql=_LINES, help="工程量和材料写成一行"),
    Derived("unchecked", "未核实项数", FieldType.INTEGER, sql=_UNCHECKED, help="工程量和材料里还没有核实的"),
    Derived("outcome_text", "成效情况", sql=outcome_text("outcomes"), help="成效写成一行"),
)

PROJECT = Kind(
    name="project",
    label="项目",
    prefix="XM",
    folder="projects",
    yearly=False,
    model=Project,
    title=lambda project: str(project.name),
    listed=("编号", "名称", "类别", "所属村", "计划资金", "已付资金", "状态"),
    dated="申报日期",
    check=_check,
    derived=DERIVED,
    help="项目和资金",
)
