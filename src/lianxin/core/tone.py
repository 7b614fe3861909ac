"""How a piece of text is meant, whatever it is shown in."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self


class Tone(StrEnum):
    """How a piece of text is meant."""

    NORMAL = "正常"
    MUTED = "次要"
    GOOD = "良好"
    WARNING = "提醒"
    ALARM = "警示"


class Toned(StrEnum):
    """A closed set, of whose words some are meant so wherever they are shown: ``LATE = "已逾期", Tone.ALARM``."""

    tone: Tone

    def __new__(cls, word: str, tone: Tone = Tone.NORMAL) -> Self:
        """A word, and how it is meant."""
        made = str.__new__(cls, word)
        made._value_ = word
        made.tone = tone
        return made


#: Words, and how they are meant; what is not among them is normal.
Tones = tuple[tuple[str, Tone], ...]


def tones(words: Iterable[str]) -> Tones:
    """Those words of a closed set that are meant in some way."""
    return tuple((one.value, one.tone) for one in words if isinstance(one, Toned) and one.tone is not Tone.NORMAL)
