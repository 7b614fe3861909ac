"""What visits have heard and nobody has decided about: whether an issue is to be made of it."""

from __future__ import annotations

from datetime import timedelta

from lianxin.core.book import Book
from lianxin.core.text.matter import matters, undecided

#: What is older was let be; the check tells of it.
_BACK = 90

_HEARD = """SELECT v.id, v.day, v.requests, coalesce(v.no_issue, '') FROM visit AS v JOIN record AS r ON r.id = v.id
WHERE v.requests IS NOT NULL AND NOT r.voided AND v.day >= ? AND (v.no_issue IS NULL OR instr(v.no_issue, '「'))
ORDER BY v.day, length(v.id), v.id"""
_MADE = """SELECT i.words FROM reference AS r JOIN issue AS i ON i.id = r.source
WHERE r.target = ? AND r.kind = 'issue' AND r.field = 'visit'"""


def made_of(book: Book, visit: str) -> list[str]:
    """The words of each issue that was made of what a visit heard."""
    return [str(words or "") for (words,) in book.sql(_MADE, (visit,))]


def heard(book: Book) -> list[tuple[str, int]]:
    """Visits of the last months with what nobody has decided about, the oldest first: the id, and of how many."""
    since = (book.today - timedelta(days=_BACK)).isoformat()
    found = []
    for id_, _, requests, declined in book.sql(_HEARD, (since,)):
        if left := undecided(matters(str(requests)), made_of(book, str(id_)), str(declined)):
            found.append((str(id_), len(left)))
    return found
