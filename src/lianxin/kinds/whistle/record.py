"""Whistles (吹哨): one problem that needs several departments, one list of who was called and came (S1b 9–10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lianxin.core.day.time_limit import wrong_limit
from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Conduct
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.value import Moment, Ref, Text
from lianxin.kinds.life.event import Urgency
from lianxin.kinds.whistle.life import DERIVED
from lianxin.kinds.whistle.step import WhistleEvent
from lianxin.kinds.whistle.step.answer import Arrive
from lianxin.kinds.whistle.table import LIFECYCLE

if TYPE_CHECKING:
    from lianxin.kinds.whistle.life import Life

#: The limits a summons may name.
LIMITS = (("respond_rule", "响应时限"), ("arrive_rule", "报到时限"), ("finish_rule", "办结时限"))


class Summons(Record):
    """One department to be called, and limits of its own where the table of limits does not serve."""

    dept: Ref = field("部门", ref="org")
    respond_rule: Text | None = field(
        "响应时限", default=None, help="如 2小时；不写按紧急程度的规定", judge=wrong_limit
    )
    arrive_rule: Text | None = field("报到时限", default=None, help="如 4小时、2026-03-10 15:00", judge=wrong_limit)
    finish_rule: Text | None = field("办结时限", default=None, help="如 10个工作日、2026-03-31", judge=wrong_limit)


class Whistle(Record):
    """What was asked for stands at the top and stays as it was; 更正 events correct it."""

    id: Ref = field("编号", ref="whistle", auto=True)
    blown: Moment = field("吹哨时间", offer=("now",))
    by: Ref = field("吹哨单位", ref="org", offer=("last", "office.org"))
    matter: Text = field("事项", offer=("issues.summary",))
    issues: tuple[Ref, ...] = field("问题", ref="issue", open=True, help="为哪几件问题吹的哨")
    urgency: Urgency = field("紧急程度", default=Urgency.NORMAL, offer=("issues.urgency",))
    lead: Ref = field("牵头部门", ref="org", offer=("issues.dept",))
    summoned: tuple[Summons, ...] = field(
        "报到部门",
        includes="lead",
        help="几个部门用顿号隔开，或一行一个；牵头部门自动列上，时限不写按规定",
        example="水务站，报到时限：4小时",
    )
    notes: Text | None = field("备注", default=None, privacy=Privacy.STORY)
    events: tuple[WhistleEvent, ...] = field("事件", default=(), auto=True)


def _check(whistle: Whistle) -> Iterator[Fault]:
    if not whistle.issues:
        yield Fault("F010", ("问题",), "没有写是为哪件问题吹的哨")
    for n, event in enumerate(whistle.events):
        if isinstance(event, Arrive) and not event.who:
            yield Fault("F010", ("事件", n, "到场人"), "报到了，没有写谁到场")
    for n, one in enumerate(whistle.summoned):
        for name, label in LIMITS:
            rule = getattr(one, name)
            if rule and (wrong := wrong_limit(rule)):
                yield Fault("L021", ("报到部门", n, label), wrong)
    depts = [one.dept for one in whistle.summoned]
    if whistle.lead not in depts:
        yield Fault("L034", ("牵头部门",), f"牵头部门 {whistle.lead} 不在「报到部门」里")
    for n, dept in enumerate(depts):
        if dept in depts[:n]:
            yield Fault("L035", ("报到部门", n, "部门"), f"{dept} 列了两次")


def _conduct() -> Conduct[Whistle, Life]:
    from lianxin.kinds.whistle.conduct import CONDUCT  # who only asks the index need not load the fold

    return CONDUCT


WHISTLE = Kind(
    name="whistle",
    label="吹哨",
    prefix="CS",
    folder="whistles",
    yearly=True,
    model=Whistle,
    title=lambda whistle: str(whistle.matter),
    listed=("编号", "吹哨时间", "事项", "紧急程度", "牵头部门", "状态", "应报到数", "已报到数", "已办结数", "预警灯"),
    dated="吹哨时间",
    check=_check,
    lifecycle=LIFECYCLE,
    conduct=_conduct,
    derived=DERIVED,
    help="吹哨报到，一哨一清单",
)
