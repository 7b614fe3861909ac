"""A line of a list, and the headings lines stand under."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Generic, TypeVar, overload

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.tone import Tone


class Of(StrEnum):
    """What a line stands for."""

    RECORD = "记录"
    DUTY = "职责"
    PAPER = "文件"
    OWED = "材料"
    FAULT = "毛病"
    UNSETTLED = "待定"
    SYNC = "同步"
    WAITING = "没写完"


class Item(Struct, frozen=True):
    """One line.

    Attributes:
        id: Of a record; else the name of what it stands for.
        title: What it is called.
        told: What else is said of it, the most telling first: what to do, until when, with whom it lies, where; the
            same in the same place for all lines of a part, empty where it is not said of this one.
        tone: How the first of it is meant.
        of: What it stands for.
        group: To what it belongs, where its id alone does not tell it: a duty, a sort of file.
        marked: The title with marks around what was looked for; empty where nothing was.
        where: Where else that stands, a line each.
    """

    id: str
    title: str
    told: tuple[str, ...] = ()
    tone: Tone = Tone.NORMAL
    of: Of = Of.RECORD
    group: str = ""
    marked: str = ""
    where: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other lines."""
        return self.id, self.title, self.group


T = TypeVar("T")


class Lines(Sequence[Item], Generic[T]):
    """Lines that are made when they are looked at: thousands are counted, a screenful is read.

    Args:
        found: What each stands for.
        make: Makes it.
    """

    def __init__(self, found: Sequence[T], make: Callable[[T], Item]) -> None:
        self._found, self._make = found, make

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        if isinstance(place, slice):
            return tuple(map(self._make, self._found[place]))
        return self._make(self._found[place])


class Part(Struct, frozen=True):
    """Lines under a heading.

    Attributes:
        many: How many there are, whether all are in hand or not.
        unit: What they are counted by.
    """

    name: str
    items: Sequence[Item]
    many: int
    unit: str = "件"
    tone: Tone = Tone.NORMAL


def part(name: str, items: Sequence[Item], unit: str = "件", tone: Tone = Tone.NORMAL) -> Part:
    """Lines that are all there are."""
    return Part(name, items, len(items), unit, tone)


def window(parts: Sequence[Part], skip: int, most: int) -> list[Part]:
    """Some of the lines of parts that are all in hand, under their headings."""
    found: list[Part] = []
    for one in parts:
        some = one.items[skip : skip + max(most, 0)]
        if some:
            found.append(replace(one, items=some))
            most -= len(some)
        skip = max(skip - len(one.items), 0)
    return found
