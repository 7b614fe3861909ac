"""Filling the index: files become rows, several processes at a time where there are many."""

from __future__ import annotations

import gc
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from types import MappingProxyType
from typing import Any

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import VOID, Context, Interval
from lianxin.core.declare.record import validator
from lianxin.core.declare.walk import people, walk
from lianxin.core.problem import Problem
from lianxin.core.text.fold import fold
from lianxin.kinds import BRIEF, BY_FOLDER, KIND, home
from lianxin.storage.git.difference import no_file
from lianxin.storage.git.repo import TreeEntry
from lianxin.storage.git.snapshot import File, Snapshot
from lianxin.storage.index.row import event_rows, kind_row, moment
from lianxin.storage.index.schema_sql import insert, quoted
from lianxin.storage.index.seal import digest
from lianxin.storage.index.worker import cores, working
from lianxin.storage.read.loading import Loaded, kind_at, load, place

Tables = dict[str, list[tuple[Any, ...]]]


#: What ``file.record`` says of a file that is none.
NO_RECORD = ""

_SHARED = ("file", "record", "called", "event", "interval", "reference", "former", "problem")
_TABLES = (*_SHARED, *BRIEF)

#: Files that are turned into rows, and put into the tables, together.
_BATCH = 100

#: Rows that one statement puts into a table.
_TOGETHER = 10

#: Fewer files than this are not worth a second process.
_MANY = 600


def rows_of(files: Iterable[File], context: Context, read: Mapping[str, Loaded] = MappingProxyType({})) -> Tables:
    """The rows of some files, by table.

    Args:
        files: What they hold.
        context: The calendar and limits in force.
        read: Those of them, by path, that have been read already.
    """
    tables: Tables = {name: [] for name in _TABLES}
    # All are loaded before any is played: the processor's caches hold one sort of work better than both.
    for file, loaded in [(file, read.get(file.path) or load_file(file)) for file in files]:
        for name, rows in _rows(file, loaded, context).items():
            tables[name] += rows
    return tables


def _rows(file: File, loaded: Loaded, context: Context) -> Tables:
    """The rows of one file, digested in its own."""
    own: Tables = defaultdict(list)
    problems = list(loaded.problems)
    id_ = None
    if loaded.kind and loaded.record:
        id_ = str(getattr(loaded.record, "id", ""))
        problems += _add_record(own, file, loaded.kind, loaded, context)
    elif not loaded.kind:
        id_ = NO_RECORD
    own["problem"] += problem_rows(problems)
    if loaded.kind or problems:
        about = (file.path, file.blob, id_, moment(loaded.latest) if loaded.latest else None)
        own["file"] = [(*about, digest(about, own))]
    return own


def load_file(file: File) -> Loaded:
    """What a file holds; one that is not an ordinary file holds a problem."""
    if file.data is not None:
        return load(file.path, file.data)
    return Loaded(kind_at(file.path), None, (no_file(file.path),))


def problem_rows(problems: Iterable[Problem]) -> Iterator[tuple[Any, ...]]:
    """The problems of one file as their table has them."""
    for n, p in enumerate(problems):
        yield p.path, p.line, p.col, p.code, str(p.level), p.message, p.remedy, p.excerpt, p.veiled, n


def _add_record(tables: Tables, file: File, kind: Kind, loaded: Loaded, context: Context) -> list[Problem]:
    """Add a record's rows; the problems its events make."""
    record: Any = loaded.record
    references, id_ = loaded.references, str(record.id)
    problems: list[Problem] = []
    voided = getattr(record, "voided", None) is not None
    if voided:  # in no table of its kind: nothing that is listed or counted can meet it
        references = [one for one in references if one[0].startswith("voided.")]
        tables["former"] += [(id_, name) for name in people(record)]
    elif kind.conduct:
        events = list(event_rows(id_, record.events))
        life = loaded.life or kind.conduct().fold(record, context)
        tables["event"] += events
        tables["interval"] += _interval_rows(id_, events, life.intervals)
        if life.faults:
            problems = place(life.faults, file.path, file.data or b"")
        voided = life.state == VOID
        if life.record is not record:
            tables["former"] += [(id_, name) for name in people(record) - people(life.record)]
            record = life.record
            references = walk(record).references
        tables[kind.name].append(kind_row(kind, record, life))
    else:
        tables[kind.name].append(kind_row(kind, record))
    title = kind.title(record)
    tables["record"].append((id_, kind.name, title, file.path, file.blob, int(voided)))
    tables["called"] += [(word, kind.name, id_) for word in dict.fromkeys(map(fold, (title, *kind.called(record))))]
    pointing = sorted({(field, target) for field, target, _ in references})  # in the order of the table's key
    tables["reference"] += [(id_, kind.name, field, target) for field, target in pointing]
    return problems


