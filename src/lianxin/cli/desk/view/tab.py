"""The tabs: what each lists."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from lianxin.kinds import BRIEF, BRIEFS, KIND


class Tab(StrEnum):
    """What is listed."""

    TODAY = "今日"
    ISSUES = "问题"
    VISITS = "走访"
    PAIRINGS = "结对"
    HOUSEHOLDS = "联系户"
    CHASE = "吹哨整改"
    DUTIES = "职责"
    PAPERS = "台账报表"
    ROLL = "名册"


#: Whose records a tab lists.
KINDS: dict[Tab, tuple[str, ...]] = {
    Tab.ISSUES: ("issue",),
    Tab.VISITS: ("visit",),
    Tab.PAIRINGS: ("pairing",),
    Tab.HOUSEHOLDS: ("household",),
    Tab.CHASE: ("whistle", "rectification"),
    Tab.ROLL: (
        *("village", "org", "person"),
        *("activity", "promise", "project", "survey", "appraisal", "evidence"),
    ),
}

#: Tabs that list one of their kinds at a time; their key, pressed again, goes on to the next.
BY_TURNS = frozenset({Tab.ROLL})

#: What is taken down most often: offered first where a tab lists no records of its own.
_OFTEN = ("issue", "visit")

TABS = tuple(Tab)


def kinds_of(tab: Tab) -> tuple[str, ...]:
    """What may be taken down at a tab: what it lists, else whatever somebody fills in, the usual first."""
    every = [*_OFTEN, *(brief.name for brief in BRIEFS if brief.name not in _OFTEN)]
    return KINDS.get(tab) or tuple(name for name in every if not all(spec.auto for spec in KIND[name].fields))


def tab_of(kind: str) -> Tab | None:
    """The tab that lists records of a kind; None where none does."""
    return next((tab for tab, kinds in KINDS.items() if kind in kinds), None)


def nothing_at(tab: Tab, kinds: Sequence[str]) -> str:
    """What to say where a tab, and these kinds at it, list nothing."""
    if tab is Tab.TODAY:
        return "今天没有要办的。按 n 记一条新的：问题、走访，或者村、单位、党员干部、联系户。"
    return f"还没有登记过{'、'.join(BRIEF[name].label for name in kinds)}，按 n 记一条。" if kinds else ""
