"""Which of several names is meant by what was typed: as it is written, by its sound, by the tail of a number, nearly.

rank("xsp", Names([Name("CUN-A0003", ("响水坪村",)), …])) → [(0, Grade.SOUND_BEGUN)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from lianxin.core.text.choice import key
from lianxin.core.text.pinyin import Readings, Sounds, end_of, readings, spelling, spelt


class Grade(StrEnum):
    """How well a name fits what was typed, best first."""

    SAME = "就是"
    BEGUN = "开头"
    HELD = "含有"
    SOUND = "拼音就是"
    SOUND_BEGUN = "拼音开头"
    SOUND_HELD = "拼音含有"
    TAIL = "编号或号码的末几位"
    NEAR = "相近"


_ORDER = {grade: place for place, grade in enumerate(Grade)}
#: A tail of fewer digits is one of many numbers'.
_SHORTEST_TAIL = 3
#: How near a name must be, of a hundred; by its pinyin nearer, which has more letters to be alike in.
_NEAR, _NEAR_SOUND = 60, 84


class Name(Struct, frozen=True):
    """What may be meant.

    Attributes:
        words: What it is called, the usual first.
        person: They are somebody's name.
        numbers: Its id, its telephone.
    """

    words: tuple[str, ...]
    person: bool = False
    numbers: tuple[str, ...] = ()


class Names:
    """Names to choose from, made ready once and asked at every key."""

    def __init__(self, names: Sequence[Name]) -> None:
        """Make ready."""
        self.names = tuple(names)
        self._words = [(at, key(word).lower()) for at, name in enumerate(names) for word in name.words]
        self._numbers = [(at, key(number).upper()) for at, name in enumerate(names) for number in name.numbers]

    def ranked(self, typed: str) -> list[tuple[int, Grade]]:
        """The places of the names that may be meant, the likeliest first; near ones only where none is better."""
        best: dict[int, tuple[int, bool]] = {}
        for at, grade, usual in (*self._written(typed), *self._sounding(typed), *self._ending(typed)):
            fit = (_ORDER[grade], not usual)
            best[at] = min(fit, best.get(at, fit))
        if best:
            grades = list(Grade)
            order = sorted(best, key=lambda at: (*best[at], len(self.names[at].words[0]), at))
            return [(at, grades[best[at][0]]) for at in order]
        return [(at, Grade.NEAR) for at in self._near(typed)]

    def _written(self, typed: str) -> Iterator[tuple[int, Grade, bool]]:
        text = key(typed).lower()
        for at, word in self._words if text else ():
            if text in word:
                grade = Grade.BEGUN if word.startswith(text) else Grade.HELD
                yield at, Grade.SAME if word == text else grade, True

    def _sounding(self, typed: str) -> Iterator[tuple[int, Grade, bool]]:
        """Those that sound so, and whether it is by the usual readings."""
        letters = spelt(typed)
        for sound in self._sounds.found(letters) if letters else ():
            at, word = self._words[sound.at]
            said = readings(word, person=self.names[at].person)
            usual = tuple((one[0],) for one in said)
            yield at, _sounded(sound.start, sound.end, said), bool(end_of(letters, usual, sound.start))

    def _ending(self, typed: str) -> Iterator[tuple[int, Grade, bool]]:
        text = key(typed).upper()
        if len(text) >= _SHORTEST_TAIL and text[-1].isdecimal():
            for at, number in self._numbers:
                if number.endswith(text):
                    yield at, Grade.TAIL, True

    def _near(self, typed: str) -> list[int]:
        from rapidfuzz import fuzz, process

        text = key(typed).lower()
        if len(text) < 2:  # any name is near to a single character
            return []
        words = [word for _, word in self._words]
        near = [
            *process.extract(text, words, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None),
            *process.extract(
                spelt(typed) or spelling(text), self._spelt, scorer=fuzz.ratio, score_cutoff=_NEAR_SOUND, limit=None
            ),
        ]
        best: dict[int, float] = {}
        for _, score, place in near:
            at = self._words[place][0]
            best[at] = max(score, best.get(at, 0))
        return sorted(best, key=lambda at: (-best[at], at))

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds("\n".join(word for _, word in self._words))

    @cached_property
    def _spelt(self) -> list[str]:
        return [spelling(word, person=self.names[at].person) for at, word in self._words]


def _sounded(start: int, end: int, said: Readings) -> Grade:
    if start:
        return Grade.SOUND_HELD
    return Grade.SOUND if end == len(said) else Grade.SOUND_BEGUN
