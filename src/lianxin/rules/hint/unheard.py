"""H007: a visit heard a request, and nothing came of it."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

_UNHEARD = """SELECT id FROM visit AS v WHERE requests IS NOT NULL AND no_issue IS NULL
  AND NOT EXISTS (SELECT 1 FROM reference AS r WHERE r.target = v.id AND r.kind = 'issue' AND r.field = 'visit')
ORDER BY length(id), id"""


def check(book: Book) -> Iterator[Finding]:
    """诉求建议 written down, no issue opened, and no reason why not."""
    for (id_,) in book.sql(_UNHEARD):
        yield Finding("H007", id_, ("诉求建议",), "记了诉求，没有登记问题，也没有写「未立问题原因」")
