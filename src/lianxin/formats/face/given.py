"""Given names alone: in a record that tells of 欧阳秋实, 秋实 is that person; anywhere else it is a word.

What is called so in public, and the tool's own words, are nobody: 向阳村 stays whole, and so does 国庆.
"""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.core.document import Value
from lianxin.core.text.fold import folded
from lianxin.core.text.pattern import late
from lianxin.formats.face.text import Veil

#: What stands for a given name, as behind a surname.
_HIDDEN = "*"
_RECORD = late(r"[A-Z]{2,5}-(?:\d{4}-)?[A-Z]\d{4,}")


def given_in(text: str, veil: Veil, record: str = "") -> frozenset[str]:
    """The given names of those told of by a record, and by the records that a text names by their ids."""
    records = (record, *(_RECORD.findall(text) if "-" in text else ()))
    return frozenset[str]().union(*(veil.known.given.get(one, ()) for one in records))


def unnamed(text: str, veil: Veil, record: str = "") -> str:
    """A masked text of a record without the given names of those told of in it."""
    return hide_given(text, given_in(text, veil, record), veil)


def nameless(value: Value, names: Iterable[str], veil: Veil) -> Value:
    """A masked value without given names."""
    if isinstance(value, tuple):
        return tuple(str(nameless(one, names, veil)) for one in value)
    return hide_given(value, names, veil) if isinstance(value, str) else value


def hide_given(text: str, names: Iterable[str], veil: Veil) -> str:
    """A masked text without given names."""
    likely = [name for name in names if name[0] in text]
    if not likely:
        return text
    read = folded(text)
    spans = [read.span(at, at + len(name)) for name in likely for at in _places(read.text, name, veil)]
    made, done = "", 0
    for start, end in sorted(spans):
        made += f"{text[done:start]}{_HIDDEN}" if start >= done else ""
        done = max(done, end)
    return made + text[done:]


def _places(text: str, name: str, veil: Veil) -> list[int]:
    found, at = [], text.find(name)
    while at >= 0:
        found += [] if veil.public(text, at, name) else [at]
        at = text.find(name, at + 1)
    return found
