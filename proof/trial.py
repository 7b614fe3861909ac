"""One command on trial: stopped at one of its calls, then the next command is given, then everything is looked at."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from proof.command import Command
from proof.fork import gone, learn, say
from proof.ledger import NEXT, SCRATCH, Answer, Ledger, Since, copy, litter, stick_of

_ROOM = "wcmlr"  # the calls that a full disk refuses: write, create, mkdir, link, rename
_FULL = {"INJECT_ERRNO": "28", "INJECT_OF": _ROOM}
_BAD = {"INJECT_ERRNO": "5"}
_GIT = {"INJECT_BY": "child"}

#: How a command is stopped: what the library is told. ``kill`` brings ``unsynced`` with it.
WAYS: Mapping[str, Mapping[str, str]] = {
    "kill": {"INJECT_HOW": "kill"},
    "torn": {"INJECT_HOW": "torn", "INJECT_OF": "w"},
    "child": {"INJECT_HOW": "child", **_GIT},
    "parent": {"INJECT_HOW": "parent", **_GIT},
    "full-once": {"INJECT_HOW": "fail", **_FULL},
    "full": {"INJECT_HOW": "failing", **_FULL},
    "error-once": {"INJECT_HOW": "fail", **_BAD},
    "error": {"INJECT_HOW": "failing", **_BAD},
    "gone": {"INJECT_HOW": "gone"},
}

#: Exit codes by which a command says that it wrote.
WRITTEN = (0, 5)
_NOTHING = ("没有写入", "数据没有动", "什么都没有")
_NEXT_PATH = "issues/2026/WT-2026-A0060.yaml"


@dataclass(frozen=True, slots=True)
class Point:
    """One call, of so many, at which one command was stopped in one way, and which rules that broke."""

    command: str
    way: str
    at: int
    calls: int
    call: str
    code: int
    broken: list[str] = field(default_factory=list)
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Call:
    """A line of the library's log."""

    number: int
    call: str
    inode: int
    child: bool
    path: str


