"""The duties on the morning page: behind now, just missed, or soon due; one line a duty."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Column, Heading, Table, Value
from lianxin.core.tone import tones
from lianxin.core.value import FieldType
from lianxin.reports.duty.pace import PRESSING

#: How a duty that is owed something may stand, most pressing first.
SOON = "快到期"
_ORDER = (*PRESSING, SOON)

#: So many lines stand on the page.
_LINES = 8


class Arrear(Struct, frozen=True):
    """One duty that is owed something.

    Attributes:
        subjects: Who owes it, by id, the most pressing first; the office itself is empty.
        who: The first of them by name.
        until: Last day of the cycle, as text; empty where it has none.
        private: A villager's name may stand in ``who``.
        inner: They are bound for an internal word.
    """

    duty: str
    status: str
    subjects: tuple[str, ...]
    who: str
    gap: str
    until: str
    pace: str
    private: bool
    inner: bool = False


def pressing_first(arrears: Sequence[Arrear]) -> list[Arrear]:
    """What is over first, then what ends soonest."""
    return sorted(arrears, key=lambda one: (_ORDER.index(one.status), one.until or "9", one.duty))


def arrears_section(arrears: Sequence[Arrear]) -> list[Block]:
    """The section of the morning page; nothing where nothing is owed."""
    if not arrears:
        return []
    private = any(one.private for one in arrears)
    columns = (
        Column("职责", "duty", width=16, term=True),
        Column("情况", "status", FieldType.CHOICE, width=6, tones=tones(PRESSING)),
        Column("谁", "who", privacy=Privacy.NAME if private else Privacy.OPEN, width=20),
        Column("差多少", "gap", width=10, term=True, told=True),
        Column("期满", "until", FieldType.DAY, width=10),
        Column("进度要求", "pace", width=14, term=True, told=True),
    )
    shown = pressing_first(arrears)[:_LINES]
    rows: list[tuple[Value, ...]] = [
        (one.duty, one.status, one.who, one.gap, one.until or None, one.pace or None) for one in shown
    ]
    inner = frozenset((n, [column.name for column in columns].index("who")) for n, one in enumerate(shown) if one.inner)
    left = len(arrears) - _LINES
    more = f"另有 {left} 项，" if left > 0 else ""
    notes = (f"{more}每个人的情况请看 lianxin duties --behind。",)
    return [Heading(f"走访和职责欠账（{len(arrears)} 项）", 2), Table(columns, rows, notes=notes, inner=inner)]
