"""How long the commands that look at a whole county take on a warm index, as whole processes.

These are seconds and not ratios: nothing simpler does the same work. Beside the time that passed stands the time of
the processor, which tells a slow command from a busy machine.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.generate import TODAY

#: A county's issues and visits.
ISSUES, VISITS = 16_400, 30_000

#: Seconds a command may take.
LIMIT = 2.0

_TOOL = (sys.executable, "-c", "from lianxin.cli import main; main()", "--today", str(TODAY))
_RUNS = 5

#: What is measured. Three campaigns have annual reports of their own, so the office's must be named.
_COMMANDS = (("duties",), ("figures",), ("report", "annual", "--name", "年报"))


@dataclass(frozen=True, slots=True)
class Taken:
    """Medians, in seconds."""

    command: str
    elapsed: float
    processor: float


def elapsed(folder: Path) -> Iterator[Taken]:
    """Each command on a warm index."""
    _once(("check",), folder)  # makes the index
    for command in _COMMANDS:
        runs = [_once(command, folder) for _ in range(_RUNS)]
        times = (statistics.median(one) for one in zip(*runs, strict=True))
        yield Taken(" ".join(command), *times)


def _once(command: Sequence[str], folder: Path) -> tuple[float, float]:
    used, started = _processor(), time.perf_counter()
    done = subprocess.run([*_TOOL, *command], cwd=folder, capture_output=True, check=False)
    taken = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr.decode()}{done.stdout.decode()[:2000]}")
    return taken, _processor() - used


def _processor() -> float:
    """What all processes that were waited for have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
