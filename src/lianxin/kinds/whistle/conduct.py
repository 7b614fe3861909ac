"""How a whistle is played: begun and summed up."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from lianxin.core.declare.lifecycle import Conduct, Context, Step
from lianxin.kinds.life.amend import Correction
from lianxin.kinds.life.course import Course
from lianxin.kinds.life.engine import Engine
from lianxin.kinds.whistle.column import Answer
from lianxin.kinds.whistle.life import Life
from lianxin.kinds.whistle.state import DEPARTMENT, RUNNING, Stage, State
from lianxin.kinds.whistle.table import LIFECYCLE
from lianxin.kinds.whistle.tally import WhistleTally, pending

if TYPE_CHECKING:
    from lianxin.kinds.whistle.record import Whistle


def _begin(whistle: Whistle, context: Context) -> WhistleTally:
    begun = Course(LIFECYCLE, context, State.ASKED, whistle.blown)
    return WhistleTally(whistle, begun, asked={one.dept: one for one in whistle.summoned})


def _in_time(at: datetime | None, due: datetime | None) -> bool | None:
    """Whether something was done within its limit; None before it is done, or where there is no limit."""
    return None if at is None or due is None else at <= due


def _line(tally: WhistleTally, answer: Answer) -> Answer:
    """A department's line as it is printed: with the limit that runs, and rated with the whole if not by itself."""
    changes: dict[str, Any] = {
        "due": min((due for due in pending(answer) if due), default=None),
        "responded_in_time": _in_time(answer.responded, answer.respond_due),
        "arrived_in_time": _in_time(answer.arrived, answer.arrive_due),
    }
    if answer.rating is None and tally.rated is not None:
        changes |= {"rating": tally.rated.rating, "words": tally.rated.words}
    return answer.model_copy(update=changes)


def _lawful(tally: WhistleTally) -> tuple[Step, ...]:
    """What the table admits, less what no department is ready for; those first that bring one of them further."""
    stages = {answer.stage for answer in tally.answers.values()}
    moving = {name for stage in stages for name, target in DEPARTMENT[stage].items() if isinstance(target, Stage)}
    steps = (step for step in LIFECYCLE.lawful(tally.course.state) if step.model.possible(tally))
    return tuple(sorted(steps, key=lambda step: step.name not in moving))


def _life(tally: WhistleTally, corrections: tuple[Correction, ...]) -> Life:
    run, approved, closed, rated = tally.course, tally.approved, tally.closed, tally.rated
    calendar, warn = run.context.calendar, run.context.limits.warn
    running = run.state in RUNNING
    answers = tuple(_line(tally, answer) for answer in tally.answers.values())
    next_due = min((one.due for one in answers if one.due), default=None) if running else None
    finished = [one for one in answers if one.stage is Stage.FINISHED]
    return Life(
        record=tally.record,
        state=State(run.state),
        intervals=run.stays,
        lawful=_lawful(tally),
        faults=tuple(run.faults),
        corrections=corrections,
        recomputed=tuple(run.recomputed),
        answers=answers,
        approver=(approved.by or approved.actor) if approved else None,
        approved_at=approved.at if approved else None,
        called=len(answers),
        arrived=sum(one.arrived is not None for one in answers),
        arrived_late=sum(one.arrived_in_time is False for one in answers),
        finished=len(finished),
        waiting=tuple(one.dept for one in answers if one.stage is not Stage.FINISHED) if running else (),
        next_due=next_due,
        warn_on=calendar.add_workdays(next_due.date(), -warn) if next_due else None,
        closed_at=closed.at if closed else None,
        result=closed.result if closed else None,
        rating=rated.rating if rated else None,
        rated_at=rated.at if rated else None,
        words=rated.words if rated else None,
        urges=len(tally.urges),
        cancelled_why=tally.cancelled.why if tally.cancelled else None,
        last_at=run.last_at,
    )


_ENGINE: Engine[Whistle, WhistleTally, Life] = Engine(LIFECYCLE, _begin, _life)
fold, attempt = _ENGINE.fold, _ENGINE.attempt
CONDUCT: Conduct[Whistle, Life] = Conduct(fold, attempt)
