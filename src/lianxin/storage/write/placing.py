"""Putting a file in its place: whole or not at all, and safely on disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from lianxin.storage.git.disk import sync


def put(path: Path, content: bytes) -> None:
    """Replace a file at once; its permissions become its owner's alone.

    Raises:
        OSError: There is no room, or no permission; the old file stands.
    """
    place(beside(path, content), path)


def beside(path: Path, content: bytes, folder: Path | None = None, *, synced: bool = True) -> Path:
    """The content in a new file, safely on disk.

    Args:
        path: Whose place it is to take.
        content: All of it.
        folder: Where it waits, on the same disk; the place's own folder if there is none.
        synced: Else it is safe only once ``sync_all`` was called: that is quicker for many.

    Raises:
        OSError: There is no room, or no permission; nothing is left behind.
    """
    handle, name = tempfile.mkstemp(prefix=".lianxin-", suffix=".tmp", dir=folder or path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if synced:
                os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def place(temporary: Path, path: Path) -> None:
    """Let what was written elsewhere on the disk take its place."""
    temporary.replace(path)
    sync(path.parent)


def sync_all() -> None:
    """Have the disks take all that was written."""
    os.sync()


def make(folder: Path) -> None:
    """A folder with all above it, safely on disk.

    Raises:
        OSError: There is no room, or no permission.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for one in missing:
        sync(one.parent)


def sweep(folder: Path) -> None:
    """Remove what commands that died have left waiting for its place."""
    for left in folder.glob(".lianxin-*.tmp"):
        left.unlink(missing_ok=True)
