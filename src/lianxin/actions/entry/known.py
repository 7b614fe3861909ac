"""What is in the book already, as it is offered where something is entered."""

from __future__ import annotations

from lianxin.core.book import Book
from lianxin.core.declare.kind import Kind

_ANY = "SELECT 1 FROM record WHERE kind = ? LIMIT 1"


def any_of(book: Book, kind: Kind) -> bool:
    """Whether a record of a kind was ever entered."""
    return bool(book.sql(_ANY, (kind.name,)))
