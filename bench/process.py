"""One whole process, and what it took."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process and those it waited for took.

    Attributes:
        elapsed: Seconds that passed.
        processor: Seconds of the processor, which tell a slow command from a busy machine.
        peak: Megabytes the largest of them grew to.
    """

    elapsed: float
    processor: float
    peak: float


class FailedError(Exception):
    """A command that was to be measured did not work; what it said."""


def run(command: Command, folder: Path) -> Spent:
    """Run a command to its end.

    Raises:
        FailedError: It gave another answer than 0.
    """
    with tempfile.TemporaryFile() as told:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=told, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        taken = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            raise FailedError(f"{' '.join(map(str, command))}\n{told.read().decode()[-2000:]}")
    return Spent(taken, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
