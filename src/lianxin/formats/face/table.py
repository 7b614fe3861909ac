"""A table on the outward face, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice, repeat

from msgspec.structs import replace

from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Table, Value, parts, show
from lianxin.core.text.pattern import late
from lianxin.core.value import FieldType
from lianxin.formats.face.cell import HIDDEN, IMPERSONAL, SHORTENED, masked, without
from lianxin.formats.face.given import folded_rows, given_in_each, nameless, of_everybody, tells
from lianxin.formats.face.text import Veil

#: Rows whose texts are folded together: all of a large ledger's would take as much again as the ledger.
_TOGETHER = 4_000
#: What a table is counted by may be somebody's words, which stand then where ids do.
_ID = late(r"[A-Z]{2,5}-(?:\d{4}-)?[A-Z]\d{4,}")


def masked_table(table: Table, veil: Veil) -> Table:
    """Column by column, each different value worked out once."""
    rows: Sequence[tuple[Value, ...]] = table.rows
    told_of = table.records
    if table.inner:
        table = _reserved(table)
        rows = table.rows
    if rows:
        columns = [
            _column(column, cells, veil) for column, cells in zip(table.columns, zip(*rows, strict=True), strict=True)
        ]
        rows = list(_nameless(zip(*columns, strict=True), told_of, table.columns, veil))
    summed = _summed(table)
    totals = tuple(
        value if n in summed else masked(value, column.privacy, column.type, veil, column.label)
        for n, (value, column) in enumerate(zip(table.totals, table.columns, strict=False))
    )
    return replace(
        table,
        columns=tuple(_heading(column, veil, summed=n in summed) for n, column in enumerate(table.columns)),
        rows=rows,
        records=tuple(id_ if _ID.fullmatch(id_) else "" for id_ in table.records),
        totals=totals,
        groups=tuple((first, veil.hide_own(text)) for first, text in table.groups),
        caption=veil.hide_own(table.caption),
        notes=tuple(map(veil.hide_own, table.notes)),
    )


def _nameless(
    rows: Iterable[tuple[Value, ...]], records: Sequence[str], columns: Sequence[Column], veil: Veil
) -> Iterator[tuple[Value, ...]]:
    """Rows without the given names of those whom each of them tells of."""
    places = [n for n, column in enumerate(columns) if column.type not in IMPERSONAL]
    every = of_everybody(veil) if any(map(_counted_by, records)) else None
    each = iter(rows)
    told_of = chain(records, repeat(""))
    while whole := list(islice(each, _TOGETHER)):
        about = list(islice(told_of, len(whole)))
        texts = folded_rows((text for n in places for text in parts(row[n]) if isinstance(text, str)) for row in whole)
        for row, record, called, text in zip(whole, about, given_in_each(about, veil), texts, strict=False):
            names = every if every and _counted_by(record) else called
            if not (names and tells(text, names, veil)):
                yield row
                continue
            cells = [*row]
            for n in places:
                cells[n] = nameless(cells[n], names, veil)
            yield tuple(cells)


def _counted_by(record: str) -> bool:
    """Whether words stand in a record's place: what they were said of is not known any more."""
    return bool(record) and not _ID.fullmatch(record)


def _summed(table: Table) -> frozenset[int]:
    """The internal columns whose sum is told: over several records and several people it is nobody's."""
    told = {n for n, value in enumerate(table.totals) if isinstance(value, (int, Decimal))}
    inside = {n for n in told if table.columns[n].privacy is Privacy.INTERNAL}
    if not inside:
        return frozenset()
    named = [n for n, column in enumerate(table.columns) if column.privacy is Privacy.NAME]
    several = len(set(table.records)) > 1 and all(len({row[n] for row in table.rows}) > 1 for n in named)
    return frozenset(inside if several else ())


def _heading(column: Column, veil: Veil, *, summed: bool) -> Column:
    """A column with the heading a form of the office's own gave it; a hidden number or date is text.

    Args:
        column, veil: Which, by whom.
        summed: Its sum is told, and stays a number.
    """
    label = veil.hide_own(column.label)
    type_ = FieldType.TEXT if column.privacy in HIDDEN and not summed else column.type
    return column if (label, type_) == (column.label, column.type) else replace(column, label=label, type=type_)


def _reserved(table: Table) -> Table:
    """A table without its internal cells, and without the records they are about."""
    rows = [list(row) for row in table.rows]
    for row, place in table.inner:
        rows[row][place] = None if rows[row][place] is None else HIDDEN[Privacy.INTERNAL]
    hidden = {row for row, _place in table.inner}
    records = ["" if n in hidden else id_ for n, id_ in enumerate(table.records)]
    return replace(table, rows=[tuple(row) for row in rows], records=records, inner=frozenset())


def _column(column: Column, cells: tuple[Value, ...], veil: Veil) -> Sequence[Value]:
    """A column's cells, each different value worked out once; of lists every part by itself."""
    if tuple in set(map(type, cells)):
        each = iter(_column(column, tuple(one for cell in cells for one in parts(cell)), veil))
        return [tuple(str(next(each)) for _one in cell) if isinstance(cell, tuple) else next(each) for cell in cells]
    if column.inner:
        cells = tuple(without(value, column.inner) for value in cells)
    if column.privacy in HIDDEN or column.privacy is Privacy.NAME:
        known = {value: masked(value, column.privacy, column.type, veil) for value in dict.fromkeys(cells)}
    elif column.privacy in SHORTENED:
        told = [value for value in dict.fromkeys(cells) if value not in (None, "")]
        shortened = [SHORTENED[column.privacy](show(value, column.type)) for value in told]
        known = dict[Value, Value](zip(told, veil.hide_all(shortened), strict=True))
    elif column.type in IMPERSONAL:
        return cells
    else:
        texts = [value for value in dict.fromkeys(cells) if isinstance(value, str)]
        if column.term and column.privacy is Privacy.OPEN:
            hidden = list(map(veil.hide_term, texts))
        else:
            hidden = veil.hide_all(texts, column.label)
        known = dict[Value, Value](zip(texts, hidden, strict=True))
    return [known.get(value, value) for value in cells]
