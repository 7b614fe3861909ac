"""Which of several names is meant by what was typed: as it is written, by its sound, by the tail of a number, nearly.

rank("xsp", Names([Name("CUN-A0003", ("响水坪村",)), …])) → [(0, Grade.SOUND_BEGUN)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
        posts: What else it is spoken of as, which may be said of others too: 镇长; of a visit, its village.
    """

    words: tuple[str, ...]
    person: bool = False
    numbers: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()


#: It is by a post; the place of its grade; it is by an unusual reading. The least fits best.
_Fit = tuple[bool, int, bool]


class Names:
    """Names to choose from, made ready once and asked at every key."""

    def __init__(self, names: Sequence[Name]) -> None:
        """Make ready."""
        self.names = tuple(names)
        called = [(at, word, post) for at, name in enumerate(names) for post, word in _called(name)]
        self._words = [(at, key(word).lower()) for at, word, _ in called]
        self._posts = [post for _, _, post in called]
        self._numbers = [(at, key(number).upper()) for at, name in enumerate(names) for number in name.numbers]

    def ranked(self, typed: str, turn: Callable[[int], int] = lambda _at: 0) -> list[tuple[int, Grade]]:
        """The places of the names that may be meant, the likeliest first; near ones only where none is better.

        Names come before posts. A post that fits several as well is nobody's alone: they are told as near.

        Args:
            typed: So much of it is there.
            turn: In which turn the name at a place comes among those that fit as well.
        """
        best: dict[int, _Fit] = {}
        for at, fit in (*self._written(typed), *self._sounding(typed), *self._ending(typed)):
            best[at] = min(fit, best.get(at, fit))
        if not best:
            return [(at, Grade.NEAR) for at in self._near(typed)]
        order = sorted(best, key=lambda at: (best[at], turn(at), len(self.names[at].words[0]), at))
        first, *others = (best[at] for at in order)
        shared = first[0] and first in others
        grades = list(Grade)
        return [(at, Grade.NEAR if shared else grades[best[at][1]]) for at in order]

    def _written(self, typed: str) -> Iterator[tuple[int, _Fit]]:
        text = key(typed).lower()
        for (at, word), post in zip(self._words, self._posts, strict=True) if text else ():
            if text in word:
                grade = Grade.BEGUN if word.startswith(text) else Grade.HELD
                yield at, (post, _ORDER[Grade.SAME if word == text else grade], False)

    def _sounding(self, typed: str) -> Iterator[tuple[int, _Fit]]:
        """Those that sound so; those by their usual readings first."""
        letters = spelt(typed)
        for sound in self._sounds.found(letters) if letters else ():
            at, word = self._words[sound.at]
            said = readings(word, person=self._personal(sound.at))
            usual = tuple((one[0],) for one in said)
            grade = _ORDER[_sounded(sound.start, sound.end, said)]
            yield at, (self._posts[sound.at], grade, not end_of(letters, usual, sound.start))

    def _personal(self, place: int) -> bool:
        """Whether the word at a place begins with a surname."""
        return self.names[self._words[place][0]].person and not self._posts[place]

    def _ending(self, typed: str) -> Iterator[tuple[int, _Fit]]:
        text = key(typed).upper()
        if len(text) >= _SHORTEST_TAIL and text[-1].isdecimal():
            for at, number in self._numbers:
                if number.endswith(text):
                    yield at, (False, _ORDER[Grade.TAIL], False)

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
        return [spelling(word, person=self._personal(place)) for place, (_, word) in enumerate(self._words)]


def _called(name: Name) -> Iterator[tuple[bool, str]]:
    """All that it is called, and whether that is a post."""
    yield from ((False, word) for word in name.words)
    yield from ((True, word) for word in name.posts)


def _sounded(start: int, end: int, said: Readings) -> Grade:
    if start:
        return Grade.SOUND_HELD
    return Grade.SOUND if end == len(said) else Grade.SOUND_BEGUN
