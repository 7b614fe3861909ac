"""How a duty is fulfilled: who owes what, what was done, what is missing, and how it can be caught up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.day.calendar import Calendar
from lianxin.core.day.period import Period
from lianxin.core.error import UsageError
from lianxin.core.measure import Aggregate
from lianxin.policies.campaign import Campaign
from lianxin.policies.duty import Duty, Every, Milestone
from lianxin.reports.duty.count import OFFICE, Counter, Done, lacking
from lianxin.reports.duty.cycle import chosen, cycles, seen
from lianxin.reports.duty.pace import PRESSING, Claim, Status, pace, status
from lianxin.reports.duty.stand import Fulfilment, Reached, Stand, unit_of

#: A duty and the campaign it belongs to, by its name.
Known = Mapping[str, tuple[Duty, Campaign | None]]

#: What is pressing comes first, what is done last.
_ORDER = {word: n for n, word in enumerate((*PRESSING, Status.IDLE, Status.RUNNING, Status.NOTHING, Status.DONE))}


def fulfilment(
    book: Book,
    duty: Duty,
    campaign: Campaign | None,
    today: date,
    *,
    span: Period | None = None,
    others: Known | None = None,
    calendar: Calendar | None = None,
    back: bool = True,
) -> Fulfilment:
    """How a duty stands on a day.

    Args:
        book: The records.
        duty: What is owed.
        campaign: Whose duty it is; it is due only in its days.
        today: The day to look from; for a period that is over, its last.
        span: What to look back on: this year where nothing is said.
        others: The duties that one made of several may name.
        calendar: A week without a working day owes nothing; without a calendar every week owes.
        back: Look at the earlier cycles too.

    Raises:
        UsageError: It names a duty that is not in force, or a measure that cannot be counted.
    """
    cycle, earlier = chosen(cycles(duty, campaign, span, today, book.started, book.calendar), today)
    if cycle is None:
        return Fulfilment(duty, campaign, None, today, ())
    if duty.parts:
        found = _composed(Counter(book, duty, today, campaign), cycle, others or {}, calendar)
    else:
        counter = Counter(book, duty, today, campaign)
        found = _standing(counter, cycle)
        if back and earlier:
            found = _looked_back(counter, found, [one for one in earlier if not _idle_week(duty, one, calendar)])
    found.sort(key=_urgency)
    return Fulfilment(duty, campaign, cycle, today, tuple(found))


def _urgency(stand: Stand) -> tuple[int, Decimal, int, str]:
    share = stand.gap / stand.claim.least if stand.claim.least else Decimal(0)
    return _ORDER[stand.status], -share, len(stand.subject), stand.subject


def _idle_week(duty: Duty, cycle: Period, calendar: Calendar | None) -> bool:
    """A whole week of holidays."""
    return duty.every is Every.WEEK and calendar is not None and not calendar.workdays_between(cycle.since, cycle.until)


def _standing(counter: Counter, cycle: Period) -> list[Stand]:
    duty, today = counter.duty, counter.today
    bound = counter.bound(cycle)
    if not bound:
        return []
    done = counter.done(cycle)
    inside = [_since_started(counter, one, cycle) for one in duty.milestones if one.by in cycle]
    passed = [(one, counter.done(seen(cycle, one.by))) for one in inside if one.by < today]
    ahead = [one for one in inside if one.by >= today]
    alike: dict[tuple[object, ...], Stand] = {}  # of thousands of households most stand as another one does
    found: list[Stand] = []
    for subject, claim in bound.items():
        told = (id(claim), *done.pair(subject), *(then.pair(subject) for _one, then in passed))
        stand = alike.get(told)
        if stand is None:
            stand = alike[told] = _stand(duty, subject, claim, done, cycle, today, passed, ahead)
        found.append(stand if stand.subject == subject else stand.of(subject))
    return found


def _since_started(counter: Counter, milestone: Milestone, cycle: Period) -> Milestone:
    """As much of a milestone as the days since the ledger began are of those until it."""
    until = Period(cycle.since, milestone.by + timedelta(days=1), cycle.label)
    least = counter.since_started(milestone.least, until)
    return milestone if least == milestone.least else milestone.model_copy(update={"least": least})


def _stand(
    duty: Duty,
    subject: str,
    claim: Claim,
    done: Done,
    cycle: Period,
    today: date,
    passed: Sequence[tuple[Milestone, Done]],
    ahead: Sequence[Milestone],
) -> Stand:
    value = done.value(subject)
    amount, total = done.pair(subject)
    if passed or ahead:
        claim = replace(claim, expected=max((one.least for one, _then in passed), default=Decimal(0)))
    word = status(claim, value, cycle, today)
    gap = lacking(claim, amount, total)
    if word is Status.OVER and claim.most is not None:
        gap = amount - (claim.most if total is None else claim.most * total // 100)
    by, wanted = cycle.last if cycle.until != date.max else date.max, gap
    for milestone in ahead:
        if value is not None and value < milestone.least:
            by, wanted = milestone.by, lacking(replace(claim, least=milestone.least), amount, total)
            break
    told = ""
    if word not in (Status.OVER, Status.OWED, Status.NOTHING):
        told = pace(wanted, duty.pace or unit_of(duty), today, by, daily=_daily(duty))
    reached = tuple(Reached(one, then.value(subject)) for one, then in passed)
    return Stand(subject, claim, value, word, amount, total, gap, told, milestones=reached)


def _daily(duty: Duty) -> bool:
    """Somebody's own days are counted."""
    return duty.who is not None and all(part.tally is Aggregate.DAYS for part in duty.counted or ())


