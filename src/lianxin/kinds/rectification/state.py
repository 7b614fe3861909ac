"""The states of a rectification, and the one table of which steps are lawful where."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lianxin.core.declare.lifecycle import Lifecycle, Target
from lianxin.kinds.rectification.event import STEPS


class State(StrEnum):
    """Where a rectification stands; always the sum of its events."""

    LISTED = "已挂账"
    WORKING = "整改中"
    REPORTED = "待验收"
    ACCEPTED = "已验收"
    STRUCK = "已销号"
    VOID = "作废"


#: States in which the limit runs.
RUNNING = frozenset({State.LISTED, State.WORKING})

_ALWAYS: Mapping[str, StrEnum] = {"amend": Target.SAME, "void": State.VOID}

#: Before the first event the fault is put on the books; that is no event but the top of the file.
TABLE: Mapping[StrEnum | None, Mapping[str, StrEnum]] = {
    None: {"list": State.LISTED},
    State.LISTED: {"progress": State.WORKING, "extend": Target.SAME, "finish": State.REPORTED, **_ALWAYS},
    State.WORKING: {"progress": Target.SAME, "extend": Target.SAME, "finish": State.REPORTED, **_ALWAYS},
    State.REPORTED: {"progress": Target.SAME, "accept": Target.PASSED, "return": State.WORKING, **_ALWAYS},
    State.ACCEPTED: {"strike": State.STRUCK, "return": State.WORKING, **_ALWAYS},
    State.STRUCK: {},
    State.VOID: {},
}

LIFECYCLE = Lifecycle(states=State, steps=STEPS, table=TABLE, begins="挂账")
