"""Steps by which a level deals with an issue: it takes it up, sends it on, explains, or sees that it is another's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Context
from lianxin.core.tone import Tone
from lianxin.core.value import Amount, Flag, Ref, Text
from lianxin.kinds.issue.choice import Level, Merit, levels_below, next_level
from lianxin.kinds.issue.clock import go_on
from lianxin.kinds.issue.judgement import TRIAGE, blank_triage, called, judged
from lianxin.kinds.issue.state import How, State
from lianxin.kinds.issue.step.base import CAUSES, REMEDIES, IssueStep, Triaged
from lianxin.kinds.issue.tally import Before, IssueTally, Outcome
from lianxin.kinds.life.course import UnlawfulError

if TYPE_CHECKING:
    from lianxin.kinds.issue.life import Life

#: What may be explained and left at that.
_NO_CASE = tuple(str(merit) for merit in Merit if merit is not Merit.REASONABLE)


def _below(tally: IssueTally) -> tuple[Level, ...]:
    return () if tally.escalations else levels_below(tally.level)


class Accept(Triaged):
    """受理"""

    COMMAND = "accept"
    HELP = "认下这件事归本级办，判定它的性质、类别、急不急"
    TRAIL = ("level",)

    step: Literal["受理"] = field("步骤", auto=True)
    level: Level = field("受理层级")
    reply: Text | None = field("答复", default=None, privacy=Privacy.STORY, help="当时怎么答复反映人的")
    causes: Text | None = CAUSES
    remedies: Text | None = REMEDIES

    def take(self, tally: IssueTally) -> None:
        """By the level where the issue is; one that was never sent up may be left to a level below (S1b 6)."""
        if self.level not in (tally.level, *_below(tally)):
            raise UnlawfulError("L016", f"这件现在在「{tally.level}」一级，不能由「{self.level}」受理", "受理层级")
        tally.level = self.level
        self.judge(tally)
        tally.taken_up, tally.accepted = self, True
        tally.reply = self.reply or tally.reply
        tally.before.clear()

    @classmethod
    def narrowed(cls, life: Life, context: Context) -> Mapping[str, Sequence[str]]:  # noqa: ARG003
        """The level where it is, and those it may be left to."""
        return {"level": tuple(map(str, (life.tally.level, *_below(life.tally))))}

    @classmethod
    def offered(cls, life: Life, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """The level where it is."""
        return {"level": str(life.tally.level)}


class Escalate(IssueStep):
    """上报"""

    COMMAND = "escalate"
    HELP = "报上一级：村 → 镇 → 示范区"
    TRAIL = ("to",)

    step: Literal["上报"] = field("步骤", auto=True)
    to: Level = field("上报至")
    why: Text = field("原因", privacy=Privacy.STORY, help="本级为什么解决不了")
    causes: Text | None = CAUSES
    remedies: Text | None = REMEDIES

    def take(self, tally: IssueTally) -> StrEnum:
        """One level further, a stay of its own; what is left behind is kept in case it is sent back."""
        above = next_level(tally.level)
        if self.to is not above:
            where = f"只能上报至「{above}」" if above else "已是最高一级"
            raise UnlawfulError("L015", f"这件现在在「{tally.level}」一级，{where}，不能上报至「{self.to}」", "上报至")
        review = tally.review_on
        go_on(tally, self.at, self.id, self.step)
        tally.before.append(Before(tally.state, tally.level, tally.holding, review))
        tally.level, tally.holding = above, None
        tally.escalations.append(self)
        tally.course.move(State.ESCALATED, self.at, self.id)
        return State.ESCALATED

    @classmethod
    def possible(cls, tally: IssueTally) -> bool:
        """Not from the highest level."""
        return next_level(tally.level) is not None

    @classmethod
    def narrowed(cls, life: Life, context: Context) -> Mapping[str, Sequence[str]]:  # noqa: ARG003
        """The level above."""
        above = next_level(life.level_now)
        return {"to": (str(above),)} if above else {}

    def explained(self, before: IssueTally, after: IssueTally) -> Iterator[str]:
        """Who is now to deal with it."""
        yield from super().explained(before, after)
        if after.level is not before.level:
            yield f"等候「{after.level}」一级研判"


class Explain(Triaged):
    """解释疏导"""

    COMMAND = "explain"
    HELP = "不合理或已有定论的，向反映人解释"

    step: Literal["解释疏导"] = field("步骤", auto=True)
    why: Text = field("理由", privacy=Privacy.STORY, help="为什么不合理，或此前已有什么结论")
    by: Ref | None = field("解释人", default=None, ref="person", help="不写就是经办人", offer=("actor",), often=True)

    def take(self, tally: IssueTally) -> None:
        """Only for what is unreasonable or was ruled on before (S1b 6)."""
        if (self.merit or tally.merit) is Merit.REASONABLE:
            label = "合理性" if self.merit else "步骤"
            raise UnlawfulError("L023", "判定为合理的诉求要办理，不能只作解释疏导", label)
        self.take_up(tally)
        self.end(tally, Outcome(How.EXPLAINED, self.at, self.by or self.actor, self.why))

    @classmethod
    def narrowed(cls, life: Life, context: Context) -> Mapping[str, Sequence[str]]:  # noqa: ARG003
        """What is reasonable is dealt with."""
        return {"merit": _NO_CASE}


class Quick(Triaged):
    """快办快结"""

    COMMAND = "quick"
    HELP = "当场办了，并向支部报备"
    TONE = Tone.GOOD

    step: Literal["快办快结"] = field("步骤", auto=True)
    done: Text = field("处理情况", privacy=Privacy.STORY, help="当场做了什么")
    cost: Amount | None = field("费用", default=None, help="元")
    reported: Flag = field("报备", help="是否已向村党支部报备；报备了才能销号")

    def take(self, tally: IssueTally) -> None:
        """Done on the spot; the branch is told for the record (S1b 3)."""
        self.take_up(tally)
        self.end(tally, Outcome(How.QUICK, self.at, self.actor, self.done, self.cost, reported=self.reported))


class Triage(Triaged):
    """补研判"""

    COMMAND = "triage"
    HELP = "补充研判：受理、快办、解释时没有判定的，销号前补上"

    step: Literal["补研判"] = field("步骤", auto=True)
    causes: Text | None = CAUSES
    remedies: Text | None = REMEDIES

    def take(self, tally: IssueTally) -> None:
        """What was not judged when the issue was taken up is judged before it is struck off."""
        if tally.taken_up is None:
            raise UnlawfulError("L029", "还没有受理，不能补研判；请先受理")
        explained = tally.outcome is not None and tally.outcome.how is How.EXPLAINED
        if explained and self.merit is Merit.REASONABLE:
            raise UnlawfulError("L023", "已经作了解释疏导，不能再判定为合理；要办理请先重办", "合理性")
        if not judged(self):
            raise UnlawfulError("L029", f"补研判至少要写一项：{called(TRIAGE)}", TRIAGE["scope"])
        self.judge(tally)

    @classmethod
    def possible(cls, tally: IssueTally) -> bool:
        """While something is left to be judged."""
        return bool(blank_triage(tally))

    @classmethod
    def narrowed(cls, life: Life, context: Context) -> Mapping[str, Sequence[str]]:  # noqa: ARG003
        """What was explained is not found reasonable afterwards."""
        return {"merit": _NO_CASE} if life.resolved_how is How.EXPLAINED else {}


class Merge(Triaged):
    """并案"""

    COMMAND = "merge"
    HELP = "与另一件是同一回事"
    TRAIL = ("into",)

    step: Literal["并案"] = field("步骤", auto=True)
    into: Ref = field("并入", ref="issue", open=True)
    why: Text | None = field("理由", default=None, privacy=Privacy.STORY)

    def take(self, tally: IssueTally) -> None:
        """It follows another issue; the department lets go of it."""
        if self.into == tally.record.id:
            raise UnlawfulError("L024", "不能并入自己", "并入")
        self.take_up(tally)
        self.end(tally, Outcome(How.MERGED, self.at, self.actor))
        tally.merged_holding = tally.holding or tally.merged_holding
        tally.into, tally.holding = self.into, None
        tally.merges.append(self)

    @classmethod
    def owed(cls, life: Life, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """Nothing: what follows another has its triage from that one."""
        return {}

    def explained(self, before: IssueTally, after: IssueTally) -> Iterator[str]:
        """As for steps that judge nothing."""
        yield from IssueStep.explained(self, before, after)
