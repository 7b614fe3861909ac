"""Who is bound by a duty in a cycle, to how much, and what the records say was done."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.measure import ALWAYS, Aggregate, Counted, Measure
from lianxin.policies.campaign import Campaign
from lianxin.policies.duty import Duty
from lianxin.reports.duty.cycle import full_days, kept_of, seen
from lianxin.reports.duty.pace import Claim, bounded, prorated
from lianxin.reports.figure.figured import pooled
from lianxin.reports.subject import members

#: The subject of a duty that names nobody: the office itself.
OFFICE = ""

_HUNDRED = Decimal(100)
#: From so many cycles on, one look at every record is cheaper than one question a cycle.
_MANY = 3

Amounts = Mapping[str, Decimal]


class Done(Struct, frozen=True):
    """What was done in one cycle, by subject.

    Attributes:
        total: What it is a share of; None where the duty asks for an amount.
    """

    amount: Amounts
    total: Amounts | None = None

    def pair(self, subject: str) -> tuple[Decimal, Decimal | None]:
        """Numerator and denominator; a total that belongs to nobody is everybody's."""
        amount = self.amount.get(subject, Decimal(0))
        if self.total is None:
            return amount, None
        return amount, self.total.get(subject, self.total.get(OFFICE, Decimal(0)))

    def value(self, subject: str) -> Decimal | None:
        """The amount, or the share in percent; None where there is nothing to divide by."""
        amount, total = self.pair(subject)
        if total is None:
            return amount
        return _HUNDRED * amount / total if total else None


class Counter:
    """Asks the book about one duty; what does not change with the cycle is asked once."""

    def __init__(self, book: Book, duty: Duty, today: date, campaign: Campaign | None = None) -> None:
        self.book, self.duty, self.campaign, self.today = book, duty, campaign, today
        self.counted = (duty.counted or ()) if duty.who else pooled(duty.counted or ())
        self.total = duty.out_of if duty.who or not duty.out_of else pooled(duty.out_of)
        self._members: dict[Period, dict[str, list[Counted]]] = {}
        self._graded: dict[Period, list[set[str]]] = {}

    def bound(self, cycle: Period) -> dict[str, Claim]:
        """Whom the duty binds in a cycle, and to how much."""
        if not self.duty.who:
            return {OFFICE: self._claim(self._asked(self._plain(cycle), (), cycle))}
        known = self._known(cycle)
        if known not in self._members:
            self._members[known] = members(self.book, self.duty.who, known)
        if known not in self._graded:
            self._graded[known] = [
                set(members(self.book, self._narrowed(one.filters), known)) for one in self.duty.grades
            ]
        claims: dict[str, Claim] = {}
        alike: dict[Decimal | None, Claim] = {}
        plain = self._plain(cycle)
        for subject, rows in self._members[known].items():
            least = self._least(subject, self._graded[known], plain)
            if least is None and self.duty.most is None and not self.duty.parts:
                continue
            asked = self._asked(least, rows, cycle)
            if asked not in alike:
                alike[asked] = self._claim(asked)
            claims[subject] = alike[asked]
        return claims

    def done(self, cycle: Period) -> Done:
        """What was done in a cycle, as far as it has gone."""
        period = seen(cycle, self.today)
        total = self.book.totals(self.total, period) if self.total else None
        return Done(self.book.totals(self.counted, period), total)

    def history(self, cycles: Sequence[Period]) -> list[Done]:
        """What was done in each of several cycles that are over."""
        if len(cycles) < _MANY or not sortable(self.counted) or not (self.total is None or sortable(self.total)):
            return [self.done(cycle) for cycle in cycles]
        amounts = self._sorted(self.counted, cycles)
        totals = self._sorted(self.total, cycles) if self.total else [None] * len(cycles)
        return [Done(amount, total) for amount, total in zip(amounts, totals, strict=True)]

    def _sorted(self, measure: Measure, cycles: Sequence[Period]) -> list[dict[str, Decimal]]:
        whole = Period(cycles[0].since, cycles[-1].until, "")
        return sorted_out(self.book.counted(measure, whole), measure, cycles)

    def rows(self, cycle: Period, subject: str | None = None) -> list[Counted]:
        """The records behind what one subject did, or all did."""
        return self.book.counted(self.counted, seen(cycle, self.today), subject if self.duty.who else None)

    def total_rows(self, cycle: Period, subject: str | None) -> list[Counted]:
        """The records of what it is a share of; a total that belongs to nobody is everybody's."""
        own = any(part.subject for part in self.total or ())
        return self.book.counted(self.total or (), seen(cycle, self.today), subject if own else None)

    def _claim(self, least: Decimal | None) -> Claim:
        return Claim(least, self.duty.most, share=bool(self.total))

    def _asked(self, least: Decimal | None, rows: Sequence[Counted], cycle: Period) -> Decimal | None:
        if least is None or self.total or not bounded(cycle):
            return least
        if self.duty.prorated:
            return prorated(least, days_in_force(rows, cycle), full_days(self.duty, cycle))
        return self.since_started(least, cycle)

    def since_started(self, least: Decimal, cycle: Period) -> Decimal:
        """What is left of a claim in the cycle in which the ledger began: nothing is asked of the days before."""
        days, whole = kept_of(self.duty, self.campaign, cycle, self.book.started, self.book.calendar)
        return least if days == whole else max(prorated(least, days, whole), min(least, Decimal(1)))

    def _plain(self, cycle: Period) -> Decimal | None:
        """What is asked of everybody; where only milestones say, the last of them."""
        if self.duty.least is not None or self.duty.grades:
            return self.duty.least
        return max((one.least for one in self.duty.milestones if one.by in cycle), default=None)

    def _least(self, subject: str, graded: Sequence[set[str]], plain: Decimal | None) -> Decimal | None:
        for grading, subjects in zip(self.duty.grades, graded, strict=True):
            if subject in subjects:
                return grading.least
        return plain

    def _narrowed(self, filters: Sequence[str]) -> Measure:
        return tuple(part.model_copy(update={"filters": (*part.filters, *filters)}) for part in self.duty.who or ())

    def _known(self, cycle: Period) -> Period:
        """The days on which membership is looked at: those gone by, or today when none has."""
        period = seen(cycle, self.today)
        if period.since < period.until:
            return period
        return Period(self.today, self.today + timedelta(days=1), period.label)


