"""How a form ends: what it holds is written, or she leaves it."""

from __future__ import annotations

from typing import Any

from textual.message import Message


class Written(Message):
    """It is in the ledger."""

    def __init__(self, done: Any) -> None:
        super().__init__()
        self.done = done


class Left(Message):
    """She leaves it; what was typed is kept, if anything was."""

    def __init__(self, *, kept: bool) -> None:
        super().__init__()
        self.kept = kept


class Other(Message):
    """She wants to go on with another one of the sort, that was left before."""


class Anew(Message):
    """She wants none of what was left of the last time; it is kept no longer."""
