"""What may be asked of many offices as one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from msgspec import Struct

from lianxin.core.county import DutyLine, FrozenLine, Manifest, OfficePart
from lianxin.core.filter import Op


class Share(Struct, frozen=True):
    """What one office, or all that count by one definition, add to a figure.

    Attributes:
        office: Empty where it is of all of them.
        axis, subject: As in a ``Total``.
        version: Digest of the definition.
        denominator: None for a count.
        records: How many records were counted.
        before: Both sides in the period it is compared with; None where it is compared with none.
    """

    office: str
    figure: str
    axis: str
    subject: str
    version: str
    numerator: Decimal
    denominator: Decimal | None
    records: int
    before: tuple[Decimal, Decimal | None] | None = None


class Fact(Struct, frozen=True):
    """One record's part in a figure; an office of a county that is listed is called after both, 岫水县·北坡镇."""

    office: str
    side: str
    subject: str
    record: str
    day: date | None
    amount: Decimal


class Condition(Struct, frozen=True):
    """What a row of a ledger must be, by the name of its column."""

    column: str
    op: Op
    values: tuple[str, ...]


class HeldColumn(Struct, frozen=True):
    """A column of a ledger as the data set has it."""

    name: str
    label: str
    type: str
    width: int


class Held(Struct, frozen=True):
    """The rows of one ledger in the offices that print it by one form.

    Attributes:
        version: Digest of the form.
        rows: The office, the record and the values of each, office by office.
    """

    version: str
    columns: tuple[HeldColumn, ...]
    rows: Sequence[tuple[Any, ...]]


class Pool(Protocol):
    """A roll-up that answers."""

    manifest: Manifest

    def part(self, office: str) -> OfficePart:
        """What is held of an office, be it one of a county that is listed.

        Raises:
            UsageError: None is called so.
        """
        ...

    def shares(self, period: str, figures: Collection[str] = ()) -> list[Share]:
        """What each office adds to figures as a whole, in the order of the list; all figures where none is named."""
        ...

    def spread(self, period: str) -> list[Share]:
        """What all offices add to each figure by words and through time, a share for each definition."""
        ...

    def facts(self, period: str, figure: str, office: str = "") -> list[Fact]:
        """The records that add up to a figure, office by office."""
        ...

    def duties(self, period: str) -> list[tuple[str, DutyLine]]:
        """How each duty stands in each office, in the order of the list."""
        ...

    def frozen(self) -> list[tuple[str, FrozenLine]]:
        """What each office's frozen reports say, in the order of the list."""
        ...

    def columns(self, version: str) -> tuple[HeldColumn, ...]:
        """The columns of a ledger as the offices with a version of its form have it; none where nobody has a row."""
        ...

    def ledger(self, version: str, conditions: Sequence[Condition], days: tuple[str, str] | None) -> Held:
        """The rows of a ledger in the offices with one version of its form.

        Args:
            version: Digest of the form.
            conditions: All of them hold.
            days: The first, and the one after the last.
        """
        ...
