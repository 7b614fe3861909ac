"""Changing a whole folder at once: a copy beside it is worked on, then the two change places."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
from pathlib import Path

from lianxin.storage.git.disk import sync

_AT_FDCWD = -100
_EXCHANGE = 2


def _beside(folder: Path, what: str) -> Path:
    """A name that nobody gives a folder of his own: what is found there may be thrown away."""
    return folder.with_name(f".lianxin-{folder.name}.{what}")


def recover(folder: Path) -> None:
    """Clear away what an interrupted run has left behind.

    Raises:
        OSError: It cannot be.
    """
    old = _beside(folder, "old")
    if old.exists() and not folder.exists():
        old.rename(folder)  # interrupted between two renames
    discard(old)
    discard(_beside(folder, "new"))


def begin(folder: Path) -> Path:
    """A copy of the folder, its files hard links: what is not written anew stays the very file it was.

    Raises:
        OSError: It cannot be made there.
    """
    fresh = _beside(folder, "new")
    fresh.mkdir(mode=0o700, parents=True)
    if folder.is_dir():
        shutil.copytree(folder, fresh, copy_function=link, dirs_exist_ok=True, symlinks=True)
        fresh.chmod(0o700)
    return fresh


def link(source: str | Path, target: str | Path) -> str | Path:
    """Let a file stand in a second place too: the very file, or a copy where the disk has no links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # a disk without links, or one too many
        shutil.copy2(source, target, follow_symlinks=False)
    return target


def finish(fresh: Path, folder: Path) -> None:
    """Put the copy in the folder's place, once all of it is on the disk.

    Raises:
        OSError: It cannot be; the folder is as it was.
    """
    _settle(fresh)
    _replace(fresh, folder)
    with contextlib.suppress(OSError):  # they have changed places, whatever the disk says now
        sync(folder.parent)


def _settle(fresh: Path) -> None:
    """Have the disk take what is new, or a power cut would leave empty files behind good names."""
    for where, _folders, names in os.walk(fresh):
        for name in names:
            path = Path(where, name)
            if path.lstat().st_nlink == 1 and not path.is_symlink():
                sync(path)
        sync(Path(where))


def _replace(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    if _exchanged(fresh, folder):
        discard(fresh)
        return
    old = _beside(folder, "old")
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    discard(old)


def discard(fresh: Path) -> None:
    """Throw the copy away."""
    shutil.rmtree(fresh, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)
