"""A person at the desk: how long until it stands on the screen, and until a key shows.

At a terminal of 80 columns and 24 lines. These are seconds and not ratios: nothing simpler does the same work.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.work import TOOL

#: Seconds until the first screen, and until a key shows.
OPEN, KEY = 0.9, 0.1

_RUNS = 5
_DOWN, _UP = b"\x1b[B", b"\x1b[A"
_KEYS = (*(_DOWN,) * 12, *(_UP,) * 4)

#: What stands on the screen once there is something to do on it.
_READY = "件）"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Sat:
    """Medians, in seconds; of the keys the slowest too."""

    opened: float
    key: float
    slowest: float


def sat(folder: Path) -> Sat:
    """Open the desk, go through the list, leave; on a warm index."""
    opened, keys = [], []
    for _ in range(_RUNS):
        first, rest = _once(folder)
        opened.append(first)
        keys += rest
    return Sat(statistics.median(opened), statistics.median(keys), max(keys))


def _once(folder: Path) -> tuple[float, list[float]]:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    begun = time.monotonic()
    process = subprocess.Popen(
        [str(word) for word in TOOL],
        cwd=folder,
        env=os.environ | {"TERM": "xterm-256color"},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
    )
    os.close(slave)
    try:
        _until(master, _READY)
        opened = time.monotonic() - begun
        _quiet(master)
        return opened, [*_typed(master, _KEYS)]
    finally:
        os.write(master, b"q")
        _quiet(master)
        process.terminate()
        process.wait()
        os.close(master)


def _typed(master: int, keys: Sequence[bytes]) -> Iterator[float]:
    """How long after each key something is drawn."""
    for key in keys:
        begun = time.monotonic()
        os.write(master, key)
        select.select([master], [], [], _PATIENCE)
        yield time.monotonic() - begun
        _quiet(master)


def _until(master: int, text: str) -> None:
    seen = b""
    while text.encode() not in seen:
        ready, _, _ = select.select([master], [], [], _PATIENCE)
        if not ready:
            raise TimeoutError(text)
        piece = os.read(master, 65536)
        if b"\x1b[6n" in piece:  # where is the cursor?
            os.write(master, b"\x1b[1;1R")
        seen += piece


def _quiet(master: int) -> None:
    """Read until nothing more comes for a while."""
    while select.select([master], [], [], 0.3)[0]:
        try:
            os.read(master, 65536)
        except OSError:
            return
