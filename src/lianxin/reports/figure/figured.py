"""Figures: what they come to in a period, over everybody or by subject, and against the period before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.document import Value
from lianxin.core.measure import Measure
from lianxin.core.value import show_amount
from lianxin.policies.figure import Against, Figure
from lianxin.policies.wording import worded

#: What is printed where there is nothing to divide by.
NOTHING = "—"

_HUNDRED = Decimal(100)


class Figured(Struct, frozen=True):
    """A figure in a period.

    Attributes:
        denominator: None for a count.
        value: Numerator, or the share it is of the denominator; None where there is nothing to divide by.
        before: The value in the period it is compared with; None where it is compared with none.
        running: The period is not over: it is compared with as many days of the other.
    """

    figure: Figure
    period: Period | None
    numerator: Decimal
    denominator: Decimal | None = None
    before: Decimal | None = None
    running: bool = False

    @property
    def value(self) -> Decimal | None:
        """What is printed, before rounding."""
        return valued(self.figure, self.numerator, self.denominator)

    @property
    def tells(self) -> bool:
        """Whether there is anything to tell: a number that is not nought, a share of something, or a change."""
        return bool(self.value or self.denominator or self.moved)

    @property
    def text(self) -> str:
        """As printed, without its unit: ``40 200``, ``97.63 %``, ``—``."""
        return shown(self.figure, self.value)

    @property
    def cell(self) -> Value:
        """In a table: a count as a number, a rate as it is printed."""
        if self.figure.denominator:
            return self.text
        return int(self.numerator) if self.numerator == int(self.numerator) else self.numerator

    @property
    def rounded(self) -> Decimal | None:
        """What is printed, as a number."""
        return None if self.value is None else _rounded(self.figure, self.value)

    @property
    def earlier(self) -> Decimal | None:
        """What was printed in the period before."""
        return None if self.before is None else _rounded(self.figure, self.before)

    @property
    def moved(self) -> Decimal | None:
        """How much more it is than in the period before."""
        return None if self.rounded is None or self.earlier is None else self.rounded - self.earlier

    @property
    def change(self) -> str:
        """Against the period before: ``+142``, ``−3``, ``±0``; empty where it is compared with none."""
        moved = self.moved
        if moved is None:
            return NOTHING if self.figure.against else ""
        sign = "+" if moved > 0 else "−" if moved < 0 else "±"
        points = " 个百分点" if self.figure.percent else ""
        return f"{sign}{_spaced(self.figure, abs(moved))}{points}"

    @property
    def against(self) -> str | None:
        """What it is compared with, in words."""
        if self.figure.against is None:
            return None
        return alike(self.figure.against.value) if self.running else self.figure.against.value

    @property
    def phrase(self) -> str:
        """With its unit, as it stands in a sentence: ``40 200 元``."""
        if self.figure.percent or self.value is None:
            return self.text
        return f"{self.text} {self.figure.unit}"


def valued(figure: Figure, numerator: Decimal, denominator: Decimal | None) -> Decimal | None:
    """A count as it is, a rate as the share it is."""
    if figure.denominator is None:
        return numerator
    if not denominator:
        return None
    return numerator / denominator * (_HUNDRED if figure.percent else 1)


def shown(figure: Figure, value: Decimal | None) -> str:
    """A value as printed, without its unit."""
    if value is None:
        return NOTHING
    text = _spaced(figure, _rounded(figure, value))
    return f"{text} %" if figure.percent else text


def _rounded(figure: Figure, value: Decimal) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-figure.places), ROUND_HALF_UP)


def _spaced(figure: Figure, value: Decimal) -> str:
    return show_amount(value) if figure.money else f"{value:,.{figure.places}f}".replace(",", " ")


def evaluate(book: Book, figure: Figure, period: Period | None, subject: str | None = None) -> Figured:
    """A figure over all records, or of one subject that its own 归属 names.

    Raises:
        UsageError: A part names what is not there.
    """
    before = earlier(figure, period, book)
    numerator = _total(book, figure.numerator, period, subject)
    denominator = _total(book, figure.denominator, period, subject)
    past: Decimal | None = None
    if before is not None:
        past = valued(
            figure,
            _total(book, figure.numerator, before, subject) or Decimal(0),
            _total(book, figure.denominator, before, subject),
        )
    return Figured(figure, period, numerator or Decimal(0), denominator, past, running(period, book))


def earlier(figure: Figure, period: Period | None, book: Book) -> Period | None:
    """The period a figure is compared with; none that begins before the ledger did: it did not see the whole of it.

    A period that is not over is compared with as many days of the other.
    """
    if figure.against is None or period is None:
        return None
    started = max(filter(None, (book.started, _begun(book))), default=None)
    before = period.before() if figure.against is Against.BEFORE else _year_before(period)
    if started is not None and before.since < started:
        return None
    return _as_long(before, period, period.so_far(book.today))


def running(period: Period | None, book: Book) -> bool:
    """Whether a period has begun and is not over."""
    return period is not None and period.so_far(book.today) != period


def alike(words: str) -> str:
    """What as many days of a period are called: 上月同期."""
    return words if "同期" in words else f"{words}同期"


def _as_long(before: Period, period: Period, gone: Period) -> Period:
    """As much of the period before as there is of one that is not over: the same days of a year, else as many."""
    if gone == period:
        return before
    until = before.since + (gone.until - gone.since)
    if before.since == _back(period.since):
        until = _back(gone.last) + timedelta(days=1)
    return replace(before, until=min(before.until, until))


#: The day of the oldest of what an office writes down as it comes.
_OLDEST = "SELECT min(raised) FROM issue UNION ALL SELECT min(day) FROM visit UNION ALL SELECT min(day) FROM activity"
#: The month in which each book begins, where nobody says so.
_BEGUN: WeakKeyDictionary[Book, date | None] = WeakKeyDictionary()


def _begun(book: Book) -> date | None:
    if book not in _BEGUN:
        days = [str(day)[:10] for (day,) in book.sql(_OLDEST) if day]
        _BEGUN[book] = date.fromisoformat(min(days)).replace(day=1) if days else None
    return _BEGUN[book]


def _year_before(period: Period) -> Period:
    return replace(period, since=_back(period.since), until=_back(period.until), label="上年同期")


def _back(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _total(book: Book, measure: Measure | None, period: Period | None, subject: str | None) -> Decimal | None:
    if measure is None:
        return None
    if subject is not None:
        return book.totals(measure, period).get(subject, Decimal(0))
    return sum(book.totals(pooled(measure), period).values(), Decimal(0))


def pooled(measure: Measure) -> Measure:
    """A measure over everybody: what is counted once is counted once over all."""
    return tuple(part.model_copy(update={"subject": None}) for part in measure)


def owned(measure: Measure, path: str) -> Measure:
    """A measure by what a path leads to."""
    return tuple(part.model_copy(update={"subject": path}) for part in measure)


def by_subject(book: Book, figure: Figure, path: str, period: Period | None) -> dict[str, Figured]:
    """A figure for each subject that a path leads to (its own 归属 where no path is given); under ``""`` the rest.

    Raises:
        UsageError: The figure's records have no such column.
    """

    def totals(measure: Measure | None, when: Period | None) -> Mapping[str, Decimal]:
        return book.totals(owned(measure, path) if path else measure, when) if measure else {}

    counts, totals_ = totals(figure.numerator, period), totals(figure.denominator, period)
    before = earlier(figure, period, book)
    past = totals(figure.numerator, before) if before else {}
    past_totals = totals(figure.denominator, before) if before else {}
    unfinished = running(period, book)
    found: dict[str, Figured] = {}
    for subject in dict.fromkeys((*counts, *totals_)):
        total = totals_.get(subject, Decimal(0)) if figure.denominator else None
        then = None
        if before:
            then = valued(figure, past.get(subject, Decimal(0)), past_totals.get(subject))
        found[subject] = Figured(figure, period, counts.get(subject, Decimal(0)), total, then, unfinished)
    return found


def notes(figures: Iterable[Figure]) -> tuple[str, ...]:
    """The definitions of figures, one a line, to stand under their table."""
    return tuple(dict.fromkeys(f"{one.name}：{_counts(one)}。" for one in figures))


def definition(figure: Figure) -> str:
    """What a figure counts, in its own words or else in those of its measure, with the version."""
    return f"{_counts(figure)}。（第 {figure.version} 版）"


def _counts(figure: Figure) -> str:
    return (figure.definition or worded(figure)).rstrip("。")
