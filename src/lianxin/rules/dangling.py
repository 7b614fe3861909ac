"""R005: an id that is written somewhere must belong to a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.declare.walk import pointers
from lianxin.core.problem import Finding, Loc
from lianxin.kinds import ARCHIVE, brief_of
from lianxin.kinds.life.event import CORRECTION

_MISSING = "SELECT target FROM (SELECT DISTINCT target FROM reference) WHERE target NOT IN (SELECT id FROM record)"
_FILE = f"SELECT 1 FROM file WHERE path = ?1 OR path GLOB '{ARCHIVE}/*/' || ?1"  # noqa: S608 - a constant
_RECORD = "SELECT 1 FROM record WHERE id = ?"
_CORRECTED = f"""SELECT record, n, json_extract(data, '$."新值"') FROM event
WHERE step = '{CORRECTION}' AND json_extract(data, '$."新值"') IS NOT NULL ORDER BY record, n"""  # noqa: S608 - a word of our own
_SOURCES = "SELECT DISTINCT source FROM reference WHERE target = ? ORDER BY source"


def check(book: Book) -> Iterator[Finding]:
    """Every reference to a record that is not there; one that is there but unreadable is reported at its own file."""
    for (target,) in sorted(book.sql(_MISSING)):
        if _unreadable(book, target):
            continue
        for (source,) in book.sql(_SOURCES, (target,)):
            for loc, found, _ in pointers(book.record(source)):
                if found == target:
                    yield _finding(source, loc, target)
    yield from _corrected(book)


def _finding(source: str, loc: Loc, target: str) -> Finding:
    return Finding("R005", source, loc, f"没有编号为 {target} 的记录")


def _corrected(book: Book) -> Iterator[Finding]:
    """Ids that stand only in the new value of a 更正: text in the file, a reference once it is applied."""
    for source, n, value in book.sql(_CORRECTED):
        for target in re.split("[、，,]", value):
            brief = brief_of(target)
            if brief is None or not brief.id_pattern().match(target):
                continue
            if book.sql(_RECORD, (target,)) or _unreadable(book, target):
                continue
            if any(found == target for _, found, _ in pointers(book.fold(source).record)):
                yield _finding(source, ("事件", n, "新值"), target)


def _unreadable(book: Book, target: str) -> bool:
    brief = brief_of(target)
    if brief is None or not brief.id_pattern().match(target):
        return False
    return bool(book.sql(_FILE, (brief.path_of(target),)))
