"""Putting a file in its place: whole or not at all, and safely on disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Replace a file at once; its permissions become its owner's alone.

    Raises:
        OSError: There is no room, or no permission; the old file stands.
    """
    place(beside(path, content), path)


def beside(path: Path, content: bytes) -> Path:
    """The content in a new file of the same folder, safely on disk.

    Raises:
        OSError: There is no room, or no permission; nothing is left behind.
    """
    handle, name = tempfile.mkstemp(prefix=".lianxin-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def place(temporary: Path, path: Path) -> None:
    """Let what was written beside a file take its place."""
    temporary.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove what commands that died have left beside their files."""
    for left in folder.glob(".lianxin-*.tmp"):
        left.unlink(missing_ok=True)
