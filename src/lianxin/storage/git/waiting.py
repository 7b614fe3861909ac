"""Git waits for ever on a pipe that stands where it reads a file of its own; such a one is found before it does."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path
from threading import Timer

from lianxin.core.error import LianxinError
from lianxin.core.problem import spelt

#: What git opens by these names in any folder of a work tree.
_READ = (".gitignore", ".gitattributes", ".mailmap", ".gitmodules")
#: Git answers in this time (seconds), or it is looked for what keeps it.
_PATIENCE = 3.0
#: Its store of objects is large, and read by name.
_STORE = ("objects", "lfs")


class WaitingError(LianxinError):
    """Something that is no file stands where git reads one."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{spelt(str(path))} 不是普通文件（是管道或设备），git 会一直等它；请把它移开再来")


def ready(folder: Path) -> None:
    """Look at the files that git reads in a folder and in those above it, up to the work tree's top.

    Raises:
        WaitingError: One of them is a pipe or a device.
    """
    for place in (folder, *folder.parents):
        for name in _READ:
            _pass(place / name)
        if (place / ".git").exists():
            return


def answered(process: subprocess.Popen[bytes], folder: Path, told: bytes | None = None) -> tuple[bytes, bytes]:
    """What a git process says in the end; it may take its time, but not wait for what never comes.

    Args:
        process: Set to work in ``folder``.
        folder: The data folder, or one above it.
        told: What it reads.

    Raises:
        WaitingError: It reads from a pipe or a device; it was ended.
    """
    found: list[WaitingError] = []

    def look() -> None:
        try:
            _search(folder)
        except WaitingError as error:
            found.append(error)
            process.kill()

    watch = Timer(_PATIENCE, look)  # a timeout of communicate() would forget what is still to be told
    watch.start()
    try:
        said = process.communicate(told)
    finally:
        watch.cancel()
        watch.join()
    if found:
        raise found[0]
    return said


def _search(folder: Path) -> None:
    """Every file that git may be reading now."""
    top = next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder)
    for where, folders, names in os.walk(top):
        place = Path(where)
        own = ".git" in place.relative_to(top).parts
        if own:
            folders[:] = [name for name in folders if name not in _STORE]
        for name in names if own else _READ:
            _pass(place / name)


def _pass(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return
    if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):  # a socket is not opened at all, and git keeps one of its own
        raise WaitingError(path)
