"""Adding up a whistle's events: each department's own little state, its limits, and what the whole came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from lianxin.core.dataclass import dataclass
from lianxin.core.day.term import OPEN
from lianxin.core.declare.lifecycle import Context
from lianxin.core.value import show_deadline
from lianxin.kinds.life.amend import Correction
from lianxin.kinds.life.course import Course, UnlawfulError, settle, total
from lianxin.kinds.whistle.column import Answer
from lianxin.kinds.whistle.event import (
    Approve,
    Arrive,
    Call,
    Cancel,
    Close,
    Dispose,
    Extend,
    Finish,
    Progress,
    Rate,
    Respond,
    Summon,
    Urge,
)
from lianxin.kinds.whistle.state import DEPARTMENT, LIFECYCLE, MOVING, Stage, State

if TYPE_CHECKING:
    from lianxin.kinds.whistle.record import Whistle

#: The three limits of a department: what they are for, and the field of its deadline.
LIMITS = (("respond", "响应时限"), ("arrive", "报到时限"), ("finish", "办结时限"))

_LABELS = {step.name: step.label for step in LIFECYCLE.steps}


@dataclass(slots=True)
class Tally:
    """The sum so far. Mutable while a fold runs, never seen outside it.

    Attributes:
        answers: By department, in the order they were called.
        asked: Departments to be called once the whistle is approved.
    """

    whistle: Whistle
    course: Course
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: dict[str, Any] = field(default_factory=dict)
    approved: Approve | None = None
    urges: list[Urge] = field(default_factory=list)
    closed: Close | None = None
    rated: Rate | None = None
    cancelled: Cancel | None = None
    last_at: datetime = datetime.min

    def take(self, name: str, event: Any) -> StrEnum | None:
        """Add an event the table admits; for a department's own step, its own table is asked too."""
        if name in MOVING:
            self._move(name, event)
        _APPLY[name](self, event)
        self.last_at = event.at
        return None

    def _move(self, name: str, event: Any) -> None:
        answer = self.answer(event.dept)
        target = DEPARTMENT[answer.stage].get(name)
        if target is None:
            lawful = "、".join(_LABELS[step] for step in DEPARTMENT[answer.stage])
            more = f"，能做的有：{lawful}" if lawful else "，它的事已经办完"
            raise UnlawfulError("L032", f"{event.dept} 现在是「{answer.stage}」，不能「{event.step}」{more}", "部门")
        if isinstance(target, Stage):
            self.put(event.dept, stage=target)

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


def called(tally: Tally, event: Any, stored: Any, *place: str | int) -> dict[str, Any]:
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


def _call(tally: Tally, dept: str, event: Any, stored: Any, *place: str | int) -> None:
    limits = called(tally, event, stored, *place)
    tally.answers[dept] = Answer(dept=dept, lead=dept == tally.whistle.lead, **limits)


def _approve(tally: Tally, event: Approve) -> None:
    tally.approved = event
    stored = {one.dept: (n, one) for n, one in enumerate(event.calls)}
    for dept, summons in tally.asked.items():
        n, call = stored.get(dept, (-1, None))
        if call is not None:
            _call(tally, dept, event, call, "期限", n)
        else:  # not written down with the approval: by the rules of the summons, or the table of limits
            _call(tally, dept, event, ruled(tally, dept, summons))


def ruled(tally: Tally, dept: str, summons: Any) -> Call:
    """A department's rules: its own, and for those it has not the ones of the table of limits."""
    table = tally.course.context.limits.call(tally.whistle.urgency)
    rules = {name: getattr(summons, f"{name}_rule", None) or str(getattr(table, name)) for name, _ in LIMITS}
    return Call(dept=dept, **{f"{name}_rule": rule for name, rule in rules.items() if rule != str(OPEN)})


def _summon(tally: Tally, event: Summon) -> None:
    if event.dept in tally.asked:
        raise UnlawfulError("L033", f"{event.dept} 已经在报到部门里，不用再加", "部门")
    tally.asked[event.dept] = event
    if tally.approved is not None:
        _call(tally, event.dept, event, event)


