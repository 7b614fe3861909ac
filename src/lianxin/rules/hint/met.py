"""H012: who was met at a door bears the name of a household's head, and that household is not among those visited.

At a meeting people are met without their household having been visited.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.core.text.fold import fold
from lianxin.kinds.visit import AT_THE_DOOR

_MET = f"""SELECT id, village, people, households FROM visit
WHERE people IS NOT NULL AND way IN ({", ".join(f"'{way}'" for way in AT_THE_DOOR)}) ORDER BY length(id), id"""  # noqa: S608 - choices of our own

_HEADS = "SELECT h.id FROM called AS c JOIN household AS h ON h.id = c.record WHERE c.word = ? AND h.village = ?"


def check(book: Book) -> Iterator[Finding]:
    """In every visit."""
    for id_, village, people, households in book.sql(_MET):
        yield from _unlisted(book, str(id_), str(village), json.loads(people), json.loads(households or "[]"))


def of(book: Book, visit: Any) -> Iterator[Finding]:
    """In one visit that is still to be written."""
    if visit.way in AT_THE_DOOR:
        yield from _unlisted(book, visit.id, visit.village, visit.people, visit.households)


def _unlisted(
    book: Book, visit: str, village: str, people: Sequence[str], households: Sequence[str]
) -> Iterator[Finding]:
    for place, name in enumerate(people):
        heads = {str(head) for (head,) in book.sql(_HEADS, (fold(name), village))}
        if heads and not heads & {*households}:
            known = "、".join(sorted(heads))
            said = f"见到的人里第 {place + 1} 个与联系户 {known} 的户主同名，走访户里却没有这一户"
            yield Finding("H012", visit, ("见到的人", place), said)
