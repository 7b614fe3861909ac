"""Steps by which a department has an issue: given to it, signed for, sent back, extended, whistled for (S1b 7–9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Self

from lianxin.core.day.time_limit import wrong_limit
from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Context
from lianxin.core.declare.record import fields_of
from lianxin.core.tone import Tone
from lianxin.core.value import Deadline, Flag, Ref, Text, show_deadline
from lianxin.kinds.issue.clock import extend, pause, set_limit, sign_limit, supply_limit
from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.step.base import IssueStep, Limited, usual_limit
from lianxin.kinds.issue.tally import Holding, IssueTally, Refusal
from lianxin.kinds.life.course import UnlawfulError

if TYPE_CHECKING:
    from lianxin.kinds.issue.life import Life

#: Of the steps that give an issue to a department, which then has to sign for it in time.
_SIGN_RULE = field("签收时限", default=None, help="如 2小时；不写就按办理时限的规定", judge=wrong_limit)
_SIGN_DUE = field("签收期限", default=None, auto=True)
_SIGN_PROVISIONAL = field("签收暂定", default=None, auto=True, help="签收期限跨到了尚未公布的年份")


class Handing(Limited):
    """A step that may give the issue to a department; whatever it does not name is owed on signing (S1b 8)."""

    person: Ref | None
    standard: Text | None
    sign_rule: Text | None
    sign_due: Deadline | None
    sign_provisional: Flag | None

    def hand(self, tally: IssueTally, dept: str) -> None:
        """Give it to a department, which has to sign for it; the clock starts."""
        sign_due, provisional = sign_limit(tally, self)
        tally.holding = Holding(
            dept=dept,
            assigned_at=self.at,
            start=self.at,
            person=self.person,
            standard=self.standard,
            sign_due=sign_due,
            sign_provisional=provisional,
        )
        tally.given.append(tally.holding)
        tally.merged_holding = None
        set_limit(tally, self, self.at)

    def filled(self, before: IssueTally) -> tuple[Self, tuple[str, ...]]:
        """With the limit for signing too."""
        made, told = super().filled(before)
        if made.sign_rule is None and made.starts(before):
            made = made.model_copy(update={"sign_rule": str(before.context.limits.sign)})
        return made, told

    def dated(self, after: IssueTally) -> Self:
        """With the deadline for signing too."""
        made, holding = super().dated(after), after.holding
        if holding is None or holding.assigned_at != self.at:
            return made
        signing = {"sign_due": holding.sign_due, "sign_provisional": holding.sign_provisional or None}
        return made.model_copy(update=signing)

    def explained(self, before: IssueTally, after: IssueTally) -> Iterator[str]:
        """By when to sign, and what is owed then."""
        yield from super().explained(before, after)
        if self.sign_due:
            unsure = "（暂定）" if self.sign_provisional else ""
            yield f"签收期限 {show_deadline(self.sign_due)}{unsure}：{self.sign_rule}"
        if after.holding and after.holding.owed:
            yield f"{'、'.join(after.holding.owed)}由承办单位签收时明确"


def _supply(tally: IssueTally, event: Sign | Whistle) -> None:
    """Person, standard and limit, where the event names them."""
    if event.person is not None:
        tally.hold(person=event.person)
    if event.standard is not None:
        tally.hold(standard=event.standard)
    supply_limit(tally, event)


class Assign(Handing):
    """交办"""

    COMMAND = "assign"
    HELP = "交给责任部门"
    TRAIL = ("dept", "rule")

    step: Literal["交办"] = field("步骤", auto=True)
    dept: Ref = field("责任部门", ref="org", offer=("last",))
    document: Text | None = field("文号", default=None, offer=("number",))
    every: Text | None = field("反馈周期", default=None, help="如 每周一次")
    person: Ref | None = field(
        "责任人",
        default=None,
        ref="person",
        help="不写则由承办单位签收时明确",
        offer=("dept.secretary",),
        often=True,
        within="dept",
    )
    standard: Text | None = field(
        "工作标准",
        default=None,
        privacy=Privacy.STORY,
        help="办到什么程度算办结；不写则签收时明确",
        often=True,
    )
    co_depts: tuple[Ref, ...] = field("配合单位", default=(), ref="org")
    sign_rule: Text | None = _SIGN_RULE
    sign_due: Deadline | None = _SIGN_DUE
    sign_provisional: Flag | None = _SIGN_PROVISIONAL

    def take(self, tally: IssueTally) -> None:
        """A department has it."""
        self.hand(tally, self.dept)
        tally.hold(co_depts=self.co_depts, document=self.document, every=self.every)

    def starts(self, before: IssueTally) -> bool:  # noqa: ARG002
        """Always."""
        return True

    @classmethod
    def offered(cls, life: Life, context: Context) -> Mapping[str, str]:
        """The usual limit."""
        return usual_limit(life, context)


class Sign(Limited):
    """签收"""

    COMMAND = "sign"
    HELP = "责任部门签收，补齐责任人、时限、标准"
    REPORTED = True
    TRAIL = ("rule",)

    step: Literal["签收"] = field("步骤", auto=True)
    by: Ref | None = field(
        "签收人",
        default=None,
        ref="person",
        help="不写就是经办人",
        offer=("person", "dept.secretary"),
        often=True,
        within="dept",
    )
    person: Ref | None = field("责任人", default=None, ref="person", within="dept")
    standard: Text | None = field("工作标准", default=None, privacy=Privacy.STORY)

    def take(self, tally: IssueTally) -> None:
        """What was owed is named."""
        tally.hold(signed_at=self.at, signed_by=self.by or self.actor)
        _supply(tally, self)
        if tally.holding and tally.holding.owed:
            tally.fault("L019", f"签收了，却还欠{'、'.join(tally.holding.owed)}")

    @classmethod
    def offered(cls, life: Life, context: Context) -> Mapping[str, str]:
        """The usual limit."""
        return usual_limit(life, context)

    @classmethod
    def owed(cls, life: Life, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """What was not named on assignment."""
        names = {spec.label: spec.name for spec in fields_of(cls)}
        return {names[label]: "" for label in life.owed}


class Return(IssueStep):
    """退回"""

    COMMAND = "return"
    HELP = "不属本单位职责，或上级退回"
    TONE = Tone.WARNING
    TRAIL = ("by",)

    step: Literal["退回"] = field("步骤", auto=True)
    why: Text = field("理由", privacy=Privacy.STORY)
    by: Ref | None = field("退回单位", default=None, ref="org", offer=("dept",), often=True)

    def take(self, tally: IssueTally) -> StrEnum | None:
        """A higher level restores what was before; a department lets go, and its clock ends."""
        level, holding = tally.level, tally.holding
        if tally.state is State.ESCALATED:
            before = tally.before.pop()
            tally.level, tally.holding = before.level, before.holding
            if before.state is State.SUSPENDED:
                pause(tally, self.at, before.review_on or self.at.date())
            tally.refusals.append(Refusal(self.id, self.at, self.by or "", level, self.why, self.actor))
            tally.course.move(before.state, self.at, self.id)
            return before.state
        if self.by and holding and self.by not in (holding.dept, *holding.co_depts):
            raise UnlawfulError("L014", f"退回单位 {self.by} 不是责任部门 {holding.dept}", "退回单位")
        by = self.by or (holding.dept if holding else "")
        tally.refusals.append(Refusal(self.id, self.at, by, level, self.why, self.actor))
        tally.hold(returned_at=self.at)
        tally.holding = None
        return None

    def explained(self, before: IssueTally, after: IssueTally) -> Iterator[str]:
        """Two returns suggest a whistle."""
        yield from super().explained(before, after)
        if sum(1 for refusal in after.refusals if refusal.by) > 1:
            yield f"已退回 {len(after.refusals)} 次，可以考虑吹哨"


class Whistle(Handing):
    """吹哨"""

    COMMAND = "whistle"
    HELP = "需多部门协作，吹哨报到"
    TONE = Tone.WARNING
    TRAIL = ("lead", "rule")

    step: Literal["吹哨"] = field("步骤", auto=True)
    whistle: Ref = field("哨单", ref="whistle")
    lead: Ref | None = field(
        "牵头单位", default=None, ref="org", copy=("whistle.lead",), help="还没有责任部门时，由它承办；不写就照哨单"
    )
    person: Ref | None = field("责任人", default=None, ref="person", within="lead")
    standard: Text | None = field("工作标准", default=None, privacy=Privacy.STORY)
    sign_rule: Text | None = _SIGN_RULE
    sign_due: Deadline | None = _SIGN_DUE
    sign_provisional: Flag | None = _SIGN_PROVISIONAL

    def take(self, tally: IssueTally) -> None:
        """The lead department is the assigned one if there was none (S1b 9)."""
        if tally.holding is None and self.lead is None:
            raise UnlawfulError("L022", "还没有责任部门，吹哨要写明牵头单位", "牵头单位")
        tally.whistle = self.whistle
        if tally.holding is None and self.lead is not None:
            self.hand(tally, self.lead)
        else:
            _supply(tally, self)

    def starts(self, before: IssueTally) -> bool:
        """Where no department had it."""
        return before.holding is None

    @classmethod
    def owed(cls, life: Life, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """Who leads, where no department has it."""
        return {"lead": ""} if life.dept is None else {}


class Extend(Limited):
    """延期"""

    COMMAND = "extend"
    HELP = "到期前延期，至多两次"
    TONE = Tone.WARNING
    TRAIL = ("rule",)

    step: Literal["延期"] = field("步骤", auto=True)
    rule: Text = field(
        "办理时限", flag="limit", help="新的时限，从交办次日重新数，如 15个工作日；或新的日期", judge=wrong_limit
    )
    why: Text = field("理由", privacy=Privacy.STORY)
    approved: Ref = field("批准人", ref="person", heads=True)

    def take(self, tally: IssueTally) -> None:
        """The deadline moves back."""
        extend(tally, self)

    @classmethod
    def possible(cls, tally: IssueTally) -> bool:
        """While there is a deadline that has not been moved too often."""
        holding = tally.holding
        return holding is not None and holding.due is not None and holding.extensions < tally.context.limits.extensions

    @classmethod
    def timely(cls, life: Life, now: datetime) -> bool:
        """Before the deadline has passed."""
        holding = life.tally.holding
        return holding is not None and holding.due is not None and now <= holding.due

    def explained(self, before: IssueTally, after: IssueTally) -> Iterator[str]:
        """The first limit is kept for ever."""
        yield from super().explained(before, after)
        if after.first_due:
            yield f"第 {after.extensions} 次延期，首次期限 {show_deadline(after.first_due)} 保留"
