"""The one table of which steps of a whistle are lawful where."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lianxin.core.declare.lifecycle import Lifecycle, Target
from lianxin.kinds.whistle.state import DEPARTMENT, OPEN, Stage, State
from lianxin.kinds.whistle.step import STEPS

_ALWAYS: Mapping[str, StrEnum] = {"urge": Target.SAME, "progress": Target.SAME, "amend": Target.SAME}

#: Before the first event the whistle is asked for; that is no event but the top of the file.
TABLE: Mapping[StrEnum | None, Mapping[str, StrEnum]] = {
    None: {"blow": State.ASKED},
    State.ASKED: {
        "approve": State.BLOWN,
        "summon": Target.SAME,
        "progress": Target.SAME,
        "cancel": State.CANCELLED,
        "amend": Target.SAME,
        "void": State.VOID,
    },
    State.BLOWN: {
        "respond": Target.SAME,
        "arrive": State.ACTING,
        "summon": Target.SAME,
        "extend": Target.SAME,
        "cancel": State.CANCELLED,
        "void": State.VOID,
        **_ALWAYS,
    },
    State.ACTING: {
        "respond": Target.SAME,
        "arrive": Target.SAME,
        "dispose": Target.SAME,
        "finish": Target.SAME,
        "summon": Target.SAME,
        "extend": Target.SAME,
        "close": State.FINISHED,
        "void": State.VOID,
        **_ALWAYS,
    },
    State.FINISHED: {"rate": State.RATED, "amend": Target.SAME, "void": State.VOID},
    State.RATED: {"rate": Target.SAME, "amend": Target.SAME},
    State.CANCELLED: {},
    State.VOID: {},
}

LIFECYCLE = Lifecycle(
    states=State,
    steps=STEPS,
    table=TABLE,
    begins="吹哨",
    parts=("部门", Lifecycle(states=Stage, steps=STEPS, table=DEPARTMENT, begins="批准")),
    off=frozenset(State) - OPEN,
)
