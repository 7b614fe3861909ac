"""History as its objects tell it: every commit with its own words, and every file it changed, seen from each parent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from msgspec import Struct, field

from lianxin.storage import MAX_BYTES
from lianxin.storage.git.repo import GitError, Repo
from lianxin.storage.git.status import parts

#: Ordinary files; ``git diff-tree`` and ``ls-tree`` give links, submodules and programs other modes.
_ORDINARY = ("100644", "000000")
_DIFF = ("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev")
_PERSON = re.compile(r"(.*?) ?<(.*?)> (-?\d+) ([+-])(\d\d)(\d\d)\Z", re.DOTALL)
_TRAILER = re.compile(r"([A-Za-z][A-Za-z-]*): (.*)\Z")


class Signed(Struct, frozen=True):
    """Who put a name to a commit, and when.

    Attributes:
        at: Seconds since 1970.
        local: The same by the clock on that wall.
    """

    name: str
    email: str
    at: int
    local: datetime


class Delta(Struct, frozen=True):
    """One file of the data folder that a commit changed.

    Attributes:
        old, new: Its contents before and after; empty where there was or is none.
        ordinary: Afterwards it is a file and nothing else.
    """

    path: str
    old: str
    new: str
    ordinary: bool


class Commit(Struct, frozen=True):
    """One commit as its object tells it.

    Attributes:
        told: What its trailers say, by their keys.
        signature: It bears one.
        whole: What it holds is what its id was made of.
        deltas: What differs from its parent; of a merge nothing, that is asked of each parent.
    """

    id: str
    parents: tuple[str, ...]
    author: Signed
    committer: Signed
    subject: str
    told: Mapping[str, list[str]]
    signature: bool = False
    whole: bool = True
    deltas: tuple[Delta, ...] = ()

    def says(self, key: str) -> str:
        """The first value of a trailer; empty when there is none."""
        return next(iter(self.told.get(key, ())), "")

    @property
    def command(self) -> str:
        """What tells the command it belongs to; empty where no command of ours wrote it."""
        return self.says("Command") or (self.id if self.says("Step") else "")


class Object(Struct, frozen=True):
    """A file's content: ``whole`` says that it is what its id was made of."""

    data: bytes = b""
    whole: bool = True
    missing: bool = field(default=False)


def versions(repo: Repo, path: str) -> set[str]:
    """Every content that a file of the data folder ever had in the history in hand."""
    words = ("log", "-m", "--format=", "--raw", "-z", "--no-renames", "--no-abbrev", "HEAD", "--", repo.prefix + path)
    told = [about.split(" ") for about in parts(repo.run(*words)) if about.startswith(":")]
    return {oid for about in told for oid in about[2:4] if oid.strip("0")}


def listed(repo: Repo, until: str, since: str = "") -> list[str]:
    """The ids of the commits that lead to one, parents first; ``since``: without that one and what led to it."""
    return repo.run("rev-list", "--topo-order", "--reverse", until, *((f"^{since}",) if since else ())).decode().split()


def commits(repo: Repo, ids: Sequence[str]) -> Iterator[Commit]:
    """Some commits, with what they changed.

    Raises:
        GitError: One of them is not there.
    """
    changed = _changed(repo, ids) if ids else {}
    for id_, data in zip(ids, repo.blobs(ids, MAX_BYTES) if ids else (), strict=True):
        yield _read(id_, data, changed.get(id_, ()))


def _changed(repo: Repo, ids: Sequence[str]) -> dict[str, tuple[Delta, ...]]:
    """What each of some commits changed; merges are left out."""
    told = repo.run(*_DIFF, "--stdin", "--root", input="".join(f"{id_}\n" for id_ in ids).encode())
    found: dict[str, list[Delta]] = {}
    words = parts(told)
    held: list[Delta] = []
    for word in words:
        if word.startswith(":"):
            if (delta := _delta(repo, word, next(words))) is not None:
                held.append(delta)
        else:
            held = found.setdefault(word.strip(), [])
    return {id_: tuple(deltas) for id_, deltas in found.items()}


def _delta(repo: Repo, about: str, path: str) -> Delta | None:
    if not path.startswith(repo.prefix):
        return None
    _, mode, old, new, _ = about.split(" ")
    was, now = (oid if oid.strip("0") else "" for oid in (old, new))
    return Delta(path.removeprefix(repo.prefix), was, now, mode in _ORDINARY)


def differing(repo: Repo, old: str, new: str) -> dict[str, Delta]:
    """What differs in the data folder between two commits, by path; ``old`` empty: all that there is."""
    words = parts(repo.run(*_DIFF, old, new)) if old else _all(repo, new)
    found = (_delta(repo, about, path) for about, path in zip(words, words, strict=True))
    return {one.path: one for one in found if one is not None}


def _all(repo: Repo, commit: str) -> Iterator[str]:
    for one in repo.tree(commit):
        yield f":000000 {'100644' if one.regular else '120000'} {'0' * len(commit)} {one.oid} A"
        yield repo.prefix + one.path


def contents(repo: Repo, oids: Iterable[str]) -> Iterator[tuple[str, Object]]:
    """Contents by their ids, each read once; one that is not there any more is said to be missing."""
    asked = [oid for oid in dict.fromkeys(oids) if oid]
    done = 0
    with suppress(GitError):
        for oid, data in zip(asked, repo.blobs(asked, MAX_BYTES), strict=False):
            done += 1
            yield oid, Object(data, len(data) > MAX_BYTES or _id("blob", data, len(oid)) == oid)
    if done < len(asked):
        yield asked[done], Object(missing=True)
        yield from contents(repo, asked[done + 1 :])


def _id(sort: str, data: bytes, digits: int) -> str:
    name = "sha1" if digits == 40 else "sha256"
    return hashlib.new(name, b"%b %d\0%b" % (sort.encode(), len(data), data), usedforsecurity=False).hexdigest()


def _read(id_: str, data: bytes, deltas: tuple[Delta, ...]) -> Commit:
    head, _, message = data.partition(b"\n\n")
    lines = head.decode("utf-8", "replace").split("\n")
    named = dict(reversed([line.partition(" ")[::2] for line in lines if not line.startswith(" ")]))
    parents = tuple(line.removeprefix("parent ") for line in lines if line.startswith("parent "))
    text = message.decode("utf-8", "replace")
    return Commit(
        id_,
        parents,
        _signed(named.get("author", "")),
        _signed(named.get("committer", "")),
        text.partition("\n")[0],
        _trailers(text),
        "gpgsig" in named or "gpgsig-sha256" in named,
        _id("commit", data, len(id_)) == id_,
        deltas,
    )


def _signed(line: str) -> Signed:
    found = _PERSON.match(line)
    if found is None:
        return Signed(line, "", 0, datetime(1970, 1, 1))
    name, email, seconds, sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    try:
        local = datetime.fromtimestamp(int(seconds), UTC).replace(tzinfo=None) + offset
    except (ValueError, OverflowError, OSError):
        return Signed(name, email, 0, datetime(1970, 1, 1))
    return Signed(name, email, int(seconds), local)


def _trailers(message: str) -> Mapping[str, list[str]]:
    """What stands in the last paragraph, if all of it is trailers."""
    paragraphs = message.rstrip("\n").split("\n\n")
    lines = paragraphs[-1].split("\n") if len(paragraphs) > 1 else []
    found = [_TRAILER.match(line) for line in lines]
    told: dict[str, list[str]] = {}
    for one in found:
        if one is None:
            return {}
        told.setdefault(one[1], []).append(one[2])
    return told
