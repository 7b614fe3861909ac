"""What may stand in a field that is picked from: a short list of words, or records found by what is typed of them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.entry.offer import offers
from lianxin.core.declare.field import FieldSpec
from lianxin.core.error import LianxinError
from lianxin.core.text.meant import Grade, Name, Names
from lianxin.storage.book import LedgerBook

#: So many records are shown at once.
MOST = 6


class Choice(Struct, frozen=True):
    """One of what may be picked.

    Attributes:
        value: As it would be typed.
        shown: As it stands in the field.
        apart: What tells it from others that are called so.
        near: It is only something like what was typed: never taken unless it is marked.
    """

    value: str
    shown: str
    apart: str = ""
    near: bool = False


def words(found: Sequence[tuple[str, str]], typed: str) -> list[Choice]:
    """Those of some words, ``(value, shown)``, that may be meant, the likeliest first; all for nothing typed."""
    choices = [Choice(value, shown) for value, shown in found]
    if not typed.strip():
        return choices
    names = Names([Name((one.shown,), person=False) for one in choices])
    return [replace(choices[at], near=grade is Grade.NEAR) for at, grade in names.ranked(typed)]


def records(book: LedgerBook, spec: FieldSpec, typed: str, unit: str = "") -> list[Choice]:
    """The records that may be meant, the likeliest first; for nothing typed those of the unit, then the newest.

    What was typed may be a number that means one of them: that comes before all others, by its title.
    """
    found = [Choice(one.id, one.title, one.apart, one.near) for one in offers(typed, book, spec, MOST, unit)]
    meant = stands(book, spec, typed.strip()) if any(map(str.isdecimal, typed)) else Choice("", "")
    if meant.value == typed.strip() or any(one.value == meant.value for one in found):
        return found
    return [Choice(meant.value, book.title(meant.value), meant.value), *found][:MOST] if meant.value else found


def stands(book: LedgerBook, spec: FieldSpec, word: str) -> Choice:
    """A record as it stands in a field: by its name, and by its id where others are called so; else as it was typed."""
    try:
        id_ = book.resolve(word, *spec.refs)
    except LianxinError:
        return Choice(word, word)
    title = book.title(id_)
    try:
        alone = book.resolve(title, *spec.refs) == id_
    except LianxinError:
        alone = False
    return Choice(id_, title if alone else f"{title} {id_}")
