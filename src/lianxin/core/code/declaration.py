"""What a diagnostic is."""

from __future__ import annotations

from lianxin.core.dataclass import dataclass
from lianxin.core.problem import Level


@dataclass(frozen=True, slots=True)
class Code:
    """One diagnostic: what it means and what to do about it."""

    id: str
    title: str
    cause: str
    remedy: str
    level: Level = Level.ERROR
