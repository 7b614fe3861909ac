"""Figures on paper: all of them with their definitions, one by subject, one with the records behind it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.document import Block, Column, Document, Heading, KeyValues, Pair, Paragraph, Table, Value
from lianxin.core.measure import Measure
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, show_amount
from lianxin.policies.definitions import Definitions
from lianxin.policies.figure import Figure
from lianxin.policies.indicator import picked_inside
from lianxin.policies.wording import worded
from lianxin.reports.document import document_of
from lianxin.reports.figure.figured import Figured, by_subject, definition, evaluate, notes, pooled
from lianxin.reports.origin import period_text
from lianxin.reports.subject import of_own, own_behind, privacy_by, singled, some_by


def figures_table(book: Book, figures: Sequence[Figure], period: Period | None, caption: str = "") -> Table:
    """A table of figures, the definitions under it."""
    columns = [
        Column("数字", "figure"),
        Column("数值", "value"),
        Column("单位", "unit", term=True),
    ]
    compared = any(figure.against for figure in figures)
    if compared:
        columns += [Column("增减", "change"), Column("与什么比", "against")]
    rows: list[tuple[Value, ...]] = []
    for figure in figures:
        found = evaluate(book, figure, period)
        row: tuple[Value, ...] = (figure.name, found.text, None if figure.percent else figure.unit)
        against = figure.against.value if figure.against else None
        rows.append((*row, found.change or None, against) if compared else row)
    return Table(tuple(columns), rows, caption=caption, notes=notes(figures))


def subject_table(book: Book, figure: Figure, path: str, period: Period | None) -> Table:
    """A figure by what a path leads to, the largest first; the last line is over everybody, not a sum of rows."""
    found = by_subject(book, figure, path, period)
    parts = figure.denominator is not None
    private = privacy_by(lambda _part: path, *figure.measures)
    columns = [Column(path.replace(".", ""), "subject", FieldType.TEXT, private)]
    columns += [Column("分子", "numerator"), Column("分母", "denominator")] if parts else []
    columns += [Column(figure.name, "value"), *([Column("增减", "change")] if figure.against else [])]

    def line(first: str, one: Figured) -> tuple[Value, ...]:
        counts: tuple[Value, ...] = (_plain(one.numerator), _plain(one.denominator)) if parts else ()
        return (first, *counts, one.text, *((one.change,) if figure.against else ()))

    ordered = sorted(found.items(), key=lambda each: (-(each[1].value or Decimal(-1)), each[0] == "", each[0]))
    rows = [line(book.title(who) if who else "未填", one) for who, one in ordered]
    some = some_by((who for who, _one in ordered), path, *figure.measures)
    unit = "" if figure.percent else f"（{figure.unit}）"
    return Table(
        tuple(columns),
        rows,
        records=[who for who, _one in ordered],
        totals=line("全部", evaluate(book, figure, period)),
        caption=f"{figure.name}{unit}",
        notes=notes((figure,)),
        inner=singled(columns, some),
        own=of_own(book, columns, [who for who, _one in ordered], path, period, *figure.measures),
    )


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else show_amount(value)


def opened(book: Book, figure: Figure, period: Period | None) -> Document:
    """A figure with everything it was made of: the records add up to what is printed."""
    found = evaluate(book, figure, period)
    pairs = [
        Pair("数字", f"{figure.name} {found.phrase}", "figure", term=True),
        Pair("分子" if figure.denominator else "合计", _plain(found.numerator), "numerator", term=True),
    ]
    if figure.denominator:
        pairs.append(Pair("分母", _plain(found.denominator), "denominator", term=True))
    if figure.against:
        pairs.append(Pair(f"比{figure.against}", found.change, "change", term=True))
    pairs += [
        Pair("口径", definition(figure), "definition", term=True),
        Pair("数法", worded(figure), "counting", term=True),
        Pair("口径版本", figure.digest, "digest"),
        Pair("期间", period_text(period) if period else "不限", "period", term=True),
        Pair("截止", book.today, "cutoff", FieldType.DAY),  # the commit stands at the foot
    ]
    blocks: list[Block] = [KeyValues(tuple(pairs))]
    count = 0
    measures = [("分子" if figure.denominator else "记录", figure.numerator)]
    if figure.denominator:
        measures.append(("分母", figure.denominator))
    for label, measure in measures:
        table, records = _records(book, measure, period)
        count += records
        blocks += [Heading(label, 2), table if table.rows else Paragraph("没有记录", Tone.MUTED)]
    return document_of(
        book,
        f"{figure.name}的来历",
        blocks,
        "figure",
        records=count,
        period=period,
        form=f"{figure.name} {figure.digest}",
        subtitle="",
    )


def _records(book: Book, measure: Measure, period: Period | None) -> tuple[Table, int]:
    counted = book.counted(pooled(measure), period)
    keyed, dated = any(one.key for one in counted), any(one.since for one in counted)
    columns = [
        Column("编号", "id", FieldType.REF),
        Column("名称", "title", privacy=privacy_by(lambda _part: "编号", measure)),
    ]
    columns += [Column("日期", "since")] if dated else []
    columns += [Column("数的是", "key", privacy=privacy_by(lambda part: part.value, measure))] if keyed else []
    columns.append(Column("算作", "amount", FieldType.AMOUNT))
    rows: list[tuple[Value, ...]] = []
    for one in counted:
        row: list[Value] = [one.record, book.title(one.record)]
        row += [one.since.removesuffix(" 23:59") or None] if dated else []
        row += [book.title(one.key) or None] if keyed else []
        rows.append((*row, one.amount))
    total = sum((one.amount for one in counted), Decimal(0))
    totals = ("合计", *[None] * (len(columns) - 2), total)
    remarks = ("算作 0 的，数的是前面已经数过的",) if any(not one.amount for one in counted) else ()
    ids = [one.record for one in counted]
    inner = singled(columns, range(len(rows)) if picked_inside(measure) else ())
    own = own_behind(book, counted, columns, measure)
    return Table(tuple(columns), rows, records=ids, totals=totals, notes=remarks, inner=inner, own=own), len(set(ids))


def figures_page(book: Book, known: Definitions, period: Period) -> Document:
    """Every figure in force, under the office or campaign that defines it."""
    grouped: dict[str, list[Figure]] = {}
    for name, figure in known.figures.items():
        grouped.setdefault(known.sources.get(name, ""), []).append(figure)
    blocks: list[Block] = []
    for origin, figures in grouped.items():
        blocks += [Heading(known.title(origin)), figures_table(book, figures, period)]
    if not blocks:
        blocks.append(Paragraph("还没有定义数字：写在 policy/figures.yaml 里", Tone.MUTED))
    return document_of(book, "数字", blocks, "figures", records=len(known.figures), period=period)


def one_figure(book: Book, figure: Figure, period: Period, by: str | None) -> Document:
    """One figure, alone or by what it belongs to.

    Raises:
        UsageError: The figure's records have no such column.
    """
    table = subject_table(book, figure, by, period) if by else figures_table(book, (figure,), period)
    return document_of(
        book,
        figure.name if figure.percent or not by else f"{figure.name}（{figure.unit}）",
        (replace(table, caption=""),),
        "figure",
        records=len(table.rows),
        period=period,
        form=f"{figure.name} {figure.digest}",
    )
