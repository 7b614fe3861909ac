"""A glance at the index as it lies there, be it behind or gone: nothing is built for a Tab."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from heapq import nlargest
from pathlib import Path

from lianxin.core.declare.kind import Brief
from lianxin.kinds import BRIEF
from lianxin.storage.git.repo import Repo
from lianxin.storage.index.store import location

#: After any character that a name may go on with.
_LAST = chr(0x10FFFF)

#: Down the ids, until there are enough: a sign keeps SQLite from sorting all of a kind first.
_BY_ID = "SELECT id, title FROM record WHERE id >= ? AND id < ? AND +kind = ? AND NOT voided{} ORDER BY id DESC LIMIT ?"
_BY_TITLE = "SELECT id, title FROM record WHERE title >= ? AND title < ? AND kind = ? AND NOT voided{} LIMIT ?"
_LAWFUL = ' AND id IN (SELECT "编号" FROM "{}" WHERE "状态" IN ({}))'


def glance(
    root: Path, kinds: Sequence[str], begun: str, most: int, states: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Ids and titles of records whose id or title begins so; first those not in the index yet, by their files.

    Args:
        root: The data folder.
        kinds: Of the records.
        begun: What is there of the word.
        most: So many of either at most.
        states: Only such as are in one of these, as far as the index knows; any, when there are none.
    """
    newer: list[tuple[str, str]] = []
    known: dict[str, str] = {}
    with _opened(root) as index:
        for brief in (BRIEF[kind] for kind in kinds):
            newer += [(id_, "") for id_ in _unheard(index, root, brief, begun, most)] if begun else []
            if index is not None:
                known |= dict(_found(index, brief, begun, most - len(known), states))
            if len(known) >= most:
                break
    return [*newer[:most], *known.items()]


@contextlib.contextmanager
def _opened(root: Path) -> Iterator[sqlite3.Connection | None]:
    repo = Repo.find(root)
    try:
        index = sqlite3.connect(f"file:{location(repo)}?mode=ro", uri=True, timeout=0.2) if repo else None
        heard = index and index.execute("SELECT 1 FROM record LIMIT 1").fetchone() is not None
    except sqlite3.Error:  # there is none, or another version's
        index, heard = None, False
    with contextlib.closing(index) if index else contextlib.nullcontext():
        yield index if heard else None


def _found(
    index: sqlite3.Connection, brief: Brief, begun: str, most: int, states: Sequence[str]
) -> Iterator[tuple[str, str]]:
    lawful = _LAWFUL.format(brief.label, ", ".join("?" * len(states))) if states else ""
    first = _first(brief, begun)
    if first:
        yield from index.execute(_BY_ID.format(lawful), (first, first + _LAST, brief.name, *states, most))
    if begun:
        yield from index.execute(_BY_TITLE.format(lawful), (begun, begun + _LAST, brief.name, *states, most))


def _first(brief: Brief, begun: str) -> str:
    """What ids of a kind begin with that begin so; empty where none does."""
    prefix = f"{brief.prefix}-"
    return begun if begun.startswith(prefix) else prefix if prefix.startswith(begun) else ""


def _unheard(index: sqlite3.Connection | None, root: Path, brief: Brief, begun: str, most: int) -> list[str]:
    """Ids that begin so and are not in the index, the newest first."""
    first = _first(brief, begun)
    named = nlargest(most, _named(root / brief.folder, brief, first), key=lambda id_: (len(id_), id_))
    marks = ", ".join("?" * len(named))
    heard = index.execute(f"SELECT id FROM record WHERE id IN ({marks})", named) if index and named else ()  # noqa: S608
    left = {*named} - {id_ for (id_,) in heard}
    return [id_ for id_ in named if id_ in left]


def _named(folder: Path, brief: Brief, first: str) -> Iterator[str]:
    """By the names of the files; names alone, since there may be very many."""
    year = (first.split("-")[1:2] or [""])[0] if brief.yearly else ""
    with contextlib.suppress(OSError):
        below = [one for one in folder.iterdir() if one.name.startswith(year)] if brief.yearly else [folder]
        for place in below if first else ():
            names = os.listdir(place)  # noqa: PTH208 - a third of what making paths of them takes
            yield from (name[:-5] for name in names if name.startswith(first) and name.endswith(".yaml"))
