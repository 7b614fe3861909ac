"""What a diagnostic is."""

from __future__ import annotations

from msgspec import Struct

from lianxin.core.problem import Level


class Code(Struct, frozen=True):
    """One diagnostic: what it means and what to do about it."""

    id: str
    title: str
    cause: str
    remedy: str
    level: Level = Level.ERROR
