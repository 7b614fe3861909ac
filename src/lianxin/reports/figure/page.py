"""Figures on paper: all of them with their definitions, one by subject, one with the records behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.document import Block, Column, Document, Heading, KeyValues, Pair, Paragraph, Table, Value
from lianxin.core.measure import Counted, Measure
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, show_amount
from lianxin.policies.definitions import Definitions
from lianxin.policies.figure import Figure
from lianxin.policies.indicator import picked_inside
from lianxin.policies.wording import worded
from lianxin.reports.document import document_of
from lianxin.reports.figure.figured import Figured, by_subject, definition, evaluate, notes, pooled
from lianxin.reports.figure.opening import counted_table, id_of
from lianxin.reports.origin import period_text
from lianxin.reports.plain import beside, spanned
from lianxin.reports.subject import SUBJECT, last_of, nobody, of_own, own_behind, privacy_by, some_by
from lianxin.reports.table import Cell, table_of

#: What a figure came to, for programs.
_NUMBERS: tuple[Cell[Figured], ...] = (
    (Column("数值", "value", FieldType.AMOUNT), lambda one: one.rounded),
    (Column("单位", "unit", term=True), lambda one: one.figure.unit),
    (Column("分子", "numerator", FieldType.AMOUNT), lambda one: one.numerator),
    (Column("分母", "denominator", FieldType.AMOUNT), lambda one: one.denominator),
    (Column("前期", "before", FieldType.AMOUNT), lambda one: one.earlier),
    (Column("增减", "change", FieldType.AMOUNT), lambda one: one.moved),
    (Column("与什么比", "against"), lambda one: one.against),
)


def figures_table(book: Book, figures: Sequence[Figure], period: Period | None) -> Table:
    """A table of figures, the definitions under it."""
    cells: list[Cell[Figured]] = [
        (Column("数字", "figure"), lambda one: one.figure.name),
        (Column("数值", "value"), lambda one: one.text),
        (Column("单位", "unit", term=True), lambda one: None if one.figure.percent else one.figure.unit),
    ]
    if any(figure.against for figure in figures):
        cells.append((Column("增减", "change"), lambda one: one.change or None))
        cells.append((Column("与什么比", "against"), lambda one: one.against))
    return table_of([evaluate(book, figure, period) for figure in figures], cells, notes=notes(figures))


def subject_table(book: Book, figure: Figure, path: str, period: Period | None, *, plain: bool = False) -> Table:
    """A figure by what a path leads to, the largest first; the last line is over everybody, not a sum of rows."""
    found = by_subject(book, figure, path, period)
    subjects = sorted(found, key=lambda who: (-(found[who].value or Decimal(-1)), who == "", who))
    heading = Column(path.replace(".", ""), "subject", privacy=privacy_by(lambda _part: path, *figure.measures))
    whole, on = evaluate(book, figure, period), last_of(book, period)
    cells: list[Cell[str]]
    if plain:
        ids, named = beside(heading)
        cells = [(ids, id_of), (named, lambda who: book.title(who, on) if who else None), *_of(found, whole, _NUMBERS)]
    else:
        name: Cell[str] = (heading, lambda who: book.title(who, on) if who else nobody(path))
        cells = [name, *_of(found, whole, _on_paper(figure))]
    return table_of(
        subjects,
        cells,
        subjects,
        totals=None if plain else {column.name: read(_ALL) for column, read in cells} | {"subject": "全部"},
        some=some_by(subjects, path, *figure.measures),
        telling=SUBJECT,
        own=of_own(book, subjects, path, period, *figure.measures),
        notes=() if plain else notes((figure,)),
    )


#: Stands for everybody together.
_ALL = "*"


def _of(found: Mapping[str, Figured], whole: Figured, cells: Iterable[Cell[Figured]]) -> Iterator[Cell[str]]:
    """What a figure comes to, subject by subject."""

    def of(read: Callable[[Figured], Value]) -> Callable[[str], Value]:
        return lambda who: read(whole if who == _ALL else found[who])

    yield from ((column, of(read)) for column, read in cells)


def _on_paper(figure: Figure) -> Iterator[Cell[Figured]]:
    if figure.denominator is not None:
        yield Column("分子", "numerator"), lambda one: _plain(one.numerator)
        yield Column("分母", "denominator"), lambda one: _plain(one.denominator)
    yield Column(figure.name, "value"), lambda one: one.text
    if figure.against:
        yield Column("增减", "change"), lambda one: one.change


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else show_amount(value)


def opened_values(book: Book, figure: Figure, period: Period) -> Document:
    """A figure for programs with every record it was made of."""
    tables = []
    for part, measure in (("分子", figure.numerator), ("分母", figure.denominator)):
        if measure:
            rows = book.counted(pooled(measure), period)
            tables.append(counted_table(book, rows, measure, ((Column("部分", "part"), part),), name="items"))
    return _values(book, figure, period, tables)


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
    return _document(book, figure, f"{figure.name}的来历", blocks, count, period, subtitle="")


def _records(book: Book, measure: Measure, period: Period | None) -> tuple[Table, int]:
    counted = book.counted(pooled(measure), period)
    keyed, dated = any(one.key for one in counted), any(one.since for one in counted)
    named, keys = privacy_by(lambda _part: "编号", measure), privacy_by(lambda part: part.value, measure)
    day: Cell[Counted] = (Column("日期", "since"), lambda one: one.since.removesuffix(" 23:59") or None)
    key: Cell[Counted] = (Column("数的是", "key", privacy=keys), lambda one: book.title(one.key) or None)
    cells: list[Cell[Counted]] = [
        (Column("编号", "id", FieldType.REF), lambda one: one.record),
        (Column("名称", "title", privacy=named), lambda one: book.title(one.record)),
        *([day] if dated else []),
        *([key] if keyed else []),
        (Column("算作", "amount", FieldType.AMOUNT), lambda one: one.amount),
    ]
    total = sum((one.amount for one in counted), Decimal(0))
    remarks = ("算作 0 的，数的是前面已经数过的",) if any(not one.amount for one in counted) else ()
    ids = [one.record for one in counted]
    some = range(len(counted)) if picked_inside(measure) else ()
    table = table_of(counted, cells, ids, totals={"id": "合计", "amount": total}, some=some, notes=remarks)
    return own_behind(book, counted, table, measure), len(set(ids))


def figures_page(book: Book, known: Definitions, period: Period, *, plain: bool = False) -> Document:
    """Every figure in force, under the office or campaign that defines it."""
    grouped: dict[str, list[Figure]] = {}
    for name, figure in known.figures.items():
        grouped.setdefault(known.sources.get(name, ""), []).append(figure)
    blocks: list[Block] = []
    if plain:
        blocks = [spanned(period), _every(book, known, period)]
    for origin, figures in grouped.items() if not plain else ():
        blocks += [Heading(known.title(origin)), figures_table(book, figures, period)]
    if not blocks:
        blocks.append(Paragraph("还没有定义数字：写在 policy/figures.yaml 里", Tone.MUTED))
    return document_of(book, "数字", blocks, "figures", records=len(known.figures), period=period, plain=plain)


def _every(book: Book, known: Definitions, period: Period) -> Table:
    """Every figure in force for programs, and whose it is."""
    cells: list[Cell[Figured]] = [
        (Column("数字", "figure"), lambda one: one.figure.name),
        *_NUMBERS,
        (Column("来自", "origin"), lambda one: known.title(known.sources.get(one.figure.name, ""))),
        (Column("口径", "definition", term=True), lambda one: definition(one.figure)),
    ]
    return table_of([evaluate(book, figure, period) for figure in known.figures.values()], cells)


def one_figure(book: Book, figure: Figure, period: Period, by: str | None, *, plain: bool = False) -> Document:
    """One figure, alone or by what it belongs to.

    Raises:
        UsageError: The figure's records have no such column.
    """
    table = subject_table(book, figure, by, period, plain=plain) if by else None
    if plain:
        return _values(book, figure, period, [table] if table else [])
    shown = replace(table, caption="") if table else figures_table(book, (figure,), period)
    title = figure.name if figure.percent or not by else f"{figure.name}（{figure.unit}）"
    return _document(book, figure, title, [shown], len(shown.rows), period)


def _values(book: Book, figure: Figure, period: Period, tables: Sequence[Table]) -> Document:
    """One figure for programs, with what it is told by."""
    found = evaluate(book, figure, period)
    pairs = [Pair("数字", figure.name, "figure", term=True)]
    pairs += [Pair(one.label, read(found), one.name, one.type, term=True) for one, read in _NUMBERS]
    itself = KeyValues((*pairs, Pair("口径", definition(figure), "definition", term=True)))
    records = sum(len(table.rows) for table in tables)
    return _document(book, figure, figure.name, [spanned(period), itself, *tables], records, period, plain=True)


def _document(
    book: Book,
    figure: Figure,
    title: str,
    blocks: Sequence[Block],
    records: int,
    period: Period | None,
    *,
    subtitle: str | None = None,
    plain: bool = False,
) -> Document:
    form = f"{figure.name} {figure.digest}"
    return document_of(
        book, title, blocks, "figure", records=records, period=period, form=form, subtitle=subtitle, plain=plain
    )
