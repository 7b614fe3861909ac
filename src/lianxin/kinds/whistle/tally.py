"""The running sum of a whistle's events: each department's line, its limits, and what the whole came to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from lianxin.core.day.time_limit import OPEN
from lianxin.core.declare.field import field as declared
from lianxin.core.declare.record import Record
from lianxin.core.value import Deadline, Flag, Ref, Text, show_deadline
from lianxin.kinds.life.course import Course, UnlawfulError, settle
from lianxin.kinds.whistle.column import Answer
from lianxin.kinds.whistle.state import Stage

if TYPE_CHECKING:
    from lianxin.core.declare.lifecycle import Event
    from lianxin.kinds.whistle.record import Summons, Whistle
    from lianxin.kinds.whistle.step.call import Approve, Summon
    from lianxin.kinds.whistle.step.end import Cancel, Close, Rate
    from lianxin.kinds.whistle.step.note import Urge


class Call(Record):
    """One department's limits, rule and deadline both; the deadlines run from when it was called."""

    dept: Ref = declared("部门", ref="org")
    respond_rule: Text | None = declared("响应时限", default=None)
    respond_due: Deadline | None = declared("应响应期限", default=None)
    arrive_rule: Text | None = declared("报到时限", default=None)
    arrive_due: Deadline | None = declared("应报到期限", default=None)
    finish_rule: Text | None = declared("办结时限", default=None)
    finish_due: Deadline | None = declared("应办结期限", default=None)
    provisional: Flag | None = declared("暂定", default=None, help="跨到了尚未公布放假安排的年份")


#: The three limits of a department: what they are for, and the field of its deadline.
LIMITS = (("respond", "响应时限"), ("arrive", "报到时限"), ("finish", "办结时限"))


class WhistleTally(Struct):
    """The sum so far. Mutable while a fold runs, never seen outside it.

    Attributes:
        answers: By department, in the order they were called.
        asked: Departments to be called once the whistle is approved.
    """

    record: Whistle
    course: Course
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: dict[str, Summons | Summon] = field(default_factory=dict)
    approved: Approve | None = None
    urges: list[Urge] = field(default_factory=list)
    closed: Close | None = None
    rated: Rate | None = None
    cancelled: Cancel | None = None

    def answer(self, dept: str) -> Answer:
        """The line of a department.

        Raises:
            UnlawfulError: It was not called.
        """
        if dept not in self.answers:
            called = "、".join(self.answers)
            raise UnlawfulError("L031", f"{dept} 不在这个哨的报到部门里（有 {called}），要叫它来请先「加哨」", "部门")
        return self.answers[dept]

    def put(self, dept: str, **changes: Any) -> None:
        """Change the line of a department."""
        self.answers[dept] = self.answers[dept].model_copy(update=changes)


def pending(answer: Answer) -> tuple[datetime | None, ...]:
    """The deadlines of what a department has not done yet: respond, arrive, finish."""
    ahead = {Stage.CALLED: 0, Stage.RESPONDED: 1, Stage.ARRIVED: 2, Stage.ACTING: 2, Stage.FINISHED: 3}
    return (answer.respond_due, answer.arrive_due, answer.finish_due)[ahead[answer.stage] :]


def called(tally: WhistleTally, event: Event, stored: Call | Summon, *place: str | int) -> dict[str, Any]:
    """The deadlines of a call: as stored with it, else counted from the event."""
    made: dict[str, Any] = {"called": event.at, "finish_rule": getattr(stored, "finish_rule", None)}
    loose = False
    for name, label in LIMITS:
        rule, due = getattr(stored, f"{name}_rule", None), getattr(stored, f"{name}_due", None)
        moment, provisional = settle(tally.course, rule, event.at, due, bool(stored.provisional), *place, label)
        if moment is not None and moment < event.at:
            tally.course.fault("L025", f"{label}的期限 {show_deadline(moment)} 定下时就已过了", *place, label)
        made[f"{name}_due"] = moment
        loose = loose or provisional
    return made | {"provisional": loose or None}


def call(tally: WhistleTally, dept: str, event: Event, stored: Call | Summon, *place: str | int) -> None:
    """A department is called, within the limits of its call."""
    limits = called(tally, event, stored, *place)
    tally.answers[dept] = Answer(dept=dept, lead=dept == tally.record.lead, **limits)


def ruled(tally: WhistleTally, dept: str, summons: Summons | Summon) -> Call:
    """A department's rules: its own, and for those it has not the ones of the table of limits."""
    table = tally.course.context.limits.call(tally.record.urgency)
    rules = {name: getattr(summons, f"{name}_rule", None) or str(getattr(table, name)) for name, _ in LIMITS}
    return Call(dept=dept, **{f"{name}_rule": rule for name, rule in rules.items() if rule != str(OPEN)})
