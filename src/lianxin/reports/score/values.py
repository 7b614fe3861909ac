"""Scores for programs: points as numbers, subject by subject and item by item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Column, Document, KeyValues, Pair, Table, Value
from lianxin.core.value import FieldType
from lianxin.policies.score import Scheme
from lianxin.reports.document import document_of
from lianxin.reports.duty.words import whom
from lianxin.reports.figure.opening import counted_table
from lianxin.reports.plain import beside, spanned
from lianxin.reports.score.point import Point
from lianxin.reports.score.scored import Line, Scored
from lianxin.reports.score.table import line_of, reason, telling, withheld
from lianxin.reports.subject import called, column_of, singled, some_one

_LINE = (
    Column("名次", "rank", FieldType.INTEGER),
    Column("总分", "total", FieldType.AMOUNT),
    Column("等次", "grade"),
    Column("评优", "commended", FieldType.FLAG),
    Column("问责", "accountable", FieldType.FLAG),
    Column("根据", "reason", privacy=Privacy.INTERNAL),
)
_POINT = (
    Column("项目", "item"),
    Column("类别", "sign", FieldType.CHOICE),
    Column("得分", "points", FieldType.AMOUNT),
    Column("数", "amount", FieldType.AMOUNT),
    Column("总数", "out_of", FieldType.AMOUNT),
    Column("满分", "full", FieldType.AMOUNT),
    Column("怎么来的", "why"),
)


def schemes_values(book: Book, schemes: Iterable[Scheme]) -> Document:
    """Which schemes there are."""
    columns = (
        Column("办法", "scheme"),
        Column("对象", "who"),
        Column("项目", "items"),
        Column("等次", "grades"),
        Column("版本", "version"),
    )
    rows = [
        (
            *(one.name, whom(one.who)),
            *(tuple(item.name for item in one.items), tuple(mark.grade for mark in one.grades)),
            one.version,
        )
        for one in schemes
    ]
    return document_of(book, "评分办法", (Table(columns, rows),), "schemes", records=len(rows), plain=True)


def score_values(book: Book, scored: Scored) -> Document:
    """Everybody's sums, and beside them the points of every item."""
    subjects = [line.subject for line in scored.lines]
    ids, name = beside(column_of(book, subjects))
    title = called(book, subjects)
    rows = [(line.subject, title[line.subject], *_sums(scored, line)) for line in scored.lines]
    points = [(line.subject, *row) for line in scored.lines for row in _points(line)]
    blocks = [
        _table((ids, name, *_LINE), rows, scored),
        _table((ids, *_POINT), points, scored, "points"),
    ]
    return _document(book, scored, f"{scored.scheme.name}评分表", blocks)


def explained_values(book: Book, scored: Scored, subject: str) -> Document:
    """One subject: every item, how its points come about, and the records counted.

    Raises:
        UsageError: The scheme is not about this subject.
    """
    line, name = line_of(book, scored, subject)
    ids, titled = beside(column_of(book, [subject]))
    head = (
        Pair(ids.label, subject, ids.name, ids.type, ids.privacy, subject),
        Pair(titled.label, name, titled.name, titled.type, titled.privacy, subject, term=titled.term),
        *(
            Pair(one.label, value, one.name, one.type, one.privacy, subject)
            for one, value in zip(_LINE, _sums(scored, line), strict=True)
        ),
    )
    blocks: list[Block] = [KeyValues(head), Table(_POINT, [*_points(line)])]
    for item in (*scored.scheme.items, *scored.scheme.vetoes):
        for part, measure in (("数到的", item.counted), ("分母里的", item.out_of)):
            rows = book.counted(measure, scored.span, subject) if measure else []
            lead = ((_POINT[0], item.name), (Column("部分", "part"), part))
            blocks.append(counted_table(book, rows, measure, lead))
    document = _document(book, scored, f"{scored.scheme.name}：{name}", blocks)
    return replace(document, withheld=withheld(scored, subject))


def _table(columns: Sequence[Column], rows: Sequence[tuple[Value, ...]], scored: Scored, name: str = "items") -> Table:
    """Rows that begin with their subjects, who stay unnamed where something internal decides what they have."""
    subjects = [str(row[0]) for row in rows]
    some = some_one(subjects, telling(scored.scheme))
    inner = singled(columns, some, frozenset({"subject", "subject_name"}))
    return Table(tuple(columns), rows, subjects, inner=inner, name=name)


def _sums(scored: Scored, line: Line) -> tuple[Value, ...]:
    listed = line in scored.commended, line in scored.accountable
    return (line.rank, line.total, line.grade or None, *listed, reason(scored, line) if any(listed) else None)


def _points(line: Line) -> Iterator[tuple[Value, ...]]:
    yield from (_point(one, one.item.sign.value) for one in line.points)
    yield from (_point(one, "否决") for one in line.vetoes)


def _point(one: Point, sign: str) -> tuple[Value, ...]:
    return (one.item.name, sign, one.points, one.amount, one.total, one.item.full, one.why)


def _document(book: Book, scored: Scored, title: str, blocks: Sequence[Block]) -> Document:
    scheme = scored.scheme
    return document_of(
        book,
        title,
        (spanned(scored.period), *blocks),
        "score",
        records=len(scored.lines),
        period=scored.period,
        form=f"{scheme.name} {scheme.version}",
        plain=True,
    )
