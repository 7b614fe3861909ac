"""The desks (台) that one book is kept at (``stations.yaml``): whose letter stands in which numbers."""

from __future__ import annotations

import string
from collections.abc import Iterator

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.value import Moment, Text

#: In the data folder.
PATH = "stations.yaml"
LETTERS = string.ascii_uppercase


class Station(Record):
    """One desk: a letter that nobody else's numbers bear, for good."""

    letter: Text = field("字母", help="这一台给的编号里的字母，如 B 台给 WT-2026-B0001")
    name: Text = field("台名", help="大家怎么叫这一台，如 党建办、下村的笔记本")
    claimer: Text | None = field("认领人", default=None, help="谁领的：人员编号")
    claimed: Moment | None = field("认领时间", default=None)
    mark: Text | None = field("机器", default=None, help="认这一台的记号，看不出是哪台机器")


class Stations(Record):
    """``stations.yaml``."""

    stations: tuple[Station, ...] = field("台")


def check_stations(stations: Stations) -> Iterator[Fault]:
    """What of it cannot work."""
    seen: set[str] = set()
    for n, one in enumerate(stations.stations):
        if len(one.letter) != 1 or one.letter not in LETTERS:
            yield Fault("P051", ("台", n, "字母"), f"「{one.letter}」不是台的字母，要是 A 到 Z 的一个大写字母")
        elif one.letter in seen:
            yield Fault("P051", ("台", n, "字母"), f"{one.letter} 台写了两次，两台会给出一样的编号")
        seen.add(one.letter)
