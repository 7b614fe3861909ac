"""The states of a whistle and of each department called, and what a department may do in which."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lianxin.core.declare.lifecycle import Target
from lianxin.core.tone import Tone, Toned


class State(Toned):
    """Where a whistle stands; always the sum of its events."""

    ASKED = "待批准"
    BLOWN = "已吹哨"
    ACTING = "处置中"
    FINISHED = "已办结"
    RATED = "已评哨"
    CANCELLED = "已撤哨"
    VOID = "作废", Tone.MUTED


class Stage(StrEnum):
    """Where one department called stands (S1b 10: a closed loop)."""

    CALLED = "待响应"
    RESPONDED = "已响应"
    ARRIVED = "已报到"
    ACTING = "处置中"
    FINISHED = "已办结"


class Rating(StrEnum):
    """What those who blew the whistle, or the people, think of how it was answered."""

    SATISFIED = "满意"
    MOSTLY = "基本满意"
    DISSATISFIED = "不满意"


#: States in which departments are called and not all is done.
RUNNING = frozenset({State.BLOWN, State.ACTING})

#: States in which the whistle is still on the books.
OPEN = RUNNING | {State.ASKED}

#: States in which it was called off.
OFF = frozenset({State.CANCELLED, State.VOID})

#: States in which nothing more has to be done.
SETTLED = OFF | {State.RATED}

#: What a department may do next: its stage → step → the stage after. Every step of a department is in here.
DEPARTMENT: Mapping[StrEnum | None, Mapping[str, StrEnum]] = {
    None: {"approve": Stage.CALLED, "summon": Stage.CALLED},
    Stage.CALLED: {"respond": Stage.RESPONDED, "arrive": Stage.ARRIVED, "extend": Target.SAME},
    Stage.RESPONDED: {"arrive": Stage.ARRIVED, "extend": Target.SAME},
    Stage.ARRIVED: {"dispose": Stage.ACTING, "extend": Target.SAME},
    Stage.ACTING: {"dispose": Target.SAME, "finish": Stage.FINISHED, "extend": Target.SAME},
    Stage.FINISHED: {},
}
