"""The letter of this clone and the mark of its machine and folder, in ``.git/config``: a clone copies neither.

A folder that is copied with its ``.git`` takes both along; then the mark is of another place. A folder that was only
moved is the same folder still (its inode), and one that was put back where it was stands at the same path.
"""

from __future__ import annotations

import hashlib
import os
import platform
import uuid
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from lianxin.policies.station import LETTERS
from lianxin.storage.git.config import configure
from lianxin.storage.git.repo import Repo

_LETTER, _CLAIM, _MARK = "lianxin.station", "lianxin.claim", "lianxin.mark"
_MACHINE = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
#: So many hexadecimal digits tell machines apart.
_DIGITS = 16


class Kept(Struct, frozen=True):
    """What a clone knows of itself.

    Attributes:
        letter: Empty where it has none.
        claim: The mark under which that stands in ``stations.yaml``; empty where nothing was claimed.
        marks: The places it may stand at, each ``machine path inode``.
    """

    letter: str = ""
    claim: str = ""
    marks: tuple[str, ...] = ()


def kept(repo: Repo) -> Kept:
    """What stands in this clone's ``.git/config``."""
    told = repo.run("config", "--local", "-z", "--get-regexp", r"^lianxin\.(station|claim|mark)$", check=False)
    found: dict[str, list[str]] = {_LETTER: [], _CLAIM: [], _MARK: []}
    for line in told.decode(errors="replace").split("\0"):
        key, _, value = line.partition("\n")
        found.get(key, []).append(value)
    letter, claim = ((found[key] or [""])[-1] for key in (_LETTER, _CLAIM))
    return Kept(letter, claim, tuple(found[_MARK]))


def letter_of(repo: Repo) -> str:
    """The letter that this clone's numbers bear; the first one where it has none yet."""
    return kept(repo).letter or LETTERS[0]


def keep(repo: Repo, letter: str, claim: str = "") -> None:
    """Be the desk of that letter from now on, here; other places it was one at before are kept in mind.

    Args:
        repo: The clone.
        letter: Its desk's.
        claim: The mark it was claimed under, if it was.
    """
    configure(repo, *_kept_as(repo, letter, claim))


def renewed(repo: Repo, letter: str, claim: str) -> None:
    """Be the desk of that letter from now on, here and nowhere else."""
    configure(repo, ("--unset-all", _MARK), *_kept_as(repo, letter, claim))


def _kept_as(repo: Repo, letter: str, claim: str) -> Iterator[tuple[str, ...]]:
    yield _LETTER, letter
    if claim:
        yield _CLAIM, claim
    yield _placed(repo)


def settle(repo: Repo) -> None:
    """Note the place where the clone stands, in place of what was noted of this machine."""
    configure(repo, _placed(repo))


def _placed(repo: Repo) -> tuple[str, ...]:
    here = mark_here(repo)
    return "--replace-all", _MARK, here, f"^{here.partition(' ')[0]} "


def at_home(repo: Repo, marks: tuple[str, ...]) -> bool:
    """Whether a clone stands on one of its machines, in its folder or at its place."""
    machine, path, inode = mark_here(repo).split(" ")
    known = [mark.split(" ") for mark in marks]
    return any(one[0] == machine and (path in one[1:2] or inode in one[2:]) for one in known)


def mark_here(repo: Repo) -> str:
    """Machine and place of a clone, each digested: nobody can tell from it which they are."""
    machine = _machine()
    return " ".join(
        (_digest(machine), _digest(machine, os.fsencode(repo.common_dir)), str(repo.common_dir.stat().st_ino))
    )


def claim_mark(repo: Repo, salt: str) -> str:
    """What a claim is known by: of this clone and this moment."""
    return _digest(mark_here(repo).encode(), salt.encode())


def _machine() -> bytes:
    for path in _MACHINE:
        try:
            if told := path.read_bytes().strip():
                return told
        except OSError:
            continue
    return f"{platform.node()} {uuid.getnode()}".encode()


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"lianxin\0" + b"\0".join(parts)).hexdigest()[:_DIGITS]
