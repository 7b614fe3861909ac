"""Whose names may stand in free text, and the public words in which such a name is nobody's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace

from lianxin.core.book import Book
from lianxin.core.field import FieldSpec
from lianxin.core.kind import Derived, Kind
from lianxin.core.name import Known, writings
from lianxin.core.personal import find
from lianxin.core.record import fields_of
from lianxin.kinds import KIND, KINDS
from lianxin.reports.value import CALLED

#: Everyone a villager's words may name: reporters, households and their members, people met on visits.
_PEOPLE = """
  SELECT DISTINCT reporter FROM issue
  UNION SELECT DISTINCT head FROM household
  UNION SELECT json_extract(m.value, '$.姓名') FROM household, json_each(household.members) AS m
  UNION SELECT p.value FROM visit, json_each(visit.people) AS p
  UNION SELECT name FROM former
"""


#: Whom tables speak of where they speak of the office itself.
_OWN = ("本单位",)
_OF_PLACE = re.compile("^.*?(?:县|镇|乡|街道|社区|村)")
#: A shorter one may be a name.
_SHORTEST_WORD = 2


def names(book: Book) -> Known:
    """Whom the texts of a book may name; worked out once for each state of its files.

    Of a book of the past also those who became known since: the same villagers are protected whatever is looked at.
    """
    found = _known(book.kept("known", lambda: _told(book, *_people(book))))
    with book.present() as now:
        cells, lost = _people(now) if now else (frozenset(), frozenset())
    if found.lost >= lost and found.people >= {name for cell in cells for name in writings(cell)}:
        return found
    before, lost_before = _people(book)
    return _known(_told(book, before | cells, lost_before | lost))


def _known(told: str) -> Known:
    return Known(**{name: frozenset(words) for name, words in json.loads(told).items()})


def _people(book: Book) -> tuple[frozenset[str], frozenset[str]]:
    """The cells that name people, and the files whose names are not known."""
    bygone, lost = book.bygone()
    return bygone.union(str(cell) for (cell,) in book.sql(_PEOPLE) if cell), lost


def _told(book: Book, people: frozenset[str], lost: frozenset[str]) -> str:
    lines = (str(phone) for (phone,) in book.sql("SELECT phone FROM org WHERE phone IS NOT NULL"))
    words = {*_called(book), *book.terms(shipped=False)}
    homes = (str(home) for (home,) in book.sql("SELECT address FROM household WHERE address IS NOT NULL"))
    known = Known.of(people, words, {*_vocabulary(), *book.terms(shipped=True)}, lines, homes)
    told = asdict(replace(known, lost=lost))
    return json.dumps({name: sorted(one) for name, one in told.items()}, ensure_ascii=False)


def _called(book: Book) -> Iterator[str]:
    """What villages, units and officials are called, and the groups of villages."""
    for kind in (KIND[name] for name in sorted(CALLED)):
        for spec in kind.fields:
            if spec.term:
                column = f'SELECT j.value FROM "{kind.name}", json_each("{spec.name}") AS j'  # noqa: S608 - declared names
                plain = f'SELECT "{spec.name}" FROM "{kind.name}"'  # noqa: S608 - declared names
                found = [str(word) for (word,) in book.sql(column if spec.many else plain) if word]
                # a telephone is nobody's name
                yield from (word for whole in found if not find(whole) for word in (whole, *_short(whole)))


def _short(word: str) -> Iterator[str]:
    """What a village or a unit is called in its own town: 响水坪, 水务站."""
    for short in (word.removesuffix("村").removesuffix("社区"), _OF_PLACE.sub("", word)):
        if len(short) > _SHORTEST_WORD and short != word:
            yield short


def _vocabulary() -> Iterator[str]:
    """Labels, choices, steps and states of every kind."""
    yield from _OWN
    for kind in KINDS:
        yield kind.label
        for spec in kind.fields:
            yield from _words(spec)
        for derived in kind.derived:
            yield from _words(derived)
        yield from _life(kind)


def _life(kind: Kind) -> Iterator[str]:
    if kind.lifecycle:
        yield from (state.value for state in kind.lifecycle.states)
        for step in kind.lifecycle.steps:
            yield step.label
            for spec in fields_of(step.model):
                yield from _words(spec)


def _words(spec: FieldSpec | Derived) -> Iterator[str]:
    yield spec.label
    yield from spec.choices
    if spec.group:
        for part in fields_of(spec.group):
            yield from _words(part)
