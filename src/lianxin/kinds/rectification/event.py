"""The steps of a rectification's life: one event model each (S2: on the books, put right, accepted, struck off)."""

from __future__ import annotations

from typing import Annotated, Literal

from lianxin.core.declare.condition import Need
from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.declare.record import ToldBy
from lianxin.core.value import Deadline, Flag, Ref, Text
from lianxin.kinds.life.event import Amend, Progress, Void


class Extend(Event):
    """延期"""

    step: Literal["延期"] = field("步骤", auto=True)
    limit: Deadline = field("新期限", ahead=True, help="比原来的晚，如 2026-12-31")
    why: Text = field("理由")
    approved: Ref = field("批准人", ref="person")


class Finish(Event):
    """整改完成"""

    step: Literal["整改完成"] = field("步骤", auto=True)
    result: Text = field("整改结果", privacy=Privacy.STORY)
    evidence: tuple[Text, ...] = field("佐证", default=(), help="制度、照片、记录等的名称或文号")


class Accept(Event):
    """验收"""

    step: Literal["验收"] = field("步骤", auto=True)
    passed: Flag = field("是否通过", help="没通过的，回到整改中")
    by: Ref | None = field("验收人", default=None, ref="person", help="不写就是经办人")
    unit: Ref | None = field("验收单位", default=None, ref="org")
    opinion: Text | None = field(
        "验收意见",
        default=None,
        privacy=Privacy.STORY,
        help="没通过的必写，说清还差什么",
        needed=Need("验收没通过，要写明还差什么", {"passed": (False,)}, "L041", "passed"),
    )
    limit: Deadline | None = field(
        "新期限", default=None, ahead=True, help="没通过的，限到哪天改好；不写就照原来的期限"
    )


class Return(Event):
    """退回"""

    step: Literal["退回"] = field("步骤", auto=True)
    why: Text = field("理由", privacy=Privacy.STORY, help="还差什么，或者哪里又反弹了")
    limit: Deadline | None = field("新期限", default=None, ahead=True, help="限到哪天改好；不写就照原来的期限")


class Strike(Event):
    """销号"""

    step: Literal["销号"] = field("步骤", auto=True)
    approved: Ref | None = field("批准人", default=None, ref="person")


RectificationEvent = Annotated[
    Progress | Extend | Finish | Accept | Return | Strike | Amend | Void,
    ToldBy("step"),
]

#: Every step but the putting on the books itself, in the order readers see them.
STEPS: tuple[Step, ...] = (
    Step("progress", "进展", Progress, "记一笔整改的进展"),
    Step("extend", "延期", Extend, "到期前延期"),
    Step("finish", "整改完成", Finish, "责任单位报告改好了，等候验收"),
    Step("accept", "验收", Accept, "验收通过，或者没通过、继续整改"),
    Step("return", "退回", Return, "没有改到位，或者验收后又反弹，继续整改"),
    Step("strike", "销号", Strike, "验收通过的，从账上销掉"),
    Step("amend", "更正", Amend, "更正挂账内容或某一步"),
    Step("void", "作废", Void, "登记错了，作废（编号保留）"),
)
