"""Where a document came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from lianxin import __version__
from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.document import Provenance
from lianxin.core.filter import Filter


def provenance(
    book: Book, *, records: int, period: Period | None = None, filters: Sequence[Filter] = (), form: str = ""
) -> Provenance:
    """The foot of a document made from this book."""
    return Provenance(
        commit=book.commit,
        as_of=book.today,
        dirty=any(path.endswith(".yaml") for path in book.dirty),
        period=period_text(period) if period else "",
        filter="；".join(map(str, filters)),
        form=form,
        tool=f"lianxin {__version__}",
        records=records,
        unreadable=book.unreadable(),
        missing=book.missing(),
        at=f"{book.now:%H:%M}",
        definitions=book.definitions,
    )


def uncounted(book: Book) -> str:
    """What is in no list and no figure: 2 份记录读不出、1 份记录不见了; empty when nothing is left out."""
    told = ((book.unreadable(), "份记录读不出"), (book.missing(), "份记录不见了（提交里有，文件夹里没有）"))
    return "、".join(f"{many} {what}" for many, what in told if many)


def span_text(period: Period) -> str:
    """From its first to its last day; to the minute where it begins within a day."""
    first, last = period.bounds if period.cut != time() else (period.since, period.last)
    return f"{first} 至 {last}"


def period_text(period: Period) -> str:
    """A period as people read it, with its first and last day."""
    days = period.since.isoformat() if period.since == period.last else span_text(period)
    return days if period.label in (days, days.replace(" 至 ", "..")) else f"{period.label}（{days}）"
