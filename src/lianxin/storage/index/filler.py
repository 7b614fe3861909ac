"""Filling tables with what the files of a snapshot say: all of them, or those that differ."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property

from lianxin.core.declare.lifecycle import Context
from lianxin.core.problem import Problem, spelt
from lianxin.kinds import ARCHIVE, home
from lianxin.storage.git.repo import GitError, TreeEntry
from lianxin.storage.git.snapshot import Snapshot
from lianxin.storage.index import policy as index_policy
from lianxin.storage.index import schema_sql
from lianxin.storage.index.seal import meta_digest

#: Told (done, total) while files are read.
Progress = Callable[[int, int], None]


class Filler:
    """Reads files, under the limits and calendar of the snapshot.

    Attributes:
        loaded: How many files it has read.
        years: The holidays that are known already.
    """

    def __init__(self, snapshot: Snapshot, progress: Progress | None) -> None:
        self.loaded = 0
        self.years: dict[int, str] = {}
        self._snapshot = snapshot
        self._progress = progress

    @property
    def context(self) -> Context:
        """The limits and calendar in force."""
        return self._policy[0]

    @cached_property
    def _policy(self) -> tuple[Context, list[Problem]]:
        return index_policy.context_of(self._snapshot, self.years)

    def fill(self, connection: sqlite3.Connection, entries: Sequence[TreeEntry], key: Mapping[str, str]) -> None:
        """Make all tables in an empty database.

        Args:
            connection: To it.
            entries: The files.
            key: What they are made by.
        """
        with index_policy.learning(entries) as learned:
            from lianxin.storage.index.build import batches, fill, make_ready, problem_rows

            make_ready(entries)
            with contextlib.suppress(Exception):  # what cannot be learned there is asked for, and told of, when needed
                self.context.calendar.learn(learned())
        connection.execute("BEGIN")
        with batches(self._snapshot, entries, self.context) as made:  # other processes read while the tables are made
            for statement in schema_sql.tables():
                connection.execute(statement)
            self.loaded += fill(connection, made, len(entries), self._progress)
        connection.executemany(schema_sql.insert("problem"), problem_rows(self._policy[1]))
        for statement in (*schema_sql.indexes(), *schema_sql.views()):
            connection.execute(statement)
        meta = {**key, "commit": self._snapshot.commit, **index_policy.learned(self.context)}
        connection.executemany(schema_sql.insert("meta"), meta.items())
        connection.execute(schema_sql.insert("meta"), ("digest", meta_digest(connection)))
        connection.execute("COMMIT")

    def replace(self, connection: sqlite3.Connection, entries: Sequence[TreeEntry], gone: Sequence[str]) -> None:
        """Put in what some files say now, in place of what they said, and take out those that are gone."""
        from lianxin.storage.index.build import batches, drop, fill

        paths = {*gone, *(entry.path for entry in entries)}
        if also := _also(connection, paths):
            paths |= {entry.path for entry in also}
            entries = sorted((*entries, *also), key=lambda one: home(one.path) == one.path)  # what is not archived wins
        drop(connection, (spelt(path) for path in paths if not index_policy.decides(path)))
        if entries:
            with batches(self._snapshot, entries, self.context) as made:
                self.loaded += fill(connection, made, len(entries), self._progress)

    def forward(self, connection: sqlite3.Connection, old: str) -> None:
        """Bring the tables of another commit to this one; only what git says differs is read."""
        entries = self._difference(connection, old)
        gone = [entry.path for entry in entries if not entry.oid]
        self.replace(connection, [entry for entry in entries if entry.oid], gone)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'commit'", (self._snapshot.commit,))
        years = index_policy.learned(self.context).items()
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", years)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'digest'", (meta_digest(connection),))
        connection.execute("DELETE FROM kept")

    def _difference(self, connection: sqlite3.Connection, old: str) -> list[TreeEntry]:
        try:
            return self._snapshot.changed(old)
        except GitError:  # the old commit was pruned, or there is none on one side: compare file by file
            indexed = dict(connection.execute("SELECT path, blob FROM file"))
            tree = self._snapshot.tree()
            gone = indexed.keys() - {spelt(entry.path) for entry in tree}
            changed = [entry for entry in tree if indexed.get(spelt(entry.path)) != entry.oid]
            return [*changed, *(TreeEntry(path, "", regular=True) for path in gone)]


def _also(connection: sqlite3.Connection, paths: Collection[str]) -> list[TreeEntry]:
    """The other files in which records of these stand: in the archive and beside it, where it should not be in both."""
    years: list[str] = []
    while True:
        after = f"{years[-1][:-1]}0" if years else f"{ARCHIVE}/"
        ((found,),) = connection.execute(
            "SELECT min(path) FROM file WHERE path > ? AND path < ?", (after, f"{ARCHIVE}0")
        )
        if found is None:
            break
        years.append(found[: found.index("/", len(ARCHIVE) + 1) + 1])
    wanted = {home(path) for path in paths} | {year + path for year in years for path in paths}
    rows = (connection.execute("SELECT path, blob FROM file WHERE path = ?", (path,)) for path in wanted - {*paths})
    return [TreeEntry(path, blob, regular=True) for found in rows for path, blob in found]
