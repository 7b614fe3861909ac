"""Figures over offices: pooled, office by office, and opened to records; a rate is a sum over a sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from lianxin.core.county import DENOMINATOR, NUMERATOR
from lianxin.core.document import Block, Column, Document, Paragraph, Table, Value
from lianxin.core.pool import Fact
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, show_amount
from lianxin.policies.figure import Figure
from lianxin.reports.county.frame import COMMIT, framed
from lianxin.reports.county.pooled import Group, Pooled, figured
from lianxin.reports.figure.figured import NOTHING, Figured, definition, notes
from lianxin.reports.table import Cell, table_of


def pooled_figures(found: Pooled, *, plain: bool = False) -> Document:
    """Every figure over all offices."""
    groups = found.groups()
    rows = [(one, figured(one.figure, one.shares, found.period, found.today)) for one in groups]
    compared = any(one.change not in ("", NOTHING) for _group, one in rows)
    told: list[tuple[Column, Callable[[Figured], Value]]] = [
        *(_values() if plain else ((Column("数值", "value"), lambda one: one.text),)),
        (Column("单位", "unit", term=True), lambda one: None if one.figure.percent and not plain else one.figure.unit),
        *(() if plain else _sides(spoken=True)),
        *(() if plain or not compared else _changes()),
    ]
    cells: list[Cell[tuple[Group, Figured]]] = [
        (Column("数字", "figure"), lambda one: one[0].figure.name),
        *((column, _second(tell)) for column, tell in told),
        (Column("几个单位", "offices", FieldType.INTEGER), lambda one: len(one[0].shares)),
    ]
    table = table_of(rows, cells, notes=() if plain else notes(one.figure for one in groups))
    return framed(found, "汇总数字", [table], groups=groups, plain=plain)


def _second(tell: Callable[[Figured], Value]) -> Callable[[tuple[Group, Figured]], Value]:
    return lambda one: tell(one[1])


def _changes() -> Iterator[tuple[Column, Callable[[Figured], Value]]]:
    """What a figure moved by, where it is compared with anything."""
    yield Column("增减", "change"), lambda one: one.change or None
    yield Column("与什么比", "against", term=True), lambda one: one.against


def one_pooled(found: Pooled, name: str, *, plain: bool = False) -> Document:
    """One figure, office by office, the highest first; the last line is all of them together."""
    groups = found.groups(name)
    blocks: list[Block] = []
    for one in groups:
        figure, shares = one.figure, one.shares
        of = {share.office: figured(figure, [share], found.period, found.today) for share in shares}
        rows = sorted(of, key=lambda office: -(of[office].value or Decimal(-1)))
        told = list(_values() if plain else _on_paper(figure))
        cells: list[Cell[str]] = [
            (Column("单位", "office", term=True), lambda office: office),
            *((column, _reader(of, tell)) for column, tell in told),
            (COMMIT, lambda office: found.offices[office].commit[:10]),
        ]
        if plain:
            cells.append((Column("口径版本", "digest"), lambda _office, figure=figure: figure.digest))  # type: ignore[misc]
        whole = figured(figure, shares, found.period, found.today)
        totals: dict[str, Value] = {column.name: tell(whole) for column, tell in told} | {"office": "合计"}
        note = (f"{name}：{definition(figure)}",)
        blocks.append(table_of(rows, cells, totals=None if plain else totals, notes=() if plain else note))
    return framed(found, name, _joined(blocks) if plain else blocks, groups=groups, plain=plain)


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """For programs, the rows of all tables as one."""
    tables = [block for block in blocks if isinstance(block, Table)]
    return [replace(tables[0], rows=[row for table in tables for row in table.rows])] if tables else []


def _reader(of: Mapping[str, Figured], tell: Callable[[Figured], Value]) -> Callable[[str], Value]:
    return lambda office: tell(of[office])


def _values() -> Iterator[tuple[Column, Callable[[Figured], Value]]]:
    """A figure for programs."""
    yield Column("数值", "value", FieldType.AMOUNT), lambda one: one.rounded
    yield from _sides(spoken=False)


def _on_paper(figure: Figure) -> Iterator[tuple[Column, Callable[[Figured], Value]]]:
    if figure.denominator is not None:
        yield from _sides(spoken=True)
    yield Column(figure.name, "value"), lambda one: one.text


def _sides(*, spoken: bool) -> Iterator[tuple[Column, Callable[[Figured], Value]]]:
    """What a rate is a share of; on paper a count has neither."""
    type_ = FieldType.TEXT if spoken else FieldType.AMOUNT

    def tell(one: Figured, value: Decimal | None) -> Value:
        if not spoken:
            return value
        return None if value is None or one.denominator is None else show_amount(value)

    yield Column(NUMERATOR, "numerator", type_), lambda one: tell(one, one.numerator)
    yield Column(DENOMINATOR, "denominator", type_), lambda one: tell(one, one.denominator)


def opened_pool(found: Pooled, name: str, office: str = "", *, plain: bool = False) -> Document:
    """A figure down to the offices' records: they add up to what is printed.

    Raises:
        UsageError: There is no such figure, or no such office.
    """
    groups = found.groups(name)
    blocks = list(facts_table(found, name, office, plain=plain))
    return framed(found, f"{name}的来历", blocks, groups=groups, plain=plain)


def facts_table(found: Pooled, name: str, office: str = "", *, plain: bool = False) -> Iterator[Block]:
    """The records a figure was counted from, each with its office and the commit it was read from."""
    facts = found.pool.facts(found.name, name, office)
    commits = {one.office: found.pool.part(one.office).commit[:10] for one in facts}
    cells: list[Cell[Fact]] = [
        (Column("单位", "office", term=True), lambda one: one.office),
        (Column("部分", "part"), lambda one: one.side),
        (Column("算在谁头上", "subject", FieldType.REF), lambda one: one.subject or None),
        (Column("编号", "record", FieldType.REF), lambda one: one.record),
        (Column("日期", "day", FieldType.DAY), lambda one: one.day),
        (Column("数目", "amount", FieldType.AMOUNT), lambda one: one.amount),
        (COMMIT, lambda one: commits[one.office]),
    ]
    table = table_of(facts, cells)
    yield table if facts or plain else Paragraph("没有记录", Tone.MUTED)
