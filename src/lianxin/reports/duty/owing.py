"""What is owed of a duty today: by whom, how much, and how it can be caught up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.policies.campaign import Campaign
from lianxin.policies.duty import Duty, told_inside
from lianxin.reports.duty.agenda import SOON, Arrear
from lianxin.reports.duty.cycle import chosen, cycles
from lianxin.reports.duty.fulfilment import fulfilment
from lianxin.reports.duty.pace import Status, amount_text, bounded
from lianxin.reports.duty.stand import Fulfilment, Stand, unit_of
from lianxin.reports.subject import called, column_of, some_one

#: A cycle is in its last days, or only just over, for this part of it.
_PART = 6
#: So many names stand in one line.
_NAMED = 3


def owing(book: Book, duty: Duty, campaign: Campaign | None, today: date) -> Iterator[Arrear]:
    """What a duty asks for today; nothing for one made of others, which ask for themselves.

    Raises:
        UsageError: Its measure cannot be counted.
    """
    if duty.parts:
        return
    cycle, earlier = chosen(cycles(duty, campaign, None, today, book.started, book.calendar), today)
    if cycle is None:
        return
    days = (cycle.until - cycle.since).days // _PART if bounded(cycle) else duty.days_ahead
    near = min(duty.days_ahead, max(days, 1))
    if earlier and (today - earlier[-1].until).days < near:
        over = fulfilment(book, duty, campaign, earlier[-1].until, span=earlier[-1], back=False)
        yield from _line(book, over, [one for one in over.stands if one.pressing])
    now = fulfilment(book, duty, campaign, today, back=False)
    pressing = [one for one in now.stands if one.pressing]
    if not pressing and cycle.since <= today and cycle.last - today < timedelta(days=near):
        pressing = [one for one in now.stands if one.status in (Status.RUNNING, Status.IDLE)]
    yield from _line(book, now, pressing)


def lacking_text(duty: Duty, gap: Decimal) -> str:
    """How much is wanted: 差 3 次."""
    unit = unit_of(duty)
    return f"差 {amount_text(gap, unit)} {unit}"


def _line(book: Book, found: Fulfilment, stands: Sequence[Stand]) -> Iterator[Arrear]:
    if not stands or found.cycle is None:
        return
    worst = stands[0]
    names = called(book, [one.subject for one in stands[:_NAMED]])
    who = "、".join(names.values())
    private = column_of(book, names).privacy is not Privacy.OPEN
    if len(stands) > _NAMED:
        who += f" 等 {len(stands)} {'户' if private else '个'}"
    gap, unit = sum((one.gap for one in stands), Decimal(0)), unit_of(found.duty)
    yield Arrear(
        duty=found.duty.name,
        status=worst.status.value if worst.pressing else SOON,
        subjects=tuple(one.subject for one in stands),
        who=who,
        gap=f"多 {amount_text(gap, unit)} {unit}" if worst.status is Status.OVER else lacking_text(found.duty, gap),
        until=found.cycle.last.isoformat() if found.cycle.until != date.max else "",
        pace=worst.pace if len(stands) == 1 else f"最急的{worst.pace}" if worst.pace else "",
        private=private,
        inner=bool(some_one(names, told_inside(found.duty))),
    )
