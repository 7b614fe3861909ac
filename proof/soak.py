"""``make soak``: commands killed at random, four writers and a neighbour at once, exports and foreign commits.

``python -m proof.soak [--short] [--parts kills,writers,exports,neighbours] [--seed N]``. The full run keeps what it
found in ``proof/results``; a short one, for the slow tests, only says it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from proof import soak_export, soak_kill, soak_neighbour
from proof.forked import load
from proof.ledger import SCRATCH
from proof.table import Row, keep


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the run: what does it, how often when short and when full."""

    run: Callable[[int, int], Row]
    short: int
    full: int


PARTS = {
    "kills": Part(soak_kill.run, 30, 1000),
    "writers": Part(soak_neighbour.writers, 20, 1000),
    "exports": Part(soak_export.run, 8, 500),
    "neighbours": Part(soak_neighbour.neighbours, 100, 5000),
}


def main() -> None:
    """Run what is asked for; exits with 1 when a promise was broken."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--short", action="store_true", help="a look, in a minute; nothing is kept")
    options.add_argument("--parts", default=",".join(PARTS))
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    load()
    chosen = given.parts.split(",")
    rows = []
    for name in chosen:
        part = PARTS[name]
        begun = time.monotonic()
        row = part.run(part.short if given.short else part.full, given.seed)
        took = time.monotonic() - begun
        sys.stdout.write(f"{row.measure}：{row.tried} 次，违反 {row.broken}（{took:.0f} 秒）{row.told}\n")
        sys.stdout.flush()
        rows.append(row)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    if not given.short:
        keep("soak", rows, beside=chosen != list(PARTS))
    sys.exit(any(row.broken for row in rows))


if __name__ == "__main__":
    main()
