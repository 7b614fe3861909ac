"""What a life says of itself: read off the sum when it is asked for, and the columns that are kept of it.

A life is a frozen class over its running sum. What it says stands in the class, each in one place: its name, how it is
read, and, for a column, its Chinese label. ``Saying`` checks that what is read is of the column's type.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, Protocol, Self, TypeVar, overload

from lianxin.core.declare.kind import Derived
from lianxin.core.declare.lifecycle import Interval, Step
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.value import FieldType
from lianxin.kinds.life.course import Tally

L = TypeVar("L")
T = TypeVar("T")
Chosen = TypeVar("Chosen", bound="StrEnum | None")
Day = TypeVar("Day", bound="date | None")
Moment = TypeVar("Moment", bound="datetime | None")
Group = TypeVar("Group", bound=Record)
Words = TypeVar("Words", bound="str | None")


class Said(Generic[L, T]):
    """What a life says, worked out when it is asked for."""

    def __init__(self, read: Callable[[L], T]) -> None:
        self.read = read

    @overload
    def __get__(self, life: None, owner: object) -> Self: ...
    @overload
    def __get__(self, life: L, owner: object) -> T: ...
    def __get__(self, life: L | None, owner: object) -> Self | T:
        """Itself, asked of the class; what it says, asked of a life."""
        return self if life is None else self.read(life)


class Column(Said[L, T]):
    """The same, and a column of the kind: named as it is in the class, the rest as ``Derived`` has it."""

    derived: Derived

    def __init__(self, type_: FieldType, label: str, read: Callable[[L], T], more: dict[str, Any]) -> None:
        super().__init__(read)
        self._more = {"type": type_, "label": label, **more}

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name it has in the class, where it is given no other."""
        told: dict[str, Any] = {"name": name, "read": self.read, **self._more}
        self.derived = Derived(**told)


class Saying(Generic[L]):
    """Makes what a life says, of the type that it is read with; ``more`` as ``Derived`` has it."""

    def of(self, read: Callable[[L], T]) -> Said[L, T]:
        """What is no column."""
        return Said(read)

    def text(self, label: str, read: Callable[[L], Words], **more: Any) -> Column[L, Words]:
        """Words."""
        return Column(FieldType.TEXT, label, read, more)

    def choice(self, label: str, set_: type[StrEnum], read: Callable[[L], Chosen], **more: Any) -> Column[L, Chosen]:
        """One of a closed set."""
        return Column(FieldType.CHOICE, label, read, {"choices": tuple(set_), **more})

    def count(self, label: str, read: Callable[[L], int], help_: str = "") -> Column[L, int]:
        """How often, or how many."""
        return Column(FieldType.INTEGER, label, read, {"help": help_})

    def flag(self, label: str, read: Callable[[L], bool | None], **more: Any) -> Column[L, bool | None]:
        """Whether it is so."""
        return Column(FieldType.FLAG, label, read, more)

    def amount(self, label: str, read: Callable[[L], Decimal | None], help_: str) -> Column[L, Decimal | None]:
        """An amount, in the unit that ``help_`` names."""
        return Column(FieldType.AMOUNT, label, read, {"help": help_})

    def day(self, label: str, read: Callable[[L], Day], help_: str = "") -> Column[L, Day]:
        """A day."""
        return Column(FieldType.DAY, label, read, {"help": help_})

    def moment(self, label: str, read: Callable[[L], Moment], help_: str = "") -> Column[L, Moment]:
        """When it was."""
        return Column(FieldType.MOMENT, label, read, {"help": help_})

    def deadline(self, label: str, read: Callable[[L], Moment], **more: Any) -> Column[L, Moment]:
        """By when it must be."""
        return Column(FieldType.DEADLINE, label, read, more)

    def one(self, label: str, kind: str, read: Callable[[L], str | None], on: str = "") -> Column[L, str | None]:
        """A record of a kind, by its id; of a person, ``on`` names the column with the day."""
        return Column(FieldType.REF, label, read, {"refs": (kind,), "on": on})

    def several(self, label: str, kind: str, read: Callable[[L], tuple[str, ...]]) -> Column[L, tuple[str, ...]]:
        """Records of a kind, by their ids."""
        return Column(FieldType.REF, label, read, {"refs": (kind,), "many": True})

    def groups(
        self, label: str, group: type[Group], read: Callable[[L], tuple[Group, ...]], help_: str
    ) -> Column[L, tuple[Group, ...]]:
        """A list of groups."""
        return Column(FieldType.GROUP, label, read, {"group": group, "many": True, "help": help_})


def columns(life: type) -> tuple[Derived, ...]:
    """The columns of a life, and those of SQL that stand between them, in the order of its class."""
    stands = (one.derived if isinstance(one, Column) else one for one in vars(life).values())
    return tuple(one for one in stands if isinstance(one, Derived))


class Played(Protocol):
    """A life over the sum of its events."""

    @property
    def tally(self) -> Tally:
        """The sum when all is played."""
        ...


#: What every life says alike: its stays in states, in order, the last one open; what is wrong with its events, in the
#: order of the file; notices of 暂定 deadlines counted anew because their year has been published.
STAYS: Said[Played, tuple[Interval, ...]] = Said(lambda life: life.tally.course.stays)
FAULTS: Said[Played, tuple[Fault, ...]] = Said(lambda life: tuple(life.tally.course.faults))
RECOMPUTED: Said[Played, tuple[str, ...]] = Said(lambda life: tuple(life.tally.course.recomputed))


def lawful(life: Played) -> tuple[Step, ...]:
    """What the table admits, less what the history forbids or leaves no need for; the step it waits for is first."""
    course = life.tally.course
    return tuple(step for step in course.lifecycle.lawful(course.state) if step.model.possible(life.tally))
