"""The duties of many offices: how many they bind, how many of them stand how, and in which offices some are behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import Struct

from lianxin.core.county import DutyLine
from lianxin.core.document import Block, Column, Document, Heading, Paragraph, Table, Value
from lianxin.core.error import UsageError
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds.path import near
from lianxin.reports.county.frame import framed
from lianxin.reports.county.pooled import Pooled
from lianxin.reports.duty.pace import amount_text
from lianxin.reports.table import Cell, table_of

Lines = Sequence[tuple[str, DutyLine]]
_NUMBER = FieldType.INTEGER
_DUTY = Column("职责", "duty", width=20, term=True)
_ASKED = Column("要求", "required", width=16, term=True)


class _Sum(Struct, frozen=True):
    """One duty by one definition over the offices that have it."""

    line: DutyLine
    own: Sequence[DutyLine]

    @property
    def gap(self) -> Decimal:
        """How much is wanting in all offices."""
        return sum((one.gap for one in self.own), Decimal(0))

    def many(self, read: Callable[[DutyLine], int]) -> int:
        """How many in all offices."""
        return sum(map(read, self.own))


def _sums(lines: Lines) -> list[_Sum]:
    found: dict[tuple[str, str], list[DutyLine]] = {}
    for _office, one in lines:
        found.setdefault((one.duty, one.version), []).append(one)
    return [_Sum(own[0], own) for own in found.values()]


#: How many it binds, and how many of them stand how.
_COUNTS: tuple[tuple[Column, Callable[[DutyLine], int]], ...] = (
    (Column("对象", "bound", _NUMBER, width=4), lambda one: one.bound),
    (Column("完成", "finished", _NUMBER, width=4), lambda one: one.finished),
    (Column("落后", "behind", _NUMBER, width=4), lambda one: one.behind),
    (Column("未开展", "nothing", _NUMBER, width=4), lambda one: one.idle),
    (Column("往期欠", "missed", _NUMBER, width=6), lambda one: one.missed),
)


def duties_table(lines: Lines, *, plain: bool = False) -> Table:
    """All duties, a line each; one that offices define otherwise has a line for each definition."""

    def gap(one: _Sum) -> str | Decimal | None:
        if plain:
            return one.gap
        return f"{amount_text(one.gap, one.line.unit)} {one.line.unit}" if one.gap else None

    cells: list[Cell[_Sum]] = [
        (_DUTY, lambda one: one.line.duty),
        (_ASKED, lambda one: one.line.required),
        *([(Column("单位", "unit", term=True), lambda one: one.line.unit)] if plain else []),
        (Column("几个单位", "offices", _NUMBER, width=6), lambda one: len(one.own)),
        *((column, _many(read)) for column, read in _COUNTS),
        (Column("还差", "gap", FieldType.AMOUNT if plain else FieldType.TEXT, width=10, term=True), gap),
    ]
    if plain:
        cells.append((Column("口径版本", "digest"), lambda one: one.line.version))
    sums = _sums(lines)
    names = [one.line.duty for one in sums]
    apart = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    told = [f"“{'”“'.join(apart)}”各单位定的不一样，没有加在一起。"] if apart and not plain else []
    return table_of(sums, cells, notes=told)


def _many(read: Callable[[DutyLine], int]) -> Callable[[_Sum], int]:
    return lambda one: one.many(read)


def _own(read: Callable[[DutyLine], int]) -> Callable[[tuple[str, DutyLine]], int]:
    return lambda pair: read(pair[1])


def behind_table(lines: Lines) -> Table:
    """The offices in which anybody is behind, the most first."""
    found: dict[str, list[DutyLine]] = {}
    for office, one in lines:
        found.setdefault(office, []).append(one)
    late = {office: [one for one in own if one.behind] for office, own in found.items()}
    offices = sorted((office for office in late if late[office]), key=lambda one: -sum(x.behind for x in late[one]))
    cells: list[Cell[str]] = [
        (Column("单位", "office", term=True), lambda office: office),
        (Column("落后几项", "duties", _NUMBER, width=8), lambda office: len(late[office])),
        (Column("落后", "behind", _NUMBER, width=4), lambda office: sum(one.behind for one in late[office])),
        (Column("未开展", "nothing", _NUMBER, width=4), lambda office: sum(one.idle for one in found[office])),
        (
            Column("哪几项", "which", width=30, term=True),
            lambda office: "、".join(f"{one.duty} {one.behind}" for one in late[office]),
        ),
    ]
    return table_of(offices, cells)


def pooled_duties(found: Pooled, name: str = "", *, behind: bool = False, plain: bool = False) -> Document:
    """The duties of all offices; of one duty a line for each office.

    Raises:
        UsageError: No office has it.
    """
    lines = found.pool.duties(found.name)
    known = list(dict.fromkeys(one.duty for _office, one in lines))
    if name and name not in known:
        raise UsageError(f"这份汇总里没有「{name}」这项职责{near(name, known)}；不写名字就列出全部")
    if name:
        own = [(office, one) for office, one in lines if one.duty == name and (one.behind or not behind)]
        return framed(found, f"职责：{name}", [_by_office(own, plain=plain)], plain=plain)
    late = behind_table(lines)
    if plain:
        return framed(found, "职责完成情况", [late if behind else duties_table(lines, plain=True)], plain=True)
    blocks: list[Block] = [] if behind else [duties_table(lines)]
    blocks += [Heading("有落后的单位", 2), late] if late.rows else [Paragraph("没有落后的。", Tone.GOOD)]
    return framed(found, "职责完成情况", blocks, plain=False, wide=True)


def _by_office(lines: Lines, *, plain: bool) -> Table:
    cells: list[Cell[tuple[str, DutyLine]]] = [
        (Column("单位", "office", term=True), lambda pair: pair[0]),
        (_ASKED, lambda pair: pair[1].required),
        *((column, _own(read)) for column, read in _COUNTS),
        (Column("差额", "gap", FieldType.AMOUNT, width=8), lambda pair: pair[1].gap),
        (Column("期满", "until", FieldType.DAY, width=10), lambda pair: pair[1].until),
    ]
    if plain:
        cells.append((Column("口径版本", "digest"), lambda pair: pair[1].version))
    sums, totals = _sums(lines), dict[str, Value]()
    if len(sums) == 1 and len(lines) > 1 and not plain:
        totals = {column.name: sums[0].many(read) for column, read in _COUNTS}
        totals |= {"office": "合计", "gap": sums[0].gap}
    return table_of(sorted(lines, key=lambda pair: -pair[1].behind), cells, totals=totals or None)
