"""At which line and column each value of a record stands; asked only of files that have a fault."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from lianxin.core.problem import Loc
from lianxin.storage.read.reading import Next, open_events

Place = tuple[int, int]


class Positions(Struct, frozen=True):
    """Places (line and column, from 1) by loc; one of the two maps for keys, one for values."""

    keys: dict[Loc, Place]
    values: dict[Loc, Place]

    def find(self, loc: Loc, *, on_key: bool = False) -> Place:
        """Where a loc stands; what is absent stands where its nearest holder does."""
        if on_key and loc in self.keys:
            return self.keys[loc]
        at: Loc = ()
        for part in loc:
            if (*at, part) in self.values:
                at = (*at, part)
            elif not isinstance(part, int):  # a list of one may be written without its dash
                break
        return self.values.get(at, (1, 1))


def positions(data: bytes) -> Positions:
    """The places of everything in a readable file."""
    found = Positions({}, {})
    get = open_events(data)
    get()
    get()
    event = get()
    if isinstance(event, MappingStartEvent):
        _mapping(get, (), found)
    return found


def _start(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _value(get: Next, event: Any, loc: Loc, found: Positions) -> None:
    found.values[loc] = _start(event)
    if isinstance(event, ScalarEvent) and not event.value and not event.style:
        found.values[loc] = found.keys.get(loc, _start(event))  # nothing is written there: point at the key
    elif isinstance(event, MappingStartEvent):
        _mapping(get, loc, found)
    elif isinstance(event, SequenceStartEvent):
        _sequence(get, loc, found)


def _mapping(get: Next, loc: Loc, found: Positions) -> None:
    event = get()
    while not isinstance(event, MappingEndEvent):
        here = (*loc, event.value)
        found.keys[here] = _start(event)
        _value(get, get(), here, found)
        event = get()


def _sequence(get: Next, loc: Loc, found: Positions) -> None:
    n = 0
    event = get()
    while not isinstance(event, SequenceEndEvent):
        _value(get, event, (*loc, n), found)
        event = get()
        n += 1
