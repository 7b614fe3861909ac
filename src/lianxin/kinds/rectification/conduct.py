"""How a rectification is played: begun and summed up."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from lianxin.core.declare.lifecycle import Conduct, Context
from lianxin.kinds.life.amend import Correction
from lianxin.kinds.life.course import Course
from lianxin.kinds.life.engine import Engine
from lianxin.kinds.rectification.life import Life
from lianxin.kinds.rectification.state import State
from lianxin.kinds.rectification.table import LIFECYCLE
from lianxin.kinds.rectification.tally import RectificationTally

if TYPE_CHECKING:
    from lianxin.kinds.rectification.record import Rectification


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
