"""Whistles (吹哨): one problem that needs several departments, one list of who was called and came (S1b 9–10)."""

from __future__ import annotations

from lianxin.core.field import Privacy, Record, field
from lianxin.core.kind import Kind
from lianxin.core.value import Deadline, Moment, Ref, Text
from lianxin.kinds.issue_event import Urgency


class Summons(Record):
    """One department called: its limits, who came, what was done."""

    dept: Ref = field("部门", ref="org")
    arrive_by: Deadline = field("应报到时限")
    arrived: Moment | None = field("实际报到时间", default=None)
    who: tuple[Ref, ...] = field("到场人", default=(), ref="person")
    measure: Text | None = field("处置措施", default=None, privacy=Privacy.STORY)
    finish_by: Deadline | None = field("办结时限", default=None)
    finished: Moment | None = field("办结时间", default=None)


class Whistle(Record):
    """One whistle, one list."""

    id: Ref = field("编号", ref="whistle", auto=True)
    blown: Moment = field("吹哨时间")
    by: Ref = field("吹哨单位", ref="org")
    approved: Ref = field("审批人", ref="person")
    matter: Text = field("事项")
    issues: tuple[Ref, ...] = field("问题", ref="issue")
    urgency: Urgency = field("紧急程度", default=Urgency.NORMAL)
    lead: Ref = field("牵头部门", ref="org")
    summoned: tuple[Summons, ...] = field("报到部门")
    rating: Text | None = field("评哨", default=None)
    notes: Text | None = field("备注", default=None)


WHISTLE = Kind(
    name="whistle",
    label="吹哨",
    prefix="CS",
    folder="whistles",
    yearly=True,
    model=Whistle,
    title=lambda whistle: str(whistle.matter),
    listed=("编号", "吹哨时间", "吹哨单位", "事项", "牵头部门", "紧急程度"),
    dated="吹哨时间",
    help="吹哨清单，一哨一清单",
)
