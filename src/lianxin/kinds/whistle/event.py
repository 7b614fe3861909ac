"""The steps of a whistle's life: one event model each (S1b 9–10)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from lianxin.core.day.term import wrong_rule
from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.declare.record import Record, ToldBy
from lianxin.core.value import Deadline, Flag, Ref, Text
from lianxin.kinds.life.event import Amend, UrgeForm, Void


class Rating(StrEnum):
    """What those who blew the whistle, or the people, think of how it was answered."""

    SATISFIED = "满意"
    MOSTLY = "基本满意"
    DISSATISFIED = "不满意"


class Call(Record):
    """One department's limits, rule and deadline both; the deadlines run from when it was called."""

    dept: Ref = field("部门", ref="org")
    respond_rule: Text | None = field("响应时限", default=None)
    respond_due: Deadline | None = field("应响应期限", default=None)
    arrive_rule: Text | None = field("报到时限", default=None)
    arrive_due: Deadline | None = field("应报到期限", default=None)
    finish_rule: Text | None = field("办结时限", default=None)
    finish_due: Deadline | None = field("应办结期限", default=None)
    provisional: Flag | None = field("暂定", default=None, help="跨到了尚未公布放假安排的年份")


class Approve(Event):
    """批准"""

    step: Literal["批准"] = field("步骤", auto=True)
    by: Ref | None = field("批准人", default=None, ref="person", help="不写就是经办人")
    calls: tuple[Call, ...] = field("期限", default=(), auto=True, help="各部门的时限，从批准起算")


class Summon(Event):
    """加哨"""

    step: Literal["加哨"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    respond_rule: Text | None = field(
        "响应时限", default=None, flag="respond", help="如 2小时；不写按紧急程度的规定", judge=wrong_rule
    )
    respond_due: Deadline | None = field("应响应期限", default=None, auto=True)
    arrive_rule: Text | None = field(
        "报到时限", default=None, flag="arrive", help="如 4小时、2026-03-10 15:00", judge=wrong_rule
    )
    arrive_due: Deadline | None = field("应报到期限", default=None, auto=True)
    finish_rule: Text | None = field("办结时限", default=None, flag="finish", help="如 10个工作日", judge=wrong_rule)
    finish_due: Deadline | None = field("应办结期限", default=None, auto=True)
    provisional: Flag | None = field("暂定", default=None, auto=True)
    why: Text | None = field("理由", default=None)


class Respond(Event):
    """响应"""

    step: Literal["响应"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    by: Ref | None = field("响应人", default=None, ref="person")


class Arrive(Event):
    """报到"""

    step: Literal["报到"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    who: tuple[Ref, ...] = field("到场人", ref="person", help="谁来了")


class Dispose(Event):
    """处置"""

    step: Literal["处置"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    measure: Text = field("处置措施", privacy=Privacy.STORY)


class Finish(Event):
    """办结"""

    step: Literal["办结"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    result: Text = field("办理结果", privacy=Privacy.STORY)
    evidence: tuple[Text, ...] = field("佐证", default=(), help="照片、验收单等的名称或文号")


class Extend(Event):
    """延期"""

    step: Literal["延期"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    rule: Text = field(
        "办结时限", flag="limit", help="新的时限，从通知该部门次日重新数，如 15个工作日；或新的日期", judge=wrong_rule
    )
    due: Deadline | None = field("应办结期限", default=None, auto=True)
    provisional: Flag | None = field("暂定", default=None, auto=True)
    why: Text = field("理由")
    approved: Ref = field("批准人", ref="person")


class Progress(Event):
    """进展"""

    step: Literal["进展"] = field("步骤", auto=True)
    dept: Ref | None = field("部门", default=None, ref="org", help="哪个部门的进展；不写就是整个哨的")
    text: Text = field("进展情况", privacy=Privacy.STORY)


class Urge(Event):
    """催办"""

    step: Literal["催办"] = field("步骤", auto=True)
    form: UrgeForm = field("方式")
    dept: Ref | None = field("部门", default=None, ref="org", help="催哪个部门；不写就是都催")
    by: Ref | None = field("催办单位", default=None, ref="org")
    number: Text | None = field("文号", default=None)
    text: Text | None = field("内容", default=None, privacy=Privacy.STORY)


class Close(Event):
    """结哨"""

    step: Literal["结哨"] = field("步骤", auto=True)
    result: Text = field("总的结果", privacy=Privacy.STORY)


class Rate(Event):
    """评哨"""

    step: Literal["评哨"] = field("步骤", auto=True)
    rating: Rating = field("评价")
    dept: Ref | None = field("部门", default=None, ref="org", help="评哪个部门；不写就是评整个哨")
    by: Ref | None = field("评价单位", default=None, ref="org", help="不写就是吹哨单位")
    words: Text | None = field("评语", default=None, privacy=Privacy.STORY)


class Cancel(Event):
    """撤哨"""

    step: Literal["撤哨"] = field("步骤", auto=True)
    why: Text = field("理由")


WhistleEvent = Annotated[
    Approve
    | Summon
    | Respond
    | Arrive
    | Dispose
    | Finish
    | Extend
    | Progress
    | Urge
    | Close
    | Rate
    | Cancel
    | Amend
    | Void,
    ToldBy("step"),
]

#: Every step but blowing the whistle itself, in the order readers see them.
STEPS: tuple[Step, ...] = (
    Step("approve", "批准", Approve, "批准吹哨，各部门的时限从这时起算"),
    Step("respond", "响应", Respond, "一个部门答应来"),
    Step("arrive", "报到", Arrive, "一个部门到了现场，没有先响应的也算响应"),
    Step("dispose", "处置", Dispose, "一个部门定了措施、动了手"),
    Step("finish", "办结", Finish, "一个部门办完了自己的事"),
    Step("summon", "加哨", Summon, "再叫一个部门来"),
    Step("extend", "延期", Extend, "一个部门的办结时限，到期前延后"),
    Step("urge", "催办", Urge, "催办、督办、通报"),
    Step("progress", "进展", Progress, "记一笔进展"),
    Step("close", "结哨", Close, "各部门都办结了，整个哨办结"),
    Step("rate", "评哨", Rate, "评一个部门，或评整个哨"),
    Step("cancel", "撤哨", Cancel, "还没有部门报到之前撤回"),
    Step("amend", "更正", Amend, "更正吹哨内容或某一步"),
    Step("void", "作废", Void, "登记错了，作废（编号保留）"),
)
