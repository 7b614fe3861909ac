"""The file beside the index that holds every record's words: made when somebody first searches, brought forward then.

Nothing else writes it: a step and a check know nothing of it. Like the base of the index it holds one tree of HEAD, and
nothing of the work tree: what is edited is laid over it in memory. Gone, foreign, damaged or of another version, it is
made again; where it cannot be had, memory serves.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from lianxin.core.declare.kind import Kind
from lianxin.core.problem import spelt
from lianxin.kinds import BRIEFS, KIND
from lianxin.storage.find.text import of_ids, of_kind, text_of
from lianxin.storage.git.repo import GitError
from lianxin.storage.git.snapshot import Snapshot, is_record
from lianxin.storage.index import store
from lianxin.storage.index.database import Index
from lianxin.storage.index.seal import sealed

#: Told (done, total) while texts are made.
Progress = Callable[[int, int], None]

#: ``text``: ``day`` is the latest that a record tells of, ``off``: nothing more is to be done about it. ``lacking``:
#: files of the tree that were edited when their texts were to be made.
_TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE lacking (path TEXT PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE text (id TEXT PRIMARY KEY, path TEXT NOT NULL, day TEXT NOT NULL, off INTEGER NOT NULL,
text TEXT NOT NULL)""",
)
_LAID_OVER = (
    "ATTACH ':memory:' AS laid",
    "CREATE TABLE laid.over (path TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE laid.text AS SELECT * FROM main.text WHERE 0",
    """CREATE TEMP VIEW said AS SELECT * FROM main.text WHERE path NOT IN (SELECT path FROM laid.over)
UNION ALL SELECT * FROM laid.text""",
)
_AS_IT_IS = "CREATE TEMP VIEW said AS SELECT * FROM main.text"

#: How often to look again when others keep moving it.
_TRIES = 4
_TOGETHER = 500

Row = tuple[str, str, str, int, str]


def opened(index: Index, progress: Progress | None = None) -> sqlite3.Connection:
    """The words of every record of an index, in the view ``said``; to be closed by ``close``.

    Args:
        index: Of the records.
        progress: Told while texts have to be made.
    """
    connection = _shared(index, progress)
    if connection is None:
        connection = store.opened()
        _fill(connection, index, None, progress)
        connection.execute(_AS_IT_IS)
    return connection


def close(index: Index, connection: sqlite3.Connection) -> None:
    """Close it, and forget what was laid over."""
    connection.rollback()
    if index.base:
        store.close(place(index.base), connection)
    else:
        connection.close()


def place(base: Path) -> Path:
    """Where it stands, beside the base of the index."""
    return base.with_name(f"find{base.name.removeprefix('index')}")


def forget(snapshot: Snapshot) -> None:
    """Take away what was made of an index."""
    if snapshot.repo is not None:
        store.remove(place(store.location(snapshot.repo)))


def _shared(index: Index, progress: Progress | None) -> sqlite3.Connection | None:
    """The file's, as of the index's commit, with the edits laid over; None when it cannot be had."""
    if index.base is None:
        return None
    path = place(index.base)
    for _ in range(_TRIES):
        try:
            ready = _attempt(index, path, progress)
        except store.SPOILT as error:
            if not store.damaged(error):
                return None
            store.remove(path)
        except OSError:
            return None
        else:
            if ready is not None:
                return ready
    return None


def _attempt(index: Index, path: Path, progress: Progress | None) -> sqlite3.Connection | None:
    """The file as it is wanted, or a step nearer to it."""
    connection = _sound(path)
    if connection is None:
        _rebuild(index, path, progress)
        return None
    over = _over(index)
    for statement in _LAID_OVER if over else (_AS_IT_IS,):  # before it begins: within a transaction nothing is attached
        connection.execute(statement)
    connection.execute("BEGIN")
    lacking = {str(one) for (one,) in connection.execute("SELECT path FROM lacking")}
    if _commit(connection) != index.snapshot.commit or lacking - over:
        connection.close()
        _forward(index, path)
        return None
    if over:
        connection.executemany("INSERT INTO laid.over VALUES (?)", [(one,) for one in over])
        connection.executemany("INSERT INTO laid.text VALUES (?, ?, ?, ?, ?)", _rows(index, over))
    return connection


def _over(index: Index) -> set[str]:
    return {path for path in index.laid_over if is_record(path)}


def _sound(path: Path) -> sqlite3.Connection | None:
    """The file, if it is there, as it was left, and made by this very code."""
    if not path.is_file() or not sealed(path):
        return None
    connection = store.connect(path)
    try:
        made = connection.execute("SELECT value FROM meta WHERE key = 'maker'").fetchone()
    except store.SPOILT:
        connection.close()
        raise
    if made == (store.maker(),):
        return connection
    connection.close()
    return None


