"""How somebody stands with a duty, and all whom it binds together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from lianxin.core.day.period import Period
from lianxin.policies.campaign import Campaign
from lianxin.policies.duty import Duty, Milestone
from lianxin.reports.duty.pace import PRESSING, Claim, Status


class Reached(Struct, frozen=True):
    """A milestone that has passed: was it reached in time?"""

    milestone: Milestone
    then: Decimal | None

    @property
    def met(self) -> bool:
        """What was there on its day was enough."""
        return self.then is not None and self.then >= self.milestone.least


class Stand(Struct, frozen=True):
    """How one subject stands.

    Attributes:
        subject: Id; empty for the office itself.
        done: In units, or percent; None where there is nothing to divide by.
        amount, total: What was counted, and what it is a share of.
        gap: How many more are wanted; too many, where it is over.
        pace: How the gap can be closed.
        missed: Labels of the earlier cycles in which the duty was not fulfilled.
        past: How many earlier cycles bound this subject.
        milestones: Those that have passed.
        pieces: Of a duty made of others: each of them and how it stands.
    """

    subject: str
    claim: Claim
    done: Decimal | None
    status: Status
    amount: Decimal = Decimal(0)
    total: Decimal | None = None
    gap: Decimal = Decimal(0)
    pace: str = ""
    missed: tuple[str, ...] = ()
    past: int = 0
    milestones: tuple[Reached, ...] = ()
    pieces: tuple[tuple[str, Status], ...] = ()

    def of(self, subject: str) -> Stand:
        """Somebody else who stands the same; ``replace`` takes three times as long, and there are thousands."""
        return Stand(
            subject,
            self.claim,
            self.done,
            self.status,
            self.amount,
            self.total,
            self.gap,
            self.pace,
            self.missed,
            self.past,
            self.milestones,
            self.pieces,
        )

    @property
    def pressing(self) -> bool:
        """Something must be done, or should have been."""
        return self.status in PRESSING

    @property
    def bound(self) -> Decimal | None:
        """What it is held to: the least, or else the most."""
        return self.claim.most if self.claim.least is None else self.claim.least


def unit_of(duty: Duty) -> str:
    """What is counted one by one, also where the duty asks for a share in percent."""
    if duty.parts:
        return "项"
    return "个" if duty.out_of and duty.unit in ("%", "％") else duty.unit


class Fulfilment(Struct, frozen=True):
    """A duty in the cycle that matters.

    Attributes:
        cycle: None where the duty is not due at all in the days looked at.
        stands: The most pressing first.
    """

    duty: Duty
    campaign: Campaign | None
    cycle: Period | None
    today: date
    stands: tuple[Stand, ...]

    @property
    def ends(self) -> date | None:
        """The last day of the cycle; None where it has none."""
        return self.cycle.last if self.cycle and self.cycle.until != date.max else None

    def count(self, *statuses: Status) -> int:
        """How many stand so."""
        return sum(stand.status in statuses for stand in self.stands)

    @property
    def asked(self) -> bool:
        """Whether there is anybody it asks for anything: a share of nothing asks for none."""
        return any(stand.status is not Status.NOTHING for stand in self.stands)

    @property
    def pressing(self) -> int:
        """How many have to do something."""
        return sum(one.pressing for one in self.stands)

    @property
    def until(self) -> date | None:
        """The last day of the cycle; None where it has none."""
        return self.cycle.last if self.cycle and self.cycle.until != date.max else None

    @property
    def idle(self) -> tuple[Stand, ...]:
        """Those who owe something and have done nothing at all."""
        return tuple(one for one in self.stands if one.claim.least and not one.amount and one.status is not Status.DONE)


def wanting(stands: Iterable[Stand]) -> Decimal:
    """How many more are wanted of all of them together."""
    return sum((one.gap for one in stands if one.status is not Status.OVER), Decimal(0))
