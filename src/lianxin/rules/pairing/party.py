"""D009: each nature of pairing joins certain kinds of record."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.kinds import BRIEF
from lianxin.kinds.pairing import PARTIES, Nature

_PARTIES = """SELECT p.id, p.nature, a.kind, b.kind FROM pairing AS p
LEFT JOIN record AS a ON a.id = p."first" LEFT JOIN record AS b ON b.id = p."second" ORDER BY p.id"""


def check(book: Book) -> Iterator[Finding]:
    """A party of a kind its nature does not join."""
    for id_, nature, *parties in book.sql(_PARTIES):
        for field, found, allowed in zip(("甲方", "乙方"), parties, PARTIES[Nature(nature)], strict=True):
            if found and found not in allowed:
                wanted = "或".join(BRIEF[name].label for name in allowed)
                yield Finding(
                    "D009", id_, (field,), f"「{nature}」的{field}应是{wanted}，这里写的是{BRIEF[found].label}"
                )
