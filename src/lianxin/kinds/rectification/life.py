"""The rectification's life: what its events add up to."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from lianxin.core.declare.lifecycle import Interval, Step
from lianxin.core.problem import Fault
from lianxin.kinds.life.amend import Correction
from lianxin.kinds.rectification.state import State

if TYPE_CHECKING:
    from lianxin.kinds.rectification.record import Rectification


class Life(Struct, frozen=True):
    """What a rectification's events add up to.

    The attributes named like a stored column of ``DERIVED`` hold its value. Besides:

    Attributes:
        record: As its amendments read it; ``corrections`` says what they changed.
    """

    record: Rectification
    state: State
    intervals: tuple[Interval, ...]
    lawful: tuple[Step, ...]
    faults: tuple[Fault, ...]
    corrections: tuple[Correction, ...]
    due: datetime
    warn_on: date | None
    progress: str | None
    result: str | None
    finished_at: datetime | None
    on_time: bool | None
    accepted_at: datetime | None
    accepted_by: str | None
    opinion: str | None
    struck_at: datetime | None
    extensions: int
    returns: int
    last_at: datetime
