"""H013: what identifies somebody is kept longer than the office's own term says.

It depends on the day, and so stands in no list of what is asked for once while no file changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct, json

from lianxin.core.book import Book, Query
from lianxin.core.filter import parse_filters
from lianxin.core.problem import Finding
from lianxin.kinds import kind_named
from lianxin.policies.retention import begun_by, retention_of, until


class Due(Struct, frozen=True):
    """One record whose term is known.

    Attributes:
        label: Of its kind.
        path: From which of its days the term runs.
        until: When it is over.
    """

    id: str
    label: str
    path: str
    since: date
    until: date


def terms(book: Book, id_: str = "", *, over: bool = False) -> Iterator[Due]:
    """Every record whose term has begun, or one of them, as the policy says; those seen to are left out.

    Args:
        book: The records.
        id_: That one alone.
        over: Only those whose term is over.
    """
    picked = (f"编号={id_}",) if id_ else ()
    for term in retention_of(book.policy("retention")).terms:
        kind = kind_named(term.kind)
        if kind is None:
            continue
        late = (f"{term.since}<={begun_by(book.today, term.years)}",) if over else ()
        filters = parse_filters((*term.filters, "注销=", f"{term.since}!=", *picked, *late))
        rows, ids = book.select(Query(kind, (term.since,), tuple(filters)))
        for (since,), one in zip(rows, ids, strict=True):
            day = since.date() if isinstance(since, datetime) else since
            yield Due(one, kind.label, term.since, day, until(day, term.years))


def due(book: Book) -> list[Due]:
    """Those whose term is over; worked out once a day while no file changes."""
    kept = book.kept(f"terms over {book.today}", lambda: json.encode(_over(book)).decode(), "policies", "reports")
    return json.decode(kept, type=list[Due])


def _over(book: Book) -> list[Due]:
    return [one for one in terms(book, over=True) if one.until <= book.today]


def check(book: Book) -> Iterator[Finding]:
    """Each of those."""
    for one in due(book):
        told = f"{one.path}是 {one.since}，个人信息的保存期限到 {one.until} 满了"
        yield Finding("H013", one.id, (), told)
