"""Two commits as one tree: every file that either side changed, put together; what is to be settled is written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.error import LianxinError
from lianxin.core.problem import spelt
from lianxin.core.text.erased import NOTE
from lianxin.storage.git.repo import Repo, object_id
from lianxin.storage.merge.choice import CROSSED, Steps, at_event, of_steps
from lianxin.storage.merge.closed import carried, followed, relisted
from lianxin.storage.merge.crossed import crossed
from lianxin.storage.merge.file import Joined, joined
from lianxin.storage.merge.parted import parted, restored
from lianxin.storage.merge.place import at_place
from lianxin.storage.merge.text import UnwritableError, written
from lianxin.storage.merge.unsettled import Question, Told, Unsettled, asked, file_of, text_of, unsettled_of
from lianxin.storage.merge.value import Clash, Place
from lianxin.storage.read.loading import kind_at
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.read.scanning import Unreadable

#: No file of a ledger is larger (bytes).
_MOST = 1 << 31
_FORM = "%H%x1f%an%x1f%ad%x1f%(trailers:key=Desk,valueonly,separator=%x2C)"
_DATE = "--date=format:%Y-%m-%d %H:%M"

#: The files of a tree by their paths: what git calls what they hold.
Files = Mapping[str, str]


class Together(Struct, frozen=True):
    """Two commits as one.

    Attributes:
        files: What each file holds that is not as ours has it; None: it is gone.
        unsettled: What was asked anew.
    """

    files: dict[str, bytes | None]
    unsettled: tuple[Unsettled, ...]


def together(repo: Repo, ours: str, theirs: str) -> Together:
    """Two commits with a history in common as one; which is ours makes no difference to the tree.

    Raises:
        GitError: What they hold is not there.
        LianxinError: There is what cannot be put together: links, or files outside of the data folder.
    """
    return _Trees(repo).together(ours, theirs)


def bases(repo: Repo, ours: str, theirs: str) -> list[str]:
    """The last commits that two have in common; none where their histories have nothing to do with each other."""
    return sorted(repo.run("merge-base", "--all", ours, theirs, check=False).decode().split())


class _Trees:
    def __init__(self, repo: Repo) -> None:
        self._repo = repo
        self._held: dict[str, bytes] = {}
        self._digits = len(repo.head())

    def together(self, ours: str, theirs: str) -> Together:
        self._refuse_outside(ours, theirs)
        held = self._files(ours)
        before, mine, other = followed(self._between(bases(self._repo, ours, theirs)), held, self._files(theirs))
        mine, other, out = carried(before, mine, other)
        found = dict(self._joined(before, mine, other))
        again = dict(self._asked_again(found, (before, mine, other)))
        found |= {path: one for path, (one, _) in again.items()}
        files = {path: one.data for path, one in found.items()}
        files |= dict.fromkeys(held.keys() - mine.keys() - files.keys())

        def now(path: str) -> bytes | None:
            return files[path] if path in files else self._content(mine.get(path))

        anew = dict(relisted(before, mine, other, lambda oid: self._content(oid) or b"", now, out))
        files |= anew
        fresh: list[Unsettled] = []
        for path, one in found.items():
            if path in anew:
                continue
            questions = tuple(self._questions(path, one, (before, mine, other), (ours, theirs)))
            if path in again:
                questions = (*again[path][1], *(one for one in questions if not of_steps(one.place)))
            if not questions:
                continue
            fresh.append(Unsettled(path, questions))
            place = file_of(path)
            told = now(place)
            known = unsettled_of(told).questions if told else ()
            files[place] = text_of(Unsettled(path, (*known, *questions))).encode()
        for path in [path for path, one in found.items() if _taken_out(one.data, self._content(before.get(path)))]:
            files[file_of(path)] = None  # nothing is asked of whoever is no more in it
            fresh = [one for one in fresh if one.path != path]
        changed = {path: data for path, data in files.items() if data != self._content(held.get(path))}
        return Together(changed, tuple(fresh))

    def _refuse_outside(self, ours: str, theirs: str) -> None:
        if not self._repo.prefix:
            return
        names = (
            self._repo.run("diff-tree", "-r", "-z", "--name-only", ours, theirs).decode(errors="replace").split("\0")
        )
        outside = [name for name in names if name and not name.startswith(self._repo.prefix)]
        if outside:
            raise LianxinError(
                f"台账在一个更大的仓库里，台账以外的文件两边也不一样（{spelt(outside[0])}），没有合；请找管理员"
            )

    def _files(self, commit: str) -> dict[str, str]:
        entries = self._repo.tree(commit)
        odd = next((one.path for one in entries if not one.regular), "")
        if odd:
            raise LianxinError(f"{spelt(odd)} 不是普通文件，两边没有合；请找管理员把它去掉")
        return {one.path: one.oid for one in entries}

    def _between(self, commits: list[str]) -> Files:
        """What several commits stand for as the base of others: put together themselves, in an order of their own."""
        if not commits:
            return {}
        first, *rest = commits
        found: Files = self._files(first)
        for one in rest:
            other = self._files(one)
            before = self._between(bases(self._repo, first, one))
            changed = {path: joined_.data for path, joined_ in self._joined(before, found, other)}
            made = {path: self._kept(data) for path, data in changed.items() if data is not None}
            found = {path: oid for path, oid in found.items() if path not in changed} | made
        return found

    def _kept(self, data: bytes) -> str:
        oid = object_id(data, self._digits)
        self._held[oid] = data
        return oid

    def _content(self, oid: str | None) -> bytes | None:
        return None if oid is None else self._held[oid] if oid in self._held else self._fetched([oid])[oid]

    def _fetched(self, oids: Iterable[str]) -> dict[str, bytes]:
        asked_ = [oid for oid in dict.fromkeys(oids) if oid not in self._held]
        self._held |= dict(zip(asked_, self._repo.blobs(asked_, _MOST), strict=True))
        return self._held

    def _joined(self, base: Files, ours: Files, theirs: Files) -> Iterator[tuple[str, Joined]]:
        """Every file that differs between two trees."""
        paths = sorted(path for path in {*ours, *theirs} if ours.get(path) != theirs.get(path))
        sides = (base, ours, theirs)
        self._fetched(oid for path in paths for side in sides if (oid := side.get(path)))
        for path in paths:
            yield path, joined(path, *(self._content(side.get(path)) for side in sides))

    def _questions(
        self, path: str, found: Joined, trees: tuple[Files, Files, Files], tips: tuple[str, str]
    ) -> Iterator[Question]:
        """What somebody is to settle of one file, with who wrote which when."""
        before, mine, other = (tree.get(path) for tree in trees)
        if found.whole:
            one, two = (self._last(path, *pair, oid) for pair, oid in ((tips, mine), (tips[::-1], other)))
            yield asked((), Told(blob=before or ""), one, two)
        for clash in found.clashes:
            sides = (
                self._since(path, *pair, clash, value)
                for pair, value in ((tips, clash.ours), (tips[::-1], clash.theirs))
            )
            yield asked(clash.place, Told(value=clash.base), *sides)
        kind, was, here, there = kind_at(path), *(self._content(oid) for oid in (before, mine, other))
        if kind is None or found.whole or None in (was, here, there, found.data) or was in (here, there):
            return  # only one side has changed it
        for place, one_, two_ in crossed(path, kind, was or b"", here or b"", there or b"", found.data or b""):
            yield asked(place, Told(), self._did(path, *tips, place, one_), self._did(path, *tips[::-1], place, two_))

    def _did(self, path: str, tip: str, other: str, place: Place, steps: Steps) -> Told:
        """What one side has done, and who did it when."""
        value: Any = steps.value if place[0] == CROSSED else steps.wrote[0]
        wrote, took = next(iter(steps.wrote), None), next(iter(steps.took), None)
        anchor = wrote or took
        if anchor is None:
            return self._last(path, tip, other, None, value)
        told = self._since(path, tip, other, Clash(at_event(anchor), None, None, None), wrote)
        return replace(told, value=value)

    def _asked_again(
        self, found: Mapping[str, Joined], trees: tuple[Files, Files, Files]
    ) -> Iterator[tuple[str, tuple[Joined, list[Question]]]]:
        """The records of which both sides have settled a question about steps, each in its own way."""
        for path, one in found.items():
            place = file_of(path)
            if place not in trees[0] or one.data is None or one.whole:
                continue
            told = [unsettled_of(data).questions if (data := self._content(tree.get(place))) else () for tree in trees]
            values = [_values(self._content(tree.get(path))) for tree in trees]
            questions = [*parted(told[0], (*told[1], *told[2]), *values[1:])]
            if not questions:
                continue
            texts = [(self._content(tree.get(path)) or b"").decode("utf-8", "replace") for tree in trees]
            after = restored(values[0], _values(one.data), questions, values[1:])
            with suppress(UnwritableError):
                yield path, (Joined(written(kind_at(path), after, *texts).encode(), one.clashes), questions)

    def _last(self, path: str, tip: str, other: str, blob: str | None, value: Any = None) -> Told:
        told = next(self._log(path, tip, other), ("", "", ""))
        return Told(at=told[2], commit=told[0], who=told[1], value=value, blob=blob or "")

    def _since(self, path: str, tip: str, other: str, clash: Clash, value: Any) -> Told:
        """Who made a field what it is on one side: the first of the last commits in which it is so."""
        found = ("", "", "")
        for line in self._log(path, tip, other):
            if at_place(_values(self._repo.blob(line[0], path)), clash.place) != value:
                break
            found = line
        return Told(at=found[2], commit=found[0], who=found[1], value=value)

    def _log(self, path: str, tip: str, other: str) -> Iterator[tuple[str, str, str]]:
        """The commits of one side that touch a file, the last first: commit, author and desk, minute."""
        words = ("log", "-z", _DATE, f"--format={_FORM}", tip, f"^{other}", "--", self._repo.prefix + path)
        for line in self._repo.run(*words).decode(errors="replace").split("\0"):
            if line.strip():
                commit, who, at, desk = line.strip("\n").split("\x1f")
                yield commit, f"{who}，{desk} 台" if desk else who, at


def _taken_out(now: bytes | None, before: bytes | None) -> bool:
    """Whether a record has had its personal data taken out since."""
    return NOTE.encode() in (now or b"") and NOTE in _values(now) and NOTE not in _values(before)


def _values(data: bytes | None) -> dict[str, Any]:
    try:
        return read_yaml(data) if data else {}
    except Unreadable:
        return {}
