"""The one table of which steps are lawful where; all else that speaks of lawful steps is derived from it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lianxin.core.declare.lifecycle import Lifecycle, Target
from lianxin.kinds.issue.state import ENDS, OFF, Hangs, State
from lianxin.kinds.issue.step import STEPS

#: The step that a state waits for: offered before all others.
_AWAITED: Mapping[StrEnum, str] = {
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
        "return": Hangs.BACK,
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
    State.RESOLVED: {"feedback": Hangs.REACHED, "reopen": Hangs.REOPENED, "close": State.CLOSED},
    State.MERGED: {"feedback": Hangs.REACHED, "reopen": Hangs.REOPENED},
    State.ANSWERED: {"feedback": State.ANSWERED, "reopen": Hangs.REOPENED, "close": State.CLOSED},
}


#: Before the first event an issue is taken down; the intake itself is no event but the top of the file.
TABLE: Mapping[StrEnum | None, Mapping[str, StrEnum]] = {
    None: {"collect": State.COLLECTED},
    **{
        state: {**row, **({} if state in _UNTRIAGED else {"triage": Target.SAME}), **_ANY_OPEN}
        for state, row in _OWN.items()
    },
    State.CLOSED: {"reopen": Hangs.REOPENED},
    State.VOID: {},
}

LIFECYCLE = Lifecycle(states=State, steps=STEPS, table=TABLE, ends=ENDS, awaited=_AWAITED, off=OFF)
