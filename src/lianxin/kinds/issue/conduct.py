"""How an issue is played: begun, woken from a suspension, and summed up."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from lianxin.core.declare.lifecycle import Conduct, Context
from lianxin.kinds.issue.clock import go_on, projected
from lianxin.kinds.issue.haves import haves
from lianxin.kinds.issue.life import Life
from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.table import LIFECYCLE
from lianxin.kinds.issue.tally import IssueTally
from lianxin.kinds.life.correction import Correction
from lianxin.kinds.life.course import Course
from lianxin.kinds.life.engine import Engine

if TYPE_CHECKING:
    from lianxin.kinds.issue.record import Issue


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
    return Life(tally, corrections, tuple(haves(tally)), projected(tally))


_ENGINE: Engine[Issue, IssueTally, Life] = Engine(LIFECYCLE, _begin, _life, _wake)
fold, attempt = _ENGINE.fold, _ENGINE.attempt
CONDUCT: Conduct[Issue, Life] = Conduct(fold, attempt, _ENGINE.history)
