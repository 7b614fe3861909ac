"""The issue's life: what its events add up to (S1b, domain tables of states, steps and haves)."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from lianxin.core.declare.lifecycle import Conduct, Context, Interval, Step
from lianxin.core.problem import Fault
from lianxin.kinds.issue.choice import Level, Merit, Reached, Satisfied, Scope, Solved, Sphere, Told
from lianxin.kinds.issue.clock import go_on, projected, standing
from lianxin.kinds.issue.column import Assignment
from lianxin.kinds.issue.haves import Have, HaveName, haves, needs_reason
from lianxin.kinds.issue.state import HELD, OFF, RUN_OUT, Closing, How, State
from lianxin.kinds.issue.step.end import Feedback
from lianxin.kinds.issue.step.note import Learn, Reflect, Urge
from lianxin.kinds.issue.step.triage import Escalate, Merge
from lianxin.kinds.issue.table import AWAITED, LIFECYCLE
from lianxin.kinds.issue.tally import Holding, IssueTally, Limit, Refusal, Suspension
from lianxin.kinds.life.amend import Correction
from lianxin.kinds.life.course import Course
from lianxin.kinds.life.engine import Engine

if TYPE_CHECKING:
    from lianxin.kinds.issue.record import Issue


class Life(Struct, frozen=True):
    """What an issue's events add up to.

    The attributes named like a stored column of ``DERIVED`` hold its value. Result, feedback and closing are those of
    the present round; rounds before a reopening are in the events. Besides:

    Attributes:
        record: As its amendments read it; ``corrections`` says what they changed.
        state: As the events leave it, or as of the moment until which they were played.
        intervals: Every stay in a state, in order; the last one is open.
        haves: The five, in the order of the handbook.
        lawful: The steps that can be taken next.
        owed: Labels of what the department still has to name on signing: 责任人, 办理时限, 工作标准.
        limits: The first limit and everything that moved it, with reasons.
        refusals: Who sent it back, why and when.
        attempts_made: Failed tries to reach the person, in this round.
        needs_reason: Striking off asks for a written reason.
        recomputed: Notices of 暂定 deadlines counted anew because their year has been published.
        faults: What is wrong with the events, in the order of the file.
    """

    record: Issue
    state: State
    intervals: tuple[Interval, ...]
    haves: tuple[Have, ...]
    lawful: tuple[Step, ...]
    owed: tuple[str, ...]
    limits: tuple[Limit, ...]
    suspensions: tuple[Suspension, ...]
    refusals: tuple[Refusal, ...]
    escalations: tuple[Escalate, ...]
    merges: tuple[Merge, ...]
    attempts_made: tuple[Feedback, ...]
    urged: tuple[Urge, ...]
    learned: tuple[Learn, ...]
    reflected: tuple[Reflect, ...]
    corrections: tuple[Correction, ...]
    evidence: tuple[str, ...]
    close_reason: str | None
    needs_reason: bool
    recomputed: tuple[str, ...]
    faults: tuple[Fault, ...]
    told: Feedback | None
    level_now: Level
    scope: Scope | None
    sphere: Sphere | None
    merit: Merit | None
    category: str | None
    urgency: str | None
    accepted_at: datetime | None
    accepted_by: str | None
    reply: str | None
    dept: str | None
    co_depts: tuple[str, ...]
    person: str | None
    rule: str | None
    base_due: datetime | None
    left: str | None
    first_due: datetime | None
    provisional: bool | None
    standard: str | None
    document: str | None
    every: str | None
    assigned_at: datetime | None
    assignments: tuple[Assignment, ...]
    sign_due: datetime | None
    sign_provisional: bool | None
    signed_at: datetime | None
    signed_by: str | None
    extensions: int
    returns: int
    reopens: int
    urges: int
    whistle: str | None
    review_on: date | None
    wakes: date | None
    result: str | None
    resolved_at: datetime | None
    resolved_how: How | None
    cost: Decimal | None
    told_at: datetime | None
    told_how: Told | None
    told_by: str | None
    reached: Reached | None
    attempts: int
    solved: Solved | None
    satisfied: Satisfied | None
    reflection: str | None
    closed_at: datetime | None
    closed_how: Closing | None
    into: str | None
    missing: str | None
    on_time: bool | None
    on_time_first: bool | None
    warn_on: date | None
    last_at: datetime

    @property
    def base_state(self) -> State:
        """The state as the events leave it."""
        return self.state

    @property
    def due(self) -> datetime | None:
        """The deadline in force: none while it stands still; one that had run out stays so."""
        return self.base_due if self.left in (None, RUN_OUT) else None

    @property
    def open(self) -> bool:
        """Still on the books."""
        return self.state not in OFF

    @property
    def learns(self) -> int:
        """How often the area was searched for the same trouble."""
        return len(self.learned)

    @property
    def alike_found(self) -> int:
        """Similar issues found by those searches."""
        return sum(one.found or 0 for one in self.learned)

    @property
    def alike_solved(self) -> int:
        """Similar issues that were solved on the way."""
        return sum(one.solved or 0 for one in self.learned)

    def have(self, name: HaveName) -> Have:
        """One of the five."""
        return next(have for have in self.haves if have.name is name)


_BLANK = Assignment(dept="DW-A0000", assigned_at=datetime.min)  # copied, and so never looked at again


def _lawful(tally: IssueTally) -> tuple[Step, ...]:
    """What the table admits, less what the history forbids or leaves no need for; the step it waits for is first."""
    steps = [step for step in LIFECYCLE.lawful(tally.state) if step.model.possible(tally)]
    awaited = AWAITED.get(tally.state)
    return tuple(sorted(steps, key=lambda step: step.name != awaited))


def _wake(tally: IssueTally, by: datetime) -> None:
    """Let a suspension that has used up its days end by itself."""
    if tally.wakes is not None and tally.state is State.SUSPENDED and tally.wakes <= by.date():
        at = datetime.combine(tally.wakes, time())
        go_on(tally, at, "", "暂缓满期")
        tally.course.move(State.HANDLING, at, "")


def _begin(issue: Issue, context: Context) -> IssueTally:
    since = min((issue.taken, *(event.at for event in issue.events)))
    raised = datetime.combine(issue.raised, time()), f"反映时间 {issue.raised}"
    return IssueTally(issue, Course(LIFECYCLE, context, State.COLLECTED, since, raised), issue.level)


def _life(tally: IssueTally, corrections: tuple[Correction, ...]) -> Life:
    holding, outcome, told = tally.holding, tally.outcome, tally.told
    taken_up = tally.taken_up
    accepted_at = taken_up.at if taken_up else None
    due = projected(tally)
    five = tuple(haves(tally))
    missing = "、".join(have.name for have in five if not have.present)
    resolved_at = outcome.at if outcome and outcome.how is not How.MERGED else None
    calendar, warn = tally.context.calendar, tally.context.limits.warn
    last = told if told is not None else (tally.attempts[-1] if tally.attempts else None)
    reflect = tally.reflects[-1] if tally.reflects else None
    events = tally.record.events
    return Life(
        record=tally.record,
        state=tally.state,
        intervals=tally.course.stays,
        haves=five,
        lawful=_lawful(tally),
        owed=holding.owed if holding and tally.state in HELD else (),
        limits=tuple(tally.limits),
        suspensions=_suspensions(tally),
        refusals=tuple(tally.refusals),
        escalations=tuple(tally.escalations),
        merges=tuple(tally.merges),
        attempts_made=tuple(tally.attempts),
        urged=tuple(tally.urges),
        learned=tuple(tally.learns),
        reflected=tuple(tally.reflects),
        corrections=corrections,
        evidence=outcome.evidence if outcome else (),
        close_reason=tally.close_reason,
        needs_reason=needs_reason(tally),
        recomputed=tuple(tally.course.recomputed),
        faults=tuple(tally.course.faults),
        told=told,
        level_now=tally.level,
        scope=tally.scope,
        sphere=tally.sphere,
        merit=tally.merit,
        category=tally.category,
        urgency=tally.urgency,
        accepted_at=accepted_at,
        accepted_by=taken_up.actor if taken_up else None,
        reply=tally.reply,
        dept=holding.dept if holding else None,
        co_depts=holding.co_depts if holding else (),
        person=holding.person if holding else None,
        rule=holding.rule if holding else None,
        base_due=due,
        left=standing(tally),
        first_due=tally.first_due,
        provisional=holding.provisional if holding and due else None,
        standard=holding.standard if holding else None,
        document=holding.document if holding else None,
        every=holding.every if holding else None,
        assigned_at=holding.assigned_at if holding else None,
        assignments=tuple(map(_assignment, tally.given)),
        sign_due=holding.sign_due if holding else None,
        sign_provisional=holding.sign_provisional if holding and holding.sign_due else None,
        signed_at=holding.signed_at if holding else None,
        signed_by=holding.signed_by if holding else None,
        extensions=tally.extensions,
        returns=len(tally.refusals),
        reopens=tally.reopens,
        urges=len(tally.urges),
        whistle=tally.whistle,
        review_on=tally.review_on,
        wakes=tally.wakes,
        result=outcome.result if outcome else None,
        resolved_at=resolved_at,
        resolved_how=outcome.how if outcome else None,
        cost=outcome.cost if outcome else None,
        told_at=told.at if told else None,
        told_how=told.how if told else None,
        told_by=(told.by or told.actor) if told else None,
        reached=last.reached if last else None,
        attempts=len(tally.attempts),
        solved=told.solved if told else None,
        satisfied=told.satisfied if told else None,
        reflection=reflect.text if reflect else None,
        closed_at=tally.closed_at,
        closed_how=tally.closed_how,
        into=tally.into,
        missing=missing or None,
        on_time=resolved_at <= due if resolved_at and due else None,
        on_time_first=resolved_at <= tally.first_clock if resolved_at and tally.first_clock else None,
        warn_on=calendar.add_workdays(due.date(), -warn) if due else None,
        last_at=max(event.at for event in events) if events else tally.record.taken,
    )


def _assignment(given: Holding) -> Assignment:
    signed, due = given.signed_at, given.sign_due
    values = {
        "dept": given.dept,
        "assigned_at": given.assigned_at,
        "sign_due": due,
        "signed_at": signed,
        "in_time": None if signed is None else due is None or signed <= due,
        "returned_at": given.returned_at,
    }
    return _BLANK.model_copy(update=values)


def _suspensions(tally: IssueTally) -> tuple[Suspension, ...]:
    running = (Suspension(tally.paused, None),) if tally.paused else ()
    return (*tally.suspensions, *running)


_ENGINE: Engine[Issue, IssueTally, Life] = Engine(LIFECYCLE, _begin, _life, _wake)
fold, attempt = _ENGINE.fold, _ENGINE.attempt
CONDUCT: Conduct[Issue, Life] = Conduct(fold, attempt)
