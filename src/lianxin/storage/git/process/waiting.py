"""Git waits for ever on a pipe that stands where it reads a file of its own; such a one is found before it does."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from lianxin.core.error import LianxinError
from lianxin.core.problem import spelt

#: What git opens by these names in any folder of a work tree.
_READ = (".gitignore", ".gitattributes", ".mailmap", ".gitmodules")
#: What it opens, or we do, in its own folder whatever it is asked.
_OWN = (
    *("HEAD", "index", "packed-refs", "shallow", "commondir", "config.worktree", "lianxin/lock"),
    *("info/exclude", "info/attributes", "info/grafts", "info/sparse-checkout"),
    *("objects/info/alternates", "objects/info/http-alternates", "objects/info/commit-graph"),
)
#: How its settings name a file of others.
_INCLUDED = re.compile(r"^\s*(?:\[[^\]\n]*\]\s*)?path\s*=\s*(.+)$", re.IGNORECASE | re.MULTILINE)
#: No file of settings is larger (bytes).
_SETTINGS = 1 << 20
#: Git answers in this time (seconds), or it is looked for what keeps it.
_PATIENCE = 3.0
#: What is answered from a few files, and all else, has this time (seconds) in all.
_SMALL, _LONGEST, _LONG = ("rev-parse", "config", "symbolic-ref"), 60.0, 600.0
#: Its store of objects is large, and read by name; what is ours it does not read.
_STORE = ("objects", "lfs", "lianxin")


class WaitingError(LianxinError):
    """Something that is no file stands where git reads one."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{spelt(str(path))} 不是普通文件（是管道或设备），git 会一直等它；请把它移开再来")


class StuckError(LianxinError):
    """Git does not answer, and nobody knows why."""

    def __init__(self, folder: Path, asked: str, seconds: float) -> None:
        super().__init__(
            f"git {asked} 等了 {seconds / 60:.0f} 分钟没有答复，已经停下；"
            f"请看 {spelt(str(folder))} 的 .git 里有没有不是普通文件的东西（管道、设备），盘是不是断开了"
        )


def ready(folder: Path) -> None:
    """Look at the files that git reads in a folder and in those above it, up to the work tree's top.

    Raises:
        WaitingError: One of them is a pipe or a device.
    """
    if bare(folder):
        _own(folder)
        return
    for place in (folder, *folder.parents):
        for name in _READ:
            _pass(place / name)
        if (place / ".git").exists():
            _own(place / ".git")
            return


def bare(folder: Path) -> bool:
    """Whether a folder is a repository without files around it, as far as can be told by its looks."""
    return (folder / "HEAD").exists() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def answered(process: subprocess.Popen[bytes], folder: Path, told: bytes | None = None) -> tuple[bytes, bytes]:
    """What a git process says in the end; it may take its time, but not wait for what never comes.

    Args:
        process: Set to work in ``folder``.
        folder: The data folder, or one above it.
        told: What it reads.

    Raises:
        WaitingError: It reads from a pipe or a device; it was ended.
        StuckError: It took longer than anything does; it was ended.
    """
    with watched(process, folder):
        return process.communicate(told)  # with a timeout it would forget what is still to be told


@contextmanager
def watched(process: subprocess.Popen[bytes], folder: Path) -> Iterator[None]:
    """Have somebody else look what keeps a git process while it is listened to, and end it; as ``answered``."""
    found: list[LianxinError] = []
    done = Event()
    asked = _asked(process)
    most = _LONGEST if asked in _SMALL else _LONG

    def watch() -> None:
        if done.wait(_PATIENCE):
            return
        try:
            _search(folder)
        except WaitingError as error:
            found.append(error)
        else:
            if done.wait(most - _PATIENCE):
                return
            found.append(StuckError(folder, asked, most))
        process.kill()

    watch_ = Thread(target=watch, daemon=True)
    _deaf(watch_)
    try:
        yield
    except BaseException:
        process.kill()  # nobody listens any more
        if found:
            raise found[0] from None
        raise
    finally:
        done.set()
        watch_.join()
    if found:
        raise found[0]


def _deaf(thread: Thread) -> None:
    """Start a thread that takes no signal: one that a commit holds off must not reach the process through another.

    It is still there for a moment after it was joined.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        thread.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _asked(process: subprocess.Popen[bytes]) -> str:
    """The subcommand a git was started with."""
    words = process.args if isinstance(process.args, tuple) else ()
    return next((str(word) for word in words[1:] if not str(word).startswith("-")), "")


def _own(git: Path) -> None:
    """Look at git's own folder, and at the files of settings that its settings name."""
    for name in _OWN:
        _pass(git / name, follow=True)
    left, seen = [git / "config"], set[Path]()
    while left:
        config = left.pop()
        if config in seen:
            continue
        seen.add(config)
        _pass(config, follow=True)
        try:
            if config.is_file() and config.stat().st_size <= _SETTINGS:
                named = _INCLUDED.findall(config.read_text(encoding="utf-8", errors="replace"))
                left += [config.parent / os.path.expanduser(one.strip().replace('"', "")) for one in named]  # noqa: PTH111 - it never fails
        except (OSError, ValueError):
            continue  # git will say what it thinks of it


def _search(folder: Path) -> None:
    """Every file that git may be reading now."""
    alone = bare(folder)
    top = next((place for place in (folder, *folder.parents) if alone or (place / ".git").exists()), folder)
    for where, folders, names in os.walk(top):
        place = Path(where)
        own = alone or ".git" in place.relative_to(top).parts
        if own:
            folders[:] = [name for name in folders if name not in _STORE]
        for name in names if own else _READ:
            _pass(place / name, follow=own)


def _pass(path: Path, *, follow: bool = False) -> None:
    try:
        about = path.stat(follow_symlinks=follow)
    except (OSError, ValueError):
        return
    if stat.S_ISFIFO(about.st_mode) or (
        stat.S_ISCHR(about.st_mode) and about.st_rdev != Path(os.devnull).stat().st_rdev
    ):
        raise WaitingError(path)  # a socket is not opened at all, and git keeps one of its own; nothing is soon read
