"""Exit codes."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What other people's scripts read."""

    FINE = 0
    PROBLEMS = 1
    USAGE = 2
    REFUSED = 3
    BUG = 4
    WRITTEN = 5
    INTERRUPTED = 130
