"""Steps that end a round of handling, or begin another: results, feedback, closing, reopening."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from lianxin.core.day.time_limit import Unit
from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Context
from lianxin.core.declare.need import Need
from lianxin.core.tone import Tone
from lianxin.core.value import Amount, Ref, Text
from lianxin.kinds.issue.choice import CALLS, TO_HIM, Reached, Satisfied, Solved, Told
from lianxin.kinds.issue.clock import go_on, set_limit
from lianxin.kinds.issue.column import Reopening
from lianxin.kinds.issue.haves import HaveName, haves, needs_reason, unreachable
from lianxin.kinds.issue.judgement import blank_triage, called, judged
from lianxin.kinds.issue.state import CLOSING, Closing, How, State
from lianxin.kinds.issue.step.base import IssueStep, Limited, usual_limit
from lianxin.kinds.issue.step.triage import Merge
from lianxin.kinds.issue.tally import IssueTally, Outcome
from lianxin.kinds.life import event as shared
from lianxin.kinds.life.course import UnlawfulError

if TYPE_CHECKING:
    from lianxin.kinds.issue.life import Life


class Resolve(IssueStep):
    """办结"""

    COMMAND = "resolve"
    HELP = "写下办理结果"
    REPORTED = True
    TONE = Tone.GOOD

    step: Literal["办结"] = field("步骤", auto=True)
    result: Text = field("办理结果", privacy=Privacy.STORY)
    cost: Amount | None = field("费用", default=None, help="元")
    evidence: tuple[Text, ...] = field(
        "佐证", default=(), privacy=Privacy.STORY, often=True, help="把文件拖进来，或写它的位置；也可只写名称"
    )

    def take(self, tally: IssueTally) -> None:
        """The result is written down, an answer is owed."""
        self.end(tally, Outcome(How.RESOLVED, self.at, self.actor, self.result, self.cost, tuple(self.evidence)))


#: Of a call it is said whether it came about; a visit may have found nobody too.
_CALL = (Need("没接通、不肯评的，在这里改", {"how": CALLS}, only=True), Need("", {"how": TO_HIM}, may=True))
#: Who was reached and did not decline says what he thinks.
_VERDICT = tuple(
    Need(f"{said}，写在「接通情况」里", {"reached": (Reached.REACHED,), "how": ways}, only=True)
    for said, ways in (
        ("接通了，要记下他的评价；没接通或不肯评的", CALLS),
        ("要记下他的评价；没见到人或不肯评的", tuple(way for way in TO_HIM if way not in CALLS)),
    )
)

#: Answers that are no good news.
_BAD = frozenset({Reached.UNREACHED, Solved.UNSOLVED, Satisfied.DISSATISFIED})


class Feedback(IssueStep):
    """反馈"""

    COMMAND = "feedback"
    HELP = "把结果告诉反映人，记下他的评价"
    REPORTED = True
    TONE = Tone.GOOD
    TRAIL = ("reached", "solved", "satisfied")

    step: Literal["反馈"] = field("步骤", auto=True)
    how: Told = field("反馈方式")
    by: Ref | None = field("反馈人", default=None, ref="person", help="不写就是经办人", offer=("actor",), often=True)
    reached: Reached = field("接通情况", default=Reached.REACHED, needed=_CALL)
    solved: Solved | None = field("是否解决", default=None, needed=_VERDICT)
    satisfied: Satisfied | None = field("满意度", default=None, needed=_VERDICT)
    words: Text | None = field("反映人的话", default=None, privacy=Privacy.STORY)
    evidence: tuple[Text, ...] = field(
        "佐证", default=(), privacy=Privacy.STORY, often=True, help="把文件拖进来，或写它的位置；也可只写名称"
    )
    place: Text | None = field(
        "公示地点",
        default=None,
        help="匿名反映的，在哪里公示了结果",
        needed=Need("公示了结果，要写公示地点", {"how": (Told.PUBLISHED,)}, before=CLOSING, only=True),
    )

    @property
    def weight(self) -> int:
        """A verdict weighs more than a talk without one, a talk more than a publication."""
        if self.solved is not None or self.satisfied is not None:
            return 2
        return int(self.how is not Told.PUBLISHED)

    def take(self, tally: IssueTally) -> StrEnum:
        """A failed try is kept apart; whoever was reached was told. The last verdict counts, whatever follows it."""
        if self.reached is not Reached.UNREACHED:
            tally.answers.append(self)
            if tally.told is None or self.weight >= tally.told.weight:
                tally.told = self
            return State.ANSWERED
        tally.attempts.append(self)
        if self.solved is not None or self.satisfied is not None:
            tally.fault("L020", "没有接通，却记了评价", "接通情况")
        return tally.state

    @classmethod
    def offered(cls, life: Life, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """What nobody put a name to is answered in public."""
        return {"how": Told.PUBLISHED} if life.record.anonymous else {}

    def explained(self, before: IssueTally, after: IssueTally) -> Iterator[str]:
        """How often he was tried in vain."""
        yield from super().explained(before, after)
        if self.reached is Reached.UNREACHED and not after.answers:
            tries, days = after.tries
            yield f"这一轮已在 {days} 个日子联系 {tries} 次，都没接通"

    def tone(self) -> Tone:
        """Bad news where he is not content, or was not reached."""
        return Tone.ALARM if _BAD & {self.reached, self.solved, self.satisfied} else self.TONE


def _was_taken_up(tally: IssueTally) -> bool:
    """Whether it was ever accepted; having merely followed another, without a judgement of its own, does not count."""
    event = tally.taken_up
    return event is not None and (not isinstance(event, Merge) or judged(event))


def reopened(tally: IssueTally) -> State:
    """Where a reopened issue goes on, by what had been done: on with its department, else from its acceptance."""
    holding = tally.holding or tally.merged_holding
    if holding is not None and holding.signed:
        return State.HANDLING
    return State.ACCEPTED if _was_taken_up(tally) else State.COLLECTED


class Reopen(Limited):
    """重办"""

    COMMAND = "reopen"
    HELP = "没办好，重新办"
    TONE = Tone.ALARM
    TRAIL = ("rule",)

    step: Literal["重办"] = field("步骤", auto=True)
    why: Text = field("理由", privacy=Privacy.STORY)

    def take(self, tally: IssueTally) -> StrEnum:
        """A new round with a new limit; what the last one came to stays in the events."""
        where, held = reopened(tally), tally.holding or tally.merged_holding
        dept, struck = held.dept if held else None, tally.closed_at is not None
        tally.reopens.append(Reopening(dept=dept, reopened_at=self.at, struck_off=struck))
        tally.holding = (tally.holding or tally.merged_holding) if where is State.HANDLING else None
        tally.outcome = tally.told = tally.closed_at = tally.closed_how = tally.close_reason = None
        tally.taken_up = tally.taken_up if _was_taken_up(tally) else None
        tally.into = tally.merged_holding = None
        tally.answers, tally.attempts = [], []
        tally.withdrawn = False
        if where is State.HANDLING:
            tally.hold(start=self.at, rule=None, due=None, provisional=False, extensions=0, stands=())
            set_limit(tally, self, self.at)
            if tally.holding is not None and tally.holding.due is None:
                tally.fault("L027", "重办要写明新的时限", "办理时限")
        return where

    def starts(self, before: IssueTally) -> bool:
        """Where the department goes on with it."""
        return reopened(before) is State.HANDLING

    @classmethod
    def offered(cls, life: Life, context: Context) -> Mapping[str, str]:
        """The usual limit."""
        return usual_limit(life, context)

    @classmethod
    def owed(cls, life: Life, context: Context) -> Mapping[str, str]:
        """A limit, where the department goes on and the office's table leaves it open."""
        open_ = context.limits.rule(life.category, life.urgency).unit is Unit.OPEN
        return {"rule": ""} if life.signed_at and open_ else {}


