"""Sentences that do not go to a terminal: the people and numbers they name are masked like those of any document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianxin.core.declare.field import Privacy
from lianxin.core.problem import Finding, Problem
from lianxin.core.text.fold import fold
from lianxin.core.text.pattern import late
from lianxin.kinds import BY_FOLDER, KIND, brief_of, home
from lianxin.kinds.issue.choice import Sphere

if TYPE_CHECKING:
    from lianxin.core.book import Book
    from lianxin.core.declare.kind import Brief


#: What a sentence quotes of a file.
_QUOTED = late("「([^」]*)」")
#: A slip of the pen in one of our words, and the word; it is hardly longer.
_SLIP = late("「([^」]*)」[^「」，]*，是不是「([^」]*)」")
_SLIPPED = 2
_CONFIDED = frozenset({Privacy.NAME, Privacy.INTERNAL})


class Outward:
    """Faults as whoever may read along is told them: nobody's name or number, no word of somebody's own matter.

    A line that has slipped into another field's place is quoted by what is wrong with it. So of records that hold
    what villagers said only the tool's and the office's own words are quoted.
    """

    def __init__(self, book: Book) -> None:
        from lianxin.formats.face.given import unnamed
        from lianxin.formats.face.text import Veil
        from lianxin.reports.known import names

        self._unnamed = unnamed
        self._book = book
        self._known = names(book)
        self._veil = Veil(self._known)

    def told(self, found: Problem | Finding) -> str:
        """One of them."""
        said = found.public
        if "「" in said and _confided(self._book, found):
            slips = {
                slip for slip, meant in _SLIP.findall(said) if self._ours(meant) and len(slip) <= len(meant) + _SLIPPED
            }
            said = _QUOTED.sub(lambda one: one[0] if one[1] in slips or self._ours(one[1]) else "「…」", said)
        return self._unnamed(self._veil.hide(said), self._veil, _record_of(found)[0])

    def _ours(self, word: str) -> bool:
        return word in ("是", "否") or fold(word) in self._known.words


def _confided(book: Book, found: Problem | Finding) -> bool:
    """Whether a fault is of a record that holds what villagers said in confidence."""
    id_, brief = _record_of(found)
    if brief is None:
        return False
    if brief.name == "issue":
        return not book.sql("SELECT 1 FROM issue WHERE id = ? AND sphere = ?", (id_, Sphere.PUBLIC.value))
    return any(spec.privacy in _CONFIDED for spec in KIND[brief.name].fields)


def _record_of(found: Problem | Finding) -> tuple[str, Brief | None]:
    """The id of what a fault is in, and its kind."""
    if isinstance(found, Problem):
        folder, _, file = home(found.path).partition("/")
        return file.rpartition("/")[2].removesuffix(".yaml"), BY_FOLDER.get(folder)
    return found.record, brief_of(found.record)


def veiled(book: Book, sentence: str) -> str:
    """A refusal, a suggestion, a remark, as a pipe or a log may have it."""
    from lianxin.formats.face.given import unnamed
    from lianxin.formats.face.text import Veil
    from lianxin.reports.known import names

    veil = Veil(names(book))
    return unnamed(veil.hide_own(sentence), veil)
