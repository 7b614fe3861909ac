"""D001: one complaint taken down twice."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

#: Words shorter than this may well be said twice.
_LONG = 20

_LIVE = "base_state <> '作废' AND \"into\" IS NULL"
_WORDS = f"""SELECT group_concat(id) FROM issue WHERE {_LIVE} AND length(words) >= {_LONG}
GROUP BY words, village, coalesce(reporter, '') HAVING count(*) > 1"""  # noqa: S608 - constants of this file
_MATTER = f"""SELECT group_concat(id) FROM issue WHERE {_LIVE}
GROUP BY raised, summary, village, coalesce(reporter, '') HAVING count(*) > 1"""  # noqa: S608 - constants of this file


def check(book: Book) -> Iterator[Finding]:
    """The same person's same words; or the same matter on the same day."""
    told: set[str] = set()
    for statement, field in ((_WORDS, "原话"), (_MATTER, "事由")):
        for (ids,) in book.sql(statement):
            first, *later = sorted(ids.split(","))
            for id_ in later:
                if id_ not in told:
                    told.add(id_)
                    yield Finding("D001", id_, (field,), f"与 {first} 的反映人和{field}完全相同，可能登记了两次")
