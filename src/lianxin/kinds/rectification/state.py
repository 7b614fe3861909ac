"""The states of a rectification."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lianxin.core.tone import Tone, Toned


class State(Toned):
    """Where a rectification stands; always the sum of its events."""

    LISTED = "已挂账"
    WORKING = "整改中"
    REPORTED = "待验收"
    ACCEPTED = "已验收", Tone.GOOD
    STRUCK = "已销号", Tone.GOOD
    VOID = "作废", Tone.MUTED


class Hangs(StrEnum):
    """Where a step leads that hangs on the event, as readers see it."""

    PASSED = "已验收（通过）或整改中"


#: The states that each may come to.
ENDS: Mapping[StrEnum, tuple[StrEnum, ...]] = {Hangs.PASSED: (State.ACCEPTED, State.WORKING)}

#: States in which it is off the books.
OFF = frozenset({State.STRUCK, State.VOID})

#: States in which the limit runs.
RUNNING = frozenset({State.LISTED, State.WORKING})
