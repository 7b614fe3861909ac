"""The weekly arithmetic: 上期未结 + 新增 + 重办 − 销号 − 作废 = 本期未结, from the issues' states at their own times.

An issue comes on the books when it was raised, not when it was typed in; every step counts where it happened. What was
written down later than the period it belongs to therefore changes that period's figures, and is told of (补录).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.kinds.issue.state import State
from lianxin.policies.outline import Term

#: What a movement adds to the books.
SIGNS = {Term.ADDED: 1, Term.REOPENED: 1, Term.CLOSED: -1, Term.VOIDED: -1}


class Move(Struct, frozen=True):
    """One issue coming on the books or leaving them.

    Attributes:
        at: When it happened.
        recorded: When it was written down.
        event: Id of the event; empty for the intake.
    """

    record: str
    term: Term
    at: str
    recorded: str
    event: str


class Balance(Struct, frozen=True):
    """One period's balance.

    Attributes:
        opening, closing: Ids on the books before its first minute and after its last, each found for itself.
        moves: What happened in it, in order.
        late: What happened before it and was written down only in it or later.
    """

    period: Period
    opening: frozenset[str]
    closing: frozenset[str]
    moves: tuple[Move, ...]
    late: tuple[Move, ...]

    def of(self, term: Term) -> tuple[Move, ...]:
        """The movements of one sort."""
        return tuple(move for move in self.moves if move.term is term)

    def records(self, term: Term) -> list[str]:
        """What one term counts: ids, one as often as it counts."""
        if term is Term.OPENING:
            return sorted(self.opening)
        if term is Term.CLOSING:
            return sorted(self.closing)
        return [move.record for move in self.of(term)]

    def count(self, term: Term) -> int:
        """The number a term prints."""
        return len(self.records(term))

    @property
    def even(self) -> bool:
        """Whether the arithmetic holds."""
        return len(self.opening) + net(self.moves) == len(self.closing)


def net(moves: Sequence[Move]) -> int:
    """By how many the books grew."""
    return sum(SIGNS[move.term] for move in moves)


#: When each issue came on the books: at noon of the day it was raised, as figures count it, for no record bears the
#: minute; before that only if it left them that very morning.
_STARTS = """SELECT w.id, min(w.raised || ' 12:00', coalesce(
    (SELECT min(o.since) FROM interval AS o WHERE o.record = w.id AND o.state IN (?, ?)), '9999')), w.taken
FROM issue AS w"""

#: Every stay off the books, and who wrote down its beginning and its end.
_STAYS = """SELECT o.record, o.state, o.since, o.recorded, o.event, o.until, n.recorded, n.event
FROM interval AS o LEFT JOIN interval AS n ON n.record = o.record AND n.n = o.n + 1
WHERE o.state IN (?, ?)"""


class Histories(Struct, frozen=True):
    """When every issue came on the books, left them and came back: the balance of any period is made of this."""

    started: Mapping[str, tuple[str, str]]
    stays: Sequence[tuple[Any, ...]]


def histories(book: Book) -> Histories:
    """Read once, for as many periods as are wanted."""
    off = (State.CLOSED.value, State.VOID.value)
    started = {str(id_): (str(at), str(taken)) for id_, at, taken in book.sql(_STARTS, off)}
    stays = book.sql(_STAYS, off)
    return Histories(started, [row for row in stays if row[0] in started])


def balance(known: Histories, period: Period) -> Balance:
    """The balance of a period; it holds whatever the histories are."""
    started, stays = known.started, known.stays
    first, after = (f"{bound} 00:00"[:16] for bound in period.bounds)
    moves: list[Move] = []

    def moved(id_: str, term: Term, at: str, recorded: str, event: str) -> None:
        if at < after and (at >= first or recorded >= first):  # all others are long settled
            moves.append(Move(id_, term, at, recorded, event))

    for id_, (at, taken) in started.items():
        moved(id_, Term.ADDED, at, taken, "")
    for id_, state, since, recorded, event, until, ended, reopening in stays:
        term = Term.CLOSED if state == State.CLOSED else Term.VOIDED
        moved(id_, term, since, recorded or since, event or "")
        if until:
            moved(id_, Term.REOPENED, until, ended or until, reopening or "")
    inside = sorted((move for move in moves if move.at >= first), key=_order)
    late = sorted((move for move in moves if move.at < first <= move.recorded), key=_order)
    return Balance(period, _open(started, stays, first), _open(started, stays, after), tuple(inside), tuple(late))


def _order(move: Move) -> tuple[str, str]:
    return move.at, move.record


def _open(started: Mapping[str, tuple[str, str]], stays: Sequence[tuple[Any, ...]], moment: str) -> frozenset[str]:
    """The issues on the books just before a moment: begun, and not in a stay off them."""
    off = {id_ for id_, _s, since, _r, _e, until, *_ in stays if since < moment and (not until or until >= moment)}
    return frozenset(id_ for id_, (at, _taken) in started.items() if at < moment and id_ not in off)
