"""Pairings: unit with village, branch with branch, cadre with household, master with apprentice."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import Record
from lianxin.core.tone import Tone, Toned
from lianxin.core.value import Amount, Day, FieldType, Phone, Ref, Text
from lianxin.kinds.money import cents
from lianxin.kinds.void import VOIDED, Voiding


class Nature(StrEnum):
    """Who is paired with whom."""

    UNIT_VILLAGE = "单位–村"
    BRANCH_BRANCH = "支部–支部"
    CADRE_HOUSEHOLD = "干部–户"
    MEMBER_MEMBER = "党员–党员"
    FIRM_VILLAGE = "企业–村"
    UNIT_FIRM = "机关–企业"
    APPRENTICE = "师徒"
    LEADER_POINT = "领导–联系点"
    LEADER_STUDENT = "领导–学生"
    UNIT_HOUSEHOLD = "单位–户"
    UNIT_STUDENT = "单位–学生"


#: Kinds of record each nature joins: (甲方, 乙方).
PARTIES: dict[Nature, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Nature.UNIT_VILLAGE: (("org",), ("village",)),
    Nature.BRANCH_BRANCH: (("org",), ("org",)),
    Nature.CADRE_HOUSEHOLD: (("person",), ("household",)),
    Nature.MEMBER_MEMBER: (("person",), ("person",)),
    Nature.FIRM_VILLAGE: (("org",), ("village",)),
    Nature.UNIT_FIRM: (("org",), ("org", "village")),
    Nature.APPRENTICE: (("person",), ("person",)),
    Nature.LEADER_POINT: (("person",), ("village", "org")),
    Nature.LEADER_STUDENT: (("person",), ("household",)),
    Nature.UNIT_HOUSEHOLD: (("org",), ("household",)),
    Nature.UNIT_STUDENT: (("org",), ("household",)),
}


class PlanItem(Record):
    """One thing the plan promises, with its day, money and person."""

    item: Text = field("事项")
    project: Ref | None = field("立项", default=None, ref="project", help="已经立了项目的，资金以项目为准")
    due: Day | None = field("完成时限", default=None, coming=True)
    amount: Amount | None = field("资金", default=None, help="元")
    person: Ref | None = field("责任人", default=None, ref="person")
    progress: Text | None = field("进展", default=None)
    done: Day | None = field("完成日期", default=None)


class Plan(Record):
    """The joint plan of a pairing."""

    goals: tuple[Text, ...] = field("目标", default=())
    measures: tuple[Text, ...] = field("措施", default=())
    persons: tuple[Ref, ...] = field("人员", default=(), ref="person")
    duties: tuple[Text, ...] = field("职责", default=())
    items: tuple[PlanItem, ...] = field("项目", default=())


class Pairing(Record):
    """One pairing."""

    id: Ref = field("编号", ref="pairing", auto=True)
    nature: Nature = field("结对性质")
    first: Ref = field("甲方", ref=("org", "person"), help="帮扶一方")
    second: Ref = field("乙方", ref=("village", "org", "household", "person"), help="被帮一方")
    liaison: Ref | None = field("联络员", default=None, ref="person")
    phone: Phone | None = field("电话", default=None, privacy=Privacy.PHONE, copy=("liaison.phone",))
    since: Day = field("开始日期", ahead=True)
    until: Day | None = field("结束日期", default=None, coming=True, not_before=("since",))
    plan: Plan | None = field("共建计划", default=None, example="目标：集体收入过十万，措施：办合作社")
    ended_why: Text | None = field("终止原因", default=None)
    notes: Text | None = field("备注", default=None)
    voided: Voiding | None = VOIDED


def _each(value: str, nothing: str) -> str:
    """One line a planned item, numbered when there are several, so that lines of neighbouring columns match."""
    return f"""(SELECT group_concat(w.text, char(10)) FROM (
    SELECT CASE WHEN json_array_length(plan, '$.项目') > 1 THEN (j.key + 1) || '. ' ELSE '' END
        || coalesce({value}, '{nothing}') AS text
    FROM json_each(json_extract(plan, '$.项目')) AS j ORDER BY j.key) AS w)"""  # noqa: S608 - constants of this file


def _one_of(column: str, prefix: str) -> str:
    """A party where it is of one kind: the name of a village or unit may be printed, a household's may not."""
    return f"CASE WHEN {column} GLOB '{prefix}-*' THEN {column} END"


