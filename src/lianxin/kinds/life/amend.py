"""Corrections (更正): what was written stays in the file; the fold reads it as corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from lianxin.core.declare.lifecycle import Event, R
from lianxin.core.declare.walk import future_faults
from lianxin.core.problem import Fault
from lianxin.kinds.life.correction import Correction, WrongError, blamed, changed
from lianxin.kinds.life.event import Amend


class Corrected(Struct, Generic[R], frozen=True):
    """A record as its amendments read it.

    Attributes:
        record: Its own fields and its events corrected.
        failed: Ids of the amend events that could not be applied.
    """

    record: R
    corrections: tuple[Correction, ...]
    faults: tuple[Fault, ...]
    failed: frozenset[str]


def correct(record: R, skip: frozenset[str] = frozenset()) -> Corrected[R]:
    """Apply a record's amendments in the order of their times.

    Args:
        record: As it stands in its file.
        skip: Ids of amend events that were not lawful when they were made.
    """
    events: list[Event] = list(record.events)
    places = {event.id: n for n, event in reversed(list(enumerate(events)))}
    amendments = [(n, event) for n, event in enumerate(record.events) if isinstance(event, Amend)]
    amendments.sort(key=lambda pair: pair[1].at)
    top: Any = record.model_copy(update={"events": ()})
    corrections: list[Correction] = []
    faults: list[Fault] = []
    failed: set[str] = set()
    for n, amend in amendments:
        if amend.id in skip:
            continue
        try:
            if amend.event is None:
                top, correction = changed(top, amend)
            else:
                place = _place(amend, places)
                events[place], correction = changed(events[place], amend)
            corrections.append(correction)
        except WrongError as wrong:
            failed.add(amend.id)
            faults.append(Fault(wrong.code, ("事件", n, wrong.label), str(wrong), veiled=wrong.veiled))
    made = top.model_copy(update={"events": tuple(events)})
    return Corrected(made, tuple(corrections), tuple(faults), frozenset(failed))


def _place(amend: Amend, places: dict[str, int]) -> int:
    place = places.get(amend.event or "")
    if place is None:
        raise WrongError("L010", f"这里没有编号为 {amend.event} 的事件", "事件编号")
    return place


def not_yet(record: Any, now: datetime) -> list[Fault]:
    """Facts dated later than now that no amendment has put right."""
    faults = list(future_faults(record, now))
    if not faults or not any(isinstance(event, Amend) for event in getattr(record, "events", ())):
        return faults
    left = {fault.loc for fault in future_faults(correct(record).record, now)}
    return [fault for fault in faults if fault.loc in left]


class Played(Protocol):
    """What playing a record's events tells of its amendments: ids of the lawful ones, and what is wrong."""

    amends: set[str]
    faults: list[Fault]


T = TypeVar("T")


def amended(record: R, play: Callable[[R], tuple[T, Played]]) -> tuple[T, tuple[Correction, ...]]:
    """Play a record's events as corrected.

    An amendment that is not lawful, or that would make one so, is left out of the correcting and told as a fault.

    Args:
        record: As it stands in its file.
        play: A corrected record → the sum of its events, and what it tells of the amendments.
    """
    if not any(isinstance(event, Amend) for event in record.events):
        return play(record)[0], ()
    amends = {event.id: (n, event) for n, event in reversed(list(enumerate(record.events))) if isinstance(event, Amend)}
    corrected = correct(record)
    tally, played = play(corrected.record)
    why: dict[str, str] = {}
    if not amends.keys() <= played.amends:
        why = _unlawful(record, amends, play)
        corrected = correct(record, frozenset(why))
        tally, played = play(corrected.record)
    for id_, message in why.items():
        if id_ in played.amends:  # lawful by itself; only what it would change is not
            place, event = amends[id_]
            loc = ("事件", place, blamed(event))
            played.faults.append(Fault("L013", loc, f"照这样更正，{message}"))
    played.faults.extend(corrected.faults)
    played.faults.sort(key=lambda fault: fault.loc[1:2])
    return tally, corrected.corrections


def _unlawful(
    record: R, amends: Mapping[str, tuple[int, Amend]], play: Callable[[R], tuple[T, Played]]
) -> dict[str, str]:
    """Ids of the amendments that cannot be taken in, and why: one at a time, so that none pulls down another."""
    left = dict.fromkeys(sorted(amends, key=lambda id_: amends[id_][1].at), "")
    waiting = 0
    while len(left) != waiting:  # one taken in may make an earlier one lawful
        waiting = len(left)
        for id_ in tuple(left):
            _, played = play(correct(record, frozenset(left.keys() - {id_})).record)
            broken = {id_, *(amends.keys() - left.keys())} - played.amends
            if broken:
                places = {amends[one][0] for one in broken}
                left[id_] = next((fault.message for fault in played.faults if fault.loc[1] in places), "")
            else:
                del left[id_]
    return left


def as_it_stood(record: R, before: datetime) -> R:
    """A record with what had happened by a moment, and all corrections of that, whenever they were made."""
    kept = {event.id for event in record.events if event.at < before and not isinstance(event, Amend)}
    events = [one for one in record.events if one.id in kept or (isinstance(one, Amend) and one.event in (None, *kept))]
    return record.model_copy(update={"events": tuple(events)})
