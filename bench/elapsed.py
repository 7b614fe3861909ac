"""How long the commands that look at a whole county take on a warm index, as whole processes.

These are seconds and not ratios: nothing simpler does the same work. Beside the time that passed stands the time of
the processor, which tells a slow command from a busy machine.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path

from bench.process import run
from bench.work import TOOL

#: A county's issues and visits.
ISSUES, VISITS = 16_400, 30_000

#: Seconds a command may take.
LIMIT = 2.0

_RUNS = 5

#: What is measured. Three campaigns have annual reports of their own, so the office's must be named.
COMMANDS = ("duties", "figures", "report annual --name 年报")


@dataclass(frozen=True, slots=True)
class Taken:
    """Medians, in seconds."""

    elapsed: float
    processor: float


def elapsed(folder: Path, command: str) -> Taken:
    """A command on a warm index."""
    words = (*TOOL, *command.split())
    run(words, folder)  # makes the index
    runs = [run(words, folder) for _ in range(_RUNS)]
    return Taken(statistics.median(one.elapsed for one in runs), statistics.median(one.processor for one in runs))