class Trial:
    """One command on its sample."""

    def __init__(self, command: Command) -> None:
        """Run it once undisturbed, to know what it does."""
        self.command = command
        self.counter, self.log = SCRATCH / f"count-{os.getpid()}", SCRATCH / f"log-{os.getpid()}"
        self.group, self.made = 0, False
        self.stick = SCRATCH / f"优盘-{os.getpid()}"
        self.words = [word.format(stick=self.stick) for word in command.words]
        self.sample = copy(Ledger(SCRATCH / f"sample-{command.tree}"), f"begun-{os.getpid()}")
        for words in (*command.before, ("today",)):  # the index is brought along
            self._undisturbed(self.sample, words)
        self._put_in()
        learn(copy(self.sample, f"learnt-{os.getpid()}").root, self.words, NEXT)
        self.head, self.status, self.others = self.sample.head(), self.sample.status(), self.sample.others()
        whole, done = self._run({"INJECT_HOW": "count"}, -1)
        if done.code:
            raise RuntimeError(f"{command.name}: {done.text}")
        self.told = self._logged()
        self.whole, self.after = whole.since(self.head), whole.status()

    def _undisturbed(self, ledger: Ledger, words: Sequence[str]) -> None:
        done, _ = say(ledger.root, words)
        if done.code:
            raise RuntimeError(f"{self.command.name}: {words}: {done.text}")

    def calls(self, way: str) -> int:
        """At how many calls it can be stopped in this way."""
        return len(self._counted(way))

    def _counted(self, way: str) -> list[_Call]:
        letters, by = WAYS[way].get("INJECT_OF"), WAYS[way].get("INJECT_BY")
        found = [one for one in self.told if not letters or one.call[0] in letters]
        return [one for one in found if one.child] if by else found

    def _run(self, inject: Mapping[str, str], at: int) -> tuple[Ledger, Answer]:
        """The command on a fresh copy, stopped at one call."""
        work = copy(self.sample, f"work-{os.getpid()}")
        self._put_in()
        self.counter.write_bytes(bytes(4096))
        self.log.write_bytes(b"")
        told = {
            "INJECT_COUNTER": str(self.counter),
            "INJECT_LOG": str(self.log),
            "INJECT_ROOT": f"{self._at(work)}/",
            "INJECT_AT": str(at),
        }
        shutil.rmtree(self.stick.with_suffix(".gone"), ignore_errors=True)
        done, group = say(work.root, self.words, {**told, **inject})
        if (pulled := self.stick.with_suffix(".gone")).exists():
            shutil.rmtree(self.stick, ignore_errors=True)  # git makes the folders anew in which it has files to write
            pulled.rename(self.stick)
        if inject["INJECT_HOW"] == "parent":  # what it left at work is none of the next command's knowledge
            self.group = group
        elif not gone(group):
            raise RuntimeError(f"{self.command.name} {inject} {at}: a process goes on and on")
        return work, done

    def _at(self, work: Ledger) -> Path:
        """The folder at whose calls it is stopped."""
        return self.stick if self.command.there else work.root

    def _put_in(self, left: Path | None = None) -> None:
        """The stick as the other desk has left it, or as it was put aside."""
        if self.command.stick:
            shutil.rmtree(self.stick, ignore_errors=True)
            subprocess.run(["cp", "-a", str(left or stick_of(self.command.tree)), str(self.stick)], check=True)

    def _logged(self) -> list[_Call]:
        calls = []
        for line in self.log.read_text(errors="replace").splitlines():
            number, call, inode, child, path = line.split("\t", 4)
            name = self.stick.name if self.command.there else f"work-{os.getpid()}"
            inside = path.partition(f"{name}/")[2]
            calls.append(_Call(int(number), call, int(inode), child == "1", inside))
        return calls

    def points(self, way: str, at: int) -> Iterator[Point]:
        """Stop it there, give the next command, and look."""
        work, done = self._run(WAYS[way], at)
        broken = [] if way == "parent" else list(self._before(work, done))
        lost = self._unsynced(work) if way == "kill" else []
        if not all(path.name.startswith("index.db") for path in lost) or (lost and at % 4 == 0):
            dark, left = copy(work, f"dark-{os.getpid()}"), SCRATCH / f"left-{os.getpid()}"
            if self.command.stick:
                shutil.rmtree(left, ignore_errors=True)
                self.stick.rename(left)
                self._put_in(left)
            for name in (one for one in lost if (self._at(dark) / one).exists()):  # a copy is made whole first
                (self._at(dark) / name).chmod(0o644)
                os.truncate(self._at(dark) / name, 0)
            found = [*self._before(dark, done), *self._afterwards(dark, done, way)]
            yield self._point("unsynced", at, done, found)
            self._put_in(left)
        yield self._point(way, at, done, [*broken, *self._afterwards(work, done, way)])

    def _point(self, way: str, at: int, done: Answer, broken: list[str]) -> Point:
        counted = self._counted("kill" if way == "unsynced" else way)
        call = f"{counted[at - 1].call} {counted[at - 1].path}"
        return Point(
            self.command.name, way, at, len(counted), call, done.code, broken, done.text[-160:] if broken else ""
        )

    def _unsynced(self, work: Ledger) -> list[Path]:
        """Files with what was written and never synced: they read as nothing after a power cut."""
        unsynced: set[int] = set()
        for one in self._logged():
            if one.call in ("write", "truncate"):
                unsynced.add(one.inode)
            elif one.call == "sync":
                unsynced.discard(one.inode)
        where = self._at(work)
        found = ((path, path.lstat()) for path in where.rglob("*") if path.is_file())
        return [path.relative_to(where) for path, about in found if about.st_ino in unsynced and about.st_size]

    def _before(self, work: Ledger, done: Answer) -> Iterator[str]:
        if done.code == 999:
            yield "hangs"
        if done.code == 4:
            yield "taken for a bug"
        moved = work.head() != self.head
        if done.code not in WRITTEN and moved and any(word in done.text for word in _NOTHING):
            yield "says nothing was written, and it was"
        if done.code in WRITTEN and not moved:
            yield "says it was written, and HEAD has not moved"
        if told := work.broken():
            yield f"repository broken: {told}"

    def _afterwards(self, work: Ledger, done: Answer, way: str) -> Iterator[str]:
        following, group = say(work.root, NEXT)
        if following.code:
            yield f"the next command is refused: {following.text.strip()[:120]}"
            if say(work.root, NEXT)[0].code:
                yield "and refused again"
        if not gone(group) or (way == "parent" and not gone(self.group)):
            yield "a process goes on and on"
        yield from self._history(work.since(self.head), done, refused=bool(following.code))
        yield from self._tree(work)
        if self.command.stick:
            yield from self._met(work)

    def _met(self, work: Ledger) -> Iterator[str]:
        """Done again, it is whole on both sides."""
        done, _ = say(work.root, self.words)
        if done.code:
            yield f"another sync is refused: {done.text.strip()[:120]}"
        elif (there := Ledger(next(self.stick.glob("*.git"), self.stick)).head()) != work.head():
            yield f"the stick is behind: {there[:10]}"
        if told := Ledger(next(self.stick.glob("*.git"), self.stick)).broken():
            yield f"the stick is broken: {told}"
        if left := litter(self.stick):
            yield f"left behind on the stick: {left[:3]}"

    def _history(self, since: Since, done: Answer, *, refused: bool) -> Iterator[str]:
        if not refused and since.following != 1:
            yield "the next command is not there once"
        found = since.commits - since.following, since.marks, since.gone
        whole = self.whole.commits, self.whole.marks, self.whole.gone
        self.made = found == whole
        if done.code in WRITTEN and not self.made:
            yield f"said to be written, and is not there once: {found} of {whole}"
        if found not in (whole, (0, 0, 0)):
            yield f"half of it: {found} of {whole}"
        if foreign := since.paths - self.whole.paths - {_NEXT_PATH} - self._numbered(since.paths):
            yield f"committed what was none of it: {sorted(foreign)[:3]}"

    def _tree(self, work: Ledger) -> Iterator[str]:
        wanted = self.after if self.made else self.status
        if (status := work.status()) != wanted:
            yield f"differs from HEAD: {sorted(set(status) ^ set(wanted))[:4]}"
        if work.others() != self.others:
            yield "somebody else's file is changed"
        if left := work.litter():
            yield f"left behind: {left[:3]}"
        if told := work.broken():
            yield f"repository broken afterwards: {told}"

    def _numbered(self, touched: frozenset[str]) -> set[str]:
        """A record may have got the next number, when the first was given to one that never came to be."""
        folders = {path.rpartition("/")[0] for path in self.whole.paths if not (self.sample.root / path).exists()}
        return {path for path in touched if path.rpartition("/")[0] in folders}
