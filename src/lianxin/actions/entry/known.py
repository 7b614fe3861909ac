"""What is in the book already, as it is offered where something is entered."""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.core.book import Book, Query
from lianxin.core.declare.kind import Kind
from lianxin.kinds import KIND

_ANY = "SELECT 1 FROM record WHERE kind = ? LIMIT 1"
_IN_FORCE = "SELECT id, title FROM record WHERE kind = ? AND NOT voided ORDER BY id DESC"


def any_of(book: Book, kind: Kind) -> bool:
    """Whether a record of a kind was ever entered."""
    return bool(book.sql(_ANY, (kind.name,)))


def titles(book: Book, kinds: Iterable[str]) -> list[str]:
    """``编号 名称`` of every record of these kinds that is in force, and what tells it from others of that name."""
    shown: list[str] = []
    for name in kinds:
        told = KIND[name].told_by
        rows, ids = book.select(Query(KIND[name], told)) if told else ([], [])
        apart = {id_: " ".join(str(cell) for cell in row if cell) for id_, row in zip(ids, rows, strict=True)}
        shown += [f"{id_} {title} {apart.get(id_, '')}".rstrip() for id_, title in book.sql(_IN_FORCE, (name,))]
    return shown
