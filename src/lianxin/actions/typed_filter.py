"""Filters as somebody typed them: a word for a record must name one, by its name or by the tail of its id.

Those of policies and forms are taken as they stand: they may name what an office does not have.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from lianxin.actions.entry.entry import reference
from lianxin.core.book import Book
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Face
from lianxin.core.error import UsageError
from lianxin.core.filter import Filter, Op, parse_filters
from lianxin.core.text.fold import fold
from lianxin.kinds.inner import outward, picked
from lianxin.kinds.path import Spec, points, walk


def typed_filters(book: Book, kind: Kind, texts: Iterable[str], face: Face) -> tuple[Filter, ...]:
    """Every text as a filter on records of a kind; together they mean *and*.

    Raises:
        UsageError: One is not of that shape, or a word names no record, or several by their ids; or the public
            would be told of whom something internal is said.
    """
    filters = parse_filters(texts)
    told = next((one for one in filters if face is Face.PUBLIC and picked(kind, one)), None)
    if told:
        why = "会按内部的内容挑出人来，文件和管道里不能这样挑；确要内部使用，请加 --internal"
        raise UsageError(f"「{told}」{why}", veiled=f"「{outward(kind, told)}」{why}")
    return tuple(_named(book, kind, one) for one in filters)


def _named(book: Book, kind: Kind, filter_: Filter) -> Filter:
    specs = walk(kind, ".".join(filter_.path))
    if filter_.op not in (Op.EQ, Op.NE) or not specs or not points(specs[-1]):
        return filter_
    return replace(filter_, values=tuple(word and _meant(book, specs[-1], word) for word in filter_.values))


def _meant(book: Book, spec: Spec, word: str) -> str:
    """A name is kept, since several may bear it; anything else is looked for."""
    kinds = ", ".join("?" * len(spec.refs))
    borne = book.sql(f"SELECT 1 FROM called WHERE word = ? AND kind IN ({kinds}) LIMIT 1", (fold(word), *spec.refs))  # noqa: S608 - placeholders
    return word if borne else reference(spec, word, book)
