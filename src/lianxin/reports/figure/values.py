"""Figures for programs: numbers as numbers, with what they are made of and what they were before."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.document import Block, Column, Document, KeyValues, Pair, Table, Value
from lianxin.core.value import FieldType
from lianxin.policies.definitions import Definitions
from lianxin.policies.figure import Figure
from lianxin.reports.document import document_of
from lianxin.reports.figure.figured import Figured, by_subject, definition, evaluate, pooled
from lianxin.reports.figure.opening import counted_table, id_of
from lianxin.reports.plain import beside, spanned
from lianxin.reports.subject import of_own, privacy_by, singled, some_by

_NUMBERS = (
    Column("数值", "value", FieldType.AMOUNT),
    Column("单位", "unit", term=True),
    Column("分子", "numerator", FieldType.AMOUNT),
    Column("分母", "denominator", FieldType.AMOUNT),
    Column("前期", "before", FieldType.AMOUNT),
    Column("增减", "change", FieldType.AMOUNT),
    Column("与什么比", "against"),
)


def _numbers(one: Figured) -> tuple[Value, ...]:
    figure = one.figure
    against = figure.against.value if figure.against else None
    return (one.rounded, figure.unit, one.numerator, one.denominator, one.earlier, one.moved, against)


def values(
    book: Book,
    known: Definitions,
    figure: Figure | None,
    period: Period,
    by: str | None = None,
    *,
    opened: bool = False,
) -> Document:
    """All figures, one, one by what it belongs to, or one with its records.

    Args:
        book, known, period: What is counted, and when.
        figure: None for all.
        by: What it is told apart by.
        opened: With its records.

    Raises:
        UsageError: The figure's records have no such column.
    """
    if figure is None:
        return _every(book, known, period)
    return _opened(book, figure, period) if opened else _one(book, figure, period, by)


def _every(book: Book, known: Definitions, period: Period) -> Document:
    """Every figure in force, and whose it is."""
    columns = (Column("数字", "figure"), *_NUMBERS, Column("来自", "origin"), Column("口径", "definition", term=True))
    rows = [
        (name, *_numbers(evaluate(book, figure, period)), known.title(known.sources.get(name, "")), definition(figure))
        for name, figure in known.figures.items()
    ]
    return _document(book, "figures", "数字", period, [Table(columns, rows)])


def _one(book: Book, figure: Figure, period: Period, by: str | None) -> Document:
    """One figure, alone or by what it belongs to, the largest first.

    Raises:
        UsageError: The figure's records have no such column.
    """
    blocks: list[Block] = [_itself(book, figure, period)]
    if by:
        blocks.append(_subjects(book, figure, by, period))
    return _document(book, "figure", figure.name, period, blocks, figure)


def _opened(book: Book, figure: Figure, period: Period) -> Document:
    """A figure with every record it was made of."""
    blocks: list[Block] = [_itself(book, figure, period)]
    for part, measure in (("分子", figure.numerator), ("分母", figure.denominator)):
        if measure:
            rows = book.counted(pooled(measure), period)
            blocks.append(counted_table(book, rows, measure, ((Column("部分", "part"), part),), name="items"))
    return _document(book, "figure", figure.name, period, blocks, figure)


def _itself(book: Book, figure: Figure, period: Period) -> KeyValues:
    row = _numbers(evaluate(book, figure, period))
    numbers = (Pair(one.label, value, one.name, one.type, term=True) for one, value in zip(_NUMBERS, row, strict=True))
    told = Pair("口径", definition(figure), "definition", term=True)
    return KeyValues((Pair("数字", figure.name, "figure", term=True), *numbers, told))


def _subjects(book: Book, figure: Figure, by: str, period: Period) -> Table:
    private = privacy_by(lambda _part: by, *figure.measures)
    columns = (*beside(Column(by.replace(".", ""), "subject", privacy=private)), *_NUMBERS)
    found = sorted(
        by_subject(book, figure, by, period).items(),
        key=lambda each: (-(each[1].value or Decimal(-1)), each[0] == "", each[0]),
    )
    rows = [(id_of(who), book.title(who) if who else None, *_numbers(one)) for who, one in found]
    some = some_by((who for who, _one in found), by, *figure.measures)
    hidden = singled(columns, some, frozenset({"subject", "subject_name"}))
    own = of_own(book, columns, [who for who, _one in found], by, period, *figure.measures)
    return Table(columns, rows, [who for who, _one in found], inner=hidden, own=own)


def _document(
    book: Book, name: str, title: str, period: Period, blocks: Sequence[Block], figure: Figure | None = None
) -> Document:
    records = sum(len(block.rows) for block in blocks if isinstance(block, Table))
    form = f"{figure.name} {figure.digest}" if figure else ""
    return document_of(
        book, title, (spanned(period), *blocks), name, records=records, period=period, form=form, plain=True
    )
