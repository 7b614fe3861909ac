"""``make crash``: each writing command stopped at each of its calls, in every way; then the next command is given.

``python -m proof.crash [--commands A,B] [--ways kill,torn] [--every N]``. What was found goes to ``build/proof``, one
line a point; each line printed says how many points broke a rule.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from proof.ledger import COMMANDS, NEXT, NEXT_MARK, SCRATCH, Answer, Command, Ledger, copy, environment, sample

HERE = Path(__file__).parent
FOUND = HERE.parent / "build" / "proof"
LIBRARY = FOUND / "inject.so"

#: How a command is stopped: what the library is told, and whether data that was never synced is lost.
WAYS: dict[str, tuple[dict[str, str], bool]] = {
    "kill": ({"INJECT_HOW": "kill"}, False),
    "torn": ({"INJECT_HOW": "torn"}, False),
    "unsynced": ({"INJECT_HOW": "kill"}, True),
    "after": ({"INJECT_HOW": "after"}, False),
    "child": ({"INJECT_HOW": "child"}, False),
    "full-once": ({"INJECT_HOW": "fail", "INJECT_ERRNO": "28"}, False),
    "full": ({"INJECT_HOW": "failing", "INJECT_ERRNO": "28"}, False),
    "error-once": ({"INJECT_HOW": "fail", "INJECT_ERRNO": "5"}, False),
    "error": ({"INJECT_HOW": "failing", "INJECT_ERRNO": "5"}, False),
}

#: Exit codes by which a command says that it wrote.
WRITTEN = (0, 5)
_NOTHING = ("没有写入", "数据没有动", "什么都没有")


@dataclass(frozen=True, slots=True)
class Point:
    """One call at which one command was stopped in one way, and which rules that broke."""

    command: str
    way: str
    at: int
    call: str
    code: int
    broken: list[str]
    said: str


def library() -> Path:
    """The preloaded library, made from its source."""
    FOUND.mkdir(parents=True, exist_ok=True)
    source = HERE / "inject.c"
    if not LIBRARY.exists() or LIBRARY.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", str(LIBRARY), str(source), "-ldl"], check=True)
    return LIBRARY


class Trial:
    """One command on its sample."""

    def __init__(self, command: Command) -> None:
        """Run it once undisturbed, to know what it does."""
        self.command = command
        self.sample = sample(command.tree)
        if command.before and self.sample.say(*command.before).code:
            raise RuntimeError(f"{command.name}: {command.before}")
        self.counter, self.log = SCRATCH / f"{command.name}.count", SCRATCH / f"{command.name}.log"
        self.head, self.status = self.sample.head(), self.sample.status()
        self.others, self.staged, self.marks = self.sample.others(), self.sample.staged(), self.sample.marks()
        whole, done = self.run({"INJECT_HOW": "count"}, -1)
        if done.code:
            raise RuntimeError(f"{command.name}: {done.text}")
        self.calls = int.from_bytes(self.counter.read_bytes()[:4], "little")
        self.told = self._logged()
        self.made, self.wrote = whole.commits(self.head), whole.marks() - self.marks
        self.paths = {line for line in whole.git("diff", "--name-only", self.head, "HEAD").splitlines() if line}
        self.after = whole.status()

    def run(self, inject: dict[str, str], at: int) -> tuple[Ledger, Answer]:
        """The command on a fresh copy, stopped at one call."""
        work = copy(self.sample, f"work-{self.command.name}")
        self.counter.write_bytes(bytes(4096))
        self.log.write_bytes(b"")
        told = {
            "LD_PRELOAD": str(library()),
            "INJECT_COUNTER": str(self.counter),
            "INJECT_LOG": str(self.log),
            "INJECT_ROOT": f"{work.root}/",
            "INJECT_AT": str(at),
        }
        return work, work.say(*self.command.words, env=told | inject)

    def _logged(self) -> dict[int, str]:
        calls = {}
        for line in self.log.read_text(errors="replace").splitlines():
            number, call, _, path = ([*line.split("\t"), "", "", ""])[:4]
            calls[int(number)] = f"{call} {path.partition(f'work-{self.command.name}/')[2]}"
        return calls

    def point(self, way: str, at: int) -> Point:
        """Stop it there, give the next command, and look."""
        inject, unsynced = WAYS[way]
        work, done = self.run(inject, at)
        if way == "child":
            time.sleep(0.05)
        if unsynced:
            self._lose(work)
        broken = list(self._before(work, done))
        broken += self._afterwards(work, done, way)
        return Point(
            self.command.name, way, at, self.told.get(at, ""), done.code, broken, done.text[-160:] if broken else ""
        )

    def _lose(self, work: Ledger) -> None:
        """What was written and never synced reads as nothing after a power cut."""
        unsynced: set[int] = set()
        for line in self.log.read_text(errors="replace").splitlines():
            _, call, inode, _ = ([*line.split("\t"), "", "", ""])[:4]
            if call in ("write", "truncate"):
                unsynced.add(int(inode))
            elif call == "sync":
                unsynced.discard(int(inode))
        for path in work.root.rglob("*"):
            found = path.lstat()
            if path.is_file() and found.st_ino in unsynced and found.st_size:
                path.chmod(0o644)
                os.truncate(path, 0)

    def _before(self, work: Ledger, done: Answer) -> Iterator[str]:
        if done.code == 999:
            yield "hangs"
        if done.code == 4:
            yield "taken for a bug"
        moved = work.head() != self.head
        if done.code not in WRITTEN and moved and any(word in done.text for word in _NOTHING):
            yield "says nothing was written, and it was"
        if told := work.broken():
            yield f"repository broken: {told}"

    def _afterwards(self, work: Ledger, done: Answer, way: str) -> Iterator[str]:
        following = work.say(*NEXT)
        if following.code:
            yield f"the next command is refused: {following.text.strip()[:120]}"
            if work.say(*NEXT).code:
                yield "and refused again"
        made, wrote = work.commits(self.head) - work.marks(NEXT_MARK), work.marks() - self.marks
        whole, nothing = (self.made, self.wrote), (0, 0)
        if done.code in WRITTEN and (made, wrote) != whole:
            yield f"said to be written, and is not there once: {made} commits of {self.made}, {wrote} of {self.wrote}"
        if (made, wrote) not in (whole, nothing):
            yield f"half of it: {made} commits of {self.made}, {wrote} of {self.wrote}"
        if not following.code and work.marks(NEXT_MARK) != 1:
            yield "the next command is not there once"
        wanted = self.after if (made, wrote) == whole else self.status
        if sorted(work.status()) != sorted(wanted):
            yield f"differs from HEAD: {sorted(set(work.status()) ^ set(wanted))[:4]}"
        if work.others() != self.others:
            yield "somebody else's file is changed"
        if work.staged() != self.staged:
            yield "what somebody else had staged is changed"
        touched = {
            line for line in work.git("log", "--format=", "--name-only", f"{self.head}..HEAD").splitlines() if line
        }
        if foreign := touched - self.paths - {"issues/2026/WT-2026-A0060.yaml"} - self._numbered(touched):
            yield f"committed what was none of it: {sorted(foreign)[:3]}"
        # a git that unpacks what a successful one has packed may die on its own; the pack holds the same
        aside = "tmp_obj_" if way == "child" and done.code in WRITTEN else "\0"
        if left := [path for path in work.litter() if aside not in path]:
            yield f"left behind: {left[:3]}"
        if told := work.broken():
            yield f"repository broken afterwards: {told}"

    def _numbered(self, touched: set[str]) -> set[str]:
        """A record may have got the next number, when the first was given to one that never came to be."""
        folders = {path.rpartition("/")[0] for path in self.paths if self.command.name.startswith(("add", "freeze"))}
        return {path for path in touched if path.rpartition("/")[0] in folders}

    def end(self) -> None:
        """Take the copies away."""
        shutil.rmtree(SCRATCH / f"work-{self.command.name}", ignore_errors=True)
        for path in (self.counter, self.log):
            path.unlink(missing_ok=True)


def main() -> None:
    """Try what is asked for; exits with 1 when a rule was broken."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--commands", default="", help="by name, separated by commas; all")
    options.add_argument("--ways", default=",".join(WAYS))
    options.add_argument("--every", type=int, default=1, help="every so many calls")
    options.add_argument("--first", type=int, default=1, help="from this call on")
    given = options.parse_args()
    environment()
    chosen = [one for one in COMMANDS if not given.commands or one.name in given.commands.split(",")]
    failed = 0
    for command in chosen:
        trial = Trial(command)
        for way in given.ways.split(","):
            failed += _tried(trial, way, range(given.first, trial.calls + 1, given.every))
        trial.end()
    sys.exit(failed > 0)


def _tried(trial: Trial, way: str, calls: range) -> int:
    name = f"{trial.command.name}-{way}"
    seen: Counter[str] = Counter()
    broken = 0
    with (FOUND / f"crash-{name}.jsonl").open("w") as kept:
        for at in calls:
            point = trial.point(way, at)
            kept.write(json.dumps(asdict(point), ensure_ascii=False) + "\n")
            kept.flush()
            broken += bool(point.broken)
            seen.update(told.partition(":")[0] for told in point.broken)
    sys.stdout.write(f"{name}: {len(calls)} of {trial.calls} calls, {broken} broke a rule {dict(seen) or ''}\n")
    sys.stdout.flush()
    return broken


if __name__ == "__main__":
    main()
