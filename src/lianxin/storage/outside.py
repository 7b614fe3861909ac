"""Statements from outside: what they may do, and the connection they are put to."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from typing import Any

from lianxin.kinds import KINDS
from lianxin.storage.index.schema_sql import view

#: What such a statement may do: read.
_READING = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE)
_PRAGMAS = ("table_info", "table_xinfo", "table_list")
#: One may be asked for so long (seconds) by its office, and by anybody: a file to be verified brings its own.
PATIENCE, PATIENCE_WITH_OTHERS = 120.0, 20.0
#: No one value is longer (bytes), and no answer has more rows.
_LONGEST, _MOST_ROWS = 1 << 24, 1_000_000
#: SQLite asks after so many steps of its machine whether it is to go on.
_STEPS = 100_000


def opened(connection: sqlite3.Connection, clock: dict[str, str]) -> sqlite3.Connection:
    """The same, for reading only, with the Chinese views as of a clock."""
    connection.execute("PRAGMA query_only = OFF")
    for kind in KINDS:
        connection.execute(view(kind, clock, temporary=True))
    # these tables declare themselves when first used, which the authorizer would not permit
    connection.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')")
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(permitted)
    return connection


def permitted(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Whether a statement from outside may do something; SQLite asks before it runs one."""
    allowed = (
        action in _READING
        or (action == sqlite3.SQLITE_FUNCTION and second != "load_extension")
        or (action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS)
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


@contextlib.contextmanager
def bounded(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Have a connection give up (``sqlite3.OperationalError``) on what takes too long or makes too long a value."""
    until = time.monotonic() + seconds
    longest = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)


def rows_of(cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
    """All rows of an answer.

    Raises:
        sqlite3.DataError: There are too many.
    """
    rows: list[tuple[Any, ...]] = cursor.fetchmany(_MOST_ROWS + 1)
    if len(rows) > _MOST_ROWS:
        raise sqlite3.DataError("out of memory")
    return rows
