"""A score as tables: the points of everybody, who is commended or called to account, and one subject item by item."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Table, Value
from lianxin.core.value import FieldType
from lianxin.policies.indicator import picked_inside
from lianxin.policies.score import Scheme, Sign
from lianxin.policies.wording import phrase
from lianxin.reports.score.point import Point
from lianxin.reports.score.scored import Line, Scored
from lianxin.reports.score.words import SUMS, notes
from lianxin.reports.subject import called, column_of, kind_name, last_of, some_one, units
from lianxin.reports.table import Cell, table_of

_NOTHING = "—"


def score_table(book: Book, scored: Scored) -> Table:
    """Everybody's points: an item a column where all are basic, else their sums."""
    scheme = scored.scheme
    subjects = [line.subject for line in scored.lines]
    name, unit = called(book, subjects, last_of(book, scored.period)), units(book, subjects)
    people = {kind_name(subject) for subject in subjects} == {"person"}
    by_item = all(item.sign is Sign.BASIC for item in scheme.items)
    graded = scheme.grades or any(line.grade for line in scored.lines)
    cells: list[Cell[Line]] = [
        *([(Column("名次", "rank", FieldType.INTEGER, width=4), _rank)] if scheme.ranked else []),
        (column_of(book, subjects), lambda line: name[line.subject]),
        *([(Column("支部", "unit"), _unit(unit))] if people else []),
        *(_items(scheme) if by_item else _sums(scored)),
        (Column("总分", "total", FieldType.AMOUNT, width=8), _total),
        *([(Column("等次", "grade", width=8), _grade)] if graded else []),
    ]
    some = some_one(subjects, telling(scheme))
    return table_of(scored.lines, cells, subjects, some=some, notes=notes(scored))


def _rank(line: Line) -> Value:
    return line.rank or _NOTHING


def _total(line: Line) -> Value:
    return _points(line.total)


def _grade(line: Line) -> Value:
    return line.grade or _NOTHING


def _unit(unit: Mapping[str, str]) -> Callable[[Line], Value]:
    return lambda line: unit.get(line.subject)


def _points(points: Decimal | None) -> Value:
    return _NOTHING if points is None else points


def _items(scheme: Scheme) -> Iterator[Cell[Line]]:
    """The points of each item."""

    def read(n: int) -> Callable[[Line], Value]:
        return lambda line: _points(line.points[n].points)

    for n, item in enumerate(scheme.items):
        yield Column(item.name, f"item_{n + 1}", FieldType.AMOUNT, width=8), read(n)


def _sums(scored: Scored) -> Iterator[Cell[Line]]:
    """The sums of the items of each sort, and of when; those of the basic and the bonus are always printed."""

    def read(sign: Sign) -> Callable[[Line], Value]:
        return lambda line: _points(line.sum(sign))

    yield Column("周期", "period", width=8), lambda _line: scored.period.label
    for sign in Sign:
        if sign is not Sign.MALUS or any(item.sign is sign for item in scored.scheme.items):
            yield Column(SUMS[sign], sign.name.lower(), FieldType.AMOUNT, width=8), read(sign)


def telling(scheme: Scheme) -> frozenset[str]:
    """The kinds of whose records it tells something internal who is scored, and how much he has."""
    items = (*scheme.items, *scheme.vetoes)
    return picked_inside(scheme.who, *(one for item in items for one in (item.counted, item.out_of)))


def listed_table(book: Book, scored: Scored, lines: Sequence[Line], note: str) -> Table:
    """Some of the lines, and why they are listed."""
    subjects = [line.subject for line in lines]
    name, unit = called(book, subjects, last_of(book, scored.period)), units(book, subjects)
    cells: list[Cell[Line]] = [
        (column_of(book, subjects), lambda line: name[line.subject]),
        *([(Column("单位", "unit", term=True), _unit(unit))] if unit else []),
        (Column("总分", "total", FieldType.AMOUNT, width=8), _total),
        (Column("等次", "grade", width=8), lambda line: line.grade or None),
        (Column("根据", "reason", privacy=Privacy.INTERNAL, width=30), lambda line: reason(scored, line)),
    ]
    some = some_one(subjects, telling(scored.scheme))
    return table_of(lines, cells, subjects, some=some, notes=(note,) if note else ())


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


def explained_table(line: Line) -> Table:
    """Every item, and how its points come about."""
    cells: list[Cell[Pointed]] = [
        (Column("项目", "item"), lambda each: each.point.item.name),
        (Column("类别", "sign", width=4), _sign),
        (
            Column("得分", "points", FieldType.AMOUNT, width=8),
            lambda each: None if each.veto else _points(each.point.points),
        ),
        (Column("怎么来的", "why", width=36), lambda each: each.point.why),
        (Column("数什么", "measure", width=30), _measured),
    ]
    told = []
    if line.scale != 1:
        told.append(f"有的率没有可除的，其余各率的得分乘 {line.scale:.4f} 补足到满分。")
    if line.vetoes:
        told.append("有一票否决的事项，不能评最高等次。")
    if line.verdict and line.verdict.grade:
        told.append(f"等次以 {line.verdict.record} 评定的为准。")
    return table_of(every_point(line), cells, totals={"item": "总分", "points": _total(line)}, notes=told)


class Pointed(Struct, frozen=True):
    """A point of a subject; ``veto``: one that struck."""

    subject: str
    point: Point
    veto: bool


def every_point(line: Line) -> list[Pointed]:
    """Of the items, then of the vetoes."""
    items = [Pointed(line.subject, point, veto=False) for point in line.points]
    return items + [Pointed(line.subject, point, veto=True) for point in line.vetoes]


def _sign(each: Pointed) -> Value:
    return "否决" if each.veto else each.point.item.sign.value


def _measured(each: Pointed) -> Value:
    item = each.point.item
    return item.basis or (phrase(item.counted) if item.counted and not each.veto else None)


#: What is known of a line and of a point, for programs.
POINT: tuple[Cell[Pointed], ...] = (
    (Column("项目", "item"), lambda each: each.point.item.name),
    (Column("类别", "sign", FieldType.CHOICE), _sign),
    (Column("得分", "points", FieldType.AMOUNT), lambda each: each.point.points),
    (Column("数", "amount", FieldType.AMOUNT), lambda each: each.point.amount),
    (Column("总数", "out_of", FieldType.AMOUNT), lambda each: each.point.total),
    (Column("满分", "full", FieldType.AMOUNT), lambda each: each.point.item.full),
    (Column("怎么来的", "why"), lambda each: each.point.why),
)


def known_of(scored: Scored) -> list[Cell[Line]]:
    """What is known of a line, for programs."""

    def why(line: Line) -> Value:
        return reason(scored, line) if line in scored.commended or line in scored.accountable else None

    return [
        (Column("名次", "rank", FieldType.INTEGER), lambda line: line.rank),
        (Column("总分", "total", FieldType.AMOUNT), lambda line: line.total),
        (Column("等次", "grade"), lambda line: line.grade or None),
        (Column("评优", "commended", FieldType.FLAG), lambda line: line in scored.commended),
        (Column("问责", "accountable", FieldType.FLAG), lambda line: line in scored.accountable),
        (Column("根据", "reason", privacy=Privacy.INTERNAL), why),
    ]
