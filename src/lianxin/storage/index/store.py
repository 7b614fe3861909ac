"""The index's file: where it stands, who made it, how it is opened, locked and removed."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from pathlib import Path

import lianxin
from lianxin.core.text.choice import as_read
from lianxin.storage.git.repo import Repo
from lianxin.storage.index.seal import DoubtError, seal, sealed, text_digest

#: Seconds to wait for another command that writes the base; and for one that has its edits laid over it.
PATIENCE, OVERLAY_PATIENCE = 10.0, 1.0

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


def location(repo: Repo) -> Path:
    """Where the index stands: one for each work tree and data folder in it."""
    key = f"-{hashlib.sha256(os.fsencode(repo.prefix)).hexdigest()[:12]}" if repo.prefix else ""
    return repo.git_dir / "lianxin" / f"index{key}.db"


def maker(*layers: str) -> str:
    """What made the tables: the version of the tool and, as a checkout has no other, the very state of its code."""
    made = [lianxin.__version__]
    made += (line for name in layers or ("core", "kinds", "storage") for line in _code_of(name))
    return hashlib.sha256("\n".join(made).encode()).hexdigest()


@cache
def _code_of(layer: str) -> tuple[str, ...]:
    """The files of a layer as they stood when they were first asked for: a command asks for some layers twice."""
    top = os.path.join(os.path.dirname(lianxin.__file__), layer)  # noqa: PTH118, PTH120 - half the time
    made, folders = [], [top]
    while folders:
        made.append(folders[-1].removeprefix(top))
        with os.scandir(folders.pop()) as found:
            entries = sorted((entry for entry in found if entry.name != "__pycache__"), key=attrgetter("name"))
        folders += (entry.path for entry in entries if entry.is_dir())
        told = ((entry.name, entry.stat()) for entry in entries if entry.name.endswith(".py"))
        made += [f"{name} {about.st_size} {about.st_mtime_ns}" for name, about in told]
    return tuple(made)


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the sort, the rest says which


def busy(error: sqlite3.Error) -> bool:
    """Another process holds it."""
    return _code(error) in _BUSY


#: What comes of a base whose bytes are not as they should be: SQLite's own complaint may be no text either.
SPOILT = (sqlite3.DatabaseError, UnicodeError)


def damaged(error: Exception) -> bool:
    """The file is not what SQLite left there, or cannot be had from it."""
    if not isinstance(error, sqlite3.Error):
        return True
    return _code(error) in _DAMAGED or isinstance(error, DoubtError) or "decode to UTF-8" in str(error)


def opened(where: Path | str = ":memory:") -> sqlite3.Connection:
    """A database, in memory where no file is named: transactions in our own hands, words compared as they are read."""
    # a form's book is opened beside the screen that then asks it; SQLite itself sees to it that one waits for another
    connection = sqlite3.connect(where, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    connection.create_function("as_read", 1, _as_read, deterministic=True)
    return connection


def _as_read(value: str | float | None) -> str | float | None:
    return as_read(value) if isinstance(value, str) else value


def connect(path: Path) -> sqlite3.Connection:
    """The database in a file."""
    connection = opened(path)
    try:
        for setting in ("synchronous = NORMAL", "temp_store = MEMORY", "cache_size = -16384"):
            connection.execute(f"PRAGMA {setting}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def create(path: Path) -> sqlite3.Connection:
    """An empty database for its owner's eyes, quick to fill; whole only once ``settle`` was called."""
    remove(path)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = connect(path)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def keep(path: Path, commit: str, name: str, text: str) -> None:
    """Keep a text with the base, if it still is that commit's and nobody else is writing."""
    with contextlib.suppress(sqlite3.Error, OSError), writing(path, 0) as connection:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT value FROM meta WHERE key = 'commit'").fetchone() == (commit,):
            connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (name, text, text_digest(text)))
            connection.execute("COMMIT")


@contextlib.contextmanager
def writing(path: Path, patience: float = PATIENCE) -> Iterator[sqlite3.Connection]:
    """A base to be changed, sealed again afterwards.

    Raises:
        TimeoutError: Another command is at it.
        DoubtError: Somebody has been at it already.
    """
    with locked(path, patience):
        if not sealed(path):
            raise DoubtError(path)
        try:
            with contextlib.closing(connect(path)) as connection:
                yield connection
        finally:
            seal(path)


def close(path: Path, connection: sqlite3.Connection) -> None:
    """Close a base. Who is the last to do so may take in what others wrote into it, and seals it again."""
    sound = sealed(path)
    connection.close()
    if sound and not sealed(path):
        with contextlib.suppress(OSError), locked(path):
            seal(path)


def settle(connection: sqlite3.Connection, fresh: Path, path: Path) -> None:
    """Close a filled database and put it in its place, whole or not at all, and sealed."""
    connection.execute("PRAGMA locking_mode = NORMAL")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    remove(path)
    fresh.replace(path)
    seal(path)


def remove(path: Path) -> None:
    """Take the database away; who has it open keeps what he has."""
    if path.is_dir():
        path.rmdir()
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)


def begin_writing(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A transaction in which edits can be laid over the base: in a copy, if another command has its own over it."""
    connection.execute(f"PRAGMA busy_timeout = {OVERLAY_PATIENCE * 1000:.0f}")
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if not busy(error):
            raise
    else:
        return connection
    copy = opened()
    connection.backup(copy)
    connection.close()
    copy.execute("BEGIN")
    return copy


@contextlib.contextmanager
def trial(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """The tables of a transaction, for the time of the block open to changes that are forgotten at its end.

    In a copy, if another command has its own laid over the base.
    """
    connection.execute("PRAGMA query_only = OFF")
    connection.execute("SAVEPOINT trial")
    try:
        connection.execute("DELETE FROM problem WHERE 0")  # takes the lock
    except sqlite3.OperationalError as error:
        if not busy(error):
            raise
        with contextlib.closing(opened()) as copy:
            connection.backup(copy)
            yield copy
    else:
        yield connection
    finally:
        connection.execute("ROLLBACK TO trial")
        connection.execute("RELEASE trial")
        connection.execute("PRAGMA query_only = ON")


@contextlib.contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Nobody else makes a base anew, or changes it, meanwhile.

    What is held lies beside the base, and stays there: were it taken away, two could hold it.

    Raises:
        TimeoutError: Somebody does, and it takes long.
    """
    deadline = time.monotonic() + patience
    with path.with_suffix(".held").open("a+b") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise TimeoutError(path) from None
                time.sleep(0.02)
        yield
