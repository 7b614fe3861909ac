"""Numbers once given out: those of records that history has lost again are kept in mind, so that none is given twice.

Only an undo, and a commit that is not of this tool (``git revert``, ``git rm``), deletes a record. Each is looked into
once; what was found, and up to which commits, is kept beside the index. It may be removed: then all of history is gone
through again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from lianxin.core.error import LianxinError
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import Repo
from lianxin.storage.git.status import parts
from lianxin.storage.index.store import location
from lianxin.storage.write.placing import put

#: What commits delete; a merge is compared with each of its parents.
_LOST = ("log", "-z", "-m", "--format=", "--name-only", "--no-renames", "--diff-filter=D", "--ignore-missing")
#: But not those of this tool, which say their step and delete nothing, an undo alone excepted.
_MAY_LOSE = ("--extended-regexp", "--invert-grep", "--grep=^Step: ([^u]|u[^n])")

#: Stands before a commit in an answer that else holds paths.
_COMMIT = "\x01"

#: Whose history counts, besides the commit in hand.
BRANCHES = ("refs/heads", "refs/remotes")


class _Kept(Struct, frozen=True):
    """What is known.

    Attributes:
        looked: The commits up to which history was looked through.
        highest: The highest number by what stands before it: ``WT-2026-A`` → 71.
    """

    looked: tuple[str, ...]
    highest: dict[str, int]


def highest(repo: Repo, stem: str) -> int:
    """The highest number after a stem that was given out here or is lost; 0 for none. Call under the journal's lock."""
    kept = _kept(repo)
    ends = repo.run("for-each-ref", "--format=%(objectname)", *BRANCHES).decode().split()
    tips = tuple(sorted({repo.head(), *ends} - {""}))
    if tips != kept.looked:
        lost = repo.run(*_LOST, *_MAY_LOSE, *tips, "--not", *kept.looked, "--") if tips else b""
        inside = (path.strip("\n").removeprefix(repo.prefix) for path in parts(lost))
        kept = _Kept(tips, _raised(kept.highest, inside))
        _keep(repo, kept)
    return kept.highest.get(stem, 0)


def keep(repo: Repo, paths: Iterable[str]) -> None:
    """Keep in mind the numbers of records just written, should the very commit be taken back."""
    kept = _kept(repo)
    _keep(repo, _Kept(kept.looked, _raised(kept.highest, paths)))


def used_before(repo: Repo, paths: Sequence[str]) -> str:
    """The first of some files that the commit in hand, or any of a branch, has ever held; empty when there is none."""
    if not paths:
        return ""
    tips = ("HEAD",) if repo.head() else ()  # none on a branch without a commit yet
    where = (*tips, "--branches", "--remotes", "--", *(repo.prefix + path for path in paths))
    told = repo.run("log", "-z", "--format=", "--name-only", "--no-renames", "--full-history", *where)
    held = {path.strip("\n").removeprefix(repo.prefix) for path in parts(told)}
    return next((path for path in paths if path in held), "")


def taken_back(repo: Repo, commit: str, folder: str) -> dict[str, str]:
    """The files of a folder that were deleted in the history of a commit: in which commit, shortened, the last time."""
    words = ("log", "-z", "-m", f"--format={_COMMIT}%h", "--name-only", "--no-renames", "--diff-filter=D")
    found: dict[str, str] = {}
    at = ""
    for part in parts(repo.run(*words, commit, "--", repo.prefix + folder)):
        told = part.strip("\n")
        if told.startswith(_COMMIT):
            at = told.removeprefix(_COMMIT)
        elif told:
            found.setdefault(told.removeprefix(repo.prefix), at)
    return found


def _raised(known: dict[str, int], paths: Iterable[str]) -> dict[str, int]:
    raised = dict(known)
    for path in paths:
        if found := re.fullmatch(r"(?:.*/)?([A-Z]+-(?:\d{4}-)?[A-Z]+)(\d+)\.yaml", path):
            raised[found[1]] = max(raised.get(found[1], 0), int(found[2]))
    return raised


def _path(repo: Repo) -> Path:
    return location(repo).with_suffix(".given")


def _kept(repo: Repo) -> _Kept:
    try:
        told: Any = json.loads(ordinary(_path(repo)))
        return _Kept(tuple(map(str, told["looked"])), {str(stem): int(top) for stem, top in told["highest"].items()})
    except (LianxinError, OSError, ValueError, TypeError, KeyError, AttributeError):
        return _Kept((), {})


def _keep(repo: Repo, kept: _Kept) -> None:
    with suppress(OSError):  # history is looked through again
        _path(repo).parent.mkdir(mode=0o700, exist_ok=True)
        put(_path(repo), json.dumps({"looked": kept.looked, "highest": kept.highest}).encode())
