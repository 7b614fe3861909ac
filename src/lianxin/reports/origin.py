"""Where a document came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from msgspec.structs import replace

from lianxin import __version__
from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Document, Provenance
from lianxin.core.filter import Filter
from lianxin.kinds.inner import outward, private


def provenance(
    book: Book,
    *,
    records: int,
    period: Period | None = None,
    kind: Kind | None = None,
    filters: Sequence[Filter] = (),
    form: str = "",
) -> Provenance:
    """The foot of a document made from this book; ``kind`` is that of the records filtered."""
    return Provenance(
        commit=book.commit,
        as_of=book.today,
        dirty=any(path.endswith(".yaml") for path in book.dirty),
        period=period_text(period) if period else "",
        filter="；".join(map(str, filters)),
        outward="；".join(outward(kind, one) if kind else str(one) for one in filters),
        private=_private(kind, filters) if kind else frozenset(),
        form=form,
        tool=f"lianxin {__version__}",
        records=records,
        unreadable=book.unreadable(),
        missing=book.missing(),
        at=f"{book.now:%H:%M}",
        definitions=book.definitions,
    )


def asked(document: Document, kind: Kind, filters: Sequence[Filter]) -> Document:
    """A document that was asked for by filters which its foot does not name; its command does."""
    if document.provenance is None:
        return document
    return replace(document, provenance=replace(document.provenance, private=_private(kind, filters)))


def _private(kind: Kind, filters: Sequence[Filter]) -> frozenset[str]:
    paths = {".".join(one.path) for one in filters}
    return frozenset(path for path in paths if private(kind, path))


def uncounted(book: Book) -> str:
    """What is in no list and no figure: 2 份记录读不出、1 份记录不见了; empty when nothing is left out."""
    told = ((book.unreadable(), "份记录读不出"), (book.missing(), "份记录记过、文件却不见了"))
    return "、".join(f"{many} {what}" for many, what in told if many)


def span_text(period: Period) -> str:
    """From its first to its last day; to the minute where it begins within a day."""
    first, last = period.bounds if period.cut != time() else (period.since, period.last)
    return f"{first} 至 {last}"


def period_text(period: Period) -> str:
    """A period as people read it, with its first and last day."""
    days = period.since.isoformat() if period.since == period.last else span_text(period)
    return days if period.label in (days, days.replace(" 至 ", "..")) else f"{period.label}（{days}）"
