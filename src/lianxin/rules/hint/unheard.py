"""H007: a visit heard a request, and nothing came of it; or of several matters not of each."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.core.text.matter import matters, undecided

#: Requests of which no issue was made, and those that may tell of more matters than there are issues.
_UNHEARD = """SELECT v.id, v.requests, count(r.source), coalesce(v.no_issue, '') FROM visit AS v
LEFT JOIN reference AS r ON r.target = v.id AND r.kind = 'issue' AND r.field = 'visit'
WHERE v.requests IS NOT NULL AND (v.no_issue IS NULL OR instr(v.no_issue, '「'))
GROUP BY v.id HAVING count(r.source) = 0 OR v.requests GLOB '*[;；' || char(10) || '0-9一①]*'
ORDER BY length(v.id), v.id"""


def check(book: Book) -> Iterator[Finding]:
    """诉求建议 written down, no issue opened, and no reason why not."""
    for id_, requests, made, declined in book.sql(_UNHEARD):
        every = matters(str(requests))
        told, not_made = len(every), len(undecided(every, (), str(declined)))
        if declined and made < not_made:
            said = f"记了 {told} 件诉求，登记了 {made} 件问题，写明不立的 {told - not_made} 件，其余的没有定"
            yield Finding("H007", id_, ("诉求建议",), said)
        elif declined:
            continue
        elif told and not made:
            yield Finding("H007", id_, ("诉求建议",), "记了诉求，没有登记问题，也没有写「未立问题原因」")
        elif made < told:
            said = f"记了 {told} 件诉求，只登记了 {made} 件问题，也没有写「未立问题原因」"
            yield Finding("H007", id_, ("诉求建议",), said)
