"""The one place where the ``git`` program is started: argument lists, and nothing that a folder would have it run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO

from lianxin.core.error import LianxinError
from lianxin.storage.git_guard import LOOKED_FOR, environment, stand_ins
from lianxin.storage.git_trouble import refusal

#: Pathspecs are names, never patterns.
_GIT = ("git", "--literal-pathspecs", "--no-pager")


class NoGitError(LianxinError):
    """There is no git on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "找不到 git 程序（不在 PATH 里）；没有安装的请先安装（如 sudo apt install git），"
            "定时任务里请把 PATH=/usr/local/bin:/usr/bin:/bin 写在前面"
        )


@lru_cache(maxsize=64)
def _named(folder: Path) -> tuple[tuple[str, str], ...]:
    """What stands in for the filters, drivers and the like that the configuration of a folder names.

    Asked once a process: reading the configuration runs nothing, and what it says is the same for every call.
    """
    process = _popen(folder, ("config", "-z", "--name-only", "--get-regexp", LOOKED_FOR), environment())
    return stand_ins(os.fsdecode(process.communicate()[0]).split("\0"))


def _popen(
    folder: Path,
    args: Sequence[str],
    env: Mapping[str, str],
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    held: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            (*_GIT, *args),
            cwd=folder,
            env=env,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=held,
        )
    except (FileNotFoundError, PermissionError) as error:
        if error.filename != _GIT[0]:
            raise  # it is the folder
        raise NoGitError from None


def start(
    folder: Path,
    args: Sequence[str],
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    *,
    guarded: bool = True,
    env: Mapping[str, str] | None = None,
    held: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Set ``git ARGS`` to work in a folder.

    Args:
        guarded: Its configuration was looked through first; False only for what heeds no filter and no driver.
        env: What it is to see in the environment besides.
        held: Handles it keeps open as long as it lives.

    Raises:
        NoGitError: There is no such program.
    """
    return _popen(folder, args, environment(_named(folder) if guarded else ()) | dict(env or {}), stdin, held)


def call(
    folder: Path,
    args: Sequence[str],
    input: bytes | None = None,  # noqa: A002 - as in subprocess
    *,
    check: bool = True,
    env: Mapping[str, str] | None = None,
    held: Sequence[int] = (),
) -> bytes:
    """What ``git ARGS`` prints.

    Raises:
        GitError: Git failed, and ``check``.
        NoGitError: There is no such program.
    """
    process = start(folder, args, subprocess.DEVNULL if input is None else subprocess.PIPE, env=env, held=held)
    output, error = process.communicate(input)
    if check and process.returncode:
        raise refusal(args, process.returncode, error)
    return output
