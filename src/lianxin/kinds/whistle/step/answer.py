"""Steps by which each department answers: it responds, arrives, acts and has done (S1b 10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from lianxin.core.declare.field import Privacy, field
from lianxin.core.tone import Tone
from lianxin.core.value import Ref, Text, show_deadline
from lianxin.kinds.whistle.state import Stage
from lianxin.kinds.whistle.step.base import Departmental
from lianxin.kinds.whistle.tally import WhistleTally


class Respond(Departmental):
    """响应"""

    COMMAND = "respond"
    HELP = "一个部门答应来"
    TRAIL = ("dept",)

    step: Literal["响应"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    by: Ref | None = field("响应人", default=None, ref="person", offer=("dept.secretary",), often=True, within="dept")

    def done(self, tally: WhistleTally) -> None:
        """It has answered."""
        tally.put(self.dept, responded=self.at, responder=self.by)


class Arrive(Departmental):
    """报到"""

    COMMAND = "arrive"
    HELP = "一个部门到了现场，没有先响应的也算响应"
    TRAIL = ("dept",)

    step: Literal["报到"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    who: tuple[Ref, ...] = field("到场人", ref="person", help="谁来了", within="dept")

    def done(self, tally: WhistleTally) -> None:
        """It is there; who had not answered has now."""
        answer = tally.answers[self.dept]
        tally.put(self.dept, arrived=self.at, who=self.who, responded=answer.responded or self.at)

    def explained(self, before: WhistleTally, after: WhistleTally) -> Iterator[str]:  # noqa: ARG002
        """Whether it was late."""
        answer = before.answers.get(self.dept)
        if answer and answer.arrive_due and self.at > answer.arrive_due:
            yield f"晚于报到期限 {show_deadline(answer.arrive_due)}，记为迟到"


class Dispose(Departmental):
    """处置"""

    COMMAND = "dispose"
    HELP = "一个部门定了措施、动了手"
    TRAIL = ("dept",)

    step: Literal["处置"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    measure: Text = field("处置措施", privacy=Privacy.STORY)

    def done(self, tally: WhistleTally) -> None:
        """What it did is added to what it did before."""
        before = tally.answers[self.dept].measure
        tally.put(self.dept, measure=f"{before.rstrip('。；')}；{self.measure}" if before else self.measure)


class Finish(Departmental):
    """办结"""

    COMMAND = "finish"
    HELP = "一个部门办完了自己的事"
    TONE = Tone.GOOD
    TRAIL = ("dept",)

    step: Literal["办结"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    result: Text = field("办理结果", privacy=Privacy.STORY)
    evidence: tuple[Text, ...] = field(
        "佐证", default=(), privacy=Privacy.STORY, often=True, help="把文件拖进来，或写它的位置；也可只写名称"
    )

    def done(self, tally: WhistleTally) -> None:
        """It has done its part."""
        tally.put(self.dept, finished=self.at, result=self.result)

    def explained(self, before: WhistleTally, after: WhistleTally) -> Iterator[str]:  # noqa: ARG002
        """For whom the whole still waits."""
        if self.dept in before.answers:
            others = (one for one in before.answers.values() if one.dept != self.dept)
            left = [one.dept for one in others if one.stage is not Stage.FINISHED]
            yield f"还等 {'、'.join(left)}" if left else "各部门都办结了，可以结哨"
