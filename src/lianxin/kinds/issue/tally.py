"""The running sum of an issue's events, while they are played in order."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from msgspec import Struct, field

from lianxin.core.day.calendar import Calendar
from lianxin.core.day.time_limit import due as reckon
from lianxin.core.day.time_limit import parse_limit
from lianxin.core.declare.lifecycle import Context, Event
from lianxin.core.error import UsageError
from lianxin.kinds.issue.choice import Level, Merit, Scope, Sphere
from lianxin.kinds.issue.column import Reopening
from lianxin.kinds.issue.state import Closing, How, State
from lianxin.kinds.life.course import Course
from lianxin.kinds.life.event import Urgency

if TYPE_CHECKING:
    from lianxin.kinds.issue.record import Issue
    from lianxin.kinds.issue.step.end import Feedback
    from lianxin.kinds.issue.step.note import Learn, Reflect, Urge
    from lianxin.kinds.issue.step.triage import Escalate, Merge


class Limit(Struct, frozen=True):
    """One entry in the history of an issue's limits.

    Attributes:
        step: The step that set or moved it.
        start: From when it is counted.
        rule: As written; empty when a suspension merely moved the deadline.
        due: Effective from then on; ``None`` while owed.
    """

    event: str
    step: str
    at: datetime
    start: datetime
    rule: str
    due: datetime | None
    provisional: bool
    note: str = ""
    calendar: Calendar | None = None

    @property
    def reason(self) -> str:
        """How the deadline was counted, in words."""
        if self.note or not self.rule or self.calendar is None:
            return self.note
        try:
            counted = reckon(parse_limit(self.rule), self.start, self.calendar)
        except UsageError as error:
            return str(error)
        return counted.reason if counted else "待承办单位签收时明确"


class Refusal(Struct, frozen=True):
    """One link in the chain of who sent an issue back, and why.

    Attributes:
        by: The department; empty when a higher level returned it.
        level: The level that sent it back.
    """

    event: str
    at: datetime
    by: str
    level: Level
    why: str
    actor: str


class Suspension(Struct, frozen=True):
    """One stay in 暂缓, in moments; ``until`` is None while it lasts."""

    since: datetime
    until: datetime | None


class Holding(Struct):
    """What a department has in hand: the assignment, who signed for it, and its clock. Mutable as the tally is.

    Attributes:
        start: The assignment or reopening the limit is counted from.
        due: Effective deadline; suspensions that have ended are in it.
        sign_provisional: The limit for signing touches a year whose holidays are not published.
        extensions: Of this clock.
        stands: Suspensions since ``start``.
        returned_at: When the department sent it back.
    """

    dept: str
    assigned_at: datetime
    start: datetime
    co_depts: tuple[str, ...] = ()
    person: str | None = None
    standard: str | None = None
    document: str | None = None
    every: str | None = None
    sign_due: datetime | None = None
    sign_provisional: bool = False
    signed_at: datetime | None = None
    signed_by: str | None = None
    rule: str | None = None
    due: datetime | None = None
    provisional: bool = False
    extensions: int = 0
    stands: tuple[Suspension, ...] = ()
    returned_at: datetime | None = None

    @property
    def signed(self) -> bool:
        """Whether the department signed for it and did not send it back."""
        return self.signed_at is not None and self.returned_at is None

    @property
    def owed(self) -> tuple[str, ...]:
        """Labels of what the department still has to name (S1b 8): person, limit, standard."""
        owed = (("责任人", self.person), ("办理时限", self.due), ("工作标准", self.standard))
        return tuple(label for label, value in owed if value is None)


class Outcome(Struct, frozen=True):
    """What one round of handling came to."""

    how: How
    at: datetime
    by: str
    result: str | None = None
    cost: Decimal | None = None
    evidence: tuple[str, ...] = ()
    reported: bool = True


class Before(Struct, frozen=True):
    """What an escalation left behind, to be taken up again if it is sent back."""

    state: State
    level: Level
    holding: Holding | None
    review_on: date | None


class IssueTally(Struct):
    """The sum so far. Mutable while a fold runs, never seen outside it.

    Attributes:
        given: Every assignment there ever was, in order, each as it came out.
        reopens: Every beginning anew, in order.
        merged_holding: What the department had in hand when the issue was merged into another.
        told: The answer whose verdict counts in this round; ``answers`` are all that reached somebody.
    """

    record: Issue
    course: Course
    level: Level
    before: list[Before] = field(default_factory=list)
    scope: Scope | None = None
    sphere: Sphere | None = None
    merit: Merit | None = None
    category: str | None = None
    urgency: Urgency | None = None
    taken_up: Event | None = None
    accepted: bool = False
    reply: str | None = None
    holding: Holding | None = None
    merged_holding: Holding | None = None
    given: list[Holding] = field(default_factory=list)
    whistle: str | None = None
    first_due: datetime | None = None
    first_clock: datetime | None = None
    first_rule: str | None = None
    first_start: datetime = datetime.min
    limits: list[Limit] = field(default_factory=list)
    paused: datetime | None = None
    paused_days: int = 0
    wakes: date | None = None
    review_on: date | None = None
    suspensions: list[Suspension] = field(default_factory=list)
    extensions: int = 0
    reopens: list[Reopening] = field(default_factory=list)
    urges: list[Urge] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    escalations: list[Escalate] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    learns: list[Learn] = field(default_factory=list)
    reflects: list[Reflect] = field(default_factory=list)
    into: str | None = None
    outcome: Outcome | None = None
    withdrawn: bool = False
    told: Feedback | None = None
    answers: list[Feedback] = field(default_factory=list)
    attempts: list[Feedback] = field(default_factory=list)
    closed_at: datetime | None = None
    closed_how: Closing | None = None
    close_reason: str | None = None

    @property
    def state(self) -> State:
        """Where the issue stands so far."""
        return cast("State", self.course.state)

    @property
    def context(self) -> Context:
        """The calendar and limits in force."""
        return self.course.context

    @property
    def stood(self) -> tuple[Suspension, ...]:
        """Every suspension, one that lasts included."""
        running = (Suspension(self.paused, None),) if self.paused else ()
        return (*self.suspensions, *running)

    def fault(self, code: str, message: str, label: str = "步骤") -> None:
        """Note what is wrong with the event being played."""
        self.course.fault(code, message, label)

    def hold(self, **changes: object) -> None:
        """Change what the department has in hand."""
        for name, value in changes.items() if self.holding else ():
            setattr(self.holding, name, value)

    @property
    def tries(self) -> tuple[int, int]:
        """Failed tries of this round, and on how many different days."""
        return len(self.attempts), len({event.at.date() for event in self.attempts})
