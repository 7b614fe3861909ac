"""How an issue is played: begun, woken from a suspension, and summed up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING

from lianxin.core.declare.lifecycle import Conduct, Context, Step
from lianxin.kinds.issue.clock import go_on, projected, standing
from lianxin.kinds.issue.column import Assignment
from lianxin.kinds.issue.haves import Have, HaveName, haves, needs_reason
from lianxin.kinds.issue.life import Life
from lianxin.kinds.issue.state import HELD, How, State
from lianxin.kinds.issue.table import LIFECYCLE
from lianxin.kinds.issue.tally import Holding, IssueTally, Suspension
from lianxin.kinds.life.amend import Correction
from lianxin.kinds.life.course import Course
from lianxin.kinds.life.engine import Engine

if TYPE_CHECKING:
    from lianxin.kinds.issue.record import Issue


_BLANK = Assignment(dept="DW-A0000", assigned_at=datetime.min)  # copied, and so never looked at again


#: The step that brings what is missing of the five haves.
_BRINGS = {HaveName.DESCRIBED: "amend", HaveName.ACCEPTED: "triage", HaveName.REFLECTED: "reflect"}


def _lawful(tally: IssueTally, five: Sequence[Have]) -> tuple[Step, ...]:
    """What the table admits, less what the history forbids or leaves no need for; the step it waits for is first.

    Who has been answered waits for what is still missing of the five haves, and then to be struck off.
    """
    steps = [step for step in LIFECYCLE.lawful(tally.state) if step.model.possible(tally)]
    lacking = [_BRINGS.get(have.name) for have in five if not have.present] if tally.state is State.ANSWERED else []
    return tuple(sorted(steps, key=lambda step: step.name != lacking[0])) if lacking else tuple(steps)


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
        lawful=_lawful(tally, five),
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
