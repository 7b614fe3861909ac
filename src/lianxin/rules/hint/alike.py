"""H008: diaries alike across households."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.kinds import KIND
from lianxin.policies.hint import notice_of

#: What a visitor writes in words of his own.
_TOLD = ("heard", "reflection", "family", "requests")

_ALIKE = """SELECT count(*), group_concat(id) FROM (
  SELECT id, trim({0}) AS told, households FROM visit WHERE length({0}) >= ? ORDER BY length(id), id)
GROUP BY told HAVING count(*) > 1 AND min(coalesce(households, '')) <> max(coalesce(households, ''))"""


def check(book: Book) -> Iterator[Finding]:
    """The same words about different households: told once, at the last of them."""
    least = notice_of(book.policy("hints")).alike
    for name in _TOLD:
        spec = KIND["visit"].column(name)
        for count, ids in book.sql(_ALIKE.format(name), (least,)):
            first, *_, last = ids.split(",")
            if spec:
                yield Finding(
                    "H008",
                    last,
                    (spec.label,),
                    f"{spec.label}与另外 {count - 1} 篇一字不差，户却不同，最早的是 {first}",
                )
