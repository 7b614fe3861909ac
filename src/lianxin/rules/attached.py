"""D027, D028 and D029: files that evidence tells of are there and are what they were; no other lies beside them."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

#: Where pictures and papers are kept.
FOLDER = "attachments"

_VOIDED = "SELECT id FROM record WHERE kind = 'evidence' AND voided"
_TOLD = "SELECT id, file, digest FROM evidence WHERE erased IS NULL ORDER BY id"


def check(book: Book) -> Iterator[Finding]:
    """Files that are gone, and files that hold something else by now."""
    told = book.sql(_TOLD)
    there = book.digests(FOLDER) if told else {}
    for id_, path, digest in told:
        held = there.get(path)
        if held is None:
            yield Finding("D027", id_, ("文件",), f"{path} 不在了")
        elif digest and held != digest:
            yield Finding("D028", id_, ("文件",), f"{path} 和收进来的时候不一样了")


def loose(book: Book) -> list[str]:
    """Files of the folder that no evidence tells of, not even one that was voided."""
    there = set(book.digests(FOLDER))
    if not there:
        return []
    there -= {path for (path,) in book.sql("SELECT file FROM evidence WHERE erased IS NULL")}
    for (id_,) in book.sql(_VOIDED) if there else ():
        there.discard(str(getattr(book.record(id_), "file", "")))
    return sorted(there)
