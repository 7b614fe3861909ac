"""The states of an issue, and the one table of which steps are lawful where."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lianxin.core.declare.lifecycle import Lifecycle, Target
from lianxin.kinds.issue.event import STEPS


class State(StrEnum):
    """Where an issue stands; always the sum of its events."""

    COLLECTED = "待研判"
    ESCALATED = "已上报"
    ACCEPTED = "已受理"
    ASSIGNED = "已交办"
    HANDLING = "办理中"
    SUSPENDED = "暂缓"
    RESOLVED = "已办结"
    MERGED = "已并案"
    ANSWERED = "已反馈"
    CLOSED = "已销号"
    VOID = "作废"


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

#: States in which a department holds the issue.
HELD = frozenset({State.ASSIGNED, State.HANDLING, State.SUSPENDED})

#: The step that a state waits for: offered before all others.
AWAITED: Mapping[State, str] = {
    State.COLLECTED: "accept",
    State.ESCALATED: "accept",
    State.ACCEPTED: "assign",
    State.ASSIGNED: "sign",
    State.HANDLING: "resolve",
    State.SUSPENDED: "resume",
    State.RESOLVED: "feedback",
    State.MERGED: "feedback",
    State.ANSWERED: "close",
}

#: Steps lawful in every open state.
_ANY_OPEN: Mapping[str, StrEnum] = {
    "progress": Target.SAME,
    "urge": Target.SAME,
    "learn": Target.SAME,
    "reflect": Target.SAME,
    "amend": Target.SAME,
    "withdraw": State.ANSWERED,
    "void": State.VOID,
}

#: States in which an issue has not been taken up, or follows another that has: no triage is completed there.
_UNTRIAGED = frozenset({State.COLLECTED, State.MERGED})

_OWN: Mapping[State, Mapping[str, StrEnum]] = {
    State.COLLECTED: {
        "accept": State.ACCEPTED,
        "escalate": State.ESCALATED,
        "explain": State.RESOLVED,
        "quick": State.RESOLVED,
        "merge": State.MERGED,
    },
    State.ESCALATED: {
        "accept": State.ACCEPTED,
        "escalate": State.ESCALATED,
        "explain": State.RESOLVED,
        "return": Target.BACK,
        "merge": State.MERGED,
    },
    State.ACCEPTED: {
        "assign": State.ASSIGNED,
        "whistle": State.ASSIGNED,
        "escalate": State.ESCALATED,
        "explain": State.RESOLVED,
        "quick": State.RESOLVED,
        "merge": State.MERGED,
    },
    State.ASSIGNED: {
        "sign": State.HANDLING,
        "return": State.ACCEPTED,
        "extend": State.ASSIGNED,
        "whistle": State.ASSIGNED,
        "explain": State.RESOLVED,
        "escalate": State.ESCALATED,
        "merge": State.MERGED,
    },
    State.HANDLING: {
        "extend": State.HANDLING,
        "whistle": State.HANDLING,
        "suspend": State.SUSPENDED,
        "return": State.ACCEPTED,
        "escalate": State.ESCALATED,
        "resolve": State.RESOLVED,
        "explain": State.RESOLVED,
        "merge": State.MERGED,
    },
    State.SUSPENDED: {
        "suspend": State.SUSPENDED,
        "resume": State.HANDLING,
        "resolve": State.RESOLVED,
        "explain": State.RESOLVED,
        "escalate": State.ESCALATED,
        "merge": State.MERGED,
    },
    State.RESOLVED: {"feedback": Target.REACHED, "reopen": Target.REOPENED, "close": State.CLOSED},
    State.MERGED: {"feedback": Target.REACHED, "reopen": Target.REOPENED},
    State.ANSWERED: {"feedback": State.ANSWERED, "reopen": Target.REOPENED, "close": State.CLOSED},
}

#: Before the first event an issue is taken down; the intake itself is no event but the top of the file.
TABLE: Mapping[StrEnum | None, Mapping[str, StrEnum]] = {
    None: {"collect": State.COLLECTED},
    **{
        state: {**row, **({} if state in _UNTRIAGED else {"triage": Target.SAME}), **_ANY_OPEN}
        for state, row in _OWN.items()
    },
    State.CLOSED: {"reopen": Target.REOPENED},
    State.VOID: {},
}

LIFECYCLE = Lifecycle(states=State, steps=STEPS, table=TABLE)