def _respond(tally: Tally, event: Respond) -> None:
    tally.put(event.dept, responded=event.at, responder=event.by)


def _arrive(tally: Tally, event: Arrive) -> None:
    answer = tally.answers[event.dept]
    tally.put(event.dept, arrived=event.at, who=event.who, responded=answer.responded or event.at)


def _dispose(tally: Tally, event: Dispose) -> None:
    before = tally.answers[event.dept].measure
    tally.put(event.dept, measure=f"{before.rstrip('。；')}；{event.measure}" if before else event.measure)


def _finish(tally: Tally, event: Finish) -> None:
    tally.put(event.dept, finished=event.at, result=event.result)


def _extend(tally: Tally, event: Extend) -> None:
    """延期: before the limit runs out, only so often, and never to an earlier day."""
    answer = tally.answers[event.dept]
    if answer.finish_due is None or answer.called is None:
        raise UnlawfulError("L006", f"{event.dept} 还没有定下办结期限，无从延期", "部门")
    was = show_deadline(answer.finish_due)
    if event.at > answer.finish_due:
        raise UnlawfulError("L003", f"{event.dept} 的期限 {was} 已过，不能再延期", "时间")
    most = tally.course.context.limits.extensions
    if answer.extensions >= most:
        raise UnlawfulError("L004", f"{event.dept} 已延期 {answer.extensions} 次，至多 {most} 次")
    due, provisional = settle(tally.course, event.rule, answer.called, event.due, bool(event.provisional), "办结时限")
    if due is None:
        raise UnlawfulError("L006", f"延期要写明新的时限，不能是「{event.rule}」", "办结时限")
    if due <= answer.finish_due:
        raise UnlawfulError("L005", f"新期限 {show_deadline(due)} 不晚于原期限 {was}", "办结时限")
    changes = {"finish_rule": event.rule, "finish_due": due, "provisional": provisional or None}
    tally.put(event.dept, extensions=answer.extensions + 1, **changes)


def _urge(tally: Tally, event: Urge) -> None:
    tally.urges.append(event)
    urged = [tally.answer(event.dept)] if event.dept else [*tally.answers.values()]
    for answer in urged:
        if answer.stage is not Stage.FINISHED:
            tally.put(answer.dept, urges=answer.urges + 1)


def _progress(tally: Tally, event: Progress) -> None:
    if event.dept and tally.approved is not None:
        tally.answer(event.dept)


def _close(tally: Tally, event: Close) -> None:
    """结哨: only when every department called has finished."""
    left = [f"{one.dept}（{one.stage}）" for one in tally.answers.values() if one.stage is not Stage.FINISHED]
    if left:
        raise UnlawfulError("L036", f"还有部门没有办结：{'、'.join(left)}")
    tally.closed = event


def _rate(tally: Tally, event: Rate) -> None:
    if event.dept is None:
        tally.rated = event
    else:
        tally.answer(event.dept)
        tally.put(event.dept, rating=event.rating, words=event.words)


def _cancel(tally: Tally, event: Cancel) -> None:
    tally.cancelled = event


def _void(_tally: Tally, _event: Any) -> None:
    """Nothing is added: the state says it."""


_APPLY: dict[str, Callable[[Tally, Any], None]] = {
    "approve": _approve,
    "respond": _respond,
    "arrive": _arrive,
    "dispose": _dispose,
    "finish": _finish,
    "summon": _summon,
    "extend": _extend,
    "urge": _urge,
    "progress": _progress,
    "close": _close,
    "rate": _rate,
    "cancel": _cancel,
    "void": _void,
}


def tally_of(whistle: Whistle, context: Context) -> tuple[Tally, tuple[Correction, ...]]:
    """Play a whistle's events."""

    def begin(read: Whistle) -> Tally:
        course = Course(LIFECYCLE, context, State.ASKED, read.blown)
        return Tally(read, course, asked={one.dept: one for one in read.summoned}, last_at=read.blown)

    return total(whistle, begin)
