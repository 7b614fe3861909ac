"""A score as tables: the points of everybody, who is commended or called to account, and one subject item by item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Column, Document, Heading, KeyValues, Pair, Paragraph, Table, Value
from lianxin.core.error import UsageError
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.policies.indicator import picked_inside
from lianxin.policies.score import Scheme, Sign
from lianxin.policies.wording import phrase
from lianxin.reports.document import document_of
from lianxin.reports.duty.words import whom
from lianxin.reports.figure.opening import opened_table
from lianxin.reports.score.point import Point
from lianxin.reports.score.scored import Line, Scored
from lianxin.reports.score.words import SUMS, notes
from lianxin.reports.subject import called, column_of, kind_name, singled, some_one, units

_NOTHING = "—"


def score_table(book: Book, scored: Scored) -> Table:
    """Everybody's points: an item a column where all are basic, else their sums."""
    scheme = scored.scheme
    subjects = [line.subject for line in scored.lines]
    name, unit = called(book, subjects), units(book, subjects)
    people = {kind_name(subject) for subject in subjects} == {"person"}
    by_item = all(item.sign is Sign.BASIC for item in scheme.items)
    columns = [
        *([Column("名次", "rank", FieldType.INTEGER, width=4)] if scheme.ranked else []),
        column_of(book, subjects),
        *([Column("支部", "unit")] if people else []),
        *([] if by_item else [Column("周期", "period", width=8)]),
        *_sums(scheme, by_item=by_item),
        Column("总分", "total", FieldType.AMOUNT, width=8),
        *([Column("等次", "grade", width=8)] if scheme.grades or any(line.grade for line in scored.lines) else []),
    ]
    graded = columns[-1].name == "grade"
    rows: list[tuple[Value, ...]] = []
    for line in scored.lines:
        points = [point.points for point in line.points] if by_item else [line.sum(one) for one in _signs(scheme)]
        rows.append(
            (
                *((line.rank or _NOTHING,) if scheme.ranked else ()),
                name[line.subject],
                *((unit.get(line.subject),) if people else ()),
                *(() if by_item else (scored.period.label,)),
                *(_NOTHING if one is None else one for one in points),
                _NOTHING if line.total is None else line.total,
                *((line.grade or _NOTHING,) if graded else ()),
            )
        )
    inner = singled(columns, some_one(subjects, telling(scheme)))
    return Table(tuple(columns), rows, subjects, notes=tuple(notes(scored)), inner=inner)


def telling(scheme: Scheme) -> frozenset[str]:
    """The kinds of whose records it tells something internal who is scored, and how much he has."""
    items = (*scheme.items, *scheme.vetoes)
    return picked_inside(scheme.who, *(one for item in items for one in (item.counted, item.out_of)))


def _signs(scheme: Scheme) -> list[Sign]:
    """Which sorts of items it has; the basic and the bonus columns are always printed."""
    return [sign for sign in Sign if sign is not Sign.MALUS or any(item.sign is sign for item in scheme.items)]


def _sums(scheme: Scheme, *, by_item: bool) -> list[Column]:
    if not by_item:
        return [Column(SUMS[sign], sign.name.lower(), FieldType.AMOUNT, width=8) for sign in _signs(scheme)]
    return [Column(item.name, f"item_{n}", FieldType.AMOUNT, width=8) for n, item in enumerate(scheme.items, 1)]


def score_page(book: Book, scored: Scored) -> Document:
    """A scheme's table, and the lists of S1b 19 and 20."""
    blocks: list[Block] = [score_table(book, scored)] if scored.lines else [Paragraph("没有评分的对象。", Tone.MUTED)]
    if scored.commended:
        told = f"评优前 {scored.scheme.commend} 名，并列的都列入。" if scored.scheme.commend else ""
        blocks += [Heading("评优名单", 2), _list(book, scored, scored.commended, told)]
    if scored.accountable:
        low = f"等次在「{scored.scheme.accountable}」及以下的列入。" if scored.scheme.accountable else ""
        blocks += [Heading("问责名单", 2), _list(book, scored, scored.accountable, low)]
    return _document(book, scored, f"{scored.scheme.name}评分表", blocks, len(scored.lines))


def _list(book: Book, scored: Scored, lines: Sequence[Line], note: str) -> Table:
    subjects = [line.subject for line in lines]
    name, unit = called(book, subjects), units(book, subjects)
    columns = (
        column_of(book, subjects),
        *([Column("单位", "unit", term=True)] if unit else []),
        Column("总分", "total", FieldType.AMOUNT, width=8),
        Column("等次", "grade", width=8),
        Column("根据", "reason", privacy=Privacy.INTERNAL, width=30),
    )
    rows = [
        (
            name[line.subject],
            *((unit.get(line.subject),) if unit else ()),
            _NOTHING if line.total is None else line.total,
            line.grade or None,
            reason(scored, line),
        )
        for line in lines
    ]
    inner = singled(columns, some_one(subjects, telling(scored.scheme)))
    return Table(columns, rows, subjects, notes=(note,) if note else (), inner=inner)


