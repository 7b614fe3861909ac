"""D010: what a record names is voided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lianxin.core.book import Book
from lianxin.core.declare.walk import pointers
from lianxin.core.problem import Finding
from lianxin.kinds import KIND
from lianxin.kinds.void import VOIDABLE

_MARKS = ", ".join(f"'{name}'" for name in VOIDABLE)
_TOLD = f"""SELECT DISTINCT r.kind, r.source, r.target FROM record AS t JOIN reference AS r ON r.target = t.id
JOIN record AS s ON s.id = r.source WHERE t.voided AND t.kind IN ({_MARKS}) AND NOT s.voided
ORDER BY r.source, r.target"""  # noqa: S608 - constants of this file


def check(book: Book) -> Iterator[Finding]:
    """References of records in force to voided ones; what is struck off can no longer be corrected."""
    for kind, source, target in book.sql(_TOLD):
        record = book.record(source)
        if KIND[kind].lifecycle:
            life = book.fold(source)
            if all(step.name != "amend" for step in life.lawful):
                continue
            record = life.record
        voided: Any = getattr(book.record(target), "voided", None)
        heir = f"，并入了 {voided.into}" if voided and voided.into else ""
        loc = next((loc for loc, found, _ in pointers(record) if found == target), ())
        yield Finding("D010", source, loc, f"{target} 已经作废{heir}")
