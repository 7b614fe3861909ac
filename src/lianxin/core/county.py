"""Many offices as one: what a roll-up holds of each, and what may be asked of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from msgspec import Struct

from lianxin.core.filter import Op

#: The two sides of a rate; a count has only the first.
NUMERATOR, DENOMINATOR = "分子", "分母"
#: The same of the period that a figure is compared with.
EARLIER = {NUMERATOR: "上期分子", DENOMINATOR: "上期分母"}
#: What is counted for reports though it is no figure of anybody's: a sum of its own for each state, term and score.
STATES, SCORE = "状态", "综合成绩"


class Standing(StrEnum):
    """How an office's part of the roll-up stands."""

    FRESH = "读到了"
    STALE = "沿用上次"
    MISSING = "没有读到"


class Entry(Struct, frozen=True):
    """One record's part in one side of a figure: a row of ``facts``.

    Attributes:
        side: ``分子`` or ``分母``.
        subject: Ids of whom the figure itself counts it for; empty where it names nobody, or not for everybody to know.
        record: Id; ``（内部）`` where something internal decides what is counted.
        day: The day it is counted by; None where it has none.
        version: Digest of the figure's definition; empty for what is no figure.
    """

    figure: str
    side: str
    subject: str
    record: str
    day: date | None
    amount: Decimal
    version: str


class Total(Struct, frozen=True):
    """What one side of a figure comes to in one office: a row of ``sums``.

    Attributes:
        axis: Empty for the whole; a column of the records (``类别``), or how far apart points in time are (``每月``).
        subject: A word of that column; the first day of a point in time.
        records: How many were counted; None where that was not asked.
    """

    figure: str
    axis: str
    subject: str
    side: str
    amount: Decimal
    records: int | None
    version: str


class DutyLine(Struct, frozen=True):
    """How one duty stands in one office: a row of ``duties``.

    Attributes:
        required: What it asks for, in words.
        bound: How many it binds; the others, how many of them stand how.
        gap: How much is wanting, in units.
        until: The last day of its cycle.
        version: Digest of its definition.
    """

    duty: str
    required: str
    unit: str
    bound: int
    finished: int
    behind: int
    idle: int
    missed: int
    gap: Decimal
    until: date | None
    version: str


class FrozenLine(Struct, frozen=True):
    """A figure as an office's frozen report has it: a row of ``frozen``.

    Attributes:
        record: Id of the frozen report.
        period: Named by its days.
        value: As printed.
        version: Digest of the definition it went by; empty for a term of the balance.
    """

    report: str
    record: str
    period: str
    made: date
    figure: str
    value: str
    numerator: Decimal | None
    denominator: Decimal | None
    version: str


class Material(Struct, frozen=True):
    """What an office's book comes to in one period."""

    facts: Sequence[Entry]
    sums: Sequence[Total]
    duties: Sequence[DutyLine]


class Part(Struct, frozen=True):
    """One file of the data set.

    Attributes:
        path: Relative to its folder.
        rows: How many it has.
        digest: SHA-256 of its bytes.
    """

    path: str
    rows: int
    digest: str


class OfficePart(Struct, frozen=True):
    """What a roll-up holds of one office.

    Attributes:
        name, level: As listed.
        where: As listed, without what may be a secret in it.
        standing: Whether it is of now.
        why: Why it is not; empty where it is.
        commit: Read at this commit; empty where none was ever read.
        as_of: On this day.
        key: Digest of all that the files depend on.
        personal: What tells of persons is in it.
        figures, outlines, forms: The digest of the definition of each figure, report and ledger, by its name.
        records: How many records it has of each kind, by its English name.
        unreadable, faults: Files that cannot be read, and errors that the check finds.
        parts: Its files.
    """

    name: str
    level: str
    where: str
    standing: Standing
    why: str = ""
    commit: str = ""
    as_of: date | None = None
    key: str = ""
    personal: bool = False
    figures: Mapping[str, str] = {}
    outlines: Mapping[str, str] = {}
    forms: Mapping[str, str] = {}
    records: Mapping[str, int] = {}
    unreadable: int = 0
    faults: int = 0
    parts: tuple[Part, ...] = ()


class Manifest(Struct, frozen=True):
    """What a roll-up is: its offices, and the definitions its figures were counted by.

    Attributes:
        schema: Of this file.
        name: Whose it is.
        personal: Columns that tell of persons are in it.
        periods: For which figures were counted.
        definitions, outlines, forms: Each definition of a figure, a report, a ledger as JSON, by its digest.
    """

    schema: str
    name: str
    personal: bool
    tool: str
    periods: tuple[str, ...]
    offices: tuple[OfficePart, ...]
    definitions: Mapping[str, str] = {}
    outlines: Mapping[str, str] = {}
    forms: Mapping[str, str] = {}


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
    """One record's part in a figure."""

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

    def shares(self, period: str, figure: str = "") -> list[Share]:
        """What each office adds to a figure as a whole, in the order of the list; all figures where none is named."""
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
