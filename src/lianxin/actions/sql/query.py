"""A read-only question to the index, and the page of what came out."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence

from lianxin.actions.sql.words import in_chinese
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Document, Face, Table
from lianxin.core.error import UsageError
from lianxin.reports.known import names
from lianxin.reports.origin import provenance
from lianxin.storage.book import LedgerBook
from lianxin.storage.outside import PATIENCE, PATIENCE_WITH_OTHERS, bounded, rows_of

_EVERYTHING = "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY type DESC, name"
_OPEN_ONLY = "；这里只能查中文视图里公开的栏目，内部的要加 --internal"


def answered(book: LedgerBook, statement: str, face: Face, *, plain: bool = False) -> Document:
    """What a statement answers; which tables and views there are, where there is none.

    Args:
        book: The records.
        statement: As typed.
        face: Who will read it: the public can ask only for what is open.
        plain: For programs: keyed by the headings.

    Raises:
        UsageError: SQLite does not take it.
    """
    public = face is Face.PUBLIC
    if public:
        from lianxin.actions.sql.public import open_connection
    text = statement or _EVERYTHING
    try:
        with (
            contextlib.closing(open_connection(book, text))
            if public
            else contextlib.nullcontext(book.connection) as connection,
            bounded(connection, PATIENCE_WITH_OTHERS if public else PATIENCE),
        ):
            cursor = connection.execute(text)
            heads = [str(column[0]) for column in cursor.description or ()]
            rows = rows_of(cursor)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise UsageError(f"查不了：{in_chinese(error)}{_OPEN_ONLY if public else ''}") from None
    # a bare result has lost which field it came from: treat every column as free text that may name someone
    keys = _keys(heads) if plain else [f"c{n}_{head}" for n, head in enumerate(heads)]
    columns = tuple(Column(head, key, privacy=Privacy.STORY) for head, key in zip(heads, keys, strict=True))
    table = Table(columns, rows, notes=(f"共 {len(rows)} 行。",))
    origin, known = provenance(book, records=len(rows)), names(book)
    return Document("查询结果", (table,), name="sql", provenance=origin, names=known, plain=plain)


def _keys(heads: Sequence[str]) -> list[str]:
    """The headings, each once: a second ``id`` is ``id_2``."""
    keys: list[str] = []
    for head in heads:
        key, again = head, 2
        while key in keys:
            key, again = f"{head}_{again}", again + 1
        keys.append(key)
    return keys
