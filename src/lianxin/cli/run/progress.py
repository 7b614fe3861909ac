"""A progress bar for anything that takes more than a second, on a terminal only."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int, int], None]

_PATIENCE = 1.0  # seconds before anything is shown


@contextmanager
def progress(label: str, *, show: bool) -> Iterator[Advance]:
    """Yield ``advance(done, total)``; the bar appears only once a second has passed."""
    if not show:
        yield lambda _done, _total: None
        return
    started = time.monotonic()
    bar = None
    task = None

    def advance(done: int, total: int) -> None:
        nonlocal bar, task
        if bar is None:
            if time.monotonic() - started < _PATIENCE:
                return
            from rich.console import Console
            from rich.progress import Progress

            bar = Progress(console=Console(stderr=True), transient=True)
            task = bar.add_task(label, total=total)
            bar.start()
        if task is not None:
            bar.update(task, completed=done, total=total)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.stop()
