"""Locks on a repository: the tool's own, git's on its index, and those that dead commands have left.

The tool's own lock is an ``flock``: it outlives its process by no more than the gits which that has started. Git's
``index.lock`` is taken by a hard link to a file that says whose it is: a lock that says so while we hold our own has a
dead owner. Locks on refs bear no name; one is cleared only if it is no older than a note of what was being written.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from lianxin.core.error import LianxinError, reason
from lianxin.storage.git.disk import read_file
from lianxin.storage.git.repo import Repo

#: So long is waited for one other lianxin (seconds), and so long in all, however many come before us.
LOCK_WAIT, LOCK_WAIT_ALL = 10.0, 120.0
INDEX_WAIT = 5.0  # seconds
#: So long a nameless lock must stand still before it counts as left behind.
STILL = 0.5  # seconds

_OURS = b"lianxin "
_POLL = 0.05
#: By so much the times of files may be behind the clock (seconds).
_COARSE = 0.02


@contextlib.contextmanager
def ours(repo: Repo) -> Iterator[int]:
    """Hold the tool's lock on a repository and all its work trees; its handle, for the gits that are started.

    Raises:
        LianxinError: One other lianxin held it for ten seconds; the repository cannot be written to at all.
    """
    folder = repo.common_dir / "lianxin"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = (folder / "lock").open("a+b")
    except OSError as error:
        raise LianxinError(f"{folder} 写不进去（{reason(error)}），没有写入；请检查权限和磁盘") from None
    with lock:
        begun = since = time.monotonic()
        taken = _taken_at(lock)
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                now = time.monotonic()
                if taken != (taken := _taken_at(lock)):  # another one has it by now
                    since = now
                if now - since > LOCK_WAIT or now - begun > LOCK_WAIT_ALL:
                    raise LianxinError("另一个 lianxin 正在写入，等了 10 秒还没写完，请稍后再试") from None
                time.sleep(_POLL)
            except OSError as error:
                raise LianxinError(
                    f"{folder} 所在的盘加不了锁（{reason(error)}），没有写入；请把台账放在本机的盘上"
                ) from None
        with contextlib.suppress(OSError):  # those who wait are only less patient
            lock.truncate(0)
            lock.write(str(os.getpid()).encode())
            lock.flush()
        try:
            yield lock.fileno()
        finally:
            with contextlib.suppress(OSError):
                os.utime(lock.fileno())  # who has looked meanwhile looks again


def at_work(repo: Repo, since: float) -> bool:
    """Whether another lianxin is writing, or has been since a moment (Unix time)."""
    try:
        with (repo.common_dir / "lianxin" / "lock").open("rb") as lock:
            if lock.read() == str(os.getpid()).encode():
                return False  # it is we
            if os.fstat(lock.fileno()).st_mtime >= since - _COARSE:
                return True
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # nobody has ever written, or nobody can
        return False
    return False


def _taken_at(lock: IO[bytes]) -> int:
    """When somebody last got the lock, or gave it free."""
    return os.fstat(lock.fileno()).st_mtime_ns


def index_lock(repo: Repo) -> Path:
    """Git's lock on its index."""
    return repo.git_dir / "index.lock"


@contextlib.contextmanager
def indexed(repo: Repo) -> Iterator[None]:
    """Hold git's lock on its index, so that nobody commits from an index that does not know yet what we commit.

    Call while holding our own lock: one of a lianxin's is then a dead one's, and is taken over.

    Raises:
        LianxinError: Another program held it for five seconds; it cannot be made.
    """
    lock, marker = index_lock(repo), repo.git_dir / "lianxin" / "index.lock"
    try:
        marker.parent.mkdir(mode=0o700, exist_ok=True)
        marker.unlink(missing_ok=True)  # a dead one's may be the lock itself
        with marker.open("wb") as file:
            _name(file)
        deadline = time.monotonic() + INDEX_WAIT
        while not (_taken(marker, lock) or _taken_over(repo, marker)):
            if time.monotonic() > deadline:
                raise LianxinError(
                    f"git 正被别的程序占着（{lock}），等了 5 秒，没有写入；"
                    "请等那个程序做完；确认没有别的 git 在运行，就删掉这个文件再来"
                )
            time.sleep(_POLL)
    except OSError as error:
        raise LianxinError(f"{lock} 写不进去（{reason(error)}），没有写入；请检查权限和磁盘") from None
    try:
        yield
    finally:
        for path in (lock, marker):
            with contextlib.suppress(OSError):  # a disk that takes nothing more: the next command clears it
                path.unlink()


def _name(lock: IO[bytes]) -> None:
    """Say whose a lock is, safely on disk: one that a power cut has emptied would be nobody's."""
    lock.write(_OURS + str(os.getpid()).encode() + b"\n")
    lock.flush()
    os.fsync(lock.fileno())


