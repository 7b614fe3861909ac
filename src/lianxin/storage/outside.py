"""Statements from outside: what they may do, and the connection they are put to."""

from __future__ import annotations

import sqlite3

from lianxin.kinds import KINDS
from lianxin.storage.index.schema_sql import view

#: What such a statement may do: read.
_READING = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE)
_PRAGMAS = ("table_info", "table_xinfo", "table_list")


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
