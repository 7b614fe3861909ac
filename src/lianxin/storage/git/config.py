"""A clone's own settings, changed whole or not at all.

A git that is killed while it writes them leaves ``config.lock`` in nobody's name, and no git writes them again until
somebody takes it away. So git is given a copy, and the copy takes their place. What is worked on bears our name, and is
held by an ``flock`` of its own: one that nobody holds was left by the dead, and whoever writes next clears it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from lianxin.core.error import LianxinError, reason
from lianxin.storage.git.disk import sync
from lianxin.storage.git.repo import Repo

#: So long is waited for whoever else is writing them (seconds).
_WAIT, _POLL = 5.0, 0.05


def configure(repo: Repo, *edits: Sequence[str]) -> None:
    """Make some edits, all of them at one stroke.

    Args:
        repo: The clone.
        edits: Each as ``git config`` takes it: key and value, ``--unset-all`` and a key.

    Raises:
        LianxinError: Another program is writing them, or it left its lock; the disk would not.
        GitError: Git does not take an edit; nothing was changed.
    """
    deadline = time.monotonic() + _WAIT
    try:
        with _held(repo, deadline) as ours:
            while not _edited(ours, edits, deadline):
                time.sleep(_POLL)
    except OSError as error:
        raise LianxinError(f"git 的设置写不进去（{reason(error)}），没有写入；请检查权限和磁盘") from None


def settle(repo: Repo, settings: Iterable[tuple[str, str]]) -> None:
    """Have the clone say so; what it says already is not written."""
    wanted = [one for one in settings if repo.config(one[0]) != one[1]]
    if wanted:
        configure(repo, *wanted)


def clear(repo: Repo) -> None:
    """Take away what somebody who died on the way has left; not what is being worked on."""
    if any(path.exists() for path in _worked_on(repo)):
        with contextlib.suppress(OSError, LianxinError), _held(repo, time.monotonic()):
            pass


def _worked_on(repo: Repo) -> tuple[Path, Path]:
    """The copy, and git's own lock on it."""
    fresh = repo.common_dir / "lianxin" / "config"
    return fresh, fresh.with_name("config.lock")


@contextlib.contextmanager
def _held(repo: Repo, deadline: float) -> Iterator[Repo]:
    """Be the only lianxin that writes them, gits that one has left at work included; nothing stays of the copy."""
    fresh = _worked_on(repo)
    fresh[0].parent.mkdir(mode=0o700, exist_ok=True)
    with fresh[0].with_name("settings").open("ab") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise LianxinError("另一个 lianxin 正在改 git 的设置，等了 5 秒，没有写入，请稍后再试") from None
                time.sleep(_POLL)
        try:
            for path in fresh:
                path.unlink(missing_ok=True)
            yield replace(repo, held=(*repo.held, file.fileno()))
        finally:
            for path in fresh:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)


def _edited(repo: Repo, edits: Sequence[Sequence[str]], deadline: float) -> bool:
    """Make them, unless another git has written meanwhile, or is at it.

    Raises:
        LianxinError: It goes on and on.
    """
    path, fresh = repo.common_dir / "config", _worked_on(repo)[0]
    lock = path.with_name("config.lock")
    if lock.exists():
        if time.monotonic() > deadline:
            raise LianxinError(
                f"git 的设置正被别的程序改着（{lock}），等了 5 秒，没有写入；"
                "请等那个程序做完；确认没有别的 git 在运行，就删掉这个文件再来"
            )
        return False
    held = path.read_bytes()
    fresh.write_bytes(held)
    fresh.chmod(path.stat().st_mode & 0o777)
    for edit in edits:
        repo.run("config", "--file", str(fresh), *edit, check=edit[0] != "--unset-all")  # what is not there stays away
    sync(fresh)
    if lock.exists() or path.read_bytes() != held:
        return False
    fresh.replace(os.path.realpath(path))
    sync(path.parent)
    return True
