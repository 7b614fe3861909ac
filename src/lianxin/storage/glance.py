"""A glance at the index as it lies there, be it behind or gone: nothing is built for a Tab."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from lianxin.storage.git.repo import Repo
from lianxin.storage.index.store import location

#: What LIKE would take for any text, and what stands before it to be itself.
_WILD = {ord(mark): f"!{mark}" for mark in "%_!"}

_FOUND = """SELECT id, title FROM record WHERE NOT voided AND kind IN ({})
AND (id LIKE ?1 ESCAPE '!' OR title LIKE ?1 ESCAPE '!') ORDER BY id DESC LIMIT {}"""


def begun_like(root: Path, kinds: Sequence[str], begun: str, most: int) -> list[tuple[str, str]]:
    """Ids and titles of records whose id or title begins so, the newest first."""
    repo = Repo.find(root)
    if repo is None:
        return []
    try:
        with contextlib.closing(sqlite3.connect(f"file:{location(repo)}?mode=ro", uri=True, timeout=0.2)) as index:
            marks = ", ".join(f"?{n + 2}" for n in range(len(kinds)))
            return index.execute(_FOUND.format(marks, most), (f"{begun.translate(_WILD)}%", *kinds)).fetchall()
    except sqlite3.Error:  # there is none, or another version's
        return []
