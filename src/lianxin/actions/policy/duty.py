"""Duties in force, and how they stand."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.core.day.period import Period
from lianxin.core.error import UsageError
from lianxin.reports.duty.fulfilment import fulfilment
from lianxin.reports.duty.stand import Fulfilment
from lianxin.storage.book import LedgerBook


def fulfilled(book: LedgerBook, names: Sequence[str] = (), *, span: Period | None = None) -> list[Fulfilment]:
    """How duties stand today; for a period that is over, at its end.

    Args:
        book: The records.
        names: Which duties; all where none is named.
        span: The days to look back on, this year where nothing is said.

    Raises:
        UsageError: No duty is called so, or one cannot be counted.
    """
    from lianxin.actions.policy.definition import definitions
    from lianxin.kinds.path import near

    known = definitions(book).duties
    for name in names:
        if name not in known:
            raise UsageError(f"没有「{name}」这项职责{near(name, list(known))}；不写名字就列出全部")
    others = {name: (one.value, one.campaign) for name, one in known.items()}
    day = min(span.until, book.today) if span and span.since <= book.today else book.today
    found: list[Fulfilment] = []
    for name in names or known:
        try:
            stands = fulfilment(book, *others[name], day, span=span, others=others, calendar=book.context.calendar)
        except UsageError as error:
            raise UsageError(f"职责「{name}」数不出来，请运行 lianxin check 看哪里要改：{error}") from None
        found.append(stands)
    return found
