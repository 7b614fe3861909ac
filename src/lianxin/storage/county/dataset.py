"""The folder of a roll-up: its manifest says which files belong to it.

A file is put there whole under a name that bears the digest of what it holds; then the manifest is replaced, at one
stroke; then what it no longer names goes. Whoever stops in between leaves the roll-up as it was.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Collection
from pathlib import Path

import msgspec

from lianxin.core.county import Manifest, Part
from lianxin.core.error import LianxinError, UsageError
from lianxin.storage.git.disk import ordinary
from lianxin.storage.write.placing import make, put, sweep

MANIFEST = "manifest.json"
SCHEMA = "lianxin/rollup/1"
#: The county's own copies of the books.
BOOKS = "books"
#: Where files of the data set are.
_FOLDERS = ("records", "facts", "sums", "duties", "frozen", "ledgers")
#: What a roll-up that was stopped may have left, before there is a manifest.
OURS = frozenset({BOOKS, *_FOLDERS})
#: Beside the copy of a book: what was made of it.
_NOTE = ".{}.json"


def manifest_of(folder: Path) -> Manifest | None:
    """What lies in a folder; None where nothing was rolled up there.

    Raises:
        LianxinError: It is damaged, or of another tool.
    """
    try:
        data = ordinary(folder / MANIFEST)
    except FileNotFoundError:
        return None
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        found = None
    if found is None or found.schema != SCHEMA:
        raise LianxinError(f"{folder / MANIFEST} 不是 lianxin 汇总出来的，或者坏了；请把它挪开，重新汇总")
    return found


def digest_in(folder: Path) -> str:
    """SHA-256 of the manifest that lies in a folder; empty where none does."""
    try:
        return hashlib.sha256(ordinary(folder / MANIFEST)).hexdigest()
    except FileNotFoundError:
        return ""


def needed(folder: Path) -> Manifest:
    """The same, where nothing can be done without.

    Raises:
        UsageError: Nothing was rolled up there.
    """
    found = manifest_of(folder)
    if found is None:
        raise UsageError(f"{folder} 里没有汇总；请先运行 lianxin rollup 单位清单.yaml -o {folder}")
    return found


def placed(folder: Path, inside: str, rows: int, data: bytes) -> Part:
    """Put a file of the data set there, unless it stands there already.

    Args:
        folder: Of the roll-up.
        inside: Its folder in it, as ``records/kind=issue/office=北坡镇``.
        rows: How many it has.
        data: What it holds.
    """
    digest = hashlib.sha256(data).hexdigest()
    path = f"{inside}/{digest[:16]}.parquet"
    if not holds(folder, Part(path, rows, digest)):
        make((folder / path).parent)
        put(folder / path, data)
    return Part(path, rows, digest)


def holds(folder: Path, part: Part) -> bool:
    """Whether a file stands there as it was written."""
    try:
        return hashlib.sha256(ordinary(folder / part.path)).hexdigest() == part.digest
    except FileNotFoundError:
        return False


def note(folder: Path, office: str, data: bytes) -> None:
    """Note what was made of one office, for whoever goes on should the rest not come to an end."""
    make(folder / BOOKS)
    put(folder / BOOKS / _NOTE.format(office), data)


def noted_of(folder: Path, office: str) -> bytes:
    """What was noted of one; empty where nothing was."""
    try:
        return ordinary(folder / BOOKS / _NOTE.format(office))
    except FileNotFoundError:
        return b""


def replaced(folder: Path, manifest: Manifest) -> bool:
    """Have the folder be this roll-up.

    Returns:
        Whether anything is otherwise than before.
    """
    data = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    before = ordinary(folder / MANIFEST) if (folder / MANIFEST).is_file() else None
    if before != data:
        put(folder / MANIFEST, data)
    _sweep(folder, {part.path for office in manifest.offices for part in office.parts})
    return before != data


def _sweep(folder: Path, wanted: Collection[str]) -> None:
    """Remove parts that are wanted no more, and what runs that died left half written."""
    for name in _FOLDERS:
        for place in (folder / name, *(one for one in (folder / name).rglob("*") if one.is_dir())):
            sweep(place)
        for file in sorted((folder / name).rglob("*.parquet")):
            if str(file.relative_to(folder)) not in wanted:
                with contextlib.suppress(OSError):
                    file.unlink()
                    file.parent.rmdir()  # where it was the last there
