"""Chinese typed by its sound: full pinyin, initials, or some of each (``xiangshuiping``, ``xsp``, ``xiangsp``).

Of a character that is read in several ways every reading will do; the usual one comes first, of a surname the one it
has as a surname.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from lianxin.core.text.fold import fold
from lianxin.core.text.pattern import late

#: Of each character its readings, the likeliest first; what is no Chinese stands for itself.
Readings = tuple[tuple[str, ...], ...]

#: Surnames that are not read as the same characters usually are.
_SURNAMES = {
    name: tuple(said.split("'"))
    for name, said in re.findall(
        "([^a-z']+)([a-z']+)",
        "单shan仇qiu解xie查zha曾zeng区ou盖ge缪miao朴piao覃qin员yun洗xian召shao繁po种chong秘bi翟zhai隗wei乜nie句gou折she"
        "黑he牟mu佴nai郇xun祭zhai阚kan乐yue粘nian卜bu都du藏zang么yao颉xie薄bo适kuo"
        "尉迟yu'chi万俟mo'qi单于chan'yu澹台tan'tai乐正yue'zheng",
    )
}
#: GB 2312 has the common characters in the order of their sound: the first of each initial, and the last of all.
_FIRST = [one.encode("gb2312") for one in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"]
_INITIALS, _LAST = "abcdefghjklmnopqrstwxyz", "座".encode("gb2312")
#: What is typed without an umlaut key.
_UMLAUTS = str.maketrans({"ü": "v", "Ü": "v", "'": "", "’": ""})
_CHINESE = late("[\u3007\u3400-\u9fff\U00020000-\U0002f7ff]")
_LETTERS = late("[a-z]+")
#: Initials of two letters end so.
_SECOND = "h"
_APART = "\n"
#: By this its own manual has it leave them out.
_NO_PHRASES = "PYPINYIN_NO_PHRASES"


class Sound(Struct, frozen=True):
    """Where one of several lines sounds as was typed.

    Attributes:
        at: Which of them.
        line: As it is folded.
        start, end: Where in it.
    """

    at: int
    line: str
    start: int
    end: int

    @property
    def whole(self) -> bool:
        """Whether it is all of the line."""
        return self.start == 0 and self.end == len(self.line)


def initial(character: str) -> str:
    """The letter with which a character is usually spoken; of a common one it is known without the library."""
    code = character.encode("gb2312", "replace")
    if _FIRST[0] <= code <= _LAST and len(code) > 1:
        return _INITIALS[bisect_right(_FIRST, code) - 1]
    return readings(character)[0][0][0]


def readings(text: str, *, person: bool = False) -> Readings:
    """How each character of a text may be read.

    Args:
        text: Folded or not.
        person: It is somebody's name.
    """
    return _readings(fold(text).lower(), person=person)


@lru_cache(1 << 16)
def _readings(folded: str, *, person: bool) -> Readings:
    said = [_read(one) for one in folded]
    surname = (_SURNAMES.get(folded[:2]) or _SURNAMES.get(folded[:1]) or ()) if person else ()
    for place, own in enumerate(surname):
        said[place] = (own, *(one for one in said[place] if one != own))
    return tuple(said)


@lru_cache(1 << 15)
def _read(character: str) -> tuple[str, ...]:
    if not _CHINESE.fullmatch(character):
        return (character,)
    (found,) = _pypinyin().pinyin(character, style=_pypinyin().Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(found))


@cache
def _pypinyin() -> Any:
    """The library without its phrases: it is asked for characters alone, and phrases take most of its time to load."""
    before = os.environ.get(_NO_PHRASES)
    os.environ[_NO_PHRASES] = "1"
    try:
        import pypinyin
    finally:
        if before is None:
            del os.environ[_NO_PHRASES]
        else:
            os.environ[_NO_PHRASES] = before
    return pypinyin


def spelt(typed: str) -> str:
    """What was typed, if that may be pinyin, as ``Sounds`` takes it; empty for anything else."""
    text = fold(typed.translate(_UMLAUTS)).lower()
    return text if _LETTERS.fullmatch(text) else ""


def spelling(text: str, *, person: bool = False) -> str:
    """A text's full pinyin as it is most likely read."""
    return "".join(one[0] for one in readings(text, person=person))


def matches(typed: str, text: str, *, person: bool = False) -> bool:
    """Whether a text sounds, somewhere in it, as was typed."""
    letters = spelt(typed)
    said = readings(text, person=person)
    return bool(letters) and any(end_of(letters, said, start) for start in range(len(said)))


def end_of(letters: str, said: Readings, start: int = 0) -> int:
    """Where a text has been spelt that is begun at a place: nought where these letters do not spell it.

    A character is spelt by its initial or whole. The last one may be left half written, if none before it was an
    initial alone: 周浩 is not meant by ``zha``.
    """
    places = {0: True}  # how many letters are used up, and whether by whole syllables
    for at in range(start, len(said)):
        further: dict[int, bool] = {}
        for place, whole in places.items():
            rest = letters[place:]
            for one in said[at]:
                if one.startswith(rest) and (whole or one == rest or rest in _initials(one)):
                    return at + 1
                for length in _used(rest, one):
                    further[place + length] = (whole and length == len(one)) or further.get(place + length, False)
        if not further:
            return 0
        places = further
    return 0


def _used(rest: str, said: str) -> Iterator[int]:
    """How many letters may stand for a syllable with others behind them: all of it, or its initial."""
    for part in (*_initials(said), said):
        if len(part) < len(rest) and rest.startswith(part):
            yield len(part)


def _initials(said: str) -> tuple[str, ...]:
    """Of one letter, or of two."""
    return (said[0], said[:2]) if said[1:2] == _SECOND else (said[0],)


class Sounds:
    """Many lines to be looked through by their sound: made ready once, asked for every word typed."""

    def __init__(self, lines: str) -> None:
        """Make ready.

        Args:
            lines: Folded, one after another.
        """
        self._lines = lines.lower()
        self._said = {one: _read(one) for one in {*self._lines} - {_APART}}

    def found(self, letters: str) -> Iterator[Sound]:
        """The lines that sound so, in their order, each once: where it is first met.

        Args:
            letters: As ``spelt`` has them.
        """
        pattern = self._beginning(letters)
        at = begun = done = 0
        for met in pattern.finditer(self._lines) if pattern else ():
            place = met.start()
            if place < done:
                continue
            at += self._lines.count(_APART, begun, place)
            begun = place
            start = self._lines.rfind(_APART, 0, place) + 1
            line = self._line(start)
            end = end_of(letters, _readings(line, person=False), place - start)
            if end:
                done = start + len(line)
                yield Sound(at, line, place - start, end)

    def _line(self, start: int) -> str:
        end = self._lines.find(_APART, start)
        return self._lines[start:end] if end >= 0 else self._lines[start:]

    def _beginning(self, letters: str) -> re.Pattern[str] | None:
        """Where the letters may begin to spell something: by the first character and, unless it is all, the second."""
        alone = [one for one, said in self._said.items() if any(way.startswith(letters) for way in said)]
        begun = {one: {length for way in said for length in _used(letters, way)} for one, said in self._said.items()}
        nexts = {letters[length] for lengths in begun.values() for length in lengths}
        second = [one for one, said in self._said.items() if any(way[0] in nexts for way in said)]
        first = [one for one, lengths in begun.items() if lengths]
        ways = [_any(alone)] if alone else []
        ways += [f"{_any(first)}(?={_any(second)})"] if first and second else []
        return re.compile("|".join(ways)) if ways else None


def _any(characters: Sequence[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"
