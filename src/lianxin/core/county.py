"""Many offices as one: what a roll-up holds of each, and what may be asked of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

#: The two sides of a rate; a count has only the first.
NUMERATOR, DENOMINATOR = "分子", "分母"


class Standing(StrEnum):
    """How an office's part of the roll-up stands."""

    FRESH = "读到了"
    STALE = "沿用上次"
    MISSING = "没有读到"


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
        figures: The digest of each figure's definition, by its name.
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
    figures: Mapping[str, str] = {}
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
        definitions: Each definition as JSON, by its digest.
    """

    schema: str
    name: str
    personal: bool
    tool: str
    periods: tuple[str, ...]
    offices: tuple[OfficePart, ...]
    definitions: Mapping[str, str] = {}


class Share(Struct, frozen=True):
    """What one office adds to a figure.

    Attributes:
        records: How many records were counted.
        denominator: None for a count.
    """

    office: str
    figure: str
    numerator: Decimal
    denominator: Decimal | None
    records: int


class Fact(Struct, frozen=True):
    """One record's part in a figure.

    Attributes:
        side: ``分子`` or ``分母``.
        day: The day it is counted by; None where it has none.
    """

    office: str
    side: str
    record: str
    day: date | None
    amount: Decimal


class Pool(Protocol):
    """A roll-up that answers."""

    manifest: Manifest

    def shares(self, period: str, figures: Sequence[str] = ()) -> list[Share]:
        """What each office adds to each figure, in the order of the list; all figures where none is named."""
        ...

    def facts(self, period: str, figure: str, office: str = "") -> list[Fact]:
        """The records that add up to a figure, office by office."""
        ...
