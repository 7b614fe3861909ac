"""Many offices as one: what a roll-up holds of each. What may be asked of all of them stands in ``core.pool``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

#: The two sides of a rate; a count has only the first.
NUMERATOR, DENOMINATOR = "分子", "分母"
#: The same of the period that a figure is compared with.
EARLIER = {NUMERATOR: "上期分子", DENOMINATOR: "上期分母"}
#: What is counted for reports though it is no figure of anybody's: a sum of its own for each state, term and score.
STATES, SCORE = "状态", "综合成绩"
#: Between what a county is called and what one of its offices is: 岫水县·北坡镇.
WITHIN = "·"


class Standing(StrEnum):
    """How an office's part of the roll-up stands."""

    FRESH = "读到了"
    PARTLY = "有的不是现在的"
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


class Within(Struct, frozen=True):
    """The roll-up that a part was added up from, where what is listed is a county and no office.

    Attributes:
        folder: Where it lies, from the folder of the roll-up that lists it.
        digest: SHA-256 of its manifest: while it is that, its files are those which were added up.
        offices: How many offices it has, those of counties in it counted too.
        figures: Definitions of figures that some of its offices go by and most do not: their names and digests.
        forms: The same of ledgers.
    """

    folder: str
    digest: str
    offices: int
    figures: tuple[tuple[str, str], ...] = ()
    forms: tuple[tuple[str, str], ...] = ()


class OfficePart(Struct, frozen=True):
    """What a roll-up holds of one office, or of a county by its own roll-up.

    Attributes:
        name, level: As listed.
        where: As listed, without what may be a secret in it.
        standing: Whether it is of now.
        why: Why it is not; empty where it is.
        commit: Read at this commit; empty where none was ever read. Of a county the digest of its manifest.
        as_of: On this day.
        key: Digest of all that the files depend on.
        personal: What tells of persons is in it.
        figures, outlines, forms: The digest of the definition of each figure, report and ledger, by its name.
        records: How many records it has of each kind, by its English name.
        unreadable, faults: Files that cannot be read, and errors that the check finds.
        parts: Its files.
        within: Where its offices are, if it is a county.
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
    within: Within | None = None

    def counted_by(self) -> Iterator[tuple[str, str]]:
        """Every definition of a figure in it: its name and digest."""
        yield from self.figures.items()
        yield from self.within.figures if self.within else ()

    def printed_by(self) -> Iterator[tuple[str, str]]:
        """Every form of a ledger in it: its name and digest."""
        yield from self.forms.items()
        yield from self.within.forms if self.within else ()


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
