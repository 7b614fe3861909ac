"""What may be said of a report besides its period; the desk asks for it before anything that makes one is loaded."""

from __future__ import annotations

from enum import StrEnum


class Asks(StrEnum):
    """What may be said of it."""

    NUMBER = "文号"
    CASES = "典型案例"
