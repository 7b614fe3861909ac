"""Other people's commits under way in the same repository.

``git commit`` reads the index first and locks it only then. One that has read the old index must find it locked, else
it commits the old one and takes away what we have just committed: so the lock is held until those are gone.
"""

from __future__ import annotations

import os
import time

from lianxin.storage.git.repo import Repo

#: So long is waited for them (seconds): one that waits for its editor has HEAD moved under it, and fails.
PATIENCE = 0.5

_POLL = 0.002
#: A command line may be longer; what git is to do stands at its beginning.
_MOST = 1 << 16


def await_commits(repo: Repo) -> None:
    """Wait for the commits that are under way now. Call while git's index is locked, after it has been replaced."""
    until = time.monotonic() + PATIENCE
    waiting = [process for process in _processes() if _commits(process, repo)]
    while waiting and time.monotonic() < until:
        time.sleep(_POLL)
        waiting = [process for process in waiting if _commits(process, repo)]


def _processes() -> list[str]:
    """All of them, as far as the system tells of them as files."""
    try:
        return [f"/proc/{name}" for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208 - of hundreds
    except OSError:
        return []


def _commits(process: str, repo: Repo) -> bool:
    """Whether it is a ``git commit`` in this work tree."""
    try:
        if _told(f"{process}/comm") != b"git\n" or b"commit" not in _told(f"{process}/cmdline").split(b"\0"):
            return False
        where = os.readlink(f"{process}/cwd")  # noqa: PTH115 - beside the others
    except PermissionError:  # somebody else's: perhaps here
        return True
    except OSError:  # it has ended
        return False
    return f"{where}/".startswith(f"{repo.top}/")


def _told(path: str) -> bytes:
    """What the system says there, all of it at once: a quarter of what a file object takes."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(handle, _MOST)
    finally:
        os.close(handle)
