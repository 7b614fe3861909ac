"""Frozen reports gone over again: which figures would now come out differently, and which records made them so.

The frozen commit is opened and counted as it was then; what is counted otherwise now is the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.day.period import Period, parse_period
from lianxin.core.error import LianxinError
from lianxin.core.measure import ALWAYS, Measure
from lianxin.kinds import kind_named
from lianxin.policies.definitions import Definitions
from lianxin.policies.figure import Figure
from lianxin.policies.indicator import picked_inside
from lianxin.policies.outline import Term
from lianxin.reports.figure.behind import behind, scoped
from lianxin.reports.figure.figured import NOTHING, Figured, by_subject, evaluate
from lianxin.reports.frozen.cause import causes, edited
from lianxin.reports.origin import period_text
from lianxin.reports.outline.balance import Histories, balance, histories
from lianxin.reports.subject import nobody

#: So many figures are counted anew for one report; what was frozen longer ago is left alone, and that is said.
_MOST = 500

#: The book as a commit has it, looked at on a day.
Opener = Callable[[str, date], AbstractContextManager[Book]]


class Difference(Struct, frozen=True):
    """A figure that was frozen and would now be another.

    Attributes:
        frozen: Id of the frozen report.
        subject: As in ``press.Printed``.
        was, now: As printed.
        redefined: The version it went by then, where its definition has changed since.
        records: Whose change made it so; empty if only the definition changed.
        lost: The frozen commit is not there any more.
        inner: It counts something internal: which records moved it tells of whom.
    """

    frozen: str
    report: str
    period: Period
    made: date
    commit: str
    name: str
    subject: str
    was: str
    now: str
    redefined: str = ""
    records: tuple[str, ...] = ()
    lost: bool = False
    inner: bool = False

    def text(self, title: Callable[[str], str]) -> str:
        """In one line, as a later frozen report keeps it."""
        return f"{period_text(self.period)}{self.report}“{self.label(title)}”原报 {self.was}，现为 {self.now}"

    def label(self, title: Callable[[str], str]) -> str:
        """The figure, and whose it is."""
        path, _, id_ = self.subject.rpartition("=")
        whose = (title(id_) if id_ else nobody(path)) if self.subject else ""
        return f"{self.name}（{whose}）" if whose or path else self.name


def standing(book: Book) -> list[tuple[str, str, str]]:
    """Id, report and period of each frozen report that none has taken the place of."""
    rows = book.sql(
        """SELECT id, report, period FROM frozen
        WHERE id NOT IN (SELECT supersedes FROM frozen WHERE supersedes IS NOT NULL) ORDER BY id"""
    )
    return [(str(id_), str(report), str(period)) for id_, report, period in rows]


def differences(
    book: Book, definitions: Definitions, period: Period, report: str, opener: Opener
) -> tuple[list[Difference], int]:
    """What earlier reports would now say otherwise: those of this name up to this period, and those that lie in it.

    Args:
        book: The records as they stand.
        definitions: What is in force.
        period: Of the report being made.
        report: Its name.
        opener: Opens the records as they were.

    Returns:
        The differences, the newest period first, and how many of the oldest reports were not gone over.
    """
    wanted: list[tuple[Period, str]] = []
    for id_, name, words in standing(book):
        span = parse_period(words, book.today)
        if span.until <= period.until and (name == report or span.since >= period.since):
            wanted.append((span, id_))
    wanted.sort(key=lambda pair: (pair[0].until, pair[1]), reverse=True)
    found: list[Difference] = []
    recount = _Recount(book, definitions)
    for done, (span, id_) in enumerate(wanted):
        if recount.counted > _MOST:
            return found, len(wanted) - done
        found += recount.gone_over(span, book.record(id_), opener)
    return found, 0


class _Recount:
    """Counts frozen figures anew, each column of a table once.

    Attributes:
        counted: How many were.
    """

    def __init__(self, book: Book, definitions: Definitions) -> None:
        self.book, self.definitions, self.counted = book, definitions, 0
        self._histories: Histories | None = None
        self._columns: dict[tuple[str, str, str], Mapping[str, Figured]] = {}

    def gone_over(self, span: Period, frozen: Any, opener: Opener) -> list[Difference]:
        """One frozen report: what differs is counted again as it was, in one opening of its commit."""
        made: list[tuple[Difference, Figure | None]] = [*self._appeared(span, frozen)]
        for one in frozen.figures:
            figure = self.definitions.figures.get(one.name) if one.digest else None
            if figure is not None and not timeless(figure):
                now = self._figure(span, figure, one.subject or "")
            elif one.digest is None and one.name in tuple(Term):
                now = str(balance(self.histories, span).count(Term(one.name)))
            else:
                continue  # nothing to compare with, or it was of the day it was printed
            if now != one.value:
                made.append((_difference(span, frozen, one, one.subject or "", one.value, now, figure), figure))
        if not made:
            return []
        try:
            with opener(frozen.commit or "", frozen.made) as then:
                old = histories(then) if any(figure is None for _one, figure in made) else None
                changed = edited(then, self.book)
                return [self._explained(then, old, one, figure, changed) for one, figure in made]
        except LianxinError:  # rewritten or shallow history: what differs is known, why is not
            return [replace(one, lost=True) for one, _figure in made]

    def _appeared(self, span: Period, frozen: Any) -> Iterator[tuple[Difference, Figure]]:
        """Rows that a table by subject would have now and had not."""
        tables: dict[tuple[str, str], Any] = {}
        for one in frozen.figures:
            path, sign, _ = (one.subject or "").rpartition("=")
            if sign and one.digest:
                tables.setdefault((one.name, path), one)
        known = {(one.name, one.subject) for one in frozen.figures}
        for (name, path), beside in tables.items():
            figure = self.definitions.figures.get(name)
            if figure is None or timeless(figure):
                continue
            for id_, found in self._column(span, figure, path, by=True).items():
                subject = f"{path}={id_}"
                if (name, subject) not in known and found.text != _nothing(figure, span).text:
                    yield _difference(span, frozen, beside, subject, NOTHING, found.text, figure), figure

    @property
    def histories(self) -> Histories:
        """Of the issues as they stand."""
        if self._histories is None:
            self.counted += 1
            self._histories = histories(self.book)
        return self._histories

    def _figure(self, span: Period, figure: Figure, subject: str) -> str:
        """As it would be printed now."""
        path, sign, id_ = subject.rpartition("=")
        found = self._column(span, figure, path if sign else "*" if subject else "", by=bool(subject))
        return found.get(id_, _nothing(figure, span)).text

    def _column(self, span: Period, figure: Figure, path: str, *, by: bool) -> Mapping[str, Figured]:
        """A figure by what a path leads to (``*``: by its own 归属), or over everybody under an empty name."""
        key = (figure.name, path, str(span.bounds))
        if key not in self._columns:
            self.counted += 1
            alone = figure.model_copy(update={"against": None})
            way = path.removeprefix("*")
            self._columns[key] = (
                by_subject(self.book, alone, way, span) if by else {"": evaluate(self.book, alone, span)}
            )
        return self._columns[key]

    def _explained(
        self, then: Book, old: Histories | None, one: Difference, figure: Figure | None, changed: frozenset[str]
    ) -> Difference:
        """The same with the records whose change made it so."""
        found: set[str] = set()
        if figure is None and old is not None:
            sides = [Counter(balance(known, one.period).records(Term(one.name))) for known in (old, self.histories)]
            moved = {record for record in sides[0].keys() | sides[1].keys() if sides[0][record] != sides[1][record]}
            found = moved & changed or moved
        elif figure is not None:
            for measure in filter(None, (figure.numerator, figure.denominator)):
                was, now = (_amounts(each, measure, one) for each in (then, self.book))
                moved = {record for record in was.keys() | now.keys() if was.get(record) != now.get(record)}
                if moved:
                    found |= causes(then, self.book, scoped(measure, one.subject), moved, changed)
        return replace(one, records=tuple(sorted(found)))


def _nothing(figure: Figure, span: Period) -> Figured:
    """A figure that nothing counts for."""
    return Figured(figure, span, Decimal(0), Decimal(0) if figure.denominator else None)


def _difference(
    span: Period, frozen: Any, kept: Any, subject: str, was: str, now: str, figure: Figure | None
) -> Difference:
    """What differs from a figure that was kept; ``kept`` tells by which definition it was counted."""
    redefined = figure is not None and figure.digest != kept.digest
    version = f"第 {kept.version} 版" if redefined else ""
    told = (frozen.id, frozen.report, span, frozen.made, frozen.commit or "")
    inner = figure is not None and bool(picked_inside(*figure.measures))
    return Difference(*told, kept.name, subject, was, now, version, inner=inner)


def timeless(figure: Figure) -> bool:
    """Whether it tells how things stand on the day it is printed, whatever the period."""
    kinds = [(part, kind_named(part.kind or "")) for part in figure.numerator if part.indicator is None]
    return any(
        part.period_field == ALWAYS or (kind is not None and not kind.dated and part.period_field is None)
        for part, kind in kinds
    )


def _amounts(book: Book, measure: Measure, one: Difference) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in behind(book, measure, one.subject, one.period):
        found[row.record] = found.get(row.record, Decimal(0)) + row.amount
    return {record: amount for record, amount in found.items() if amount}
