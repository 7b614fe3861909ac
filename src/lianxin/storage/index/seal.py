"""Whether the index is as this tool left it.

Its file is sealed: its size and time stand beside it, so that whatever else writes into it is noticed at once. Each
record's rows are digested into the row of its file: one record of each kind is looked at whenever the index is opened,
every one by ``doctor``. What is in doubt is made again.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from lianxin.kinds import BRIEF
from lianxin.storage.git.disk import read_file
from lianxin.storage.index.schema_sql import quoted

Rows = Sequence[tuple[Any, ...]]

#: The tables that hold rows of a record, and which column says whose they are.
OWNED = (
    *(("record", "id"), ("called", "record"), ("event", "record"), ("interval", "record")),
    *(("reference", "source"), ("former", "record"), *((name, "id") for name in BRIEF)),
)


class DoubtError(sqlite3.DatabaseError):
    """What stands in the index is not what was put there."""


def _stamp(path: Path) -> str:
    """What the system says of the file, and of what waits beside it to be taken in."""
    found = path.stat()
    told = f"{found.st_size} {found.st_mtime_ns}"
    try:
        waiting = path.with_name(f"{path.name}-wal").stat()
    except FileNotFoundError:
        return told
    return f"{told} {waiting.st_size} {waiting.st_mtime_ns}" if waiting.st_size else told


def sealed(path: Path) -> bool:
    """Whether nobody else has written into the index since it was sealed."""
    try:
        return read_file(path.with_suffix(".seal")) == _stamp(path).encode()
    except (OSError, ValueError):
        return False


def seal(path: Path) -> None:
    """Say that the index is as it should be; only for who holds its lock."""
    beside = path.with_suffix(".sealing")
    beside.write_text(_stamp(path), "ascii")
    beside.replace(path.with_suffix(".seal"))


def text_digest(text: str) -> str:
    """Of a text that is kept."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def digest(about: tuple[Any, ...], tables: Mapping[str, Rows]) -> str:
    """Of the rows of one file, whatever their order.

    Args:
        about: The row of the file itself.
        tables: Its other rows by table.
    """
    # the second version of the format says the same of the same values, however they are kept in memory
    told = marshal.dumps((about, [(name, sorted(tables[name])) for name in sorted(tables) if tables[name]]), 2)
    return hashlib.blake2b(told, digest_size=8).hexdigest()


def meta_digest(connection: sqlite3.Connection) -> str:
    """Of what the index says of itself."""
    return text_digest(repr(sorted(connection.execute("SELECT key, value FROM meta WHERE key != 'digest'"))))


def sample(connection: sqlite3.Connection) -> None:
    """Look at a record of each kind, whichever chance picks.

    Raises:
        DoubtError: One is not as it was put there.
    """
    chance = int.from_bytes(os.urandom(8), "big")
    for name, last in connection.execute(_lasts()):
        found = (
            last
            and connection.execute(
                f"SELECT record.path FROM {quoted(name)} AS one LEFT JOIN record ON record.id = one.id"  # noqa: S608 - a kind's
                " WHERE one.rowid > ? ORDER BY one.rowid LIMIT 1",
                (chance % last,),
            ).fetchone()
        )
        if found and not _as_put(connection, found[0]):
            raise DoubtError(found[0])


@cache
def _lasts() -> str:
    return " UNION ALL ".join(f"SELECT '{name}', max(rowid) FROM {quoted(name)}" for name in BRIEF)  # noqa: S608 - kinds


def differing(connection: sqlite3.Connection) -> list[str]:
    """Every file whose rows are not as they were put there, and whatever rows belong to no file."""
    problems = dict(_by_owner(connection, "problem", "path"))
    turns = {table: _by_owner(connection, table, owner) for table, owner in OWNED}
    heads = {table: next(turn, None) for table, turn in turns.items()}
    found = []
    files = "SELECT path, blob, record, latest, digest FROM file ORDER BY record"
    for *about, told in connection.execute(files).fetchall():
        id_ = about[2] or ""
        tables: dict[str, Rows] = {"problem": problems.get(about[0], ())}
        for table, turn in turns.items():
            while (head := heads[table]) and head[0] <= id_:  # all of them come in the order of the ids
                if head[0] == id_:
                    tables[table] = head[1]
                else:
                    found.append(head[0])
                heads[table] = next(turn, None)
        if not _sound(tuple(about), tables, told):
            found.append(str(about[0]))
    for table, turn in turns.items():
        found += [owner for owner, _ in (*filter(None, [heads[table]]), *turn)]
    return sorted(found)


def _by_owner(connection: sqlite3.Connection, table: str, owner: str) -> Iterator[tuple[str, Rows]]:
    rows = connection.execute(f"SELECT {owner}, * FROM {quoted(table)} ORDER BY 1")  # noqa: S608 - names of our own
    for key, own in groupby(rows, itemgetter(0)):
        yield str(key or ""), [row[1:] for row in own]


def _as_put(connection: sqlite3.Connection, path: str) -> bool:
    about = connection.execute("SELECT path, blob, record, latest, digest FROM file WHERE path = ?", (path,)).fetchone()
    if about is None:
        return False
    tables = {"problem": _rows(connection, "problem", "path", path)}
    if about[2]:
        tables |= {table: _rows(connection, table, owner, about[2]) for table, owner in OWNED[: -len(BRIEF)]}
        kinds = {row[1] for row in tables["record"]} & BRIEF.keys()
        tables |= {kind: _rows(connection, kind, "id", about[2]) for kind in kinds}
    return _sound(about[:4], tables, about[4])


def _sound(about: tuple[Any, ...], tables: Mapping[str, Rows], told: Any) -> bool:
    try:
        return digest(about, tables) == str(told)
    except (TypeError, ValueError):  # values of sorts that were never put there
        return False


def _rows(connection: sqlite3.Connection, table: str, owner: str, key: str) -> Rows:
    return connection.execute(f"SELECT * FROM {quoted(table)} WHERE {owner} = ?", (key,)).fetchall()  # noqa: S608 - our own
