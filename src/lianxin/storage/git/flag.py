"""Files that git was told to take for unchanged, or to forget: what it says of them is not what the folder holds."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from lianxin.core.text.pattern import late
from lianxin.storage.git.disk import read_file
from lianxin.storage.git.process.call import start
from lianxin.storage.git.repo import Repo
from lianxin.storage.git.status import Status, parts

#: Lists every file of git's index behind a letter that tells its flags.
LISTED = ("ls-files", "-v", "-z")
SKIPPED, ASSUMED = "skip-worktree", "assume-unchanged"

#: What a file without a flag is listed with, an unmerged one too.
_PLAIN = rb"HM"
#: So long (bytes) is what the index ends with.
_CHECKSUM = 20
_FLAGGED = late(rb"(?:\A|\0)[^" + _PLAIN + rb"]")


class Unflagged:
    """What is known of git's index: that, as it stands, no file of the data folder bears a flag.

    Git has to be asked only when the index is another one than the last time. Which one it is its checksum says; that
    it is the very file, and no note that came with a folder from elsewhere, its inode and the time of its last change.

    Attributes:
        known: Git was asked of this very index before, and named no file.
    """

    def __init__(self, repo: Repo) -> None:
        self._index = repo.git_dir / "index"
        self._note = repo.git_dir / "lianxin" / "unflagged"
        self._prefix = repo.prefix
        self._state = self._now()
        self.known = bool(self._state) and self._noted() == self._state

    def told(self, output: bytes) -> dict[str, str]:
        """The flag of each file that bears one, by its path, as git lists them; when none does that is noted.

        Nothing is noted of an index that has been replaced since this was made, which is before git was asked.
        """
        flags = flagged(output)
        if self._state and not flags and self._now() == self._state:
            with suppress(OSError):  # it is asked again
                self._note.parent.mkdir(mode=0o700, exist_ok=True)
                with open(self._note, "wb", opener=_at_once) as file:
                    file.write(self._state)
        return flags

    def _noted(self) -> bytes:
        try:
            return read_file(self._note) or b""
        except OSError:
            return b""

    def _now(self) -> bytes:
        """The index as it stands; empty where that cannot be told."""
        try:
            with open(self._index, "rb", buffering=0, opener=_at_once) as file:
                about = os.fstat(file.fileno())
                file.seek(-_CHECKSUM, os.SEEK_END)
                checksum = file.read(_CHECKSUM)
        except OSError:
            return b""
        if not checksum.strip(b"\0"):  # index.skipHash
            return b""
        told = f"{about.st_ino} {about.st_ctime_ns} {about.st_size} {checksum.hex()} {self._prefix}"
        return os.fsencode(told)


def _at_once(path: str, flags: int) -> int:
    """Open what may be a pipe."""
    return os.open(path, flags | os.O_NONBLOCK, 0o600)


def asked_for(root: Path) -> subprocess.Popen[bytes]:
    """Git at work on the list of a folder's files with their flags; for ``Unflagged``, which was made before."""
    return start(root, LISTED, guarded=False)


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
