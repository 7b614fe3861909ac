"""Every open issue as a successor must see it: where it stands, who has it, by when, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.core.document import Block, Column, Table, Value
from lianxin.core.value import FieldType
from lianxin.kinds.issue.state import State
from lianxin.reports.today.agenda import SECTIONS, Open, Section

#: What an issue that asks for nothing today waits for.
_WAITS: Mapping[str, str] = {
    State.COLLECTED: "研判：受理、上报还是解释",
    State.ESCALATED: "等上级答复",
    State.ACCEPTED: "交办给部门",
    State.ASSIGNED: "等部门签收",
    State.HANDLING: "盯到办结",
    State.SUSPENDED: "等条件具备",
    State.RESOLVED: "把结果告诉反映人",
    State.MERGED: "跟着主案走",
    State.ANSWERED: "补齐五有，销号",
}


_ISSUES = (
    Column("编号", "id", FieldType.REF, width=15),
    Column("事由", "summary", width=26),
    Column("村", "village", term=True),
    Column("状态", "state", FieldType.CHOICE, width=8),
    Column("谁在办", "who"),
    Column("期限", "due", FieldType.DEADLINE, width=16),
    Column("接下来", "next", width=28),
)


def issues(cases: Sequence[Open]) -> list[Block]:
    """Every open issue, the most pressing first."""
    rows: list[tuple[Value, ...]] = []
    for case in sorted(cases, key=_urgency):
        who = " ".join(str(case[name]) for name in ("责任部门", "责任人") if case[name])
        rows.append((case["编号"], case["事由"], case["所属村"], case.words, who or None, case.limit, _next(case)))
    if not rows:
        return []
    note = "期限：在办的是办结期限，暂缓的写还剩多少。每一件的来龙去脉请看 lianxin show 编号 或 lianxin handbook 编号。"
    return [Table(_ISSUES, rows, [str(row[0]) for row in rows], notes=(note,))]


def _section(case: Open) -> Section | None:
    return next((section for section in SECTIONS if section.fits(case)), None)


def _urgency(case: Open) -> tuple[int, str, str]:
    section = _section(case)
    place = SECTIONS.index(section) if section else len(SECTIONS)
    return place, str(case.due or "9"), str(case["编号"])


def _next(case: Open) -> str:
    """What it asks for now, else what it waits for."""
    section = _section(case)
    told = (f"{section.name}：{section.note(case)}" if section.note(case) else section.name) if section else ""
    if not told and case.state == State.SUSPENDED and case["复核日期"]:
        return f"等条件具备，{case['复核日期']} 复核"
    return told or _WAITS.get(case.state, "")
