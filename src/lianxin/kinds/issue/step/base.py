"""What the steps of an issue share: how they end a round, their limits, and the triage they may bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Self

from lianxin.core.day.time_limit import Unit, wrong_limit
from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Context, Event
from lianxin.core.value import Deadline, Flag, Text, show_deadline
from lianxin.kinds.issue.clock import go_on
from lianxin.kinds.issue.judgement import TRIAGE, Judgement, blank_triage, untriaged
from lianxin.kinds.issue.state import CLOSING
from lianxin.kinds.issue.tally import IssueTally, Outcome

if TYPE_CHECKING:
    from lianxin.kinds.issue.life import Life

#: Of the steps at which an issue's causes and remedies are considered (S1b 5).
CAUSES = field("成因研判", default=None, privacy=Privacy.STORY, help="问题是怎么来的")
REMEDIES = field("办法研判", default=None, privacy=Privacy.STORY, help="打算怎么解决")


class IssueStep(Event):
    """What is the same for every step of an issue."""

    @classmethod
    def wanted(cls, life: Life) -> str:
        """Which of the five haves are lacking, once it was answered, as far as it may bring them."""
        lacks = life.lacks(cls.COMMAND)
        return f"销号前要补：{lacks}" if lacks else ""

    def end(self, tally: IssueTally, outcome: Outcome) -> None:
        """Bring this round to its result."""
        go_on(tally, self.at, self.id, outcome.how.value)
        tally.outcome = outcome
        tally.before.clear()

    def explained(self, before: IssueTally, after: IssueTally) -> Iterator[str]:  # noqa: ARG002
        """The limits it set or moved."""
        for limit in after.limits:
            if limit.event == self.id and limit.due is not None:
                reason = f"：{limit.reason}" if limit.reason else ""
                yield f"办结期限 {show_deadline(limit.due)}{'（暂定）' if limit.provisional else ''}{reason}"


class Triaged(Judgement, IssueStep):
    """A step that may first take the issue up, and says what it is."""

    def judge(self, tally: IssueTally) -> None:
        """What it says of the issue's nature counts from then on; what it leaves out stays as said before."""
        for name in TRIAGE:
            value = getattr(self, name)
            if value is not None:
                setattr(tally, name, value)

    def take_up(self, tally: IssueTally) -> None:
        """Take the issue up, if nobody has accepted it."""
        self.judge(tally)
        if not tally.accepted:
            tally.taken_up = self

    @classmethod
    def offered(cls, life: Life, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """What was judged before."""
        return {name: str(getattr(life, name)) for name in TRIAGE if getattr(life, name)}

    @classmethod
    def owed(cls, life: Life, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """Before the issue is struck off, what nobody has judged."""
        return {name: CLOSING for name in TRIAGE if getattr(life, name) is None}

    def explained(self, before: IssueTally, after: IssueTally) -> Iterator[str]:
        """What nobody has judged yet."""
        yield from super().explained(before, after)
        if blank_triage(after):
            yield f"还没有判定{untriaged(after)}，销号前要补上：lianxin issue triage {after.record.id}"


class Limited(IssueStep):
    """A step that may start or move the clock. The rule and the computed deadline are both kept."""

    rule: Text | None = field(
        "办理时限",
        default=None,
        flag="limit",
        help="如 5个工作日、2小时、2026-03-10；待定 表示由承办单位签收时明确",
        judge=wrong_limit,
    )
    due: Deadline | None = field("办结期限", default=None, auto=True)
    provisional: Flag | None = field("暂定", default=None, auto=True, help="跨到了尚未公布放假安排的年份")

    def starts(self, before: IssueTally) -> bool:  # noqa: ARG002
        """Whether the clock starts with it."""
        return False

    def filled(self, before: IssueTally) -> tuple[Self, tuple[str, ...]]:
        """With the limit of the office's table where the clock starts and none is named."""
        if self.rule is not None or not self.starts(before):
            return self, ()
        line = before.context.limits.line(before.category, before.urgency)
        told = (f"没有写时限，按{line.named(before.category, before.urgency)}：{line.rule}",)
        return self.model_copy(update={"rule": str(line.rule)}), () if line.rule.unit is Unit.OPEN else told

    def dated(self, after: IssueTally) -> Self:
        """With the deadline counted."""
        here = [limit for limit in after.limits if limit.event == self.id and limit.due is not None]
        if after.holding is None or not here:
            return self
        return self.model_copy(update={"due": here[-1].due, "provisional": here[-1].provisional or None})


def usual_limit(life: Life, context: Context) -> Mapping[str, str]:
    """The limit of the office's table, where the issue has none yet."""
    return {} if life.rule else {"rule": str(context.limits.rule(life.category, life.urgency))}
