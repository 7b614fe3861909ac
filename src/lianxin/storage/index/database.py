"""The index: an SQLite database of exactly one HEAD tree, brought forward, with this run's edits laid over it.

The base, in the git folder, never holds anything of the work tree: edits are put in within a transaction that is
rolled back. Gone, foreign, damaged or of another version, it is made again. Where it cannot be had, or is held by
another command for too long, one in memory serves.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from lianxin.core.declare.lifecycle import Context
from lianxin.core.problem import spelt
from lianxin.storage.git.snapshot import File, Snapshot
from lianxin.storage.index import policy as index_policy
from lianxin.storage.index import seal as index_seal
from lianxin.storage.index import store as index_store
from lianxin.storage.index.filler import Filler, Progress

if TYPE_CHECKING:
    from lianxin.storage.read.loading import Loaded

T = TypeVar("T")

#: How often to look again when other commands keep moving the base.
_TRIES = 4
#: Rows that are fetched together, where they become columns.
_TOGETHER = 1_000
_TEXT = frozenset({str, type(None)})


def _columns(cursor: sqlite3.Cursor) -> list[list[Any]]:
    found: list[list[Any]] = [[] for _ in cursor.description]
    known: list[dict[Any, Any]] = [{} for _ in found]
    while rows := cursor.fetchmany(_TOGETHER):
        for column, met, values in zip(found, known, zip(*rows, strict=True), strict=True):
            # numbers are left alone: those that are equal may be of two types
            column.extend(map(met.setdefault, values, values) if _TEXT.issuperset(map(type, values)) else values)
    return found


class Index:
    """The tables of one snapshot. Close it to forget the edits laid over.

    Attributes:
        connection: In a transaction that only reads.
    """

    connection: sqlite3.Connection

    def __init__(self, snapshot: Snapshot, progress: Progress | None = None, *, trusting: bool = False) -> None:
        self.snapshot = snapshot
        self._filler = Filler(snapshot, progress)
        self._trusting = trusting
        self._edited = snapshot.edited()
        self._removed = snapshot.status.gone if snapshot.status else ()
        self._base_in_use = False
        self.connection = self._shared() or self._private()

    @property
    def context(self) -> Context:
        """The limits and calendar in force."""
        return self._filler.context

    @property
    def loaded(self) -> int:
        """How many files have been read for it."""
        return self._filler.loaded

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a statement. A base that turns out damaged is made again first."""
        return self._asked(lambda: self.connection.execute(statement, parameters).fetchall())

    def columns(self, statement: str, parameters: Sequence[Any] = ()) -> list[list[Any]]:
        """The columns of a statement's rows; texts that are alike in one are one object."""
        return self._asked(lambda: _columns(self.connection.execute(statement, parameters)))

    def _asked(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except index_store.SPOILT as error:
            if not index_store.damaged(error):
                raise
        self.close()
        self.connection = (self._taken_away() and self._shared()) or self._private()
        return ask()

    @contextlib.contextmanager
    def trying(self, files: Mapping[str, bytes | None], read: Mapping[str, Loaded]) -> Iterator[None]:
        """For the time of the block the tables are as they would be with these files written; None takes one away.

        Args:
            files: By path.
            read: Those of them that have been read already.
        """
        from lianxin.storage.index.build import drop, fill, rows_of

        snapshot, connection = self.snapshot, self.connection
        held = {path: data for path, data in files.items() if data is not None}
        with index_store.trial(connection) as laid:
            self.snapshot, self.connection = replace(snapshot, over={**snapshot.over, **held}), laid
            try:
                drop(laid, files)
                fill(
                    laid, [rows_of([File(path, "", data) for path, data in held.items()], self.context, read)], 0, None
                )
                yield
            finally:
                self.snapshot, self.connection = snapshot, connection

    def kept(self, name: str, make: Callable[[], str]) -> str:
        """A text that depends on the files alone: as the base has it, else made, and kept if nothing is edited."""
        found = self.rows("SELECT value, digest FROM kept WHERE name = ?", (name,)) if self._pristine else []
        if found and index_seal.text_digest(str(found[0][0])) == found[0][1]:
            return str(found[0][0])
        text = make()
        if self._pristine:
            index_store.keep(self._path, self.snapshot.commit, name, text)
        return text

    @property
    def _pristine(self) -> bool:
        """Whether the tables are the base, and every file of the data folder is as the commit has it."""
        status = self.snapshot.status
        return (
            self._base_in_use
            and not self.snapshot.over
            and (status is None or not (status.present or status.gone or status.ignored))
        )

    @property
    def base(self) -> Path | None:
        """The file of the base, if that is what is asked; None where memory serves."""
        return self._path if self._base_in_use else None

    @property
    def laid_over(self) -> frozenset[str]:
        """The files that are not as the base has them, or are gone."""
        return frozenset(map(spelt, (*self._removed, *(entry.path for entry in self._edited))))

    def close(self) -> None:
        """Forget the edits."""
        self.connection.set_authorizer(None)
        with contextlib.suppress(sqlite3.Error):
            self.connection.rollback()
        if self._base_in_use:
            index_store.close(self._path, self.connection)
        else:
            self.connection.close()

    @cached_property
    def _path(self) -> Path:
        return index_store.location(self.snapshot.repo) if self.snapshot.repo else Path()

    @cached_property
    def _key(self) -> dict[str, str]:
        return {"maker": index_store.maker(), "policy": index_policy.digest(self.snapshot)}

    # The base -------------------------------------------------------------------------------------------------

    def _shared(self) -> sqlite3.Connection | None:
        """The base with the edits laid over; None when it cannot be had."""
        if self.snapshot.repo is None or (self.snapshot.status is None and not self._same_as_base()):
            return None
        for _ in range(_TRIES):
            try:
                ready = self._attempt()
            except index_store.SPOILT as error:
                if not index_store.damaged(error) or not self._taken_away():
                    return None
            except OSError:
                return None
            else:
                if ready is not None:
                    self._base_in_use = True
                    return ready
        return None

    def _taken_away(self) -> bool:
        """Whether a damaged base could be removed; else memory serves."""
        try:
            index_store.remove(self._path)
        except OSError:
            return False
        return True

    def _same_as_base(self) -> bool:
        """Whether the commit asked for is HEAD's own, and the base, made under its policies, is trusted to have it.

        One made under other policies is left to the work tree it was made for; where there is none, it is made now.
        """
        repo = self.snapshot.repo if self._trusting else None
        if repo is None or self.snapshot.commit != repo.head():
            return False
        if not self._path.is_file():
            return True
        try:
            base = self._base()
        except index_store.SPOILT:
            return False
        if base is not None:
            base.close()
        return base is not None

    def _attempt(self) -> sqlite3.Connection | None:
        """The base with the edits laid over, or a step nearer to it."""
        connection = self._base()
        if connection is None:
            self._rebuild()
            return None
        ready = self._begun(connection)
        if ready is None:
            self._forward()
        return ready

    def _base(self) -> sqlite3.Connection | None:
        """The base, if it is there, as this tool left it, and made under these policies."""
        if not self._path.is_file() or not index_seal.sealed(self._path):
            return None
        connection = index_store.connect(self._path)
        try:
            meta = dict(connection.execute("SELECT key, value FROM meta"))
        except sqlite3.OperationalError as error:
            connection.close()
            if index_store.busy(error):
                raise
            return None  # somebody else's: no such table
        except index_store.SPOILT:
            connection.close()
            raise
        if self._key.items() <= meta.items() and meta.get("digest") == index_seal.meta_digest(connection):
            self._filler.years = index_policy.years(meta)
            return connection
        connection.close()
        return None

    def _begun(self, connection: sqlite3.Connection) -> sqlite3.Connection | None:
        """The base in its transaction, the edits laid over; None when it is of another commit."""
        edits = bool(self._edited or self._removed)
        try:
            if edits:
                connection = index_store.begin_writing(connection)
            else:
                connection.execute("BEGIN")
            ((commit,),) = connection.execute("SELECT value FROM meta WHERE key = 'commit'")
            if commit != self.snapshot.commit:
                connection.close()
                return None
            index_seal.sample(connection)
            if edits:
                self._filler.replace(connection, self._edited, self._removed)
            connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _forward(self) -> None:
        """Bring the base to the snapshot's commit; only what git says differs is read."""
        with index_store.writing(self._path) as connection:
            connection.execute("BEGIN IMMEDIATE")
            ((old,),) = connection.execute("SELECT value FROM meta WHERE key = 'commit'")
            if old == self.snapshot.commit:
                return
            self._filler.forward(connection, old)
            connection.execute("COMMIT")

    def _rebuild(self) -> None:
        """Make the base anew, beside the old one, and put it in place whole."""
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        with index_store.locked(self._path):
            done = self._base()
            if done is not None:  # by another command, while we waited
                done.close()
                return
            fresh = self._path.with_suffix(".new")
            connection = index_store.create(fresh)
            try:
                self._filler.fill(connection, self.snapshot.tree(), self._key)
                index_store.settle(connection, fresh, self._path)
            finally:
                connection.close()

    # In memory ------------------------------------------------------------------------------------------------

    def _private(self) -> sqlite3.Connection:
        """Everything in memory: without git, for a commit of the past, or when the base cannot be had."""
        self._base_in_use = False
        entries = {entry.path: entry for entry in self.snapshot.tree()}
        for path in self._removed:
            entries.pop(path, None)
        entries.update((entry.path, entry) for entry in self._edited)
        connection = index_store.opened()
        self._filler.fill(connection, list(entries.values()), self._key)
        connection.execute("PRAGMA query_only = ON")
        return connection
