"""The one place where the ``git`` program is started: argument lists, and nothing that a folder would have it run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO

from lianxin.core.error import LianxinError
from lianxin.storage.git.process.child import starting
from lianxin.storage.git.process.guard import GUARD, LOOKED_FOR, environment, stand_ins
from lianxin.storage.git.process.trouble import refusal
from lianxin.storage.git.process.waiting import answered, ready

#: Pathspecs are names, never patterns.
_GIT = ("git", "--literal-pathspecs", "--no-pager")


class NoGitError(LianxinError):
    """There is no git on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "找不到 git 程序（不在 PATH 里）；没有安装的请先安装（如 sudo apt install git），"
            "定时任务里请把 PATH=/usr/local/bin:/usr/bin:/bin 写在前面"
        )


class OldGitError(LianxinError):
    """Git is older than what guards it: settings told in the environment came with 2.31."""

    def __init__(self) -> None:
        super().__init__("这台机器的 git 太旧，要 2.31 以上；请升级（如 sudo apt install git，或装新的系统）")


#: What ``git config`` answers when it finds no such setting.
_NONE = 1


#: Names a repository to git, where it is not to look for one.
WHERE = "GIT_DIR"


@lru_cache(maxsize=64)
def _named(folder: Path, where: str = "") -> tuple[tuple[str, str], ...]:
    """What stands in for the filters, drivers and the like that the configuration of a folder names.

    Asked once a process: reading the configuration runs nothing, and what it says is the same for every call.

    Args:
        folder: Where git is to work.
        where: The repository, if git is told it.

    Raises:
        OldGitError: It would not heed what stands in.
    """
    asked = ("config", "-z", "--show-scope", "--name-only", "--get-regexp", LOOKED_FOR)
    process = _popen(folder, asked, environment() | ({WHERE: where} if where else {}))
    words = os.fsdecode(answered(process, folder)[0]).split("\0")
    names = words[1::2]
    if GUARD not in names and process.returncode in (0, _NONE):
        raise OldGitError
    return stand_ins(zip(words[::2], names, strict=False))


def _popen(
    folder: Path,
    args: Sequence[str],
    env: Mapping[str, str],
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    held: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    try:
        with starting() as known:
            process = subprocess.Popen(
                (*_GIT, *args),
                cwd=folder,
                env=env,
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=held,
            )
            known.add(process)
    except (FileNotFoundError, PermissionError) as error:
        if error.filename != _GIT[0]:
            raise  # it is the folder
        raise NoGitError from None
    return process


def start(
    folder: Path,
    args: Sequence[str],
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    *,
    guarded: bool = True,
    env: Mapping[str, str] | None = None,
    held: Sequence[int] = (),
    settings: Sequence[tuple[str, str]] = (),
) -> subprocess.Popen[bytes]:
    """Set ``git ARGS`` to work in a folder.

    Args:
        guarded: Its configuration was looked through first; False only for what heeds no filter and no driver.
        env: What it is to see in the environment besides.
        held: Handles it keeps open as long as it lives.
        settings: What is to hold in place of what always does: of our own making, never a folder's.

    Raises:
        NoGitError: There is no such program.
        OldGitError: It is too old.
        WaitingError: It would read what is no file, and wait.
    """
    ready(folder)
    told = dict(env or {})
    named = _named(folder, told.get(WHERE, "")) if guarded else ()
    return _popen(folder, args, environment((*named, *settings)) | told, stdin, held)


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
    output, error = answered(process, folder, input)
    if check and process.returncode:
        raise refusal(args, process.returncode, error)
    return output
