"""The tabs: what each lists."""

from __future__ import annotations

from enum import StrEnum


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


#: Whose records a tab lists.
KINDS: dict[Tab, tuple[str, ...]] = {
    Tab.ISSUES: ("issue",),
    Tab.VISITS: ("visit",),
    Tab.PAIRINGS: ("pairing",),
    Tab.HOUSEHOLDS: ("household",),
    Tab.CHASE: ("whistle", "rectification"),
}

#: What is offered to be taken down where a tab lists no records of its own.
KINDS_ASKED = ("issue", "visit")

TABS = tuple(Tab)
