"""A ledger over offices: the rows of each as it prints them, office by office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from msgspec.structs import replace

from lianxin.core.day.period import Period
from lianxin.core.document import Block, Column, Document, Paragraph, Table, Value
from lianxin.core.error import UsageError
from lianxin.core.filter import Filter, Op
from lianxin.core.pool import Condition, Held, HeldColumn
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds.path import near
from lianxin.reports.county.frame import framed
from lianxin.reports.county.pooled import Pooled
from lianxin.reports.ledger.form import NUMBER, Form
from lianxin.reports.table import only

_OFFICE = Column("单位", "office", term=True)
_RECORD = Column("记录编号", "record", FieldType.REF)
_NUMBER = Column(NUMBER, "number", FieldType.INTEGER, width=4)


def pooled_ledger(
    found: Pooled,
    name: str,
    forms: Sequence[Form],
    filters: Sequence[Filter],
    period: Period | None,
    *,
    plain: bool = False,
) -> Document:
    """A ledger of all offices.

    Args:
        found: The roll-up.
        name: Of the ledger.
        forms: Each version of its form, the one that most offices have first.
        filters, period: What narrows it.
        plain: For programs.

    Raises:
        UsageError: It is narrowed by what it has no column for.
    """
    tables = held_tables(found, forms, filters, period, plain=plain)
    nothing: Block = Table((_OFFICE, _RECORD), ()) if plain else Paragraph("没有记录", Tone.MUTED)
    blocks: list[Block] = list(tables) or [nothing]
    return replace(framed(found, name, blocks, plain=plain, wide=True), withheld=withheld(found))


def withheld(found: Pooled) -> str:
    """Why the public is not shown rows of this roll-up; empty where it is: then nothing in them tells of persons."""
    if not found.pool.manifest.personal:
        return ""
    return "这份汇总收了个人信息，台账在文件和管道里不能出；确要内部使用，请加 --internal"


def held_tables(
    found: Pooled,
    forms: Sequence[Form],
    filters: Sequence[Filter],
    period: Period | None,
    columns: Sequence[str] = (),
    *,
    plain: bool = False,
) -> list[Table]:
    """Its rows, a table for each version of the form.

    Args:
        columns: Only these, by their headings; all where none is named.
    """
    made: list[Table] = []
    for form in forms:
        known = found.pool.columns(form.digest)
        if not known:
            continue
        if period and not form.period_field:
            raise UsageError(f"台账「{form.name}」没有期间字段，不能按期间取")
        conditions = [_condition(form, known, one) for one in filters]
        held = found.pool.ledger(form.digest, conditions, period.bounds if period and form.period_field else None)
        if held.rows:
            made.append(_table(found, form, held, plain=plain))
    if len(made) > 1 and not plain:
        told = "这几个单位的栏目不一样，另列一张。"
        made[1:] = [_noted(one, told) for one in made[1:]]
    return [_only(one, columns) if columns else one for one in made]


def _only(table: Table, wanted: Sequence[str]) -> Table:
    """The columns an outline asks for, as far as they may be told."""
    known = {column.label for column in table.columns}
    return only(table, [_OFFICE.label, *(label for label in wanted if label in known)])


def _noted(table: Table, note: str) -> Table:
    return replace(table, notes=(*table.notes, note))


def _condition(form: Form, known: Sequence[HeldColumn], one: Filter) -> Condition:
    """A filter on a column that the ledger prints.

    Raises:
        UsageError: It has none of that name; or a number is wanted.
    """
    path = ".".join(one.path)
    labels = [column.label for column in known]
    wanted = {path, *(column.label for column in form.columns if path in column.fields)}
    places = [n for n, label in enumerate(labels) if label in wanted]
    if not places:
        raise UsageError(f"汇总的「{form.name}」里没有「{path}」这一栏，只能按它有的栏目筛选{near(path, labels)}")
    column = known[places[0]]
    if one.op in (Op.GE, Op.LE) and column.type in (FieldType.INTEGER, FieldType.AMOUNT):
        try:
            Decimal(one.values[0])
        except ArithmeticError:
            raise UsageError(f"「{column.label}」是数，条件里要写数字，如 {path}{one.op}10") from None
    return Condition(column.name, one.op, one.values)


def _table(found: Pooled, form: Form, held: Held, *, plain: bool) -> Table:
    columns = tuple(Column(one.label, one.name, FieldType(one.type), width=one.width) for one in held.columns)
    if plain:
        rows = [(office, record, *values) for office, record, *values in held.rows]
        return Table((_OFFICE, _RECORD, *columns), rows)
    numbered = [(n, office, *values) for n, (office, _record, *values) in enumerate(held.rows, 1)]
    groups = tuple(_groups(found, held.rows))
    return Table((_NUMBER, _OFFICE, *columns), numbered, groups=groups, totals=_totals(form, held))


def _groups(found: Pooled, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, str]]:
    start = 0
    for office, own in groupby(rows, key=lambda row: str(row[0])):
        count = sum(1 for _ in own)
        yield start, f"{office}（{count} 条，{found.pool.part(office).as_of} 的台账）"
        start += count


def _totals(form: Form, held: Held) -> tuple[Value, ...]:
    """What the form adds up."""
    if not form.totals:
        return ()
    wanted = {column.label for column in form.columns if not {column.label, *column.fields}.isdisjoint(form.totals)}
    cells: list[Value] = ["合计", None]
    for n, column in enumerate(held.columns, 2):
        summed = column.label in wanted
        numbers = (row[n] for row in held.rows if summed and isinstance(row[n], (int, Decimal)))
        cells.append(sum(numbers, 0) if summed else None)
    return tuple(cells)
