"""The index made anew, and what stood in its place compared with it row by row."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from lianxin.kinds import BRIEF, KIND
from lianxin.storage.git.snapshot import Snapshot
from lianxin.storage.index import store as index_store
from lianxin.storage.index.database import Index
from lianxin.storage.index.schema_sql import quoted, stored
from lianxin.storage.index.seal import OWNED

#: What the tables that all kinds share hold, in words.
_HOLD = {
    "record": "名称",
    "called": "名称",
    "event": "办理经过",
    "interval": "状态经过",
    "reference": "引用",
    "former": "曾用的姓名",
    "problem": "检查的结果",
    "file": "文件",
}

_TABLES = (("file", "path"), ("problem", "path"), *OWNED)

_ABSENT, _UNREADABLE = "原来没有索引", "原来的索引读不出来"
_OTHER = "原来的索引是另一版连心或另一套政策做的，不能比"


class Remade(Struct, frozen=True):
    """An index made anew.

    Attributes:
        records: How many it holds.
        incomparable: Why what stood there was not compared with it; empty where it was.
        differing: Each record that stood there otherwise than its file has it, and in what.
    """

    records: int
    incomparable: str = ""
    differing: Sequence[tuple[str, str]] = ()


def remake(snapshot: Snapshot) -> Remade:
    """Make the index of a snapshot's commit anew.

    Raises:
        TimeoutError: Another command is at it.
    """
    assert snapshot.repo is not None  # noqa: S101 - without git there is no index
    path = index_store.location(snapshot.repo)
    before = path.with_name(f"{path.stem}.before")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with index_store.locked(path):
        index_store.remove(before)
        for end in ("", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + end).replace(before.with_name(before.name + end))
    try:
        Index(snapshot).close()
        with contextlib.closing(index_store.opened(path)) as connection:
            ((records,),) = connection.execute("SELECT count(*) FROM record WHERE NOT voided")
            try:
                incomparable = _incomparable(connection, before)
                return Remade(records, incomparable, () if incomparable else tuple(sorted(_differing(connection))))
            except index_store.SPOILT:
                return Remade(records, _UNREADABLE)
    finally:
        index_store.remove(before)


def _incomparable(connection: sqlite3.Connection, before: Path) -> str:
    if not before.exists():
        return _ABSENT
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.execute("ATTACH ? AS before", (str(before),))
    keys = "SELECT key, value FROM {}.meta WHERE key IN ('maker', 'policy') ORDER BY key"
    then, now = (connection.execute(keys.format(name)).fetchall() for name in ("before", "main"))
    return "" if then == now else _OTHER


def _differing(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """What is otherwise though the file is the same in both; where the commit is not, others were written since."""
    commits = "SELECT value FROM {}.meta WHERE key = 'commit'"
    same = len({connection.execute(commits.format(name)).fetchone() for name in ("before", "main")}) == 1
    changed = "SELECT path FROM file EXCEPT SELECT path FROM (SELECT path, blob FROM file INTERSECT {})"
    changed = changed.format("SELECT path, blob FROM before.file")
    newer = set() if same else {Path(path).stem for (path,) in connection.execute(changed)}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for table, owner in _TABLES:
        for (key,) in connection.execute(_either(table, owner)):
            name = Path(str(key)).stem
            found[name] |= dict.fromkeys(_columns(connection, table, str(key)) if table in BRIEF else (_HOLD[table],))
    for name, labels in found.items():
        told = [label for label in labels if label != _HOLD["file"]] or [*labels]  # its digest says the same once more
        if name not in newer:
            yield name, "、".join(told)


def _either(table: str, owner: str) -> str:
    """Whose rows are in one of the two and not in the other."""
    now, then = (f"SELECT * FROM {name}.{quoted(table)}" for name in ("main", "before"))  # noqa: S608 - names of our own
    return f"SELECT {owner} FROM ({then} EXCEPT {now}) UNION SELECT {owner} FROM ({now} EXCEPT {then})"  # noqa: S608 - likewise


def _columns(connection: sqlite3.Connection, table: str, id_: str) -> list[str]:
    """In what a record's two rows differ; all of it, where one has none."""
    rows: list[tuple[Any, ...]] = []
    for name in ("main", "before"):
        rows += connection.execute(f"SELECT * FROM {name}.{quoted(table)} WHERE id = ?", (id_,)).fetchall()  # noqa: S608
    kind = KIND[table]
    if len(rows) < 2:
        return ["整份" if rows else kind.label]
    return [column.label for column, now, then in zip(stored(kind), *rows, strict=True) if now != then]