def reason(scored: Scored, line: Line) -> str:
    """Why somebody is commended or called to account."""
    verdict = line.verdict
    if verdict and (verdict.commended or verdict.accountable):
        return f"{verdict.reason}（{verdict.record}）"
    told = [f"第 {line.rank} 名"] if line.rank else []
    told += [f"{point.item.name}：{point.why}" for point in line.vetoes]
    least = min((point for point in line.points if point.points is not None), key=_share, default=None)
    if line in scored.accountable and least is not None:
        told.append(f"失分最多的是{least.item.name}（{least.why}）")
    return "；".join(told)


def _share(point: Point) -> Decimal:
    """How much of its full points an item has."""
    points = point.points or Decimal(0)
    return points / point.item.full if point.item.full else points


def explained_page(book: Book, scored: Scored, subject: str) -> Document:
    """One subject: every item, how its points come about, and the records counted.

    Raises:
        UsageError: The scheme is not about this subject.
    """
    line, name = line_of(book, scored, subject)
    privacy = column_of(book, [subject]).privacy
    head = KeyValues(
        (
            Pair("对象", name, "subject", privacy=privacy, record=subject),
            Pair("总分", _NOTHING if line.total is None else line.total, "total", FieldType.AMOUNT),
            Pair("等次", line.grade or _NOTHING, "grade"),
            Pair("名次", line.rank or _NOTHING, "rank", FieldType.INTEGER),
        )
    )
    blocks: list[Block] = [head, _explained(line)]
    for item in (*scored.scheme.items, *scored.scheme.vetoes):
        for measure, caption in ((item.counted, "数到的记录"), (item.out_of, "分母里的记录")):
            rows = book.counted(measure, scored.span, subject) if measure else []
            if rows:
                blocks.append(opened_table(book, rows, f"{item.name}：{caption}", measure, subjects=False))
    document = _document(book, scored, f"{scored.scheme.name}：{name}", blocks, len(line.points))
    return replace(document, withheld=withheld(scored, subject))


def withheld(scored: Scored, subject: str) -> str:
    """Why the public is not told how one subject's points come about; empty where it is."""
    if not some_one([subject], telling(scored.scheme)):
        return ""
    return f"「{scored.scheme.name}」按内部的内容计分，文件和管道里不能问某一个人；确要内部使用，请加 --internal"


def line_of(book: Book, scored: Scored, subject: str) -> tuple[Line, str]:
    """One subject's score, and what the subject is called.

    Raises:
        UsageError: The scheme is not about this subject.
    """
    name = called(book, [subject])[subject]
    line = next((line for line in scored.lines if line.subject == subject), None)
    if line is None:
        raise UsageError(f"「{scored.scheme.name}」不评 {name}，不写 --explain 可看评的都有谁")
    return line, name


def _explained(line: Line) -> Table:
    columns = (
        Column("项目", "item"),
        Column("类别", "sign", width=4),
        Column("得分", "points", FieldType.AMOUNT, width=8),
        Column("怎么来的", "why", width=36),
        Column("数什么", "measure", width=30),
    )
    rows: list[tuple[Value, ...]] = [
        (
            point.item.name,
            point.item.sign.value,
            _NOTHING if point.points is None else point.points,
            point.why,
            point.item.basis or (phrase(point.item.counted) if point.item.counted else None),
        )
        for point in line.points
    ]
    rows += [(point.item.name, "否决", None, point.why, point.item.basis) for point in line.vetoes]
    notes = []
    if line.scale != 1:
        notes.append(f"有的率没有可除的，其余各率的得分乘 {line.scale:.4f} 补足到满分。")
    if line.vetoes:
        notes.append("有一票否决的事项，不能评最高等次。")
    if line.verdict and line.verdict.grade:
        notes.append(f"等次以 {line.verdict.record} 评定的为准。")
    return Table(
        columns,
        rows,
        totals=("总分", None, _NOTHING if line.total is None else line.total, None, None),
        notes=tuple(notes),
    )


def schemes_page(book: Book, schemes: Iterable[Scheme]) -> Document:
    """Which schemes there are."""
    columns = (
        Column("办法", "scheme"),
        Column("对象", "who"),
        Column("项目", "items", FieldType.INTEGER, width=4),
        Column("等次", "grades"),
        Column("版本", "version", width=6),
    )
    rows: list[tuple[Value, ...]] = [
        (one.name, whom(one.who), len(one.items), "、".join(mark.grade for mark in one.grades) or None, one.version)
        for one in schemes
    ]
    block: Block = (
        Table(columns, rows) if rows else Paragraph("没有评分办法，可在 policy/scores.yaml 里写。", Tone.MUTED)
    )
    return document_of(book, "评分办法", (block,), "schemes", records=len(rows))


def _document(book: Book, scored: Scored, title: str, blocks: Sequence[Block], records: int) -> Document:
    return document_of(
        book,
        title,
        blocks,
        "score",
        records=records,
        period=scored.period,
        form=f"{scored.scheme.name} {scored.scheme.version}",
        landscape=True,
    )
