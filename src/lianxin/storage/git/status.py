"""What ``git status`` says, read apart."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct


class Status(Struct, frozen=True):
    """How the data folder differs from HEAD.

    Attributes:
        commit: HEAD; empty on an unborn branch.
        present: Paths that differ and are on disk; one that ends with ``/`` is a folder git does not look into.
        ignored: Paths on disk that git was told not to see; an empty one is the data folder itself.
        gone: Paths of HEAD that are no longer on disk.
        staged: Of ``present``: those that git takes to be the same on disk as in its index.
        unmerged: Paths whose two versions wait for somebody to choose.
        dropped: Paths of HEAD, on disk, that the next commit from git's index would delete.
        absent: Paths that are neither in HEAD nor on disk, only in git's index.
        flagged: Paths that git was told to take for unchanged, and with which of its two flags.
        sparse: Paths of HEAD that a sparse checkout leaves out of the folder.
    """

    commit: str
    present: tuple[str, ...]
    ignored: tuple[str, ...]
    gone: tuple[str, ...]
    staged: frozenset[str]
    unmerged: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    flagged: tuple[tuple[str, str], ...] = ()
    sparse: tuple[str, ...] = ()


def parts(output: bytes) -> Iterator[str]:
    """The NUL-terminated parts of an answer."""
    return iter(os.fsdecode(output).split("\0")[:-1])


def parse_status(output: bytes, prefix: str) -> Status:
    """Porcelain v2 as a ``Status``, paths made relative to the data folder."""
    commit = ""
    present: dict[str, None] = {}
    ignored: list[str] = []
    gone: dict[str, None] = {}
    staged: set[str] = set()
    unmerged: list[str] = []
    absent: list[str] = []
    for line in parts(output):
        match line[0]:
            case "#":
                key, _, value = line[2:].partition(" ")
                if key == "branch.oid" and value != "(initial)":
                    commit = value
            case "?":
                present[line[2:].removeprefix(prefix)] = None
            case "!":
                # An ignored folder above the data folder stands for all of it.
                ignored.append("" if prefix.startswith(line[2:]) else line[2:].removeprefix(prefix))
            case "1":
                path = line.split(" ", 8)[8].removeprefix(prefix)
                if line[2:4] == "AD":
                    absent.append(path)
                elif line[3] == "D" or line[2:4] == "D.":
                    gone[path] = None
                else:
                    present[path] = None
                    if line[3] == ".":
                        staged.add(path)
            case "u":
                words = line.split(" ", 10)
                path = words[10].removeprefix(prefix)
                unmerged.append(path)
                (gone if words[6] == _NOTHING else present)[path] = None
    left = tuple(path for path in gone if path not in present)
    dropped = tuple(path for path in gone if path in present)
    told = (tuple(ignored), left, frozenset(staged), tuple(unmerged), dropped, tuple(absent))
    return Status(commit, tuple(present), *told)


#: The mode of what is not on disk.
_NOTHING = "000000"
