"""A ledger: the records a form asks for, one a row, in the form's columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import groupby, product
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.book import Book, Query
from lianxin.core.day.period import Period
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Column, Document, Table, Value, show
from lianxin.core.error import UsageError
from lianxin.core.filter import Filter, parse_filters
from lianxin.core.value import FieldType
from lianxin.kinds import kind_named
from lianxin.kinds.inner import picked, reserved, strictest
from lianxin.reports.column import Found
from lianxin.reports.document import document_of
from lianxin.reports.ledger.form import NUMBER, Form, FormColumn, Sheet, check_form
from lianxin.reports.origin import uncounted
from lianxin.reports.own_matter import own_by_way
from lianxin.reports.plain import plain_table
from lianxin.reports.subject import nobody
from lianxin.reports.value import plain

Row = tuple[Any, ...]


class _Plan(Struct, frozen=True):
    """One printed column: where its values stand in the rows that come back."""

    column: Column
    places: tuple[int, ...]
    types: tuple[FieldType, ...]
    joint: str

    def value(self, number: int, row: Row) -> Value:
        if not self.places:
            return number
        if len(self.places) == 1:
            return plain(row[self.places[0]])
        texts = [show(plain(row[place]), type_) for place, type_ in zip(self.places, self.types, strict=True)]
        return self.joint.join(dict.fromkeys(text for text in texts if text)) or None


def _need(found: Found | None, form: Form, path: str) -> Found:
    if found is None:
        raise UsageError(f"表单「{form.name}」里的「{path}」不是它的栏目，请运行 lianxin check 看详情")
    return found


def _column(entry: FormColumn, parts: Sequence[Found], name: str) -> Column:
    if not parts:
        return Column(entry.heading or NUMBER, name, FieldType.INTEGER, width=entry.width or 4)
    alone = parts[0] if len(parts) == 1 else None
    return Column(
        entry.heading or "".join(part.label for part in parts),
        name,
        alone.type if alone else FieldType.TEXT,
        strictest(part.privacy for part in parts),
        entry.width or (alone.width if alone else 0),
        alone.tones if alone else (),
        alone.choices if alone else (),
        all(part.term for part in parts),
        tuple(word for part in parts for word in part.inner),
        any(part.typed for part in parts),
    )


def _plans(form: Form, kind: Kind, wanted: dict[str, int]) -> list[_Plan]:
    """One plan a column; ``wanted`` collects the paths to ask for, each once."""
    plans: list[_Plan] = []
    taken: set[str] = set()
    for entry in form.columns:
        paths = [path for path in entry.fields if path != NUMBER]
        parts = [_need(form.find(kind, path), form, path) for path in paths]
        base = name = "_".join(part.name for part in parts) or "number"
        again = 2
        while name in taken:
            name, again = f"{base}_{again}", again + 1
        taken.add(name)
        places = tuple(wanted.setdefault(path, len(wanted)) for path in paths)
        plans.append(_Plan(_column(entry, parts, name), places, tuple(part.type for part in parts), entry.joint))
    return plans


def _totals(form: Form, plans: Sequence[_Plan], rows: Sequence[tuple[Value, ...]]) -> tuple[Value, ...]:
    if not form.totals:
        return ()
    cells: list[Value] = []
    columns = zip(*rows, strict=True) if rows else [()] * len(plans)
    for entry, values in zip(form.columns, columns, strict=True):
        cells.append(_sum(values) if _summed(form, entry) else None)
    if cells[0] is None:
        cells[0] = "合计"
    return tuple(cells)


def _sums(form: Form, table: Table) -> tuple[Value, ...]:
    """What the form sums, where the column of each field stands."""
    labels = {path.replace(".", "") for entry in form.columns for path in entry.fields if _summed(form, entry)}
    if not labels:
        return ()
    columns = zip(
        table.columns, zip(*table.rows, strict=True) if table.rows else ((),) * len(table.columns), strict=True
    )
    return tuple(_sum(values) if column.label in labels else None for column, values in columns)


def _summed(form: Form, entry: FormColumn) -> bool:
    return not {entry.label, *entry.fields}.isdisjoint(form.totals)


def _sum(values: Iterable[Value]) -> Value:
    return sum((value for value in values if isinstance(value, (int, Decimal))), 0)


def _groups(form: Form, found: list[Row], place: int, type_: FieldType) -> tuple[tuple[int, str], ...]:
    groups: list[tuple[int, str]] = []
    start = 0
    for key, rows in groupby(found, key=lambda row: show(plain(row[place]), type_)):
        count = sum(1 for _ in rows)
        groups.append((start, f"{key or nobody(form.group or '')}（{count} 条）"))
        start += count
    return tuple(groups)


def ledger(
    book: Book,
    form: Form,
    *,
    filters: Sequence[Filter] = (),
    period: Period | None = None,
    title: str = "",
    office: str = "",
    plain: bool = False,
) -> Document:
    """The ledger a form describes, narrowed by further filters and a period.

    Args:
        book, form: What of which.
        filters, period: What narrows it.
        title: Another than the form's name.
        office: Whose ledger it is.
        plain: For programs: every field in a column of its own.

    Raises:
        UsageError: The form is faulty, or has no 期间字段 and a period is asked for.
    """
    kind = kind_named(form.kind)
    faults = check_form(form)
    if kind is None or faults:
        raise UsageError(f"表单「{form.name}」有误：{faults[0].message}")
    if period and not form.period_field:
        raise UsageError(f"表单「{form.name}」没有写期间字段，不能按期间取；请在表单里加一行「期间字段: …」")
    conditions = (*parse_filters(form.filters), *filters)
    wanted: dict[str, int] = {}
    plans = _plans(form, kind, wanted)
    columns = tuple(wanted) or ("编号",)
    sort = (form.group, *form.sort) if form.group else form.sort
    query = Query(
        kind,
        (*columns, form.group) if form.group else columns,
        conditions,
        period,
        form.period_field or "" if period else "",
        sort,
        form.unroll or "",
        len(columns),
    )
    told = _telling(form, kind, conditions, period)
    if plain:
        bare = plain_table(book, query, inner=bool(told))
        table = replace(bare, totals=_sums(form, bare))
    else:
        table = _table(book, form, query, plans, singled=bool(told))
    ids = table.records
    made = document_of(
        book,
        title or form.name,
        (table,),
        f"ledger-{kind.name}",
        records=len(set(ids)),
        period=period,
        kind=kind,
        filters=conditions,
        form=f"{form.name} {form.digest}",
        landscape=form.landscape,
        large=form.sheet is Sheet.A3,
        withheld=f"台账「{form.name}」{told}，文件和管道里不能出；确要内部使用，请加 --internal" if told else "",
        plain=plain,
    )
    return replace(made, office=office)


def _table(book: Book, form: Form, query: Query, plans: Sequence[_Plan], *, singled: bool) -> Table:
    """The rows in the form's own columns."""
    found, ids = book.select(query)
    cells: list[Callable[[int, Row], Value]] = [plan.value for plan in plans]
    rows = [tuple(cell(number, row) for cell in cells) for number, row in enumerate(found, 1)]
    group = _need(form.find(query.kind, form.group), form, form.group) if form.group else None
    inner = frozenset(product(range(len(rows)), range(len(plans)))) if singled else frozenset[tuple[int, int]]()
    return Table(
        tuple(plan.column for plan in plans),
        rows,
        ids,
        _groups(form, found, query.spoken, group.type) if group else (),
        _totals(form, plans, rows),
        notes=_notes(book, len(set(ids)), len(rows)),
        inner=inner,
        own=own_by_way(book, query, [[query.columns[n] for n in plan.places] for plan in plans]),
        grouped=group.name if group else "",
        unit=form.unit or "",
    )


def _telling(form: Form, kind: Kind, conditions: Sequence[Filter], period: Period | None) -> str:
    """By what internal things a ledger picks its records or puts them in order: who is in it, and where, tells them."""
    by = ["筛选" for one in conditions if picked(kind, one, form.unroll or "")]
    by += ["排序" for label in form.sort if reserved(kind, label.removeprefix("-"))]
    by += ["期间"] if period and reserved(kind, form.period_field or "") else []
    return f"按内部的内容{'、'.join(dict.fromkeys(by))}" if by else ""


def _notes(book: Book, count: int, lines: int) -> tuple[str, ...]:
    more = f"，排成 {lines} 行" if lines != count else ""
    notes = [f"共 {count} 条{more}。"] if count else []  # an empty table says so by itself
    if told := uncounted(book):
        notes.append(f"另有 {told}，没有列入；请运行 lianxin check。")
    return tuple(notes)
