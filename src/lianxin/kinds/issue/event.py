"""The steps of an issue's life: one event model each; prompts, flags and checks come from the fields.

Source: S1b articles 1–11 and the working tables drawn from it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from lianxin.core.day.term import wrong_rule
from lianxin.core.declare.condition import Need
from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.declare.record import ToldBy
from lianxin.core.value import Amount, Day, Deadline, Flag, Integer, Ref, Story, Text
from lianxin.kinds.life.event import Amend, Progress, UrgeForm, Urgency, Void

#: The step before which all five haves must be there.
CLOSING = "销号"


class Level(StrEnum):
    """The three levels an issue climbs (S1b 7)."""

    VILLAGE = "村"
    TOWN = "镇"
    ZONE = "示范区"


class Scope(StrEnum):
    """One household's trouble, or one that many share (S1b 2)."""

    SINGLE = "个性"
    SHARED = "共性"


class Sphere(StrEnum):
    """Public matter or private one; counted apart (S1b 16)."""

    PUBLIC = "公共"
    PRIVATE = "个人"


class Merit(StrEnum):
    """Whether the claim holds (S1b 6)."""

    REASONABLE = "合理"
    UNREASONABLE = "不合理"
    RULED = "已有定论"


class Told(StrEnum):
    """How the person was told."""

    AT_HOME = "入户"
    PHONE = "电话"
    WECHAT = "微信"
    MEETING = "座谈"
    LETTER = "书面"
    PUBLISHED = "公示"


_TO_HIM = tuple(way for way in Told if way is not Told.PUBLISHED)


class Reached(StrEnum):
    """Whether the person was reached; one who declines to rate was reached."""

    REACHED = "已接通"
    UNREACHED = "未接通"
    DECLINED = "拒评"


class Solved(StrEnum):
    """What the person says of the result."""

    SOLVED = "解决"
    PARTLY = "部分解决"
    UNSOLVED = "未解决"


class Satisfied(StrEnum):
    """How satisfied the person is."""

    SATISFIED = "满意"
    MOSTLY = "基本满意"
    DISSATISFIED = "不满意"


class Triaged(Event):
    """A step that may first take the issue up: the triage fields (研判分拣), each asked for once."""

    scope: Scope | None = field("问题性质", default=None)
    sphere: Sphere | None = field("公共个人", default=None)
    merit: Merit | None = field("合理性", default=None)
    category: Text | None = field("类别", default=None, policy="categories", help="属于哪一类，打几个字就能找到")
    urgency: Urgency | None = field("紧急程度", default=None)


class _Limited(Event):
    """A step that may start or move the clock. The rule and the computed deadline are both kept."""

    rule: Text | None = field(
        "办理时限",
        default=None,
        flag="limit",
        help="如 5个工作日、2小时、2026-03-10；待定 表示由承办单位签收时明确",
        judge=wrong_rule,
    )
    due: Deadline | None = field("办结期限", default=None, auto=True)
    provisional: Flag | None = field("暂定", default=None, auto=True, help="跨到了尚未公布放假安排的年份")


# of the steps at which its causes and remedies are considered (S1b 5)
_CAUSES = field("成因研判", default=None, privacy=Privacy.STORY, help="问题是怎么来的")
_REMEDIES = field("办法研判", default=None, privacy=Privacy.STORY, help="打算怎么解决")

# of the steps that give an issue to a department, which then has to sign for it in time
_SIGN_RULE = field("签收时限", default=None, help="如 2小时；不写就按办理时限的规定", judge=wrong_rule)
_SIGN_DUE = field("签收期限", default=None, auto=True)
_SIGN_PROVISIONAL = field("签收暂定", default=None, auto=True, help="签收期限跨到了尚未公布的年份")


class Accept(Triaged):
    """受理"""

    step: Literal["受理"] = field("步骤", auto=True)
    level: Level = field("受理层级")
    reply: Text | None = field("答复", default=None, privacy=Privacy.STORY, help="当时怎么答复反映人的")
    causes: Text | None = _CAUSES
    remedies: Text | None = _REMEDIES


class Escalate(Event):
    """上报"""

    step: Literal["上报"] = field("步骤", auto=True)
    to: Level = field("上报至")
    why: Text = field("原因", help="本级为什么解决不了")
    causes: Text | None = _CAUSES
    remedies: Text | None = _REMEDIES


class Explain(Triaged):
    """解释疏导"""

    step: Literal["解释疏导"] = field("步骤", auto=True)
    why: Text = field("理由", privacy=Privacy.STORY, help="为什么不合理，或此前已有什么结论")
    by: Ref | None = field("解释人", default=None, ref="person", help="不写就是经办人")


