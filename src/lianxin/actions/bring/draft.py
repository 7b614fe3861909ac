"""What a line of a table is on its way to a record, and what is wrong with it, by sheet, row and column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Event
from lianxin.core.sheet import letter
from lianxin.policies.importing import Target


class Fate(StrEnum):
    """What becomes of a draft."""

    NEW = "新增"
    FILLED = "补上"
    SAME = "已有"
    DIFFERS = "不同"
    TWICE = "重复"
    FAULTY = "有毛病"


class Trouble(Struct, frozen=True):
    """One thing that is wrong, or to be known, at its place.

    Attributes:
        row: From 1.
        column: From 0; -1: of the whole row.
        heading: Of the column, as she wrote it.
        said: What it is, and what to do.
        veiled: The sentence without what the cell says; empty where it says nothing of it.
        grave: The row cannot come in as it stands.
    """

    sheet: str
    row: int
    column: int
    heading: str
    said: str
    veiled: str = ""
    grave: bool = True

    @property
    def public(self) -> str:
        """The sentence as whoever may read along is told it."""
        return self.veiled or self.said

    @property
    def place(self) -> str:
        """Row and column as a spreadsheet shows them: ``第 7 行 E 列「电话」``."""
        where = f" {letter(self.column)} 列" if self.column >= 0 else ""
        return f"第 {self.row} 行{where}" + (f"「{self.heading}」" if self.heading else "")


class Typed(Struct, frozen=True):
    """What stands in one cell, for one field.

    Attributes:
        text: As it would be typed.
    """

    target: Target
    text: str
    column: int
    row: int


class Late(Struct, frozen=True):
    """What names a record that may come in later: it is filled in once it is there."""

    typed: Typed
    said: str
    veiled: str


class Told(Struct):
    """One step as the row tells of it.

    Attributes:
        at: None: the row bears no day of its own.
    """

    name: str
    values: dict[str, Any]
    typed: Mapping[str, Typed]
    at: datetime | None


class Blown(Struct):
    """The whistle that a row tells of, as far as the issue has to do with it.

    Attributes:
        lead: Who deals with the issue where no department had it.
        open: Why the issue cannot be struck off yet; empty: it can.
    """

    id: str
    lead: str
    open: str


class Draft(Struct):
    """One record to be, of one line or of several that belong together.

    Attributes:
        table: Which of the tables it is from.
        rows: Of the sheet, from 1; the first is the one it is known by.
        values: What its file would hold, by Chinese label.
        columns: Where each of these stands: column by label or path.
        items: Labels of lists to which every line adds.
        steps: What was said of steps: texts by field, by step.
        loose: What no field or step took, in words.
        late: What could not be resolved yet.
        key: What tells it from others.
        id: Once it has one: of a new record, or of the one it was recognised as.
        lacks: What came in without a step or a field, for want of something.
        digest: Of what its cells say.
    """

    table: int
    kind: Kind
    rows: list[int]
    values: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    items: set[str] = field(default_factory=set)
    steps: dict[str, dict[str, Typed]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)
    key: tuple[str, ...] = ()
    id: str = ""
    fate: Fate = Fate.NEW
    record: Any = None
    events: tuple[Event, ...] = ()
    text: str = ""
    base: bytes | None = None
    digest: str = ""

    @property
    def grave(self) -> bool:
        """Whether it cannot come in as it stands."""
        return any(one.grave for one in self.troubles)


Answers = Mapping[str, str]
