"""What was found, looked at with the eyes of whoever reads it: a word that is hidden from him was not found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.declare.kind import Kind
from lianxin.core.document import Document, Face, KeyValues, Pair, parts, show
from lianxin.core.text.excerpt import Span, Word, around, marked, reading
from lianxin.formats.face.mask import mask
from lianxin.kinds import KIND, kind_of
from lianxin.reports.find import Found, Hidden, Place, Places, titled, told
from lianxin.reports.value import CALLED
from lianxin.storage.book import LedgerBook
from lianxin.storage.find.search import HEARD, Hits, Where
from lianxin.storage.find.text import of_ids

#: So many records are looked at together where not all that were found may be seen.
_TOGETHER = 200
#: So many places of a record are shown.
_MOST = 3


class Seen(Struct, frozen=True):
    """A record as it may be seen."""

    id: str
    kind: Kind
    title: str
    places: Sequence[Place]


class Look:
    """A look at what was found."""

    def __init__(self, book: LedgerBook, words: Sequence[Word], hits: Hits, face: Face, hidden: Hidden) -> None:
        """Prepare to look.

        Args:
            book: The records.
            words: Looked for.
            hits: What was found.
            face: Who reads it.
            hidden: From him.
        """
        self._book = book
        self._words = words
        self._named = hits.named
        self._face = face
        self._hidden = hidden
        self._places = Places(book, self._says, frozenset[str]().union(*hits.named))

    def seen(self, ids: Sequence[str], most: int) -> Iterator[Seen]:
        """Those of the records in which every word may be seen, in their order, about so many at a time."""
        together = most if self._face is Face.INTERNAL else _TOGETHER
        for start in range(0, len(ids), together):
            met = [*self._met(ids[start : start + together])]
            pairs = [pair for one in met for pair in (titled(one.kind, one.id, one.title), *_pairs(one))]
            masked = iter(self._masked(pairs))
            for one in met:
                title = show(next(masked).value)
                made = replace(one, title=title, places=[replace(place, pair=next(masked)) for place in one.places])
                if self._face is Face.INTERNAL or all(self._shows(made, n) for n in range(len(self._words))):
                    yield made

    def found(self, seen: Sequence[Seen]) -> list[Found]:
        """What is told of them."""
        pairs = self._told(seen)
        return [
            Found(
                one.id,
                one.kind,
                one.title,
                marked(one.title, self._spans(one.title, name=True)),
                [show(pair.value, pair.type) for pair in pairs.get(one.id, ())],
                [*self._excerpts(one)],
            )
            for one in seen
        ]

    def _says(self, text: str) -> bool:
        read = reading(text)
        return any(word.read in read for word in self._words)

    def _met(self, ids: Sequence[str]) -> Iterator[Seen]:
        kinds = {id_: kind_of(id_) for id_ in ids}
        alike = groupby(sorted(ids), lambda id_: kinds[id_].name)
        held = {one.id: one for name, own in alike for one in of_ids(self._book.sql, KIND[name], [*own])}
        for id_, kind in kinds.items():
            places = self._places.of(kind, id_, held[id_].fields, held[id_].events) if id_ in held else ()
            yield Seen(id_, kind, self._book.title(id_), [*places])

    def _masked(self, pairs: Sequence[Pair]) -> Sequence[Pair]:
        if self._face is Face.INTERNAL:
            return pairs
        known, own = self._hidden
        (block,) = mask(Document("", (KeyValues(tuple(pairs)),), names=known, own=own), self._face).blocks
        return block.pairs if isinstance(block, KeyValues) else ()

    def _shows(self, seen: Seen, n: int) -> bool:
        """Whether a word may be seen somewhere in a record."""
        word, where = self._words[n], self._named[n].get(seen.id)
        if where is Where.ID or (where and seen.kind.name in CALLED):
            return True
        if word.within(seen.title) or (where in HEARD and word.heard(seen.title)):
            return True
        return any(
            word.within(text) or (place.name and word.heard(text)) for place in seen.places for text in _texts(place)
        )

    def _spans(self, text: str, *, name: bool) -> list[Span]:
        """Where in a text the words stand; of a name, where it sounds like them."""
        return [span for word in self._words for span in word.within(text) or (word.heard(text) if name else [])]

    def _excerpts(self, seen: Seen) -> Iterator[tuple[str, str, str]]:
        """Of the places so many as show every word that the name does not; where it shows all, the field it is."""
        left = {word for word in self._words if not self._of(word, seen.title, name=True)}
        titled, made = not left, 0
        places = [place for place in seen.places if _texts(place) == [seen.title]][:1] if titled else seen.places
        for place in places:
            text, name = "、".join(_texts(place)), titled or place.name
            here = {word for word in self._words if self._of(word, text, name=name)}
            if made < _MOST and here and (titled or here & left):
                left, made = left - here, made + 1
                kept, inside = around(text, self._spans(text, name=name))
                yield place.pair.label, kept, marked(kept, inside)
        pointing = next((place for place in seen.places if place.name), None)
        if pointing and left and not made:  # by the number of what it points to
            text = "、".join(_texts(pointing))
            yield pointing.pair.label, text, text

    def _of(self, word: Word, text: str, *, name: bool) -> bool:
        return bool(word.within(text) or (name and word.heard(text)))

    def _told(self, seen: Sequence[Seen]) -> dict[str, list[Pair]]:
        """Where they stand, and what tells them from others of their name."""
        pairs: dict[str, list[Pair]] = {}
        for kind in {one.kind.name: one.kind for one in seen}.values():
            pairs |= told(self._book, kind, [one.id for one in seen if one.kind is kind])
        masked = iter(self._masked([pair for own in pairs.values() for pair in own]))
        made = {id_: [next(masked) for _ in own] for id_, own in pairs.items()}
        ids = json.dumps([one.id for one in seen])
        voided = "SELECT id FROM record WHERE voided AND id IN (SELECT value FROM json_each(?))"
        return {id_: [Pair("", "已作废")] for (id_,) in self._book.sql(voided, (ids,))} | made


def _pairs(seen: Seen) -> list[Pair]:
    return [place.pair for place in seen.places]


def _texts(place: Place) -> list[str]:
    return [show(one, place.pair.type) for one in parts(place.pair.value) if one is not None]
