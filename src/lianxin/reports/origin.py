"""Where a document came from, and whose names may stand in its free text."""

from __future__ import annotations

import json
from collections.abc import Sequence

from lianxin import __version__
from lianxin.core.book import Book
from lianxin.core.document import Provenance
from lianxin.core.filter import Filter
from lianxin.core.period import Period

#: Everyone a villager's words may name: reporters, households and their members, people met on visits.
_NAMES = """
SELECT json_group_array(DISTINCT name) FROM (
  SELECT DISTINCT reporter AS name FROM issue
  UNION ALL SELECT DISTINCT head FROM household
  UNION ALL SELECT json_extract(m.value, '$.姓名') FROM household, json_each(household.members) AS m
  UNION ALL SELECT p.value FROM visit, json_each(visit.people) AS p
  UNION ALL SELECT name FROM former
)
"""


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
        at=f"{book.now:%H:%M}",
        definitions=book.definitions,
    )


def period_text(period: Period) -> str:
    """A period as people read it, its first and last day named."""
    days = period.since.isoformat() if period.since == period.last else f"{period.since} 至 {period.last}"
    return days if period.label in (days, f"{period.since}..{period.last}") else f"{period.label}（{days}）"


def names(book: Book) -> frozenset[str]:
    """Personal names that may occur in free text; masking hides them there too."""
    found = book.kept(_NAMES, lambda: str(book.sql(_NAMES)[0][0]))
    return frozenset(filter(None, json.loads(found)))
