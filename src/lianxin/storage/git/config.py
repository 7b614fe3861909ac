"""A clone's own settings, changed whole or not at all.

A git that is killed while it writes them leaves ``config.lock`` in nobody's name, and no git writes them again until
somebody takes it away. So git is given a copy, and the copy takes their place.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from lianxin.core.error import LianxinError
from lianxin.storage.git.repo import Repo

#: So long is waited for a git that is writing them (seconds).
_WAIT, _POLL = 5.0, 0.05


def configure(repo: Repo, *edits: Sequence[str]) -> None:
    """Make some edits, all of them at one stroke.

    Args:
        repo: The clone.
        edits: Each as ``git config`` takes it: key and value, ``--unset-all`` and a key.

    Raises:
        LianxinError: Another program is writing them, or it left its lock.
        GitError: Git does not take an edit; nothing was changed.
    """
    path = repo.common_dir / "config"
    lock = path.with_name("config.lock")
    deadline = time.monotonic() + _WAIT
    while lock.exists():
        if time.monotonic() > deadline:
            raise LianxinError(
                f"git 的设置正被别的程序改着（{lock}），等了 5 秒，没有写入；"
                "请等那个程序做完；确认没有别的 git 在运行，就删掉这个文件再来"
            )
        time.sleep(_POLL)
    folder = repo.common_dir / "lianxin"
    folder.mkdir(mode=0o700, exist_ok=True)
    fresh = folder / "config"
    fresh.with_name("config.lock").unlink(missing_ok=True)  # of a git of ours that was killed
    shutil.copy(path, fresh)
    for edit in edits:
        repo.run("config", "--file", str(fresh), *edit, check=edit[0] != "--unset-all")  # what is not there stays away
    _synced(fresh)
    fresh.replace(os.path.realpath(path))
    _synced(path.parent)


def settle(repo: Repo, settings: Iterable[tuple[str, str]]) -> None:
    """Have the clone say so; what it says already is not written."""
    wanted = [one for one in settings if repo.config(one[0]) != one[1]]
    if wanted:
        configure(repo, *wanted)


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
