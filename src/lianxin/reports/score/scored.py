"""Scores: points counted from the records and points given by hand, item by item, and what they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.measure import Measure
from lianxin.policies.score import Item, Scheme, Sign
from lianxin.reports.duty.cycle import seen
from lianxin.reports.figure.figured import pooled
from lianxin.reports.score.hand import Given, Grading, given, verdicts
from lianxin.reports.score.point import Point, by_hand, counted_point, rounded
from lianxin.reports.subject import members


class Line(Struct, frozen=True):
    """One subject's score.

    Attributes:
        points: One an item, in the scheme's order.
        vetoes: Those that struck.
        total: None where nothing could be counted.
        scale: What the items with a rate were multiplied by because others had nothing to divide by.
        grade: As decided, where an appraisal says so; else what the total makes.
        verdict: What an appraisal of this scheme and period decided.
        rank: None where it is not ranked.
    """

    subject: str
    points: tuple[Point, ...]
    vetoes: tuple[Point, ...]
    total: Decimal | None
    scale: Decimal
    grade: str
    verdict: Grading | None = None
    rank: int | None = None

    def sum(self, sign: Sign) -> Decimal | None:
        """The points of the items of one sort; None where none of them has any yet."""
        own = [point for point in self.points if point.item.sign is sign]
        found = [point.points for point in own if point.points is not None]
        return sum(found, Decimal(0)) if found or not own else None

    @property
    def valued(self) -> int:
        """How many items have something behind them."""
        return sum(point.valued for point in self.points)


class Scored(Struct, frozen=True):
    """A scheme over a period; ranked lines first, the best first.

    Attributes:
        span: The period as far as it has gone.
    """

    scheme: Scheme
    period: Period
    span: Period
    lines: tuple[Line, ...]

    @property
    def commended(self) -> tuple[Line, ...]:
        """Who goes first for 评优 (S1b 19): the first so many, ties included, and whoever an appraisal commends."""
        first = self.scheme.commend or 0
        return tuple(
            line
            for line in self.lines
            if line not in self.accountable
            and (
                (line.verdict is not None and line.verdict.commended)
                or (not line.vetoes and line.rank is not None and line.rank <= first)
            )
        )

    @property
    def accountable(self) -> tuple[Line, ...]:
        """Who is called to account (S1b 20): at or under the grade named, and whoever an appraisal names."""
        grades = [mark.grade for mark in self.scheme.grades]
        named = self.scheme.accountable
        low = set(grades[grades.index(named) :]) if named in grades else set[str]()
        return tuple(
            line for line in self.lines if line.grade in low or (line.verdict is not None and line.verdict.accountable)
        )


def scored(book: Book, scheme: Scheme, period: Period) -> Scored:
    """What a scheme gives everybody it is about, over a period as far as it has gone.

    Raises:
        UsageError: A measure of it cannot be counted.
    """
    span = seen(period, book.today)
    subjects = list(members(book, scheme.who, span))
    hand = given(book, scheme.name, period)
    decided = verdicts(book, scheme.name, period)
    items = [_column(book, item, span, subjects, hand) for item in scheme.items]
    vetoes = [_column(book, item, span, subjects, hand) for item in scheme.vetoes]
    lines = [
        _line(scheme, subject, [one[n] for one in items], [one[n] for one in vetoes], decided.get(subject))
        for n, subject in enumerate(subjects)
    ]
    return Scored(scheme, period, span, tuple(_ranked(scheme, lines)))


def of_all(book: Book, scheme: Scheme, period: Period) -> Decimal | None:
    """What a scheme would give all its subjects taken as one; None where people give points, or nothing is counted.

    Raises:
        UsageError: A measure of it cannot be counted.
    """
    span = seen(period, book.today)
    if any(item.counted is None for item in scheme.items):
        return None

    def whole(measure: Measure) -> Decimal:
        return sum(book.totals(pooled(measure), span).values(), Decimal(0))

    points = [
        counted_point(item, whole(item.counted), whole(item.out_of) if item.out_of else None, ())
        for item in scheme.items
        if item.counted
    ]
    return _total(points)[0]


def _column(
    book: Book, item: Item, span: Period, subjects: Sequence[str], hand: Mapping[tuple[str, str], Sequence[Given]]
) -> list[Point]:
    """One item for every subject."""
    amounts = book.totals(item.counted, span) if item.counted else {}
    totals = book.totals(item.out_of, span) if item.counted and item.out_of else None
    points: list[Point] = []
    for subject in subjects:
        own = hand.get((subject, item.name), ())
        if item.counted is None:
            points.append(by_hand(item, own))
            continue
        amount = amounts.get(subject, Decimal(0))
        total = None if totals is None else totals.get(subject, Decimal(0))
        points.append(counted_point(item, amount, total, [one for one in own if one.by_hand]))
    return points


def _line(
    scheme: Scheme, subject: str, points: Sequence[Point], vetoes: Sequence[Point], verdict: Grading | None
) -> Line:
    struck = tuple(point for point in vetoes if point.struck)
    total, scale = _total(points)
    line = Line(subject, tuple(points), struck, total, scale, verdict.grade if verdict else "", verdict)
    if line.grade or line.valued < scheme.minimum:
        return line
    return replace(line, grade=_grade(scheme, total, struck=bool(struck)))


def _total(points: Iterable[Point]) -> tuple[Decimal | None, Decimal]:
    """The sum; an item with nothing to divide by takes nothing away: the other rates stand for it."""
    found = list(points)
    rates = [point for point in found if point.item.out_of is not None and point.item.sign is Sign.BASIC]
    whole = sum((point.item.full or Decimal(0) for point in rates), Decimal(0))
    there = sum((point.item.full or Decimal(0) for point in rates if point.points is not None), Decimal(0))
    rest = [point for point in found if point not in rates]
    if not there and not any(point.points is not None and point.item.sign is not Sign.MALUS for point in rest):
        return None, Decimal(1)
    scale = whole / there if there else Decimal(1)
    total = sum((point.points for point in rates if point.points is not None), Decimal(0)) * scale
    total += sum((point.points for point in rest if point.points is not None), Decimal(0))
    return rounded(total), scale


def _grade(scheme: Scheme, total: Decimal | None, *, struck: bool) -> str:
    """The first grade the total reaches; the highest is barred by a veto."""
    if total is None:
        return ""
    marks = scheme.grades[1:] if struck and len(scheme.grades) > 1 else scheme.grades
    return next((mark.grade for mark in marks if total >= mark.least), "")


def _ranked(scheme: Scheme, lines: Sequence[Line]) -> list[Line]:
    """The best first; those with the same total share a rank, and the next rank is left out."""
    able = [line for line in lines if line.total is not None and line.valued >= scheme.minimum]
    rest = [line for line in lines if line not in able]
    able.sort(key=lambda line: (-(line.total or Decimal(0)), len(line.subject), line.subject))
    found: list[Line] = []
    for place, line in enumerate(able, 1):
        same = bool(found) and found[-1].total == line.total
        rank = found[-1].rank if same else place
        found.append(replace(line, rank=rank if scheme.ranked else None))
    rest.sort(key=lambda line: (-(line.total or Decimal(0)), len(line.subject), line.subject))
    return [*found, *rest]


def whole_year(today: date) -> Period:
    """The period a score is for where none is named."""
    return Period(date(today.year, 1, 1), date(today.year + 1, 1, 1), f"{today.year}")