_GOALS = "(SELECT group_concat(j.value, '；') FROM json_each(json_extract(plan, '$.目标')) AS j)"
_LATE = """(SELECT count(*) FROM json_each(json_extract(plan, '$.项目')) AS j
    WHERE json_extract(j.value, '$.完成日期') IS NULL AND json_extract(j.value, '$.完成时限') < :today)"""


class State(Toned):
    """Where a pairing stands."""

    PLANNED = "未开始"
    RUNNING = "结对中"
    ENDED = "已结束", Tone.MUTED


_STATE = f"""CASE WHEN until < :today OR (until IS NULL AND ended_why IS NOT NULL) THEN '{State.ENDED}'
    WHEN since > :today THEN '{State.PLANNED}' ELSE '{State.RUNNING}' END"""

_PLANNED = """(SELECT sum(CAST(json_extract(j.value, '$.资金') AS NUMERIC))
    FROM json_each(json_extract(plan, '$.项目')) AS j WHERE json_extract(j.value, '$.立项') IS NULL)"""


def _of_projects(column: str) -> str:
    """SQL for the money of the pairing's projects."""
    return cents(f"""(SELECT sum(CAST(json_extract(m.value, '$.金额') AS NUMERIC))
    FROM reference AS r JOIN project AS x ON x.id = r.source, json_each(x.{column}) AS m
    WHERE r.target = pairing.id AND r.kind = 'project' AND r.field = 'pairing')""")  # noqa: S608 - columns of our own


#: A planned item that became a project counts there, not twice.
_MONEY = f"""CASE WHEN {_PLANNED} IS NULL AND {_of_projects("planned")} IS NULL THEN NULL
    ELSE {cents(f"coalesce({_PLANNED}, 0) + coalesce({_of_projects('planned')}, 0)")} END"""
_PERSON = "(SELECT p.name FROM person AS p WHERE p.id = json_extract(j.value, '$.责任人'))"
_PROGRESS = """CASE WHEN json_extract(j.value, '$.完成日期') IS NULL THEN json_extract(j.value, '$.进展')
    ELSE coalesce(json_extract(j.value, '$.进展') || '，', '') || json_extract(j.value, '$.完成日期') || ' 完成' END"""

#: What the pairing ledger prints of the joint plan.
DERIVED = (
    Derived("unit", "结对单位", FieldType.REF, refs=("org",), sql=_one_of('"first"', "DW"), help="甲方是单位的"),
    Derived("village", "结对村", FieldType.REF, refs=("village",), sql=_one_of("second", "CUN"), help="乙方是村的"),
    Derived("term", "起止时间", sql="since || coalesce(' 至 ' || until, ' 起')"),
    Derived("goals", "共建目标", sql=_GOALS),
    Derived("projects", "共建项目", sql=_each("json_extract(j.value, '$.事项')", "")),
    Derived("owners", "责任人", sql=_each(_PERSON, "未定"), help="共建项目的责任人"),
    Derived("dues", "完成时限", sql=_each("json_extract(j.value, '$.完成时限')", "未定")),
    Derived(
        "money", "投入资金", FieldType.AMOUNT, sql=_MONEY, help="共建计划里没有立项的资金，加上各项目的计划资金，元"
    ),
    Derived("paid_money", "已付资金", FieldType.AMOUNT, sql=_of_projects("payments"), help="各项目已经拨付的，元"),
    Derived("state", "状态", FieldType.CHOICE, sql=_STATE, choices=tuple(State)),
    Derived("overdue", "逾期项数", FieldType.INTEGER, sql=_LATE, help="过了完成时限没有完成的共建项目"),
    Derived("progress", "进展", sql=_each(_PROGRESS, "未报")),
)

PAIRING = Kind(
    name="pairing",
    label="结对",
    prefix="JD",
    folder="pairings",
    yearly=False,
    model=Pairing,
    title=lambda pairing: f"{pairing.nature.value}结对",
    listed=("编号", "结对性质", "甲方", "乙方", "联络员", "开始日期", "结束日期"),
    dated="开始日期",
    derived=DERIVED,
    day="min(coalesce(until, :today), :today)",
    help="单位、支部、干部与村、户的结对",
)