def _looked_back(counter: Counter, found: Sequence[Stand], earlier: Sequence[Period]) -> list[Stand]:
    """The same with the cycles missed before."""
    missed: dict[str, list[str]] = {}
    past: dict[str, int] = {}
    for cycle, done in zip(earlier, counter.history(earlier), strict=True):
        for subject, claim in counter.bound(cycle).items():
            past[subject] = past.get(subject, 0) + 1
            if status(claim, done.value(subject), cycle, counter.today) in (Status.OWED, Status.OVER):
                missed.setdefault(subject, []).append(cycle.label)
    return [replace(one, missed=tuple(missed.get(one.subject, ())), past=past.get(one.subject, 0)) for one in found]


def _composed(counter: Counter, cycle: Period, others: Known, calendar: Calendar | None) -> list[Stand]:
    """A duty made of others is done when each of them is, this cycle's earlier ones included."""
    book, duty, today = counter.book, counter.duty, counter.today
    pieces: list[tuple[str, dict[str, Stand]]] = []
    rest = {name: one for name, one in others.items() if name != duty.name}  # so that no circle can close
    for name in duty.parts:
        if name not in rest:
            raise UsageError(f"职责「{duty.name}」包括的「{name}」不在用")
        piece = fulfilment(book, *rest[name], today, span=cycle, others=rest, calendar=calendar)
        pieces.append((name, {stand.subject: stand for stand in piece.stands}))
    subjects = (
        counter.bound(cycle) if duty.who else dict.fromkeys(subject for _name, stands in pieces for subject in stands)
    )
    if len(subjects) > 1:
        subjects.pop(OFFICE, None)
    return [stand for subject in subjects if (stand := _whole(duty, subject, pieces, cycle, today))]


def _whole(
    duty: Duty, subject: str, pieces: Sequence[tuple[str, Mapping[str, Stand]]], cycle: Period, today: date
) -> Stand | None:
    """One subject's stand in a duty made of others; what binds only the office binds everybody."""
    own = [(name, found) for name, stands in pieces if (found := stands.get(subject) or stands.get(OFFICE))]
    if not own:
        return None
    told = tuple((name, Status.OWED if one.missed and one.status is Status.DONE else one.status) for name, one in own)
    wanted = duty.least or Decimal(len(own))
    done = Decimal(sum(word is Status.DONE for _name, word in told))
    claim = Claim(wanted, expected=Decimal(0))
    word = status(claim, done, cycle, today)
    if word in (Status.RUNNING, Status.IDLE):
        if any(one in PRESSING for _name, one in told):
            word = Status.BEHIND
        elif any(one.amount for _name, one in own):
            word = Status.RUNNING
    amount = done or Decimal(0)
    return Stand(subject, claim, done, word, amount, gap=max(wanted - done, Decimal(0)), pieces=told)
