"""A document of the book's records: where it came from, whom its texts may name, which matters are somebody's own."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Block, Document
from lianxin.core.filter import Filter
from lianxin.core.paper import Masthead
from lianxin.reports.known import names
from lianxin.reports.origin import period_text, provenance
from lianxin.reports.own_matter import own_matters


def document_of(
    book: Book,
    title: str,
    blocks: Sequence[Block],
    name: str,
    *,
    records: int | None = None,
    period: Period | None = None,
    kind: Kind | None = None,
    filters: Sequence[Filter] = (),
    form: str = "",
    subtitle: str | None = None,
    landscape: bool = False,
    large: bool = False,
    masthead: Masthead | None = None,
    withheld: str = "",
    plain: bool = False,
) -> Document:
    """The blocks as a document of these records.

    Args:
        book: The records.
        title, blocks, name, landscape, large, masthead, withheld, plain: As a document has them.
        records: How many it is about; None where it does not say where it came from.
        period, kind, filters, form: What narrowed it, as its provenance has them.
        subtitle: The period, where none is given.
    """
    return Document(
        title,
        tuple(blocks),
        name=name,
        subtitle=(period_text(period) if period else "") if subtitle is None else subtitle,
        landscape=landscape,
        large=large,
        provenance=None
        if records is None
        else provenance(book, records=records, period=period, kind=kind, filters=filters, form=form),
        names=names(book),
        masthead=masthead,
        own=own_matters(book),
        withheld=withheld,
        plain=plain,
    )
