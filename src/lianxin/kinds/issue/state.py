"""The states of an issue, and the sets of them that others ask for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lianxin.core.tone import Tone, Toned

#: The step before which all five haves must be there.
CLOSING = "销号"


class State(Toned):
    """Where an issue stands; always the sum of its events."""

    COLLECTED = "待研判", Tone.WARNING
    ESCALATED = "已上报", Tone.WARNING
    ACCEPTED = "已受理"
    ASSIGNED = "已交办"
    HANDLING = "办理中"
    SUSPENDED = "暂缓", Tone.MUTED
    RESOLVED = "已办结"
    MERGED = "已并案", Tone.MUTED
    ANSWERED = "已反馈", Tone.GOOD
    CLOSED = "已销号", Tone.GOOD
    VOID = "作废", Tone.MUTED


class Hangs(StrEnum):
    """Where a step leads that hangs on the event or the history, as readers see it."""

    REACHED = "已反馈（接通了）或不变"
    REOPENED = "办理中（签收过，没有退回）、已受理（受理过）或待研判"
    BACK = "上报前的状态"


#: The states that each may come to; a step may also leave the state as it is.
ENDS: Mapping[StrEnum, tuple[StrEnum, ...]] = {
    Hangs.REACHED: (State.ANSWERED,),
    Hangs.REOPENED: (State.HANDLING, State.ACCEPTED, State.COLLECTED),
    Hangs.BACK: (State.COLLECTED, State.ACCEPTED),
}


class How(StrEnum):
    """By what way a result came about."""

    RESOLVED = "办结"
    EXPLAINED = "解释疏导"
    QUICK = "快办快结"
    MERGED = "并案"
    WITHDRAWN = "撤回"


def spoken(state: str, how: str | None) -> str:
    """A state as lists print it: an explanation is not the same as work done, and is marked beside it (S1b 6)."""
    return f"{state}{EXPLAINED}" if state in AFTER and how == How.EXPLAINED else state


class Closing(StrEnum):
    """How an issue was struck off."""

    SOLVED = "已解决"
    EXPLAINED = "已解释"
    MERGED = "并案"
    WITHDRAWN = "撤回"
    UNREACHED = "联系不上"


#: States that come after a result.
AFTER = (State.RESOLVED, State.ANSWERED, State.CLOSED)

#: Written beside such a state where the result was an explanation.
EXPLAINED = "（解释）"

#: What is left of a limit that had run out before it could stand still.
RUN_OUT = "时限已过"

#: States in which the issue is off the books.
OFF = frozenset({State.CLOSED, State.VOID})

#: States in which it has no result of its own: it follows another, or was entered by mistake.
NO_CASE = frozenset({State.MERGED, State.VOID})

#: States in which nothing more has to be handled.
SETTLED = OFF | {State.RESOLVED, State.MERGED, State.ANSWERED}

#: States in which the result waits to be told, or the issue to be struck off.
DONE = frozenset({State.RESOLVED, State.ANSWERED})

#: States in which a department is at work on the issue, and its limit runs.
RUNNING = frozenset({State.ASSIGNED, State.HANDLING})

#: States in which a department holds the issue.
HELD = RUNNING | {State.SUSPENDED}

#: So many returns, and a problem seems to want several departments at once (S1b 9).
RETURNS = 2


def wants_whistle(state: str, returns: int | None, whistle: object) -> bool:
    """Whether an issue was sent back so often that departments had better be called together."""
    return (returns or 0) >= RETURNS and not whistle and state not in SETTLED


def whistle_next(state: str, returns: int | None, whistle: object) -> bool:
    """Whether that is what it waits for: it was sent back and nobody has it in hand."""
    return state == State.ACCEPTED and wants_whistle(state, returns, whistle)
