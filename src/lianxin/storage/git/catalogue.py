"""Git's own list of the commits with what paths each changed: by it a record's history is found without reading all.

Git keeps none by itself where nobody runs its upkeep, and reads all trees of all commits then. The list only tells what
the commits say already: it may go at any time, and an answer is the same with it and without.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from lianxin.storage.git.repo import Repo

#: So many commits that are not in the list are read at once; so many are put into it while somebody waits for something
#: else, in about four seconds.
FEW, MANY = 2_000, 20_000
#: Where it stands, and what is there while somebody writes it; the second of each is of older makers.
_PLACES = ("commit-graphs/commit-graph-chain", "commit-graph")
#: The commit up to which it was brought, in our own folder.
_NOTE = "lianxin/catalogue"


def locks(repo: Repo) -> Iterator[Path]:
    """What keeps others from writing the list, be it left by one who died."""
    return (repo.common_dir / "objects" / "info" / f"{place}.lock" for place in _PLACES)


def behind(repo: Repo) -> int:
    """How many commits the list lacks, as far as ``MANY``; nought where they are too few to be slow."""
    listed = _listed(repo)
    words = ("rev-list", "--count", f"--max-count={MANY + 1}", "HEAD", *((f"^{listed}",) if listed else ()))
    count = int(repo.run(*words, check=False) or 0)
    return count if count > FEW else 0


def _listed(repo: Repo) -> str:
    """The commit up to which the list goes; empty where there is no list, or nobody knows."""
    info = repo.common_dir / "objects" / "info"
    if not any((info / place).is_file() for place in _PLACES):
        return ""
    try:
        noted = (repo.common_dir / _NOTE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return repo.commit_of(noted) if noted.isalnum() else ""


def keep_up(repo: Repo, *, whole: bool = False) -> None:
    """Bring the list up to HEAD where it is behind.

    Where it cannot be written, or somebody is writing it, nothing is done: it is there for speed alone.

    Args:
        whole: However much it lacks; else that is left to ``doctor`` and ``backup``.
    """
    lacking = behind(repo)
    info = repo.common_dir / "objects" / "info"
    if not lacking or (lacking > MANY and not whole) or any(lock.exists() for lock in locks(repo)):
        return
    if not os.access(info, os.W_OK):
        return
    head = repo.head()
    repo.run("commit-graph", "write", "--reachable", "--changed-paths", "--split", "--no-progress", check=False)
    note = repo.common_dir / _NOTE
    with contextlib.suppress(OSError):
        note.parent.mkdir(mode=0o700, exist_ok=True)
        note.write_text(f"{head}\n", encoding="ascii")