class Withdraw(IssueStep):
    """撤回"""

    COMMAND = "withdraw"
    HELP = "反映人撤回"

    step: Literal["撤回"] = field("步骤", auto=True)
    how: Text = field("获知方式", privacy=Privacy.STORY, help="怎么知道反映人撤回的")
    why: Text | None = field("理由", default=None, privacy=Privacy.STORY)

    def take(self, tally: IssueTally) -> None:
        """The person takes it back; nothing more is owed."""
        go_on(tally, self.at, self.id, self.step)
        tally.before.clear()
        tally.withdrawn = True
        if tally.outcome is None or tally.outcome.how is How.MERGED:
            tally.outcome = Outcome(How.WITHDRAWN, self.at, self.actor, self.why or "反映人撤回")


class Close(IssueStep):
    """销号"""

    COMMAND = "close"
    HELP = "五有齐全，销号"
    TONE = Tone.GOOD

    step: Literal["销号"] = field("步骤", auto=True)
    reason: Text | None = field("书面说明", default=None, privacy=Privacy.STORY, help="不满意或未解决仍要销号时必写")

    def take(self, tally: IssueTally) -> None:
        """Only with all five haves, and against the person's word only with a reason."""
        if tally.state is State.RESOLVED and not unreachable(tally):
            limits = tally.context.limits
            tried = f"要在 {limits.try_days} 个不同的日子联系过至少 {limits.tries} 次才能销号"
            raise UnlawfulError("L009", f"还没有反馈；联系不上的，{tried}")
        missing = [have for have in haves(tally) if not have.present]
        if missing:
            blank = called(blank_triage(tally)) if tally.taken_up is not None and tally.into is None else ""
            how = f"；补研判请运行 lianxin issue triage {tally.record.id}，写上{blank}" if blank else ""
            if any(have.name is HaveName.DESCRIBED for have in missing):
                how = f"；登记时没写的请运行 lianxin issue edit {tally.record.id} 补上{how}"
            if any(have.name is HaveName.REFLECTED for have in missing):
                how = f"；心得体会请运行 lianxin issue reflect {tally.record.id} 写上{how}"
            told = "；".join(f"{have.name}（{have.missing}）" for have in missing)
            raise UnlawfulError("L007", f"五有还缺：{told}{how}")
        if needs_reason(tally) and not self.reason:
            raise UnlawfulError("L008", "反映人说没解决或不满意，销号要写书面说明", "书面说明")
        tally.closed_at, tally.close_reason = self.at, self.reason
        tally.closed_how = _closing(tally)

    @classmethod
    def possible(cls, tally: IssueTally) -> bool:
        """Not before he was told, or tried often enough."""
        return tally.state is not State.RESOLVED or unreachable(tally)

    @classmethod
    def owed(cls, life: Life, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """A reason, against his word."""
        return {"reason": ""} if life.needs_reason else {}


def _closing(tally: IssueTally) -> Closing:
    if tally.withdrawn:
        return Closing.WITHDRAWN
    if tally.state is State.RESOLVED:
        return Closing.UNREACHED
    how = tally.outcome.how if tally.outcome else How.RESOLVED
    return {How.MERGED: Closing.MERGED, How.EXPLAINED: Closing.EXPLAINED}.get(how, Closing.SOLVED)


class Void(shared.Void, IssueStep):
    """作废"""

    def take(self, tally: IssueTally) -> None:
        """The clock stops for good."""
        go_on(tally, self.at, self.id, self.step)