def _taken(marker: Path, lock: Path) -> bool:
    """Whether the lock is ours now; not while somebody else has it."""
    try:
        os.link(marker, lock)
    except FileExistsError:
        return False
    except OSError:  # a disk without links
        try:
            with lock.open("xb") as file:
                _name(file)
        except FileExistsError:
            return False
    return True


def _taken_over(repo: Repo, marker: Path) -> bool:
    """Whether the lock was a dead lianxin's, and is ours now: at no moment it is nobody's."""
    if not marked(repo):
        return False
    marker.replace(index_lock(repo))
    return True


def marked(repo: Repo) -> bool:
    """Whether git's index is locked by a lianxin; while we hold our own lock, by one that is dead."""
    try:
        return (read_file(index_lock(repo)) or b"").startswith(_OURS)
    except OSError:
        return False


def left_on_refs(repo: Repo) -> list[Path]:
    """Locks on the branch in hand and on HEAD, whosever they are."""
    try:
        head = (repo.git_dir / "HEAD").read_text(errors="replace").strip().removeprefix("ref: ")
    except OSError:
        return []
    found = [repo.git_dir / "HEAD.lock"]
    if head.startswith("refs/"):
        found.append(repo.common_dir / f"{head}.lock")
    return [lock for lock in found if lock.exists()]


def free(repo: Repo) -> None:
    """Give git's index free that a dead command of ours has locked. Call while holding our own lock.

    What it was writing must have been finished first: until then the index may not know of what HEAD has.
    """
    if marked(repo):
        _remove(index_lock(repo))


@contextlib.contextmanager
def fetching(repo: Repo) -> Iterator[None]:
    """While a git of ours has objects from elsewhere, which it does without our own lock.

    Should it be killed, or fail, a note stays: the next command that writes looks for what it has left.
    """
    note = _note(repo)
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError):  # nothing that can be noted can be fetched: git will say why
            note.parent.mkdir(mode=0o700, exist_ok=True)
            fcntl.flock(held.enter_context(note.open("wb")), fcntl.LOCK_SH)
        yield
        with contextlib.suppress(OSError):
            note.unlink()


def _note(repo: Repo) -> Path:
    return repo.common_dir / "lianxin" / "fetching"


def _fetched(repo: Repo) -> float | None:
    """When something that never came to its end was begun to be fetched; None: nothing, or it is still at it."""
    try:
        with _note(repo).open("rb") as note:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.fstat(note.fileno()).st_mtime
    except OSError:  # BlockingIOError among them
        return None


def clear_git(repo: Repo, since: float | None) -> None:
    """Take away what a git of ours has left that is at an end: locks on refs, half-written objects.

    Even one that did what it was told leaves them, where the disk would not remove them. Call while holding our own
    lock.

    Args:
        repo: Where.
        since: When what was being written was noted; None when nothing was.
    """
    fetched = _fetched(repo)
    noted = [moment for moment in (since, fetched) if moment is not None]
    if not noted:
        return
    found = (*left_on_refs(repo), *(repo.common_dir / "refs" / "remotes").rglob("*.lock"), *_litter(repo))
    seen = {path: about for path in found if (about := _about(path)) and about[1] >= min(noted) - _COARSE}
    if seen:
        time.sleep(STILL)  # somebody else's is gone by then, or another
    for path, about in seen.items():
        if _about(path) == about:
            _remove(path)
    if fetched is not None:
        _remove(_note(repo))


def freed(*left: Path, still: float = STILL) -> bool:
    """Whether a dead git has left something in a repository that is only met at, a lock or half an object; it is gone.

    Args:
        left: What may be it; what somebody is still writing to stays.
        still: For so long it must stand still (seconds).
    """
    seen = {path: about for path in left if (about := _about(path))}
    time.sleep(still if seen else 0)
    dead = [path for path, about in seen.items() if _about(path) == about]
    for path in dead:
        _remove(path)
    return any(not path.exists() for path in dead)


def _remove(lock: Path) -> None:
    with contextlib.suppress(OSError):  # whoever needs it free will say why it is not
        lock.unlink()


def _litter(repo: Repo) -> list[Path]:
    """What a git writes objects to: should it die, villagers' words are left in it."""
    found = [*repo.git_dir.glob("fast_import_crash_*")]
    for folder in (repo.common_dir / "objects").iterdir():
        with contextlib.suppress(OSError):  # somebody's gc has packed it meanwhile, and taken it away
            found += folder.glob("tmp_*")
    return found


def _about(path: Path) -> tuple[int, float, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime, found.st_size
