"""The running sum of a rectification's events."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from lianxin.core.value import show_deadline
from lianxin.kinds.life.course import Course
from lianxin.kinds.life.event import Progress

if TYPE_CHECKING:
    from lianxin.kinds.rectification.record import Rectification
    from lianxin.kinds.rectification.step import Accept, Finish, Return, Strike


class RectificationTally(Struct):
    """The sum so far. Mutable while a fold runs, never seen outside it."""

    record: Rectification
    course: Course
    due: datetime
    progress: Progress | None = None
    finished: Finish | None = None
    on_time: bool | None = None
    accepted: Accept | None = None
    struck: Strike | None = None
    extensions: int = 0
    returns: int = 0

    def again(self, event: Accept | Return) -> None:
        """Back to work: what was reported no longer counts, and a new limit may be set."""
        self.returns += 1
        self.finished = self.accepted = self.on_time = None
        if event.limit is None:
            return
        if event.limit < event.at:
            self.course.fault("L025", f"新期限 {show_deadline(event.limit)} 定下时就已过了", "新期限")
        self.due = event.limit
