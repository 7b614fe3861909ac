"""A whistle and its issues name each other: which issues do not yet, and the commands that let them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.sql import words
from lianxin.kinds.issue.life import Life
from lianxin.kinds.issue.state import AFTER, NO_CASE, OFF, SETTLED
from lianxin.kinds.issue.table import LIFECYCLE
from lianxin.kinds.whistle import state as whistle_state

#: Issues a whistle names that do not name it, and still might; those that have come to something only where asked for.
_UNTIED = f"""SELECT w.id, w.matter, w.lead, w.state, w.last_at, i.id
FROM whistle AS w, json_each(w.issues) AS j JOIN issue AS i ON i.id = j.value
WHERE (w.id = ?1 OR ?1 = '') AND w.state NOT IN {words(whistle_state.OFF)}
AND i.base_state NOT IN {words(OFF | NO_CASE)} AND (?2 OR i.base_state NOT IN {words(SETTLED)}) AND NOT EXISTS (
  SELECT 1 FROM reference AS r WHERE r.source = i.id AND r.field = 'events.whistle' AND r.target = w.id)
ORDER BY w.last_at, w.id, i.id"""  # noqa: S608 - states of our own


class Untied(Struct, frozen=True):
    """An issue that a whistle is for and that does not bear it.

    Attributes:
        at: When the whistle was last heard of.
    """

    whistle: str
    matter: str
    lead: str
    state: str
    at: str
    issue: str

    @property
    def said(self) -> str:
        """That it does not."""
        return f"{self.issue} 那边还没有记这一哨"

    def told(self, book: Book) -> str:
        """That it does not, and what is to be typed."""
        return f"{self.said}，请接着办：{self.how(book)}"

    def how(self, book: Book) -> str:
        """What is to be typed."""
        lead = "" if book.life(self.issue, Life).dept else f" --lead {self.lead}"
        return towards(book, self.issue, "whistle", f" --whistle {self.whistle}{lead}")


def untied(book: Book, whistle: str = "", *, settled: bool = False) -> Iterator[Untied]:
    """Of one whistle, or of all.

    Args:
        settled: Those too that have come to something, and would have to be reopened.
    """
    return (Untied(*map(str, row)) for row in book.sql(_UNTIED, (whistle, settled)))


def towards(book: Book, id_: str, step: str, flags: str = "") -> str:
    """The commands that lead an issue to a step, one after another: those its states wait for, then the step."""
    state: StrEnum = book.life(id_, Life).state
    words = []
    while state in LIFECYCLE.table and step not in LIFECYCLE.table[state]:
        between = "reopen" if state in AFTER else LIFECYCLE.awaited[state]
        words.append(between)
        state = LIFECYCLE.table[state][between]
    return "，再 ".join(f"lianxin issue {one} {id_}{flags if one == step else ''}" for one in (*words, step))
