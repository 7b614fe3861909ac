"""The rectification's life: what its events add up to, and what it takes to add one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from lianxin.core.dataclass import dataclass
from lianxin.core.declare.lifecycle import Conduct, Context, Event, Interval, Prepared, Step
from lianxin.core.problem import Fault
from lianxin.core.value import show_deadline
from lianxin.kinds.life.amend import Correction
from lianxin.kinds.life.course import Course, UnlawfulError, event_of, refusal, total
from lianxin.kinds.life.event import Progress
from lianxin.kinds.rectification.event import Accept, Extend, Finish, Return, Strike
from lianxin.kinds.rectification.state import LIFECYCLE, State

if TYPE_CHECKING:
    from lianxin.kinds.rectification.record import Rectification


@dataclass(slots=True)
class Tally:
    """The sum so far. Mutable while a fold runs, never seen outside it."""

    rectification: Rectification
    course: Course
    due: datetime
    progress: Progress | None = None
    finished: Finish | None = None
    on_time: bool | None = None
    accepted: Accept | None = None
    struck: Strike | None = None
    extensions: int = 0
    returns: int = 0
    last_at: datetime = datetime.min

    def take(self, name: str, event: Any) -> StrEnum | None:
        """Add an event the table admits; where it leads, if that hangs on the event."""
        target = _APPLY[name](self, event)
        self.last_at = event.at
        return target

    def again(self, event: Accept | Return) -> None:
        """Back to work: what was reported no longer counts, and a new limit may be set."""
        self.returns += 1
        self.finished = self.accepted = self.on_time = None
        if event.limit is None:
            return
        if event.limit < event.at:
            self.course.fault("L025", f"新期限 {show_deadline(event.limit)} 定下时就已过了", "新期限")
        self.due = event.limit


def _progress(tally: Tally, event: Progress) -> None:
    tally.progress = event


def _extend(tally: Tally, event: Extend) -> None:
    """延期: before the limit runs out, only so often, and never to an earlier day."""
    was = show_deadline(tally.due)
    if event.at > tally.due:
        raise UnlawfulError("L003", f"期限 {was} 已过，不能再延期", "时间")
    most = tally.course.context.limits.extensions
    if tally.extensions >= most:
        raise UnlawfulError("L004", f"已延期 {tally.extensions} 次，至多 {most} 次")
    if event.limit <= tally.due:
        raise UnlawfulError("L005", f"新期限 {show_deadline(event.limit)} 不晚于原期限 {was}", "新期限")
    tally.due = event.limit
    tally.extensions += 1


def _finish(tally: Tally, event: Finish) -> None:
    tally.finished = event
    tally.on_time = event.at <= tally.due


def _accept(tally: Tally, event: Accept) -> State:
    """验收: passed, or back to work with what is still lacking."""
    if event.passed:
        tally.accepted = event
        return State.ACCEPTED
    tally.again(event)
    return State.WORKING


def _return(tally: Tally, event: Return) -> None:
    tally.again(event)


def _strike(tally: Tally, event: Strike) -> None:
    tally.struck = event


def _void(_tally: Tally, _event: Any) -> None:
    """Nothing is added: the state says it."""


_APPLY: dict[str, Callable[[Tally, Any], StrEnum | None]] = {
    "progress": _progress,
    "extend": _extend,
    "finish": _finish,
    "accept": _accept,
    "return": _return,
    "strike": _strike,
    "void": _void,
}


@dataclass(frozen=True, slots=True)
class Life:
    """What a rectification's events add up to.

    The attributes named like a stored column of ``DERIVED`` hold its value. Besides:

    Attributes:
        record: As its amendments read it; ``corrections`` says what they changed.
    """

    record: Rectification
    state: State
    intervals: tuple[Interval, ...]
    lawful: tuple[Step, ...]
    faults: tuple[Fault, ...]
    corrections: tuple[Correction, ...]
    due: datetime
    warn_on: date | None
    progress: str | None
    result: str | None
    finished_at: datetime | None
    on_time: bool | None
    accepted_at: datetime | None
    accepted_by: str | None
    opinion: str | None
    struck_at: datetime | None
    extensions: int
    returns: int
    last_at: datetime


def _tally_of(rectification: Rectification, context: Context) -> tuple[Tally, tuple[Correction, ...]]:
    def begin(read: Rectification) -> Tally:
        start = datetime.combine(read.listed, time())
        return Tally(read, Course(LIFECYCLE, context, State.LISTED, start), read.limit, last_at=start)

    return total(rectification, begin)


def fold(rectification: Rectification, context: Context) -> Life:
    """What the events of a rectification add up to.

    Args:
        rectification: As it stands in its file.
        context: The calendar and limits in force.
    """
    tally, corrections = _tally_of(rectification, context)
    course, finished, accepted = tally.course, tally.finished, tally.accepted
    most = context.limits.extensions
    steps = LIFECYCLE.lawful(course.state)
    return Life(
        record=tally.rectification,
        state=State(course.state),
        intervals=course.stays,
        lawful=tuple(step for step in steps if step.name != "extend" or tally.extensions < most),
        faults=tuple(course.faults),
        corrections=corrections,
        due=tally.due,
        warn_on=context.calendar.add_workdays(tally.due.date(), -context.limits.warn),
        progress=tally.progress.text if tally.progress else None,
        result=finished.result if finished else None,
        finished_at=finished.at if finished else None,
        on_time=tally.on_time,
        accepted_at=accepted.at if accepted else None,
        accepted_by=(accepted.by or accepted.actor) if accepted else None,
        opinion=accepted.opinion if accepted else None,
        struck_at=tally.struck.at if tally.struck else None,
        extensions=tally.extensions,
        returns=tally.returns,
        last_at=tally.last_at,
    )


def prepare(step: str, rectification: Rectification, values: Mapping[str, Any], context: Context) -> Prepared:
    """Build the event of a step.

    Args:
        step, values: As ``kinds.course.event_of`` takes them.
        rectification: As it stands in its file.
        context: The calendar and limits in force.

    Raises:
        UsageError: No such step, or a value is missing or wrong.
    """
    event = event_of(LIFECYCLE, step, values)
    life = fold(rectification, context)
    lines: tuple[str, ...] = ()
    if isinstance(event, Extend):
        lines = (f"第 {life.extensions + 1} 次延期，最初的期限 {show_deadline(life.record.limit)} 保留",)
    elif isinstance(event, Finish):
        late = (event.at.date() - life.due.date()).days
        lines = (f"比期限 {show_deadline(life.due)} 晚 {late} 天",) if event.at > life.due and late else ()
        lines += ("等候验收，通过以后才能销号",)
    return Prepared(event, lines)


def refuse(rectification: Rectification, event: Event, context: Context) -> Fault | None:
    """Why a step cannot be written now and what could be; ``None`` when it can."""
    return refusal(fold, rectification, event, context)


CONDUCT = Conduct(fold=fold, prepare=prepare, refuse=refuse)
