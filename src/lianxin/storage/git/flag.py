"""Files that git was told to take for unchanged, or to forget: what it says of them is not what the folder holds."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from lianxin.core.text.pattern import late
from lianxin.storage.git.repo import Repo
from lianxin.storage.git.status import Status, parts

#: Lists every file of git's index behind a letter that tells its flags.
LISTED = ("ls-files", "-v", "-z")
SKIPPED, ASSUMED = "skip-worktree", "assume-unchanged"

#: What a file without a flag is listed with, an unmerged one too.
_PLAIN = rb"HM"
_FLAGGED = late(rb"(?:\A|\0)[^" + _PLAIN + rb"]")


def flagged(output: bytes) -> dict[str, str]:
    """The flag of each file that bears one, by its path relative to where git was asked."""
    if not _FLAGGED.search(output):
        return {}
    plain = _PLAIN.decode()
    return {line[2:]: SKIPPED if line[0] in "Ss" else ASSUMED for line in parts(output) if line[0] not in plain}


def seen(repo: Repo, root: Path, status: Status, flags: Mapping[str, str]) -> Status:
    """The status as it would be if git had looked at the flagged files, and at those its index lacks.

    Args:
        repo: Where.
        root: The data folder.
        status: What git says.
        flags: As ``flagged`` has them.
    """
    commit = {entry.path: entry.oid for entry in repo.tree(status.commit)} if status.commit else {}
    sparse = repo.config("core.sparseCheckout").lower() == "true"
    now = _ids(repo, root, (*flags, *status.dropped))
    same = {path for path, id_ in now.items() if id_ is None or id_ == commit.get(path)}
    present = dict.fromkeys(path for path in status.present if path not in same)
    gone, absent, left_out = dict.fromkeys(status.gone), list(status.absent), []
    for path, flag in flags.items():
        if now[path] is not None:
            if now[path] != commit.get(path):
                present[path] = None
        elif path not in commit:
            absent.append(path)
        elif flag == SKIPPED and sparse:
            left_out.append(path)
            if path in status.staged:
                absent.append(path)
        else:
            gone[path] = None
    return replace(
        status,
        present=tuple(present),
        gone=tuple(gone),
        absent=tuple(absent),
        staged=status.staged - flags.keys(),
        flagged=tuple((path, flag) for path, flag in flags.items() if path not in left_out),
        sparse=tuple(left_out),
    )


def _ids(repo: Repo, root: Path, paths: Iterable[str]) -> dict[str, str | None]:
    """The id git would give each file as it stands; None for one that is not there, empty for what is no file."""
    found: dict[str, str | None] = {path: _there(root / path) for path in paths}
    asked = [path for path, there in found.items() if there == "" and stat.S_ISREG(os.lstat(root / path).st_mode)]
    asked = [path for path in asked if "\n" not in path]
    if asked:
        names = "".join(f"{repo.prefix}{path}\n" for path in asked)
        told = repo.run("hash-object", "--stdin-paths", input=os.fsencode(names)).decode().split()
        found.update(zip(asked, told, strict=True))
    return found


def _there(path: Path) -> str | None:
    return "" if os.path.lexists(path) else None
