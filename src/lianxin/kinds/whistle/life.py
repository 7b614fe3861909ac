"""The whistle's life: what its events add up to (S1b 10: respond, arrive, dispose, finish, a closed loop)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from lianxin.core.declare.lifecycle import Interval, Step
from lianxin.core.problem import Fault
from lianxin.kinds.life.amend import Correction
from lianxin.kinds.whistle.column import Answer
from lianxin.kinds.whistle.state import Rating, State

if TYPE_CHECKING:
    from lianxin.kinds.whistle.record import Whistle


class Life(Struct, frozen=True):
    """What a whistle's events add up to.

    The attributes named like a stored column of ``DERIVED`` hold its value. Besides:

    Attributes:
        record: As its amendments read it; ``corrections`` says what they changed.
        cancelled_why: Why it was taken back.
        recomputed: Notices of 暂定 deadlines counted anew because their year has been published.
    """

    record: Whistle
    state: State
    intervals: tuple[Interval, ...]
    lawful: tuple[Step, ...]
    faults: tuple[Fault, ...]
    corrections: tuple[Correction, ...]
    recomputed: tuple[str, ...]
    answers: tuple[Answer, ...]
    approver: str | None
    approved_at: datetime | None
    called: int
    arrived: int
    arrived_late: int
    finished: int
    waiting: tuple[str, ...]
    next_due: datetime | None
    warn_on: date | None
    closed_at: datetime | None
    result: str | None
    rating: Rating | None
    rated_at: datetime | None
    words: str | None
    urges: int
    cancelled_why: str | None
    last_at: datetime

    def answer(self, dept: str) -> Answer | None:
        """The line of a department."""
        return next((one for one in self.answers if one.dept == dept), None)
