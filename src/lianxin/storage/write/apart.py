"""Rows that programs read, and what is told of them: two files side by side, one to whatever reads or writes them.

``问题台账.csv`` holds headings and records and nothing else; ``问题台账.说明.txt`` beside it the title, notes, sums,
where the facts came from, and the line by which both are made again.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

from lianxin.core.look import APART
from lianxin.storage.git.disk import ordinary

_NOTE, _ROWS = ".说明.txt", ".csv"


def note_of(path: Path) -> Path:
    """The file beside it that tells of it."""
    return path.with_name(f"{path.stem}{_NOTE}")


def told_of(name: str) -> str:
    """The name of what a note of this name tells of; any other name as it is."""
    return f"{name.removesuffix(_NOTE)}{_ROWS}" if name.endswith(_NOTE) else name


def rows_of(path: Path) -> Path:
    """What a note tells of; any other file is itself."""
    rows = path.with_name(told_of(path.name))
    return rows if rows.is_file() else path


def split(path: Path, content: bytes) -> dict[Path, bytes]:
    """What is to stand where: one file, unless something is to be told of its rows."""
    rows, mark, note = content.partition(APART.encode())
    return {path: rows, note_of(path): note} if mark and content.startswith(BOM_UTF8) else {path: content}


def written(path: Path) -> tuple[Path, ...]:
    """The files that stand for one that was written: itself, and what tells of it; none where it was not."""
    if not path.is_file():
        return ()
    note = note_of(path)
    return (path, note) if note.is_file() and path.read_bytes().startswith(BOM_UTF8) else (path,)


def joined(path: Path, rows: bytes) -> bytes:
    """What a file holds, with what is told of it beside."""
    note = note_of(path)
    if not rows.startswith(BOM_UTF8) or not note.is_file():
        return rows
    return rows + APART.encode() + ordinary(note, follow=True)