def days_in_force(rows: Sequence[Counted], cycle: Period) -> int:
    """On how many days of the cycle at least one of the rows was in force; an open end stays open.

    Without rows it is all of them.
    """
    if not rows:
        return (cycle.until - cycle.since).days
    spans = sorted(
        (max(date.fromisoformat(row.since[:10]) if row.since else date.min, cycle.since), _end(row, cycle))
        for row in rows
    )
    days, reached = 0, cycle.since
    for since, until in spans:
        days += max((until - max(since, reached)).days, 0)
        reached = max(reached, until)
    return days


def _end(row: Counted, cycle: Period) -> date:
    """The day after the last one in force."""
    last = date.fromisoformat(row.until[:10]) if row.until else date.max
    return min(last + timedelta(days=1), cycle.until) if last < cycle.until else cycle.until


def sortable(measure: Measure) -> bool:
    """Whether each row of it belongs to the one cycle its day lies in."""
    if len({part.weight for part in measure}) != 1:
        return False
    if all(part.tally is Aggregate.DAYS for part in measure):
        return all(part.period_field != ALWAYS for part in measure)
    return not any(part.tally is Aggregate.DAYS or part.period_field == ALWAYS or part.until_field for part in measure)


def sorted_out(rows: Sequence[Counted], measure: Measure, cycles: Sequence[Period]) -> list[dict[str, Decimal]]:
    """The amounts of rows by cycle and subject: what is counted once is counted once in each cycle."""
    by_day = all(part.tally is Aggregate.DAYS for part in measure)
    weight = measure[0].weight if measure else Decimal(1)
    found: list[dict[str, Decimal]] = [{} for _ in cycles]
    told: set[tuple[int, str, str]] = set()
    starts = [cycle.since.isoformat() for cycle in cycles]
    ends = [cycle.until.isoformat() for cycle in cycles]
    for row in rows:
        day = row.key if by_day else row.since[:10]
        place = bisect_right(starts, day) - 1
        if place < 0 or day >= ends[place]:
            continue
        amount = row.amount
        if row.key:
            amount = Decimal(0) if (place, row.subject, row.key) in told else weight
            told.add((place, row.subject, row.key))
        amounts = found[place]
        amounts[row.subject] = amounts.get(row.subject, Decimal(0)) + amount
    return found


def lacking(claim: Claim, amount: Decimal, total: Decimal | None) -> Decimal:
    """How many more are wanted; for a share, how many of its total."""
    if claim.least is None:
        return Decimal(0)
    wanted = claim.least if total is None else (claim.least * total / _HUNDRED).to_integral_value(ROUND_CEILING)
    return max(wanted - amount, Decimal(0))
