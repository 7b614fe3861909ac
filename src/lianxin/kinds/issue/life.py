"""The issue's life: what its events add up to (S1b, domain tables of states, steps and haves)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from lianxin.core.declare.lifecycle import Interval, Step
from lianxin.core.problem import Fault
from lianxin.kinds.issue.choice import Level, Merit, Reached, Satisfied, Scope, Solved, Sphere, Told
from lianxin.kinds.issue.column import Assignment
from lianxin.kinds.issue.haves import Have, HaveName
from lianxin.kinds.issue.state import OFF, RUN_OUT, Closing, How, State
from lianxin.kinds.issue.step.end import Feedback
from lianxin.kinds.issue.step.note import Learn, Reflect, Urge
from lianxin.kinds.issue.step.triage import Escalate, Merge
from lianxin.kinds.issue.tally import Limit, Refusal, Suspension
from lianxin.kinds.life.amend import Correction

if TYPE_CHECKING:
    from lianxin.kinds.issue.record import Issue


class Life(Struct, frozen=True):
    """What an issue's events add up to.

    The attributes named like a stored column of ``DERIVED`` hold its value. Result, feedback and closing are those of
    the present round; rounds before a reopening are in the events. Besides:

    Attributes:
        record: As its amendments read it; ``corrections`` says what they changed.
        state: As the events leave it, or as of the moment until which they were played.
        intervals: Every stay in a state, in order; the last one is open.
        haves: The five, in the order of the handbook.
        lawful: The steps that can be taken next.
        owed: Labels of what the department still has to name on signing: 责任人, 办理时限, 工作标准.
        limits: The first limit and everything that moved it, with reasons.
        refusals: Who sent it back, why and when.
        attempts_made: Failed tries to reach the person, in this round.
        needs_reason: Striking off asks for a written reason.
        recomputed: Notices of 暂定 deadlines counted anew because their year has been published.
        faults: What is wrong with the events, in the order of the file.
    """

    record: Issue
    state: State
    intervals: tuple[Interval, ...]
    haves: tuple[Have, ...]
    lawful: tuple[Step, ...]
    owed: tuple[str, ...]
    limits: tuple[Limit, ...]
    suspensions: tuple[Suspension, ...]
    refusals: tuple[Refusal, ...]
    escalations: tuple[Escalate, ...]
    merges: tuple[Merge, ...]
    attempts_made: tuple[Feedback, ...]
    urged: tuple[Urge, ...]
    learned: tuple[Learn, ...]
    reflected: tuple[Reflect, ...]
    corrections: tuple[Correction, ...]
    evidence: tuple[str, ...]
    close_reason: str | None
    needs_reason: bool
    recomputed: tuple[str, ...]
    faults: tuple[Fault, ...]
    told: Feedback | None
    level_now: Level
    scope: Scope | None
    sphere: Sphere | None
    merit: Merit | None
    category: str | None
    urgency: str | None
    accepted_at: datetime | None
    accepted_by: str | None
    reply: str | None
    dept: str | None
    co_depts: tuple[str, ...]
    person: str | None
    rule: str | None
    base_due: datetime | None
    left: str | None
    first_due: datetime | None
    provisional: bool | None
    standard: str | None
    document: str | None
    every: str | None
    assigned_at: datetime | None
    assignments: tuple[Assignment, ...]
    sign_due: datetime | None
    sign_provisional: bool | None
    signed_at: datetime | None
    signed_by: str | None
    extensions: int
    returns: int
    reopens: int
    urges: int
    whistle: str | None
    review_on: date | None
    wakes: date | None
    result: str | None
    resolved_at: datetime | None
    resolved_how: How | None
    cost: Decimal | None
    told_at: datetime | None
    told_how: Told | None
    told_by: str | None
    reached: Reached | None
    attempts: int
    solved: Solved | None
    satisfied: Satisfied | None
    reflection: str | None
    closed_at: datetime | None
    closed_how: Closing | None
    into: str | None
    missing: str | None
    on_time: bool | None
    on_time_first: bool | None
    warn_on: date | None
    last_at: datetime

    @property
    def base_state(self) -> State:
        """The state as the events leave it."""
        return self.state

    @property
    def due(self) -> datetime | None:
        """The deadline in force: none while it stands still; one that had run out stays so."""
        return self.base_due if self.left in (None, RUN_OUT) else None

    @property
    def open(self) -> bool:
        """Still on the books."""
        return self.state not in OFF

    @property
    def learns(self) -> int:
        """How often the area was searched for the same trouble."""
        return len(self.learned)

    @property
    def alike_found(self) -> int:
        """Similar issues found by those searches."""
        return sum(one.found or 0 for one in self.learned)

    @property
    def alike_solved(self) -> int:
        """Similar issues that were solved on the way."""
        return sum(one.solved or 0 for one in self.learned)

    def have(self, name: HaveName) -> Have:
        """One of the five."""
        return next(have for have in self.haves if have.name is name)
