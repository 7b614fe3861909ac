"""How a rectification is played: begun and summed up."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from lianxin.core.declare.lifecycle import Conduct, Context
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


_ENGINE: Engine[Rectification, RectificationTally, Life] = Engine(LIFECYCLE, _begin, Life)
fold, attempt = _ENGINE.fold, _ENGINE.attempt
CONDUCT: Conduct[Rectification, Life] = Conduct(fold, attempt, _ENGINE.history)
