"""Playing a record's events in order on the table of its life: the one engine of all kinds that have one.

What a step adds to the sum of its kind stands in the class of the step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from msgspec import Struct, field

from lianxin.core.day.time_limit import due, parse_limit
from lianxin.core.declare.condition import unmet
from lianxin.core.declare.lifecycle import Context, Event, Interval, Lifecycle, R, Step, Target
from lianxin.core.error import UsageError
from lianxin.core.problem import Fault
from lianxin.core.value import show_deadline, show_moment
from lianxin.kinds.life.amend import amended
from lianxin.kinds.life.correction import Correction
from lianxin.kinds.life.event import Amend


class UnlawfulError(Exception):
    """A step that cannot count: the fold notes it as a fault and goes on without it."""

    def __init__(self, code: str, message: str, label: str = "步骤") -> None:
        super().__init__(message)
        self.code = code
        self.label = label


class Course(Struct):
    """The states gone through so far. Mutable while a fold runs, never seen outside it.

    Attributes:
        since: When the present state was entered; before the first event, when the record was begun.
        earliest: No event may lie before it, and what it is; ``since`` at the outset where it is not told.
        place: Of the event being played, in the file.
        skipped: How many events could not count.
        last_at: Of the last step that counted, corrections aside; ``since`` at the outset before there is one.
        amends: Ids of the amendments found lawful.
        recomputed: Notices of 暂定 deadlines counted anew because their year has been published.
    """

    lifecycle: Lifecycle
    context: Context
    state: StrEnum
    since: datetime
    earliest: tuple[datetime, str] | None = None
    entered_by: str = ""
    place: int = 0
    skipped: int = 0
    last_at: datetime = datetime.min
    intervals: list[Interval] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    amends: set[str] = field(default_factory=set)
    recomputed: list[str] = field(default_factory=list)

    def fault(self, code: str, message: str, *labels: str | int) -> None:
        """Note what is wrong with the event being played; ``labels`` lead to the value, 步骤 when there are none."""
        self.faults.append(Fault(code, ("事件", self.place, *(labels or ("步骤",))), message))

    def move(self, state: StrEnum, at: datetime, event: str) -> None:
        """Enter a state."""
        self.intervals.append(Interval(self.state, self.since, at, self.entered_by))
        self.state, self.since, self.entered_by = state, at, event

    @property
    def stays(self) -> tuple[Interval, ...]:
        """Every stay, the present one included."""
        return (*self.intervals, Interval(self.state, self.since, None, self.entered_by))


class Tally(Protocol):
    """What a kind adds up while its events are played; the events do it themselves (``Event.take``).

    Attributes:
        record: As its amendments read it.
    """

    record: Any  # of its kind: a bound cannot say of which
    course: Course


S = TypeVar("S", bound=Tally)
Wake = Callable[[S, datetime], None]


def total(
    record: R, begin: Callable[[R], S], wake: Wake[S] | None = None, until: datetime | None = None
) -> tuple[S, tuple[Correction, ...]]:
    """Play a record's events as corrected, in the order of their times, then of their places.

    Args:
        record: As it stands in its file.
        begin: The sum of a record before its first event.
        wake: Lets what ends by itself have ended by a moment.
        until: Where that is asked for beyond the last event.
    """

    def play(read: R) -> tuple[S, Course]:
        tally = begin(read)
        _play(tally, sorted(enumerate(read.events), key=lambda pair: pair[1].at), wake)
        if wake is not None and until is not None:
            wake(tally, until)
        return tally, tally.course

    return amended(record, play)


def _play(tally: S, events: Sequence[tuple[int, Event]], wake: Wake[S] | None) -> None:
    course = tally.course
    course.last_at = course.since
    begun = beginning(course)
    for place, event in events:
        if event.id not in course.seen:  # else the same step merged in twice; R004 tells of it
            play_one(tally, place, event, begun, wake)


def beginning(course: Course) -> tuple[datetime, str]:
    """No event may lie before this moment, and what it is."""
    return course.earliest or (course.since, f"{course.lifecycle.begins}的时间 {show_moment(course.since)}")


def play_one(tally: S, place: int, event: Event, begun: tuple[datetime, str], wake: Wake[S] | None) -> None:
    """Play the next event; one that cannot count is a fault of the course.

    Args:
        tally: What those before it came to.
        place: Of the event in the file.
        event: With all that it says.
        begun: As ``beginning`` tells it.
        wake: Lets what ends by itself have ended by a moment.
    """
    course = tally.course
    course.place = place
    course.seen.add(event.id)
    if wake is not None:
        wake(tally, event.at)
    try:
        _step(tally, event, begun)
    except UnlawfulError as unlawful:
        course.skipped += 1
        course.fault(unlawful.code, str(unlawful), unlawful.label)


def _step(tally: Tally, event: Event, begun: tuple[datetime, str]) -> None:
    course = tally.course
    if event.at < begun[0]:
        raise UnlawfulError("L002", f"「{event.step}」的时间 {show_moment(event.at)} 早于{begun[1]}", "时间")
    target = course.lifecycle.table[course.state].get(event.COMMAND)
    if target is None:
        raise _out_of_place(course, event)
    refuse_unmet(event)
    target = event.take(tally) or target
    if isinstance(event, Amend):  # applied beforehand by ``kinds.life.amend``; here it is only found lawful
        course.amends.add(event.id)
    else:
        course.last_at = event.at
    if target is not Target.SAME and target is not course.state:
        course.move(target, event.at, event.id)


def refuse_unmet(event: Event) -> None:
    """A step whose fields do not agree with each other cannot count.

    Raises:
        UnlawfulError: With the first thing that does not.
    """
    for fault in unmet(event):
        raise UnlawfulError(fault.code, fault.message, str(fault.loc[-1]) if fault.loc else "步骤")


def to_correct(lawful: Sequence[Step]) -> str:
    """How what is over may be corrected all the same: said behind that it cannot be.

    Args:
        lawful: What may be done with it.
    """
    again = next((f"；不然先「{step.label}」，改好再往下办" for step in lawful if step.name == "reopen"), "")
    return f"；写错了的，最后一步后面还没有别的事，就先撤销那一步（lianxin undo），改好再办{again}"


def _out_of_place(course: Course, event: Event) -> UnlawfulError:
    labels = {step.name: step.label for step in course.lifecycle.steps}
    lawful = "、".join(labels[name] for name in course.lifecycle.table[course.state] if name != "amend")
    where = f"{show_moment(event.at)} 时这件是「{course.state}」，不能「{event.step}」"
    if event.COMMAND == "amend":
        return UnlawfulError("L001", where + to_correct(course.lifecycle.lawful(course.state)))
    return UnlawfulError("L001", where + (f"；能做的有：{lawful}" if lawful else "，什么也不能再做"))


def settle(
    course: Course, rule: str | None, start: datetime, stored: datetime | None, provisional: bool, *labels: str | int
) -> tuple[datetime | None, bool]:
    """The deadline of a rule counted from ``start``, and whether it is provisional.

    The stored one is the truth; a 暂定 one is counted again, with notice, once its year has been published.

    Args:
        labels: Lead to the rule within the event, for what is wrong with it.
    """
    if stored is not None and not provisional:
        return stored, False
    try:
        counted = due(parse_limit(rule), start, course.context.calendar) if rule is not None else None
    except UsageError as error:
        course.fault("L021", str(error), *labels)
        counted = None
    if stored is None:
        return (counted.moment, counted.provisional) if counted else (None, False)
    if counted is None or counted.provisional:
        return stored, True
    if counted.moment != stored:
        notice = f"暂定的期限 {show_deadline(stored)}，按公布的放假安排重算为 {show_deadline(counted.moment)}"
        course.recomputed.append(notice)
        course.fault("L028", notice, *labels)
    return counted.moment, False
