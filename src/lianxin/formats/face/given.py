"""Given names alone: in a record that tells of 欧阳秋实, 秋实 is that person; so it is in any record of his village.

There a word of every day (建设) is he only where it does what people do. What is called so in public, and the tool's
own words, are nobody: 向阳村 stays whole, and so does 国庆.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from lianxin.core.document import Value
from lianxin.core.text.fold import APART, fold, folded
from lianxin.core.text.given import ordinary, spoken_of
from lianxin.core.text.name import ANYWHERE
from lianxin.core.text.pattern import late
from lianxin.formats.face.text import Veil

#: Between the texts of two rows.
_ROW = APART * 2

#: Every given name that is looked for has two characters (``core.text.name.given_names``).
_LONG = 2
_RECORD = late(r"[A-Z]{2,5}-(?:\d{4}-)?[A-Z]\d{4,}")


class Called(Struct, frozen=True):
    """Given names.

    Attributes:
        told: Of those whom a record tells of.
        near: Of the people of its village.
    """

    told: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.told or self.near)


def given_in(text: str, veil: Veil, record: str = "") -> Called:
    """The given names to be looked for in what is told of a record, and of those that a text names by their ids."""
    records = (record, *(_RECORD.findall(text) if "-" in text else ()))
    known = veil.known
    villages = [village for one in records if one for village in (ANYWHERE, *known.places.get(one, ()))]
    return Called(frozenset[str]().union(*(known.given.get(one, ()) for one in records)), _living(villages, veil))


def given_in_each(records: Iterable[str], veil: Veil) -> Iterator[Called]:
    """The same of many records one after another: the people of each village are put together once."""
    known = veil.known
    near: dict[tuple[str, ...], frozenset[str]] = {}
    for record in records:
        villages = (ANYWHERE, *known.places.get(record, ())) if record else ()
        if villages not in near:
            near[villages] = _living(villages, veil)
        yield Called(frozenset(known.given.get(record, ())), near[villages])


def _living(villages: Sequence[str], veil: Veil) -> frozenset[str]:
    return frozenset[str]().union(*(veil.known.living.get(village, ()) for village in villages))


def of_everybody(veil: Veil) -> Called:
    """Those of everybody: for words that were said of some record, it is not known of which."""
    return Called(frozenset[str]().union(*veil.known.given.values()))


def unnamed(text: str, veil: Veil, record: str = "") -> str:
    """A masked text of a record without the given names of those told of in it."""
    return hide_given(text, given_in(text, veil, record), veil)


def nameless(value: Value, names: Called, veil: Veil) -> Value:
    """A masked value without given names."""
    if isinstance(value, tuple):
        return tuple(str(nameless(one, names, veil)) for one in value)
    return hide_given(value, names, veil) if isinstance(value, str) else value


def hide_given(text: str, names: Called, veil: Veil) -> str:
    """A masked text without given names."""
    if not names or text.isascii() or not may_tell((text,), names, veil):
        return text
    read = folded(text)
    made, done = "", 0
    for at in veil.may_be_given(read.text):
        name = read.text[at : at + _LONG]
        if _somebody(name, names, read.text, at) and not veil.public(read.text, at, name):
            start, end = read.span(at, at + _LONG)
            made += f"{text[done:start]}{veil.given(name)}" if start >= done else ""
            done = max(done, end)
    return made + text[done:]


def may_tell(texts: Iterable[str], names: Called, veil: Veil) -> bool:
    """Whether one of these given names may stand in one of several texts, which takes less than a look at each."""
    return tells(fold(APART.join(texts)), names, veil)


def tells(whole: str, names: Called, veil: Veil) -> bool:
    """The same of a text that is folded already."""
    both = (names.told, names.near)
    return any(whole[at : at + _LONG] in one for at in veil.may_be_given(whole) for one in both)


def folded_rows(rows: Iterable[Iterable[str]]) -> list[str]:
    """The texts of each of many rows; each different one is folded once, and all at once: a fraction of the time."""
    told = [[text for text in texts if text] for texts in rows]
    different = [*{text for texts in told for text in texts}]
    known = dict(zip(different, fold(_ROW.join(different)).split(_ROW), strict=True)) if different else {}
    return [APART.join([known[text] for text in texts]) for texts in told]


def _somebody(name: str, names: Called, text: str, at: int) -> bool:
    if name in names.told:
        return True
    return name in names.near and (not ordinary(name) or spoken_of(text, at, at + _LONG))