def _interval_rows(
    id_: str, events: Sequence[tuple[Any, ...]], intervals: Iterable[Interval]
) -> Iterator[tuple[Any, ...]]:
    recorded = {event[2]: event[5] for event in events}
    since = None
    for n, stay in enumerate(intervals):
        since = since or moment(stay.since)
        until = moment(stay.until) if stay.until else None
        yield id_, n, str(stay.state), since, until, recorded.get(stay.event), stay.event or None
        since = until  # a stay begins where the one before it ends


def fill(
    connection: sqlite3.Connection, batches: Iterable[Tables], total: int, progress: Callable[[int, int], None] | None
) -> int:
    """Put batches into the tables; how many files there were."""
    done = 0
    collecting = gc.isenabled()
    gc.disable()  # a hundred thousand records make no cycles worth looking for
    try:
        for tables in batches:
            for name, rows in tables.items():
                if rows:
                    _put(connection, name, rows)
            done += len(tables["file"])
            if progress:
                progress(done, total)
    finally:
        if collecting:
            gc.enable()
    return done


def _put(connection: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Most rows several at a time: half of what a narrow one costs is the statement's own start and end."""
    whole = len(rows) // _TOGETHER * _TOGETHER
    if whole:
        values = chain.from_iterable(rows[:whole])
        connection.executemany(insert(table, _TOGETHER), zip(*[values] * (_TOGETHER * len(rows[0])), strict=True))
    connection.executemany(insert(table), rows[whole:])


def drop(connection: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Take files, and the records in them, out of the tables."""
    for path in paths:
        found = connection.execute(
            "SELECT record.id, record.kind FROM file JOIN record ON record.id = file.record WHERE file.path = ?",
            (path,),
        ).fetchone()
        connection.execute("DELETE FROM problem WHERE path = ?", (path,))
        connection.execute("DELETE FROM file WHERE path = ?", (path,))
        if found:
            id_, kind = found
            connection.execute(f"DELETE FROM {quoted(kind)} WHERE id = ?", (id_,))  # noqa: S608 - a kind's own name
            for statement in _FORGET:
                connection.execute(statement, (id_,))


_FORGET = (
    "DELETE FROM record WHERE id = ?",
    "DELETE FROM called WHERE record = ?",
    "DELETE FROM event WHERE record = ?",
    "DELETE FROM interval WHERE record = ?",
    "DELETE FROM reference WHERE source = ?",
    "DELETE FROM former WHERE record = ?",
)


@contextmanager
def batches(snapshot: Snapshot, entries: Sequence[TreeEntry], context: Context) -> Iterator[Iterator[Tables]]:
    """The rows of record files, by the batch, worked out by as many processes as there are cores to be had.

    They begin at once, not when the first batch is asked for.
    """
    workers = min(cores(), 8) if len(entries) >= _MANY else 1
    if workers < 2:
        yield _alone(snapshot, entries, context)
        return
    make_ready(entries)
    # Every worker takes each n-th batch; read in the same turn, they come in the order of the entries.
    parts = [entries[start : start + _BATCH] for start in range(0, len(entries), _BATCH)]
    tasks = [partial(_share, snapshot, parts[n::workers], context) for n in range(workers)]
    with working(*tasks) as hired:
        yield (hired[n % workers].made() for n in range(len(parts)))


def _share(snapshot: Snapshot, parts: Sequence[Sequence[TreeEntry]], context: Context) -> Iterator[Tables]:
    files = snapshot.files([entry for part in parts for entry in part])
    for part in parts:
        yield rows_of(islice(files, len(part)), context)


def make_ready(entries: Sequence[TreeEntry]) -> None:
    """Load once what every worker needs: the models, and what plays events."""
    for folder in {home(entry.path).partition("/")[0] for entry in entries} & BY_FOLDER.keys():
        kind = KIND[BY_FOLDER[folder].name]
        validator(kind.model)
        if kind.conduct:
            kind.conduct()


def _alone(snapshot: Snapshot, entries: Sequence[TreeEntry], context: Context) -> Iterator[Tables]:
    files = snapshot.files(entries)
    while batch := list(islice(files, _BATCH)):
        yield rows_of(batch, context)