class Quick(Triaged):
    """快办快结"""

    step: Literal["快办快结"] = field("步骤", auto=True)
    done: Text = field("处理情况", privacy=Privacy.STORY, help="当场做了什么")
    cost: Amount | None = field("费用", default=None, help="元")
    reported: Flag = field("报备", help="是否已向村党支部报备；报备了才能销号")


class Triage(Triaged):
    """补研判"""

    step: Literal["补研判"] = field("步骤", auto=True)
    causes: Text | None = _CAUSES
    remedies: Text | None = _REMEDIES


class Merge(Triaged):
    """并案"""

    step: Literal["并案"] = field("步骤", auto=True)
    into: Ref = field("并入", ref="issue")
    why: Text | None = field("理由", default=None)


class Assign(_Limited):
    """交办"""

    step: Literal["交办"] = field("步骤", auto=True)
    dept: Ref = field("责任部门", ref="org")
    document: Text | None = field("文号", default=None)
    every: Text | None = field("反馈周期", default=None, help="如 每周一次")
    person: Ref | None = field("责任人", default=None, ref="person", help="不写则由承办单位签收时明确")
    standard: Text | None = field("工作标准", default=None, help="办到什么程度算办结；不写则签收时明确")
    co_depts: tuple[Ref, ...] = field("配合单位", default=(), ref="org")
    sign_rule: Text | None = _SIGN_RULE
    sign_due: Deadline | None = _SIGN_DUE
    sign_provisional: Flag | None = _SIGN_PROVISIONAL


class Sign(_Limited):
    """签收"""

    step: Literal["签收"] = field("步骤", auto=True)
    by: Ref | None = field("签收人", default=None, ref="person", help="不写就是经办人")
    person: Ref | None = field("责任人", default=None, ref="person")
    standard: Text | None = field("工作标准", default=None)


class Return(Event):
    """退回"""

    step: Literal["退回"] = field("步骤", auto=True)
    why: Text = field("理由")
    by: Ref | None = field("退回单位", default=None, ref="org")


class Whistle(_Limited):
    """吹哨"""

    step: Literal["吹哨"] = field("步骤", auto=True)
    whistle: Ref = field("哨单", ref="whistle")
    lead: Ref | None = field("牵头单位", default=None, ref="org", help="还没有责任部门时，由它承办")
    person: Ref | None = field("责任人", default=None, ref="person")
    standard: Text | None = field("工作标准", default=None)
    sign_rule: Text | None = _SIGN_RULE
    sign_due: Deadline | None = _SIGN_DUE
    sign_provisional: Flag | None = _SIGN_PROVISIONAL


class Urge(Event):
    """催办"""

    step: Literal["催办"] = field("步骤", auto=True)
    form: UrgeForm = field("方式")
    by: Ref | None = field("催办单位", default=None, ref="org")
    number: Text | None = field("文号", default=None)
    text: Text | None = field("内容", default=None, privacy=Privacy.STORY)


class Extend(_Limited):
    """延期"""

    step: Literal["延期"] = field("步骤", auto=True)
    rule: Text = field(
        "办理时限", flag="limit", help="新的时限，从交办次日重新数，如 15个工作日；或新的日期", judge=wrong_rule
    )
    why: Text = field("理由")
    approved: Ref = field("批准人", ref="person")


class Suspend(Event):
    """暂缓"""

    step: Literal["暂缓"] = field("步骤", auto=True)
    why: Text = field("原因")
    until: Text = field("恢复条件")
    review: Day = field("复核日期", ahead=True)
    told: Flag = field("已告知反映人")


class Resume(_Limited):
    """恢复"""

    step: Literal["恢复"] = field("步骤", auto=True)
    why: Text | None = field("原因", default=None)


class Resolve(Event):
    """办结"""

    step: Literal["办结"] = field("步骤", auto=True)
    result: Text = field("办理结果", privacy=Privacy.STORY)
    cost: Amount | None = field("费用", default=None, help="元")
    evidence: tuple[Text, ...] = field("佐证", default=(), help="照片、验收单等的名称或文号")


#: Of a talk it is said whether it came about; a verdict says so by itself.
_CALL = Need("要选接通情况", {"how": _TO_HIM, "solved": (None,), "satisfied": (None,)}, only=True)
#: Who was reached and did not decline says what he thinks.
_VERDICT = Need(
    "接通了，要记下他的评价；没接通或不肯评的，写在「接通情况」里",
    {"reached": (Reached.REACHED,), "how": _TO_HIM},
    only=True,
)


