"""Random commands killed at random moments, each followed by the next command, which has to put everything right."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from proof.forked import KILLED, apart, begin, say
from proof.ledger import Answer, Ledger, copy, sample
from proof.table import Row
from proof.trial import WRITTEN

WAYS = ("group", "self", "child")
#: After so many kills the ledger is a fresh one, and the old one is looked through.
FRESH = 50

_HEARD = ("--day", "2026-11-21", "--visitors", "RY-A0001", "--village", "响水坪村", "--people", "李某", "--way", "电话")
_TOLD = ("--raised", "2026-11-21", "--channel", "电话", "--village", "响水坪村", "--words", "水管坏了", "--level", "镇")


@dataclass(slots=True)
class Desk:
    """One ledger in use, with somebody else's unfinished work in it, and what it has been told.

    Attributes:
        wanted: How often each mark must stand in HEAD in the end; None: not at all or once.
        free: Households nobody has edited yet.
        by_hand: Whether some are edited by hand first.
    """

    ledger: Ledger
    random: Random
    wanted: dict[str, int | None] = field(default_factory=dict)
    free: list[str] = field(default_factory=lambda: [f"HU-A{n:04}" for n in range(5, 79) if n not in (10, 11, 12)])
    by_hand: bool = True

    def words(self, mark: str) -> tuple[str, tuple[str, ...]]:
        """A command that writes a mark, and its sort."""
        sorts = [
            "step",
            "visit",
            "issue",
            "household",
            *(["edit"] if self.free else []),
            *(["hand"] if self.free and self.by_hand else []),
        ]
        sort = self.random.choice(sorts)
        if sort == "step":
            return sort, ("issue", "progress", self.random.choice(("56", "59", "60", "61")), "--text", mark)
        if sort == "visit":
            return sort, ("visit", "add", *_HEARD, "--heard", mark)
        if sort == "issue":
            return sort, ("issue", "add", *_TOLD, "--summary", mark, "--anonymous", "是")
        if sort == "household":
            return sort, ("household", "add", "--head", "丁某某", "--village", "响水坪村", "--notes", mark, "--yes")
        id_ = self.free.pop(self.random.randrange(len(self.free)))
        if sort == "hand":
            with (self.ledger.root / f"households/{id_}.yaml").open("a") as file:
                file.write(f"# 手{mark}\n")
        return sort, ("edit", id_, "--notes", mark, "--yes")

    def marks(self) -> Counter[str]:
        """How often each mark stands in HEAD's records."""
        found = self.ledger.git("grep", "-h", "-o", "-E", "手?标[0-9]+号", "HEAD", "--", check=False)
        return Counter(found.split())


