"""Where words stand in a text, and as much of the text around them as says what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from lianxin.core.text.choice import as_read, read_at
from lianxin.core.text.pattern import late
from lianxin.core.text.pinyin import Sounds, spelt

#: Stand around a word that was found: marks that every surface prints.
OPEN, CLOSE = "【", "】"

#: Where a text may be cut: between sentences, else between clauses.
_ENDS = (late(r"[。！？!?；;\n]+"), late(r"[，,、：:]+"))

#: So many characters are not cut.
_SHORT = 60

#: A name is spelt with so many letters at least.
_LETTERS = 2

Span = tuple[int, int]


class Word(Struct, frozen=True):
    """What is looked for.

    Attributes:
        typed: As it was.
        read: As texts are compared.
        letters: As pinyin; empty where it is none.
    """

    typed: str
    read: str
    letters: str

    @classmethod
    def of(cls, typed: str) -> Word:
        """A word as it was typed."""
        letters = spelt(typed)
        return cls(typed, reading(typed), letters if len(letters) >= _LETTERS else "")

    def within(self, text: str) -> list[Span]:
        """Where it stands in a text, written; the text as it was written."""
        read = read_at(text)
        small = read.text.lower()
        if len(small) != len(read.text):
            small = read.text
        return [read.span(found.start(), found.end()) for found in re.finditer(re.escape(self.read), small)]

    def heard(self, text: str) -> list[Span]:
        """Where a name first sounds so."""
        read = read_at(text)
        found = Sounds(read.text).found(self.letters) if self.letters else ()
        return [read.span(one.start, one.end) for one in found]


def reading(text: str) -> str:
    """A text, or a word, as it is searched."""
    return as_read(text).lower()


def marked(text: str, spans: Sequence[Span]) -> str:
    """A text with marks around what was found in it."""
    made, done = "", 0
    for start, end in _apart(spans):
        made += f"{text[done:start]}{OPEN}{text[start:end]}{CLOSE}"
        done = end
    return made + text[done:]


def around(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """The sentence in which something was found first, and where in it it was found; its clause where it is long."""
    first, _ = min(spans)
    start, end = 0, len(text)
    for ends in _ENDS:
        if end - start <= _SHORT:
            break
        cuts = [start, *(found.end() for found in ends.finditer(text, start, end)), end]
        start = max(cut for cut in cuts if cut <= first)
        end = min((cut for cut in cuts if cut > first), default=end)
    start, end = _shortened(start, end, first)
    kept = text[start:end].rstrip()
    inside = [
        (max(one - start, 0), min(other - start, len(kept))) for one, other in spans if one < end and other > start
    ]
    return kept, [(one, other) for one, other in inside if one < other]


def _shortened(start: int, end: int, first: int) -> tuple[int, int]:
    """Of what has no stops so much as may stand."""
    if end - start <= 2 * _SHORT:
        return start, end
    start = max(start, first - _SHORT // 2)
    return start, min(end, start + 2 * _SHORT)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """In their order, those that overlap as one."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start < made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made