class Feedback(Event):
    """反馈"""

    step: Literal["反馈"] = field("步骤", auto=True)
    how: Told = field("反馈方式")
    by: Ref | None = field("反馈人", default=None, ref="person", help="不写就是经办人")
    reached: Reached = field("接通情况", default=Reached.REACHED, needed=_CALL)
    solved: Solved | None = field("是否解决", default=None, needed=_VERDICT)
    satisfied: Satisfied | None = field("满意度", default=None, needed=_VERDICT)
    words: Text | None = field("反映人的话", default=None, privacy=Privacy.STORY)
    place: Text | None = field(
        "公示地点",
        default=None,
        help="匿名反映的，在哪里公示了结果",
        needed=Need("公示了结果，要写公示地点", {"how": (Told.PUBLISHED,)}, before=CLOSING, only=True),
    )


class Reopen(_Limited):
    """重办"""

    step: Literal["重办"] = field("步骤", auto=True)
    why: Text = field("理由", privacy=Privacy.STORY)


class Withdraw(Event):
    """撤回"""

    step: Literal["撤回"] = field("步骤", auto=True)
    how: Text = field("获知方式", help="怎么知道反映人撤回的")
    why: Text | None = field("理由", default=None, privacy=Privacy.STORY)


class Learn(Event):
    """举一反三"""

    step: Literal["举一反三"] = field("步骤", auto=True)
    area: Text = field("排查范围")
    found: Integer = field("发现同类", help="件数")
    solved: Integer = field("解决同类", help="件数")
    issues: tuple[Ref, ...] = field("同类问题", default=(), ref="issue")
    text: Text | None = field("情况", default=None, privacy=Privacy.STORY)


class Reflect(Event):
    """心得体会"""

    step: Literal["心得体会"] = field("步骤", auto=True)
    by: Ref | None = field("撰写人", default=None, ref="person", help="不写就是经办人")
    text: Story = field("心得体会", privacy=Privacy.STORY)


class Close(Event):
    """销号"""

    step: Literal["销号"] = field("步骤", auto=True)
    reason: Text | None = field("书面说明", default=None, help="不满意或未解决仍要销号时必写")


IssueEvent = Annotated[
    Accept
    | Escalate
    | Explain
    | Quick
    | Triage
    | Merge
    | Assign
    | Sign
    | Return
    | Whistle
    | Progress
    | Urge
    | Extend
    | Suspend
    | Resume
    | Resolve
    | Feedback
    | Reopen
    | Withdraw
    | Learn
    | Reflect
    | Close
    | Amend
    | Void,
    ToldBy("step"),
]

#: Every step but the intake itself, in the order readers see them.
STEPS: tuple[Step, ...] = (
    Step("accept", "受理", Accept, "本级受理"),
    Step("escalate", "上报", Escalate, "报上一级：村 → 镇 → 示范区"),
    Step("explain", "解释疏导", Explain, "不合理或已有定论的，向反映人解释"),
    Step("quick", "快办快结", Quick, "当场办了，并向支部报备"),
    Step("triage", "补研判", Triage, "补充研判：受理、快办、解释时没有判定的，销号前补上"),
    Step("merge", "并案", Merge, "与另一件是同一回事"),
    Step("assign", "交办", Assign, "交给责任部门"),
    Step("sign", "签收", Sign, "责任部门签收，补齐责任人、时限、标准"),
    Step("return", "退回", Return, "不属本单位职责，或上级退回"),
    Step("whistle", "吹哨", Whistle, "需多部门协作，吹哨报到"),
    Step("progress", "进展", Progress, "记一笔进展"),
    Step("urge", "催办", Urge, "催办、督办、通报"),
    Step("extend", "延期", Extend, "到期前延期，至多两次"),
    Step("suspend", "暂缓", Suspend, "客观条件暂不具备"),
    Step("resume", "恢复", Resume, "条件具备了，继续办"),
    Step("resolve", "办结", Resolve, "写下办理结果"),
    Step("feedback", "反馈", Feedback, "把结果告诉反映人，记下他的评价"),
    Step("reopen", "重办", Reopen, "没办好，重新办"),
    Step("withdraw", "撤回", Withdraw, "反映人撤回"),
    Step("learn", "举一反三", Learn, "排查同类问题"),
    Step("reflect", "心得体会", Reflect, "经办人的心得体会"),
    Step("close", "销号", Close, "五有齐全，销号"),
    Step("amend", "更正", Amend, "更正登记内容或某一步"),
    Step("void", "作废", Void, "登记错了，作废（编号保留）"),
)
