"""What the history of an open record suggests doing, beyond the steps its table admits."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.declare.kind import Kind


def advice(book: Book, kind: Kind, id_: str, *, typed: bool = True) -> Iterator[str]:
    """Sentences for the page of a record and for ``next``.

    Args:
        typed: With the commands to be typed.
    """
    if kind.name != "issue":
        return
    from lianxin.kinds.issue.life import Life
    from lianxin.kinds.issue.state import wants_whistle

    life = book.life(id_, Life)
    if wants_whistle(life.state, life.returns, life.whistle):
        returns = f"已退回 {life.returns} 次，像是要几家一起办，可以考虑吹哨"
        yield f"{returns}：lianxin whistle add --issues {id_}" if typed else returns
