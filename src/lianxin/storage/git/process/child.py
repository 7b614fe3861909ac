"""The git processes that were started: none of them outlives us."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from weakref import WeakSet

_STARTED: WeakSet[subprocess.Popen[bytes]] = WeakSet()
#: One is being started, and nobody knows it yet; whether we are to be interrupted when it is known.
_STARTING: list[bool] = []


@contextlib.contextmanager
def starting() -> Iterator[WeakSet[subprocess.Popen[bytes]]]:
    """Start a process and add it to those known, before an interruption can come between."""
    _STARTING.append(False)
    try:
        yield _STARTED
    finally:
        due = _STARTING.pop()
    if due:
        raise KeyboardInterrupt


def interrupt() -> None:
    """Interrupt what is being done, as Ctrl-C does; a process that is being started is known first.

    Raises:
        KeyboardInterrupt: That is it.
    """
    if not _STARTING:
        raise KeyboardInterrupt
    _STARTING[-1] = True


def end() -> None:
    """End those that are still at work: nobody listens to them any more."""
    for process in [*_STARTED]:
        with contextlib.suppress(OSError):
            process.kill()
