"""The rectification's life: what its events add up to."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from msgspec import Struct

from lianxin.core.declare.lifecycle import Conduct, Context, Interval, Step
from lianxin.core.problem import Fault
from lianxin.kinds.life.amend import Correction
from lianxin.kinds.life.course import Course
from lianxin.kinds.life.engine import Engine
from lianxin.kinds.rectification.state import State
from lianxin.kinds.rectification.table import LIFECYCLE
from lianxin.kinds.rectification.tally import RectificationTally

if TYPE_CHECKING:
    from lianxin.kinds.rectification.record import Rectification


class Life(Struct, frozen=True):
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


def _begin(rectification: Rectification, context: Context) -> RectificationTally:
    begun = Course(LIFECYCLE, context, State.LISTED, datetime.combine(rectification.listed, time()))
    return RectificationTally(rectification, begun, rectification.limit)


def _life(tally: RectificationTally, corrections: tuple[Correction, ...]) -> Life:
    run, finished, accepted = tally.course, tally.finished, tally.accepted
    return Life(
        record=tally.record,
        state=State(run.state),
        intervals=run.stays,
        lawful=tuple(step for step in LIFECYCLE.lawful(run.state) if step.model.possible(tally)),
        faults=tuple(run.faults),
        corrections=corrections,
        due=tally.due,
        warn_on=run.context.calendar.add_workdays(tally.due.date(), -run.context.limits.warn),
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
        last_at=run.last_at,
    )


_ENGINE: Engine[Rectification, RectificationTally, Life] = Engine(LIFECYCLE, _begin, _life)
fold, attempt = _ENGINE.fold, _ENGINE.attempt
CONDUCT: Conduct[Rectification, Life] = Conduct(fold, attempt)