def _commit(connection: sqlite3.Connection) -> str:
    ((commit,),) = connection.execute("SELECT value FROM meta WHERE key = 'commit'")
    return str(commit)


def _rebuild(index: Index, path: Path, progress: Progress | None) -> None:
    """Make the file anew, beside the old one, and put it in place whole."""
    with store.locked(path):
        done = _sound(path)
        if done is not None:  # by another command, while we waited
            done.close()
            return
        fresh = path.with_suffix(".new")
        connection = store.create(fresh)
        try:
            _fill(connection, index, None, progress)
            store.settle(connection, fresh, path)
        finally:
            connection.close()


def _forward(index: Index, path: Path) -> None:
    """Bring the file to the index's commit; only what git says differs is made again."""
    with store.writing(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        lacking = {str(one) for (one,) in connection.execute("SELECT path FROM lacking")}
        try:
            old = _commit(connection)
            changed = [] if old == index.snapshot.commit else index.snapshot.changed(old)
        except GitError:  # the old commit was pruned, or there is none on one side
            connection.execute("ROLLBACK")
            path.with_suffix(".seal").unlink(missing_ok=True)
            return
        _fill(connection, index, {*lacking, *(spelt(entry.path) for entry in changed)}, None)


def _fill(
    connection: sqlite3.Connection, index: Index, paths: Collection[str] | None, progress: Progress | None
) -> None:
    """Make the texts of some files, or all, that are as the commit has them; note the others."""
    over = _over(index) if index.base else set[str]()
    if paths is None:
        connection.execute("BEGIN")
        for statement in _TABLES:
            connection.execute(statement)
        rows: Iterator[Row] = (row for row in _every(index, progress) if row[1] not in over)
        lacking = over
    else:
        told = [(one,) for one in paths]
        connection.executemany("DELETE FROM text WHERE path = ?", told)
        connection.executemany("DELETE FROM lacking WHERE path = ?", told)
        rows = _rows(index, {*paths} - over)
        lacking = {*paths} & over
    connection.executemany("INSERT INTO text VALUES (?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO lacking VALUES (?)", [(one,) for one in lacking])
    meta = {"maker": store.maker(), "commit": index.snapshot.commit}
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
    connection.execute("COMMIT")


_STANDING = """SELECT r.id, r.path, coalesce(f.latest, ''), r.voided OR coalesce(i.state IN ({}), 0)
FROM record AS r LEFT JOIN file AS f ON f.path = r.path LEFT JOIN interval AS i ON i.record = r.id AND i.until IS NULL
WHERE r.kind = ?"""


def _every(index: Index, progress: Progress | None) -> Iterator[Row]:
    """All records of the index."""
    ((total,),) = index.rows("SELECT count(*) FROM record")
    done = 0
    for brief in BRIEFS:
        standing = _standing(index, KIND[brief.name])
        for held in of_kind(index.rows, KIND[brief.name]):
            done += 1
            if progress and done % _TOGETHER == 0:
                progress(done, total)
            yield held.id, *standing.pop(held.id), text_of(KIND[brief.name], held)
        yield from ((id_, *rest, "") for id_, rest in standing.items())  # voided, and in no table of their kind


def _rows(index: Index, paths: Collection[str]) -> Iterator[Row]:
    """The records that stand in some files."""
    if not paths:
        return
    found = index.rows(
        "SELECT kind, id FROM record WHERE path IN (SELECT value FROM json_each(?))", (json.dumps([*paths]),)
    )
    for name in dict.fromkeys(kind for kind, _ in found):
        ids = [id_ for kind, id_ in found if kind == name]
        standing = _standing(index, KIND[name], ids)
        for held in of_ids(index.rows, KIND[name], ids):
            yield held.id, *standing.pop(held.id), text_of(KIND[name], held)
        yield from ((id_, *rest, "") for id_, rest in standing.items())


def _standing(index: Index, kind: Kind, ids: Collection[str] | None = None) -> dict[str, tuple[str, str, int]]:
    """Of records of a kind: the file, the latest day told of, and whether nothing more is to be done."""
    off = [str(state) for state in kind.lifecycle.off] if kind.lifecycle else []
    statement, parameters = _STANDING.format(", ".join("?" * len(off))), [*off, kind.name]
    if ids is not None:
        statement += " AND r.id IN (SELECT value FROM json_each(?))"
        parameters.append(json.dumps([*ids]))
    return {id_: (path, day, off_) for id_, path, day, off_ in index.rows(statement, parameters)}
