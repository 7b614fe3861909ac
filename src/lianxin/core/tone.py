"""How a piece of text is meant, whatever it is shown in."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """How a piece of text is meant."""

    NORMAL = "正常"
    MUTED = "次要"
    GOOD = "良好"
    WARNING = "提醒"
    ALARM = "警示"
