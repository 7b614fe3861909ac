"""What is to be done for one office of a roll-up, and what came of it.

All these are plain values: whoever spreads offices over processes or machines hands them on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from lianxin.core.county import OfficePart
from lianxin.storage.county.fetch import Place


class Job(Struct, frozen=True):
    """What is to be done for one office.

    Attributes:
        name, level: As listed.
        place: Where its book is to be had.
        target: The folder of the roll-up.
        personal: Columns that tell of persons are taken in.
        periods: For which its figures are counted, each named by its days (``2026Q4``).
        now: The minute it is looked at.
        last: What the roll-up held of it before.
        again: Its history need not go on from there.
    """

    name: str
    level: str
    place: Place
    target: str
    personal: bool
    periods: tuple[str, ...]
    now: datetime
    last: OfficePart | None = None
    again: bool = False


class Texts(Struct, frozen=True):
    """Definitions as JSON, by their digests."""

    figures: Mapping[str, str] = {}
    outlines: Mapping[str, str] = {}
    forms: Mapping[str, str] = {}


class Done(Struct, frozen=True):
    """What came of it.

    Attributes:
        texts: What its figures, reports and ledgers are defined by.
        kept: Nothing of it had to be written.
    """

    part: OfficePart
    texts: Texts
    kept: bool = False