def run(kills: int, seed: int) -> Row:
    """So many kills, on as many ledgers at once as there are cores; a violation is a fault found after one."""
    base = sample("dirty")
    jobs = max(os.cpu_count() or 1, 2)
    shares = [kills // jobs + (job < kills % jobs) for job in range(jobs)]
    begun = [apart(lambda job=job, share=share: _share(base, share, seed, job)) for job, share in enumerate(shares)]  # type: ignore[misc]
    found = [one.result() for one in begun]
    ways = sum((Counter(ways) for ways, _ in found), Counter[str]())
    told = (
        f"整组 {ways['group']} 次，只杀命令 {ways['self']} 次，只杀它的 git {ways['child']} 次；不丢、不重、不用人收拾"
    )
    return Row("随机时刻 SIGKILL，接着下一条命令", ways.total(), sum(broken for _, broken in found), told)


def _share(base: Ledger, kills: int, seed: int, job: int) -> tuple[dict[str, int], int]:
    """So many of them: how many in each way, and what was found."""
    random = Random(seed * 1000 + job)
    broken = n = 0
    spent: dict[str, float] = {}
    ways: Counter[str] = Counter()
    while ways.total() < kills:
        trial = _Trial(Desk(copy(base, f"soak-{job}"), random), spent)
        for _ in range(FRESH):
            n += 1
            way, killed, faults = trial.once(n)
            ways[way] += killed
            broken += bool(faults)
            _tell(faults)
            if ways.total() == kills:
                break
        faults = list(trial.end())
        broken += len(faults)
        _tell(faults)
    return dict(ways), broken


def _tell(faults: Sequence[str]) -> None:
    for fault in faults:
        sys.stdout.write(f"  {fault}\n")
    sys.stdout.flush()


class _Trial:
    def __init__(self, desk: Desk, spent: dict[str, float]) -> None:
        self.desk, self.ledger, self.random = desk, desk.ledger, desk.random
        self.spent = spent  # how long each sort of command takes: kept from ledger to ledger
        self.status, self.others = self._status(), self.ledger.others()

    def once(self, n: int) -> tuple[str, bool, list[str]]:
        """One command to be killed, and the next: in which way, whether it was, and what is not as promised."""
        desk = self.desk
        way = self.random.choice(WAYS)
        mark, following = f"标{2 * n}号", f"标{2 * n + 1}号"
        sort, words = desk.words(mark)
        killed, answer = self._killed(sort, words, way)
        next_sort, next_words = desk.words(following)
        begun = begin(self.ledger, *next_words)
        faults = [] if begun.wait(60) else ["hangs"]
        if faults:
            begun.kill("group")
        done = begun.end()
        if done.code != 0:
            faults.append(f"the next command is refused: {done.code} {done.text.strip()[-200:]}")
        if answer.code == 4:
            faults.append(f"taken for a bug: {answer.text.strip()[-200:]}")
        if answer.code in WRITTEN:
            desk.wanted[mark] = 1
        elif answer.code == KILLED:
            desk.wanted[mark] = None
        else:
            desk.wanted[mark] = None if "说不准" in answer.text else 0
        desk.wanted[following] = 1
        for one, its in ((sort, mark), (next_sort, following)):
            if one == "hand":
                desk.wanted[f"手{its}"] = None  # taken in with the edit, else still on disk: looked for by status
        faults += self._faults()
        return way, killed, [f"{n} {way} {words[:3]}: {fault}" for fault in faults]

    def _killed(self, sort: str, words: Sequence[str], way: str) -> tuple[bool, Answer]:
        running = begin(self.ledger, *words)
        moment = self.random.uniform(0, self.spent.get(sort, 1.0))
        killed = False
        if not running.wait(moment):
            killed = running.kill(way)
            while not killed and not running.wait(0.001):
                killed = running.kill(way)
        if not running.wait(60):
            running.kill("group")
            return killed, Answer(4, "hangs")
        took = time.monotonic() - running.begun
        answer = running.end()
        if not killed:
            self.spent[sort] = (self.spent.get(sort, took) + took) / 2
        return killed, answer

    def _faults(self) -> Iterator[str]:
        found = self.desk.marks()
        for mark, wanted in list(self.desk.wanted.items())[-4:]:
            yield from _judged(mark, wanted, found[mark])
        if strange := self._status() ^ self.status:
            yield f"differs from HEAD, or from what was staged: {sorted(strange)[:3]}"
        if self.ledger.others() != self.others:
            yield "somebody else's work is changed"
        if left := self.ledger.litter():
            yield f"left behind: {left[:3]}"

    def _status(self) -> set[str]:
        """What differs, and what is staged; but for households with a remark by hand that waits to be taken in."""
        lines = self.ledger.git("status", "--porcelain=v2", "-uall").splitlines()
        waiting = tuple(line.rpartition(" ")[2] for line in lines if "households/" in line and self._remarked(line))
        return {line for line in lines if not line.endswith(waiting)}

    def _remarked(self, line: str) -> bool:
        return "# 手标" in (self.ledger.root / line.rpartition(" ")[2]).read_text(errors="replace")

    def end(self) -> Iterator[str]:
        """All that was told, counted in the end; and whether git finds its repository whole."""
        found = self.desk.marks()
        for mark, wanted in self.desk.wanted.items():
            yield from _judged(mark, wanted, found[mark])
        for path in (self.ledger.root / "households").glob("*.yaml"):
            for line in path.read_text(errors="replace").splitlines():
                if line.startswith("# 手标"):
                    found[f"盘{line[2:]}"] += 1
        for mark in self.desk.wanted:
            if mark.startswith("手") and found[f"盘{mark}"] != 1:
                yield f"{mark}: {found[f'盘{mark}']} times on disk"
        if told := self.ledger.broken():
            yield f"repository broken: {told}"
        if (code := say(self.ledger, "check").code) != 1:  # the half-finished edit is told of
            yield f"check says {code}"


def _judged(mark: str, wanted: int | None, found: int) -> Iterator[str]:
    if found > 1:
        yield f"{mark}: doubled"
    elif wanted is not None and found != wanted:
        yield f"{mark}: {'lost' if wanted else 'said not to be written, and it was'}"
