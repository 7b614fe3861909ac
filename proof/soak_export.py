"""Exports while others write: each file must be what the commit it names gives."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from random import Random

from proof.forked import apart, begin, meanwhile, say
from proof.ledger import SCRATCH, Ledger, copy, sample
from proof.soak_kill import Desk
from proof.table import Row

_JOBS = max(os.cpu_count() or 1, 2)

#: What is exported in turn: words, and the suffixes it can have.
EXPORTS = (
    (("ledger", "问题台账"), ("csv", "md", "xlsx", "json")),
    (("ledger", "走访台账"), ("csv", "html")),
    (("issue", "list"), ("csv", "md")),
    (("report", "weekly"), ("md", "html", "docx")),
    (("handbook", "WT-2026-A0059"), ("md", "html")),
    (("duties",), ("csv",)),
    (("household", "list"), ("csv",)),
)


def run(exports: int, seed: int) -> Row:
    """So many exports, as many at once as there are cores; a violation is one refused, or not what its commit gives."""
    ledger = copy(sample("clean"), "soak")
    (SCRATCH / "out").mkdir(exist_ok=True)
    shares = [range(job, exports, _JOBS) for job in range(_JOBS)]
    with meanwhile(lambda going: _writes(ledger, going, seed)) as written:
        begun = [apart(lambda share=share: _share(ledger, share, seed)) for share in shares]  # type: ignore[misc]
        found = [one.result() for one in begun]
    formats = {suffix for _, suffixes in found for suffix in suffixes}
    told = f"同时记了 {written[0]} 条；每份都用 verify 从它记的提交重做一份，逐字节相同；{len(formats)} 种格式"
    return Row("边写边导出", exports, sum(broken for broken, _ in found), told)


def _share(ledger: Ledger, numbers: range, seed: int) -> tuple[int, list[str]]:
    """Some of them: how many were not as promised, and the formats of the others."""
    broken = 0
    seen: set[str] = set()
    for n in numbers:
        random = Random(seed * 100_000 + n)
        words, suffixes = random.choice(EXPORTS)
        path = SCRATCH / "out" / f"{n}.{random.choice(suffixes)}"
        if fault := _fault(ledger, [*words, "-o", str(path)], path):
            broken += 1
            sys.stdout.write(f"  {n} {words} {path.suffix}: {fault}\n")
            sys.stdout.flush()
        else:
            seen.add(path.suffix)
            path.unlink()
    return broken, sorted(seen)


def _writes(ledger: Ledger, going: Path, seed: int) -> int:
    """Write all the while; how often."""
    desk = Desk(ledger, Random(seed + 1), by_hand=False)
    n = 0
    while going.exists():
        n += 1
        say(ledger, *desk.words(f"标{n}号")[1])
        time.sleep(0.2)
    return n


def _fault(ledger: Ledger, words: list[str], path: Path) -> str:
    """What is wrong with one export; empty when it is as promised."""
    running = begin(ledger, *words)
    if not running.wait(120):
        running.kill("group")
    made = running.end()
    if made.code or not path.exists():
        return f"{made.code} {made.text.strip()[-300:]}"
    verdict = say(ledger, "verify", str(path), wait=120)
    return "" if verdict.text.startswith("一致") else f"{verdict.code} {verdict.text.strip()[-600:]}"
