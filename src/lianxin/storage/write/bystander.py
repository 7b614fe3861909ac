"""Other people's commits under way in the same repository.

``git commit`` reads the index first and locks it only then. One that has read the old index must find it locked, else
it commits the old one and takes away what we have just committed: so the lock is held until those are gone.
"""

from __future__ import annotations

import time
from pathlib import Path

from lianxin.storage.git.repo import Repo

#: So long is waited for them (seconds): one that waits for its editor has HEAD moved under it, and fails.
PATIENCE = 0.5

_POLL = 0.002


def await_commits(repo: Repo) -> None:
    """Wait for the commits that are under way now. Call while git's index is locked, after it has been replaced."""
    until = time.monotonic() + PATIENCE
    waiting = [process for process in _processes() if _commits(process, repo)]
    while waiting and time.monotonic() < until:
        time.sleep(_POLL)
        waiting = [process for process in waiting if _commits(process, repo)]


def _processes() -> list[Path]:
    """All of them, as far as the system tells of them as files."""
    try:
        return [path for path in Path("/proc").iterdir() if path.name.isdigit()]
    except OSError:
        return []


def _commits(process: Path, repo: Repo) -> bool:
    """Whether it is a ``git commit`` in this work tree."""
    try:
        if (process / "comm").read_bytes() != b"git\n" or b"commit" not in (process / "cmdline").read_bytes().split(
            b"\0"
        ):
            return False
        where = (process / "cwd").readlink()
    except PermissionError:  # somebody else's: perhaps here
        return True
    except OSError:  # it has ended
        return False
    return f"{where}/".startswith(f"{repo.top}/")
