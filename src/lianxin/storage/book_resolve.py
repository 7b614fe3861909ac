"""From what a person types to a full id: tails of ids, this year's first, names, and names by their pinyin."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from lianxin.core.declare.kind import Brief
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.text.fold import fold
from lianxin.core.text.pattern import late
from lianxin.core.text.pinyin import Sounds, spelt
from lianxin.kinds import BRIEF, BRIEFS, BY_PREFIX
from lianxin.storage.candidate import Rows, missing, several, unnumbered

_PREFIXES = "|".join(BY_PREFIX)
_TAIL = late(
    rf"(?:(?P<prefix>{_PREFIXES})-?)?(?:(?P<year>\d{{4}})-)?(?P<station>[A-Z])?(?P<number>\d{{1,9}})\Z", re.ASCII
)

#: Kinds that are called by name when no kind is asked for.
_NAMED = ("person", "village", "org", "household")


#: A number is written with so many digits at least.
_DIGITS = 4

#: A name is spelt with so many letters at least.
_LETTERS = 2


class _Match(Struct, frozen=True):
    id: str
    title: str
    kind: str
    voided: int

    @property
    def year(self) -> int | None:
        """The year in its id."""
        found = BRIEF[self.kind].id_pattern().match(self.id)
        return int(found["year"]) if found and BRIEF[self.kind].yearly else None


def of_a_kind(word: str) -> bool:
    """Whether a word says of which kind the record is whose number it is: ``ZG5``, ``ZG-A0005``."""
    tail = _TAIL.match(unicodedata.normalize("NFKC", word).strip().upper())
    return bool(tail and tail["prefix"])


def resolve(rows: Rows, word: str, kinds: Sequence[str], year: int, *, in_force: bool = False) -> str:
    """The one record a word means.

    Args:
        rows: Runs a statement.
        word: As typed.
        kinds: Names of the kinds that will do; none for any.
        year: Whose records come first.
        in_force: A voided record will not do.

    Raises:
        UsageError: None or several match, all of which are shown; or the one that does is voided.
        LianxinError: It is the id of a file that cannot be read.
    """
    text = unicodedata.normalize("NFKC", word).strip()
    tail = _TAIL.match(text.upper())
    matches = _by_tail(rows, tail, kinds, year) if tail else []
    if not matches:
        among = tuple(kinds) or _NAMED
        found = f"SELECT record FROM called WHERE word = ? AND kind IN ({', '.join('?' * len(among))})"  # noqa: S608
        named = _matches(rows, f"id IN ({found})", (fold(word), *among))
        matches = [match for match in named if not match.voided] or named or _by_sound(rows, word, among)
    if len(matches) == 1:
        if in_force and matches[0].voided:
            raise UsageError(f"{matches[0].id} 已经作废，不能再写；由哪一份接替，看 lianxin show {matches[0].id}")
        return matches[0].id
    if matches:
        raise several(rows, word, [(match.id, match.title, match.kind) for match in matches])
    unreadable = rows("SELECT path FROM file WHERE record IS NULL AND path LIKE ?", (f"%{text}.yaml",)) if tail else []
    if len(unreadable) == 1:
        raise LianxinError(f"{unreadable[0][0]} 读不出来，请运行 lianxin check 看哪里要改")
    if tail:
        raise unnumbered(rows, word, *_meant(tail, kinds))
    raise missing(rows, word, tuple(kinds) or _NAMED, any_=not kinds)


def _meant(tail: re.Match[str], kinds: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The kinds that a number may be of, any where there are none; and how ids like it end, if it is nearly one."""
    named = BY_PREFIX[tail["prefix"]].name if tail["prefix"] else ""
    nearly = tail["prefix"] or tail["year"] or tail["station"]
    return (
        (named,) if named and (not kinds or named in kinds) else tuple(kinds)
    ), f"{int(tail['number']):04d}" if nearly else ""


def tails(rows: Rows, word: str, year: int) -> list[str]:
    """The ids of which a word may be the tail, this year's first of each kind; none where it is no number."""
    tail = _TAIL.match(unicodedata.normalize("NFKC", word).strip().upper())
    return [match.id for match in _by_tail(rows, tail, (), year)] if tail else []


def _matches(rows: Rows, where: str, parameters: Sequence[Any]) -> list[_Match]:
    found = rows(f"SELECT id, title, kind, voided FROM record WHERE {where} ORDER BY id", parameters)  # noqa: S608 - our own text
    return [_Match(*row) for row in found]


def _by_tail(rows: Rows, tail: re.Match[str], among: Sequence[str], year: int) -> list[_Match]:
    number = int(tail["number"])
    fits = [
        one
        for one in BRIEFS
        if (not among or one.name in among)
        and (not tail["prefix"] or one.prefix == tail["prefix"])
        and (not tail["year"] or one.yearly)
    ]
    if not fits or (len(tail["number"]) > _DIGITS and tail["number"].startswith("0")):
        return []
    if tail["station"] and len(fits) == 1:
        exact = _matches(rows, "id = ?", (_id(fits[0], int(tail["year"] or year), tail["station"], number),))
        if exact:
            return exact
    ending = f"%{tail['station'] or ''}{number:04d}"
    kinds = ", ".join("?" * len(fits))
    found = _matches(rows, f"id LIKE ? AND kind IN ({kinds})", (ending, *(one.name for one in fits)))
    matches = [match for match in found if _number(match) == number]
    if tail["year"]:
        return [match for match in matches if match.year == int(tail["year"])]
    current = {match.kind for match in matches if match.year == year}
    return [match for match in matches if match.year in (None, year) or match.kind not in current]


def _by_sound(rows: Rows, word: str, among: Sequence[str]) -> list[_Match]:
    """Those in force whose whole names a word spells, by pinyin or initials; else those of which it spells a part."""
    letters = spelt(word)
    if len(letters) < _LETTERS:
        return []
    kinds = ", ".join("?" * len(among))
    called = rows(
        f"SELECT c.word, c.record FROM called AS c JOIN record AS r ON r.id = c.record "  # noqa: S608 - marks only
        f"WHERE NOT r.voided AND c.kind IN ({kinds})",
        tuple(among),
    )
    found = [*Sounds("\n".join(name for name, _ in called)).found(letters)]
    whole = [one for one in found if one.whole]
    ids = json.dumps([called[one.at][1] for one in whole or found])
    return _matches(rows, "id IN (SELECT value FROM json_each(?))", (ids,))


def _id(kind: Brief, year: int, station: str, number: int) -> str:
    return f"{kind.prefix}-{f'{year}-' if kind.yearly else ''}{station}{number:04d}"


def _number(match: _Match) -> int | None:
    found = BRIEF[match.kind].id_pattern().match(match.id)
    return int(found["number"]) if found else None
