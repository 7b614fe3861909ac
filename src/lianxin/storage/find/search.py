"""From words to the records that have all of them: in an id, a name or its sound, a text, or by what is pointed to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from lianxin.core.text.excerpt import Word
from lianxin.core.text.pattern import late
from lianxin.core.text.pinyin import Sounds
from lianxin.kinds import BRIEF
from lianxin.storage.book_resolve import tails
from lianxin.storage.find.text import Rows


class Where(StrEnum):
    """Where a word stands, the most telling first."""

    ID = "编号"
    NAME = "名称就是"
    SOUND_SAME = "名称的拼音就是"
    SOUND_BEGINS = "名称的拼音开头"
    IN_NAME = "名称含有"
    SOUND = "名称的拼音"
    TEXT = "内容"


#: Found by its sound.
HEARD = frozenset({Where.SOUND_SAME, Where.SOUND_BEGINS, Where.SOUND})
#: So few letters are the beginning of a name; in the middle of one they are met everywhere.
FEW = 2

#: Of several that bear a number people mostly mean one of these kinds.
_NUMBERED = tuple(BRIEF[name].prefix for name in ("issue", "whistle", "visit"))

#: What may be an id, or a part of one that is more than a year or a number.
_ID = late(r"(?=.*[a-z])(?=.*\d)[a-z\d-]+")
_NUMBER = late(r"\d\Z")

_ORDER = {where: place for place, where in enumerate(Where)}


class Hits(Struct, frozen=True):
    """What was found.

    Attributes:
        ids: In order: by where the words stand, then what is still to be done, then the newest.
        named: For each word, where in the id or the name of which records it stands.
        pointing: For each word, the records that point to one of those.
    """

    ids: Sequence[str]
    named: Sequence[Mapping[str, Where]]
    pointing: Sequence[Collection[str]]


def search(
    rows: Rows, said: sqlite3.Connection, words: Sequence[Word], year: int, nameless: Callable[[str], bool]
) -> Hits:
    """The records that have all these words.

    Args:
        rows: Runs a statement over the index.
        said: As ``storage.find.store`` opened it.
        words: Looked for.
        year: Whose records tails of ids mean first.
        nameless: Whether the name of a record, by its id, is not looked at.
    """
    named = [_named(rows, word, year, nameless) for word in words]
    pointing = [_pointing(rows, _telling(word, one)) for word, one in zip(words, named, strict=True)]
    near = [{*one, *others} for one, others in zip(named, pointing, strict=True)]
    found = _having(said, words, near)
    called = set[str]().union(*named)
    turn = {kind: place for place, kind in enumerate(_NUMBERED)}

    def order(id_: str) -> tuple[int, bool, int]:
        """By where the words stand; of numbers those that are written whole, then by kind."""
        where = [one.get(id_, Where.TEXT) for one in named]
        numbers = [word.read.upper() for word, one in zip(words, where, strict=True) if one is Where.ID]
        whole = any(id_ == number or id_.endswith(f"-{number}") for number in numbers)
        return (
            sum(map(_ORDER.__getitem__, where)),
            not whole,
            turn.get(id_.partition("-")[0], len(turn)) if numbers else 0,
        )

    told = sorted((id_ for id_ in found if id_ in called), key=order)
    return Hits([*told, *(id_ for id_ in found if id_ not in called)], named, pointing)


#: What is still to be done first, then the newest.
_TURN = "off, day DESC, length(id) DESC, id DESC"
_AMONG = "id IN (SELECT value FROM json_each(?))"
_HOLDS = "instr(text, ?)"


def _having(said: sqlite3.Connection, words: Sequence[Word], near: Sequence[Collection[str]]) -> list[str]:
    """The records that have each word in their texts, or are near to it; those last that only point to what has it."""
    read = [word.read for word in words]
    if len(words) == 1:
        found = _ids(said, _HOLDS, _TURN, *read)
        others = {*near[0]}.difference(found)
        return found + (_ids(said, _AMONG, _TURN, json.dumps([*others])) if others else [])
    either = " AND ".join([f"({_HOLDS} OR {_AMONG})"] * len(words))  # what lacks the first is not read for the others
    given = [one for word, ids in zip(read, near, strict=True) for one in (word, json.dumps([*ids]))]
    own = " AND ".join([_HOLDS] * len(words))
    return _ids(said, either, f"({own}) DESC, {_TURN}", *given, *read)


def _ids(said: sqlite3.Connection, where: str, order: str, *parameters: str) -> list[str]:
    rows = said.execute(f"SELECT id FROM said WHERE {where} ORDER BY {order}", parameters)  # noqa: S608 - our own
    return [id_ for (id_,) in rows]


def _named(rows: Rows, word: Word, year: int, nameless: Callable[[str], bool]) -> dict[str, Where]:
    """The records in whose ids or names a word stands."""
    found: dict[str, Where] = _sounding(rows, word.letters) if word.letters else {}
    called = rows("SELECT record, lower(word) = ?1 FROM called WHERE instr(lower(word), ?1)", (word.read,))
    better = (Where.SOUND_SAME, Where.SOUND_BEGINS)
    found |= {id_: Where.IN_NAME for id_, _ in called if found.get(id_) not in better}
    found |= dict.fromkeys((id_ for id_, whole in called if whole), Where.NAME)
    found = {id_: where for id_, where in found.items() if not nameless(id_)}
    if _NUMBER.search(word.read):
        found |= dict.fromkeys(tails(rows, word.typed, year), Where.ID)
    if _ID.fullmatch(word.read):
        whole = rows("SELECT id FROM record WHERE instr(id, ?)", (word.read.upper(),))
        found |= dict.fromkeys((str(id_) for (id_,) in whole), Where.ID)
    return found


def _telling(word: Word, named: Mapping[str, Where]) -> Collection[str]:
    """Those in whose names a word stands so that what points to them is looked for too: few letters begin too many."""
    if len(word.letters) > FEW or not word.letters:
        return named
    return [id_ for id_, where in named.items() if where not in (Where.SOUND_BEGINS, Where.SOUND)]


def _sounding(rows: Rows, letters: str) -> dict[str, Where]:
    """The records whose names sound so, begin so, or have that in them, the first counting for more.

    Of few letters those that only have them somewhere are found where no name begins with them.
    """
    names = "SELECT group_concat(word, char(10)), group_concat(record, ' ') FROM called"
    ((lines, ids),) = rows(names, ())
    met = [*Sounds(lines or "").found(letters)]
    words, records = (str(lines).split("\n"), str(ids).split(" ")) if met else ([], [])
    found: dict[str, Where] = {}
    for sound in met:
        whole = sound.start == 0 and sound.end == len(words[sound.at])
        if whole or records[sound.at] not in found:
            begins = Where.SOUND if sound.start else Where.SOUND_BEGINS
            found[records[sound.at]] = Where.SOUND_SAME if whole else begins
    begun: dict[str, Where] = {id_: where for id_, where in found.items() if where is not Where.SOUND}
    return begun if begun and len(letters) <= FEW else found


def _pointing(rows: Rows, named: Collection[str]) -> set[str]:
    """The records that point to one of some."""
    statement = "SELECT DISTINCT source FROM reference WHERE target IN (SELECT value FROM json_each(?))"
    return {str(id_) for (id_,) in rows(statement, (json.dumps([*named]),))} if named else set()
