"""Steps by which departments are called, and their limits moved (S1b 9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Self

from lianxin.core.day.time_limit import due, parse_limit, wrong_limit
from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Context, Event
from lianxin.core.tone import Tone
from lianxin.core.value import Deadline, Flag, Ref, Text, show_deadline
from lianxin.kinds.life.course import UnlawfulError, settle
from lianxin.kinds.whistle.state import Stage
from lianxin.kinds.whistle.step.base import Departmental, counted, shown
from lianxin.kinds.whistle.tally import LIMITS, Call, WhistleTally, call, ruled

if TYPE_CHECKING:
    from lianxin.kinds.whistle.life import Life


class Approve(Event):
    """批准"""

    COMMAND = "approve"
    HELP = "批准吹哨，各部门的时限从这时起算"

    step: Literal["批准"] = field("步骤", auto=True)
    by: Ref | None = field("批准人", default=None, ref="person", heads=True, often=True, help="谁批的；不写就是经办人")
    calls: tuple[Call, ...] = field("期限", default=(), auto=True, help="各部门的时限，从批准起算")

    def take(self, tally: WhistleTally) -> None:
        """Every department asked for is called; its limits run from now."""
        tally.approved = self
        stored = {one.dept: (n, one) for n, one in enumerate(self.calls)}
        for dept, summons in tally.asked.items():
            n, written = stored.get(dept, (-1, None))
            if written is not None:
                call(tally, dept, self, written, "期限", n)
            else:  # not written down with the approval: by the rules of the summons, or the table of limits
                call(tally, dept, self, ruled(tally, dept, summons))

    def filled(self, before: WhistleTally) -> tuple[Self, tuple[str, ...]]:
        """With every department's limits counted."""
        calls = [counted(ruled(before, dept, one), self, before) for dept, one in before.asked.items()]
        made = self.model_copy(update={"calls": tuple(made for made, _ in calls)})
        return made, tuple(line for _, lines in calls for line in lines)


class Summon(Event):
    """加哨"""

    COMMAND = "summon"
    HELP = "再叫一个部门来"
    TRAIL = ("dept",)

    step: Literal["加哨"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    respond_rule: Text | None = field(
        "响应时限", default=None, flag="respond", help="如 2小时；不写按紧急程度的规定", judge=wrong_limit
    )
    respond_due: Deadline | None = field("应响应期限", default=None, auto=True)
    arrive_rule: Text | None = field(
        "报到时限", default=None, flag="arrive", help="如 4小时、2026-03-10 15:00", judge=wrong_limit
    )
    arrive_due: Deadline | None = field("应报到期限", default=None, auto=True)
    finish_rule: Text | None = field("办结时限", default=None, flag="finish", help="如 10个工作日", judge=wrong_limit)
    finish_due: Deadline | None = field("应办结期限", default=None, auto=True)
    provisional: Flag | None = field("暂定", default=None, auto=True)
    why: Text | None = field("理由", default=None, privacy=Privacy.STORY)

    def take(self, tally: WhistleTally) -> None:
        """One more department; called at once where the whistle is approved."""
        if self.dept in tally.asked:
            raise UnlawfulError("L033", f"{self.dept} 已经在报到部门里，不用再加", "部门")
        tally.asked[self.dept] = self
        if tally.approved is not None:
            call(tally, self.dept, self, self)

    def filled(self, before: WhistleTally) -> tuple[Self, tuple[str, ...]]:
        """With its limits; counted where the whistle is approved."""
        made, lines = counted(ruled(before, self.dept, self), self, before)
        rules = {f"{name}_rule": getattr(made, f"{name}_rule") for name, _ in LIMITS}
        if before.approved is None:  # its limits run from the approval, like everybody's
            return self.model_copy(update=rules), ("时限从批准起算",)
        dues = {f"{name}_due": getattr(made, f"{name}_due") for name, _ in LIMITS}
        return self.model_copy(update={**rules, **dues, "provisional": made.provisional}), lines

    @classmethod
    def offered(cls, life: Life, context: Context) -> Mapping[str, str]:
        """The limits of the office's table."""
        table = context.limits.call(life.record.urgency)
        return {f"{name}_rule": str(getattr(table, name)) for name, _ in LIMITS}


class Extend(Departmental):
    """延期"""

    COMMAND = "extend"
    HELP = "一个部门的办结时限，到期前延后"
    TONE = Tone.WARNING
    TRAIL = ("dept", "rule")

    step: Literal["延期"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    rule: Text = field(
        "办结时限", flag="limit", help="新的时限，从通知该部门次日重新数，如 15个工作日；或新的日期", judge=wrong_limit
    )
    due: Deadline | None = field("应办结期限", default=None, auto=True)
    provisional: Flag | None = field("暂定", default=None, auto=True)
    why: Text = field("理由", privacy=Privacy.STORY)
    approved: Ref = field("批准人", ref="person", heads=True)

    def done(self, tally: WhistleTally) -> None:
        """Before the limit runs out, only so often, and never to an earlier day."""
        answer = tally.answers[self.dept]
        if answer.finish_due is None or answer.called is None:
            raise UnlawfulError("L006", f"{self.dept} 还没有定下办结期限，无从延期", "部门")
        was = show_deadline(answer.finish_due)
        if self.at > answer.finish_due:
            raise UnlawfulError("L003", f"{self.dept} 的期限 {was} 已过，不能再延期", "时间")
        most = tally.course.context.limits.extensions
        if answer.extensions >= most:
            raise UnlawfulError("L004", f"{self.dept} 已延期 {answer.extensions} 次，至多 {most} 次")
        due, provisional = settle(tally.course, self.rule, answer.called, self.due, bool(self.provisional), "办结时限")
        if due is None:
            raise UnlawfulError("L006", f"延期要写明新的时限，不能是「{self.rule}」", "办结时限")
        if due <= answer.finish_due:
            raise UnlawfulError("L005", f"新期限 {show_deadline(due)} 不晚于原期限 {was}", "办结时限")
        changes = {"finish_rule": self.rule, "finish_due": due, "provisional": provisional or None}
        tally.put(self.dept, extensions=answer.extensions + 1, **changes)

    @classmethod
    def possible(cls, tally: WhistleTally) -> bool:
        """While a department has a limit that runs and was not moved too often."""
        most = tally.course.context.limits.extensions
        running = (one for one in tally.answers.values() if one.finish_due and one.stage is not Stage.FINISHED)
        return super().possible(tally) and any(one.extensions < most for one in running)

    @classmethod
    def timely(cls, life: Life, now: datetime) -> bool:
        """While the limit of a department that is still at it has not passed."""
        running = (one.finish_due for one in life.tally.answers.values() if one.stage is not Stage.FINISHED)
        return any(due and now <= due for due in running)

    def filled(self, before: WhistleTally) -> tuple[Self, tuple[str, ...]]:
        """With the new deadline counted."""
        answer = before.answers.get(self.dept)
        counted = (
            due(parse_limit(self.rule), answer.called, before.course.context.calendar)
            if answer and answer.called
            else None
        )
        if counted is None or answer is None:
            return self, ()
        made = self.model_copy(update={"due": counted.moment, "provisional": counted.provisional or None})
        return made, (f"{self.dept} 应办结 {shown(counted)}", f"第 {answer.extensions + 1} 次延期")
