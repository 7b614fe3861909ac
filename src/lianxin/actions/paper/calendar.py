"""The calendar of what is due: the records' own days, and those by which duties are owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lianxin.actions.policy.arrears import arrears
from lianxin.actions.policy.duty import fulfilled
from lianxin.core.document import Document
from lianxin.policies.duty import told_inside
from lianxin.reports.duty.owing import lacking_text
from lianxin.reports.duty.pace import Status
from lianxin.reports.subject import some_one
from lianxin.reports.today.days import Sort, calendar, days
from lianxin.reports.today.task import Task
from lianxin.storage.book import LedgerBook


def made(book: LedgerBook, whose: str = "", *, plain: bool = False) -> Document:
    """The calendar.

    Args:
        book: The records.
        whose: The person or unit whose it is, by id; empty for all.
        plain: For programs.
    """
    owed = _owed_by(book, whose) if whose else _owed(book)
    tasks = days(book, book.context.limits, owed)
    mine = [task for task in tasks if not whose or whose in task.who]
    ledger = book.repo.roots(book.commit)[0] if book.repo and book.commit else ""
    return calendar(book, mine, ledger, whose, plain=plain)


def _owed(book: LedgerBook) -> Iterator[Task]:
    """What is owed of duties this morning, by the end of their cycles; who owes it the duties tell."""
    for one in arrears(book):
        if one.until and one.status != Status.OVER:
            yield _task(one.duty, (), one.until, one.gap)


def _owed_by(book: LedgerBook, whose: str) -> Iterator[Task]:
    """What one of them lacks of each duty, but for those he is bound by for an internal word."""
    for one in fulfilled(book):
        if some_one([whose], told_inside(one.duty)):
            continue
        for stand in one.stands:
            if stand.subject == whose and stand.gap > 0 and stand.status is not Status.OVER and one.ends:
                yield _task(one.duty.name, (whose,), one.ends.isoformat(), lacking_text(one.duty, stand.gap))


def _task(duty: str, who: tuple[str, ...], until: str, lacks: str) -> Task:
    return Task(Sort.DUTY, "", duty, who, date.fromisoformat(until), lacks, part=f"{duty} {until}")
