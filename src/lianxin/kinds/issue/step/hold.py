"""Steps that let an issue stand still, and go on (暂缓、恢复)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from lianxin.core.declare.field import Privacy, field
from lianxin.core.tone import Tone
from lianxin.core.value import Day, Flag, Text
from lianxin.kinds.issue.clock import go_on, pause, resume_limit, standing
from lianxin.kinds.issue.step.base import IssueStep, Limited
from lianxin.kinds.issue.tally import IssueTally


class Suspend(IssueStep):
    """暂缓"""

    COMMAND = "suspend"
    HELP = "客观条件暂不具备"
    TONE = Tone.WARNING

    step: Literal["暂缓"] = field("步骤", auto=True)
    why: Text = field("原因", privacy=Privacy.STORY)
    until: Text = field("恢复条件", privacy=Privacy.STORY)
    review: Day = field("复核日期", coming=True)
    told: Flag = field("已告知反映人")

    def take(self, tally: IssueTally) -> None:
        """The clock stands still; while it does, only the review date moves."""
        if self.review <= self.at.date():
            tally.fault("L018", f"复核日期 {self.review} 应在暂缓之后", "复核日期")
        pause(tally, self.at, self.review)

    @classmethod
    def possible(cls, tally: IssueTally) -> bool:
        """While days are left of those it may stand still in all."""
        return tally.paused is not None or tally.paused_days < tally.context.limits.suspension

    def explained(self, before: IssueTally, after: IssueTally) -> Iterator[str]:
        """What is left of the limit, and when it wakes by itself."""
        yield from super().explained(before, after)
        if after.wakes:
            left = standing(after)
            yield f"暂缓期间时限不走{f'，{left}' if left else ''}；至迟 {after.wakes} 自动恢复办理"


class Resume(Limited):
    """恢复"""

    COMMAND = "resume"
    HELP = "条件具备了，继续办"
    TRAIL = ("rule",)

    step: Literal["恢复"] = field("步骤", auto=True)
    why: Text | None = field("原因", default=None, privacy=Privacy.STORY)

    def take(self, tally: IssueTally) -> None:
        """The clock runs again."""
        go_on(tally, self.at, self.id, self.step)
        resume_limit(tally, self)

    def dated(self, after: IssueTally) -> Self:
        """With the deadline it runs on to."""
        holding = after.holding
        if holding is None or holding.due is None:
            return self
        return self.model_copy(update={"due": holding.due, "provisional": holding.provisional or None})
