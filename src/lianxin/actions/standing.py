"""Whether the ledger stands as it stood when it was last read."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from lianxin.actions.workspace import Workspace
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.snapshot import take


def standing(workspace: Workspace) -> str:
    """What tells one state of the folder from another: its commit, and the files that differ with their times.

    Raises:
        LianxinError: Git will not work there.
    """
    seen = take(workspace.root, lenient=True)
    return _told(workspace.root, seen.commit, seen.dirty)


def as_read(workspace: Workspace, book: LedgerBook) -> str:
    """The same of a book that is open."""
    return _told(workspace.root, book.commit, book.dirty)


def _told(root: Path, commit: str, dirty: Sequence[str]) -> str:
    made = sha256()
    for path in dirty:
        made.update(f"{path}\0{_touched(root / path)}\0".encode(errors="surrogateescape"))
    return f"{commit} {made.hexdigest()[:12]}"


def _touched(path: Path) -> str:
    try:
        told = path.lstat()
    except OSError:
        return ""
    return f"{told.st_mtime_ns} {told.st_size}"
