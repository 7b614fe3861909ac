"""How a whistle is played: begun and summed up."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from lianxin.core.declare.lifecycle import Conduct, Context
from lianxin.kinds.life.correction import Correction
from lianxin.kinds.life.course import Course
from lianxin.kinds.life.engine import Engine
from lianxin.kinds.whistle.column import Answer
from lianxin.kinds.whistle.life import Life
from lianxin.kinds.whistle.state import State
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


def _life(tally: WhistleTally, corrections: tuple[Correction, ...]) -> Life:
    return Life(tally, corrections, tuple(_line(tally, answer) for answer in tally.answers.values()))


_ENGINE: Engine[Whistle, WhistleTally, Life] = Engine(LIFECYCLE, _begin, _life)
fold, attempt = _ENGINE.fold, _ENGINE.attempt
CONDUCT: Conduct[Whistle, Life] = Conduct(fold, attempt, _ENGINE.history)
