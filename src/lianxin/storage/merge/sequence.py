"""Two orders of the same things as one: each side's own order is kept, whichever side comes first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Any, TypeVar

_T = TypeVar("_T", bound=Hashable)
Rank = Callable[[Any], Any]


def united(
    base: Sequence[_T], ours: Sequence[_T], theirs: Sequence[_T], kept: Collection[_T], rank: Rank
) -> list[_T] | None:
    """What is kept, in one order; None where both sides have put the same things into different orders.

    Args:
        base: What both come from; nothing occurs twice.
        ours: One side.
        theirs: The other.
        kept: What is to be there in the end; each is in one side at least.
        rank: Which of two new things at one place comes first.
    """
    mine, other = ([one for one in side if one in kept] for side in (ours, theirs))
    lead = _led([one for one in base if one in kept], mine, other)
    return None if lead is None else _laid(lead, mine, other, rank)


def interleaved(ours: Sequence[_T], theirs: Sequence[_T], kept: Collection[_T], rank: Rank) -> list[_T]:
    """The same for what must come together whatever the orders say: where they disagree, the rank decides."""
    mine, other = ([one for one in side if one in kept] for side in (ours, theirs))
    shared = {*mine} & {*other}
    lead = [one for one in mine if one in shared]
    if lead != [one for one in other if one in shared]:
        lead = sorted(shared, key=rank)
    return _laid(lead, mine, other, rank)


def _led(base: list[_T], ours: list[_T], theirs: list[_T]) -> list[_T] | None:
    """The order of what both sides have: the one that was changed, if one was."""
    shared = {*ours} & {*theirs}
    before, mine, other = ([one for one in side if one in shared] for side in (base, ours, theirs))
    if other in (mine, before):
        return mine
    return other if before == mine else None


def _laid(lead: list[_T], ours: list[_T], theirs: list[_T], rank: Rank) -> list[_T]:
    """What only one side has, each behind what it stood behind there."""
    mine, other = _behind(lead, ours), _behind(lead, theirs)
    found: list[_T] = []
    for place in (None, *lead):
        found += [] if place is None else [place]
        found += _zipped(mine.get(place, []), other.get(place, []), rank)
    return found


def _behind(lead: Iterable[_T], side: Iterable[_T]) -> dict[_T | None, list[_T]]:
    known = {*lead}
    found: dict[_T | None, list[_T]] = {}
    place: _T | None = None
    for one in side:
        if one in known:
            place = one
        else:
            found.setdefault(place, []).append(one)
    return found


def _zipped(one: list[_T], other: list[_T], rank: Rank) -> list[_T]:
    """Two runs in one, each in its own order."""
    left, right = list(one), list(other)
    found: list[_T] = []
    while left and right:
        found.append(left.pop(0) if rank(left[0]) <= rank(right[0]) else right.pop(0))
    return [*found, *left, *right]
