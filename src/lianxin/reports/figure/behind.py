"""The records behind a number, by the subject it was printed under."""

from __future__ import annotations

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.measure import Counted, Measure
from lianxin.reports.figure.figured import owned, pooled


def behind(book: Book, measure: Measure, subject: str, period: Period) -> list[Counted]:
    """What a printed number counts, by the subject it was printed under (``press.Printed``)."""
    whose = subject.rpartition("=")[2] if subject else None
    return book.counted(scoped(measure, subject), period, whose)


def scoped(measure: Measure, subject: str) -> Measure:
    """A measure as it was counted for the subject it was printed under."""
    path, sign, _id = subject.rpartition("=")
    return owned(measure, path) if sign else measure if subject else pooled(measure)
