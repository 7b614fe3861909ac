"""A score as documents: a scheme over a period, one subject item by item, all schemes; for people and for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from lianxin.core.book import Book
from lianxin.core.document import Block, Column, Document, Heading, KeyValues, Pair, Paragraph, Table, Value
from lianxin.core.error import UsageError
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.policies.score import Scheme
from lianxin.reports.document import document_of
from lianxin.reports.duty.words import whom
from lianxin.reports.figure.opening import counted_table, opened_table
from lianxin.reports.plain import beside, spanned, told_of
from lianxin.reports.score.scored import Line, Scored
from lianxin.reports.score.table import (
    POINT,
    Pointed,
    every_point,
    explained_table,
    known_of,
    listed_table,
    score_table,
    telling,
)
from lianxin.reports.subject import called, column_of, some_one
from lianxin.reports.table import Cell, table_of

_NOTHING = "—"


def score_page(book: Book, scored: Scored, *, plain: bool = False) -> Document:
    """A scheme's table, and the lists of S1b 19 and 20; for programs everybody's sums, and the points of every item."""
    title = f"{scored.scheme.name}评分表"
    if plain:
        return _document(book, scored, title, _everybody(book, scored), len(scored.lines), plain=True)
    blocks: list[Block] = [score_table(book, scored)] if scored.lines else [Paragraph("没有评分的对象。", Tone.MUTED)]
    if scored.commended:
        told = f"评优前 {scored.scheme.commend} 名，并列的都列入。" if scored.scheme.commend else ""
        blocks += [Heading("评优名单", 2), listed_table(book, scored, scored.commended, told)]
    if scored.accountable:
        low = f"等次在「{scored.scheme.accountable}」及以下的列入。" if scored.scheme.accountable else ""
        blocks += [Heading("问责名单", 2), listed_table(book, scored, scored.accountable, low)]
    return _document(book, scored, title, blocks, len(scored.lines))


def _everybody(book: Book, scored: Scored) -> Iterator[Table]:
    """Sums and points of everybody, who stays unnamed where something internal decides what he has."""
    subjects = [line.subject for line in scored.lines]
    ids, named = beside(column_of(book, subjects))
    name, inside = called(book, subjects), telling(scored.scheme)
    hidden = frozenset({ids.name, named.name})
    lines: list[Cell[Line]] = [
        (ids, lambda line: line.subject),
        (named, lambda line: name[line.subject]),
        *known_of(scored),
    ]
    yield table_of(scored.lines, lines, subjects, some=some_one(subjects, inside), telling=hidden)
    points = [each for line in scored.lines for each in every_point(line)]
    whose = [each.subject for each in points]
    cells: list[Cell[Pointed]] = [(ids, lambda each: each.subject), *POINT]
    yield table_of(points, cells, whose, some=some_one(whose, inside), telling=hidden, name="points")


def explained_page(book: Book, scored: Scored, subject: str, *, plain: bool = False) -> Document:
    """One subject: every item, how its points come about, and the records counted.

    Raises:
        UsageError: The scheme is not about this subject.
    """
    line, name = _line_of(book, scored, subject)
    whose = column_of(book, [subject])
    blocks: list[Block]
    if plain:
        ids, named = beside(whose)
        told = [(ids, subject), (named, name), *((column, read(line)) for column, read in known_of(scored))]
        blocks = [told_of(told, subject), table_of(every_point(line), POINT)]
    else:
        head = (
            Pair("对象", name, "subject", privacy=whose.privacy, record=subject),
            Pair("总分", _NOTHING if line.total is None else line.total, "total", FieldType.AMOUNT),
            Pair("等次", line.grade or _NOTHING, "grade"),
            Pair("名次", line.rank or _NOTHING, "rank", FieldType.INTEGER),
        )
        blocks = [KeyValues(head), explained_table(line)]
    for item in (*scored.scheme.items, *scored.scheme.vetoes):
        for part, measure in (("数到的", item.counted), ("分母里的", item.out_of)):
            rows = book.counted(measure, scored.span, subject) if measure else []
            if plain:
                lead = ((POINT[0][0], item.name), (Column("部分", "part"), part))
                blocks.append(counted_table(book, rows, measure, lead))
            elif rows:
                blocks.append(opened_table(book, rows, f"{item.name}：{part}记录", measure, subjects=False))
    records = len(scored.lines) if plain else len(line.points)
    told_ = withheld(scored, subject)
    return _document(book, scored, f"{scored.scheme.name}：{name}", blocks, records, withheld=told_, plain=plain)


def withheld(scored: Scored, subject: str) -> str:
    """Why the public is not told how one subject's points come about; empty where it is."""
    if not some_one([subject], telling(scored.scheme)):
        return ""
    return f"「{scored.scheme.name}」按内部的内容计分，文件和管道里不能问某一个人；确要内部使用，请加 --internal"


def _line_of(book: Book, scored: Scored, subject: str) -> tuple[Line, str]:
    """One subject's score, and what the subject is called.

    Raises:
        UsageError: The scheme is not about this subject.
    """
    name = called(book, [subject])[subject]
    line = next((line for line in scored.lines if line.subject == subject), None)
    if line is None:
        raise UsageError(f"「{scored.scheme.name}」不评 {name}，不写 --explain 可看评的都有谁")
    return line, name


def schemes_page(book: Book, schemes: Collection[Scheme], *, plain: bool = False) -> Document:
    """Which schemes there are."""

    def grades(one: Scheme) -> tuple[str, ...]:
        return tuple(mark.grade for mark in one.grades)

    def items(one: Scheme) -> Value:
        return tuple(item.name for item in one.items) if plain else len(one.items)

    cells: list[Cell[Scheme]] = [
        (Column("办法", "scheme"), lambda one: one.name),
        (Column("对象", "who"), lambda one: whom(one.who)),
        (Column("项目", "items", FieldType.TEXT if plain else FieldType.INTEGER, width=4), items),
        (Column("等次", "grades"), lambda one: grades(one) if plain else "、".join(grades(one)) or None),
        (Column("版本", "version", width=6), lambda one: one.version),
    ]
    block: Block = table_of(schemes, cells)
    if not schemes and not plain:
        block = Paragraph("没有评分办法，可在 policy/scores.yaml 里写。", Tone.MUTED)
    return document_of(book, "评分办法", (block,), "schemes", records=len(schemes), plain=plain)


def _document(
    book: Book,
    scored: Scored,
    title: str,
    blocks: Iterable[Block],
    records: int,
    *,
    withheld: str = "",
    plain: bool = False,
) -> Document:
    scheme = scored.scheme
    return document_of(
        book,
        title,
        (*([spanned(scored.period)] if plain else []), *blocks),
        "score",
        records=records,
        period=scored.period,
        form=f"{scheme.name} {scheme.version}",
        landscape=True,
        withheld=withheld,
        plain=plain,
    )
