"""The states of a whistle and of each department called, and the tables of which steps are lawful where."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lianxin.core.declare.lifecycle import Lifecycle, Target
from lianxin.kinds.whistle.event import STEPS


class State(StrEnum):
    """Where a whistle stands; always the sum of its events."""

    ASKED = "待批准"
    BLOWN = "已吹哨"
    ACTING = "处置中"
    FINISHED = "已办结"
    RATED = "已评哨"
    CANCELLED = "已撤哨"
    VOID = "作废"


class Stage(StrEnum):
    """Where one department called stands (S1b 10: a closed loop)."""

    CALLED = "待响应"
    RESPONDED = "已响应"
    ARRIVED = "已报到"
    ACTING = "处置中"
    FINISHED = "已办结"


#: States in which departments are called and not all is done.
RUNNING = frozenset({State.BLOWN, State.ACTING})

#: States in which the whistle is still on the books.
OPEN = RUNNING | {State.ASKED}

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

#: What a department may do next: its stage → step → the stage after. Every step of a department is in here.
DEPARTMENT: Mapping[StrEnum | None, Mapping[str, StrEnum]] = {
    None: {"approve": Stage.CALLED, "summon": Stage.CALLED},
    Stage.CALLED: {"respond": Stage.RESPONDED, "arrive": Stage.ARRIVED, "extend": Target.SAME},
    Stage.RESPONDED: {"arrive": Stage.ARRIVED, "extend": Target.SAME},
    Stage.ARRIVED: {"dispose": Stage.ACTING, "extend": Target.SAME},
    Stage.ACTING: {"dispose": Target.SAME, "finish": Stage.FINISHED, "extend": Target.SAME},
    Stage.FINISHED: {},
}

#: Steps that move one department.
MOVING = frozenset(name for stage, row in DEPARTMENT.items() if stage is not None for name in row)

LIFECYCLE = Lifecycle(
    states=State,
    steps=STEPS,
    table=TABLE,
    begins="吹哨",
    parts=("部门", Lifecycle(states=Stage, steps=STEPS, table=DEPARTMENT, begins="批准")),
)
