"""The one table of which steps of a rectification are lawful where."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lianxin.core.declare.lifecycle import Lifecycle, Target
from lianxin.kinds.rectification.state import ENDS, OFF, Hangs, State
from lianxin.kinds.rectification.step import STEPS

_ALWAYS: Mapping[str, StrEnum] = {"amend": Target.SAME, "void": State.VOID}

#: Before the first event the fault is put on the books; that is no event but the top of the file.
TABLE: Mapping[StrEnum | None, Mapping[str, StrEnum]] = {
    None: {"list": State.LISTED},
    State.LISTED: {"progress": State.WORKING, "extend": Target.SAME, "finish": State.REPORTED, **_ALWAYS},
    State.WORKING: {"progress": Target.SAME, "extend": Target.SAME, "finish": State.REPORTED, **_ALWAYS},
    State.REPORTED: {"progress": Target.SAME, "accept": Hangs.PASSED, "return": State.WORKING, **_ALWAYS},
    State.ACCEPTED: {"strike": State.STRUCK, "return": State.WORKING, **_ALWAYS},
    State.STRUCK: {},
    State.VOID: {},
}

#: The step that a state waits for: offered before all others.
_AWAITED: Mapping[StrEnum, str] = {
    State.WORKING: "finish",
    State.REPORTED: "accept",
    State.ACCEPTED: "strike",
}

LIFECYCLE = Lifecycle(states=State, steps=STEPS, table=TABLE, ends=ENDS, awaited=_AWAITED, begins="挂账", off=OFF)
