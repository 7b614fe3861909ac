"""Three versions of a record, as loaded, in one: what both come from, and what two desks have made of it.

Events are united by their ids, and never changed. A field that one side changed is taken from there; one that both
changed differently is left as both found it, and is a clash that somebody settles. Lists are sets of their items, which
are known by their keys. It does not matter which side is called ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from lianxin.core.declare.field import FieldSpec, Going
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.text.erased import ERASED, NOTE, both_erased, erased, fresh
from lianxin.core.value import FieldType
from lianxin.storage.merge.sequence import interleaved, united
from lianxin.storage.read.complaint import EVENTS

_ID, _RECORDED = "编号", "记录时间"
#: So many of an item's first keys tell it from the others.
_KEYS = 2

#: What somebody may be known by.
_WORDS = (FieldType.TEXT, FieldType.STORY, FieldType.PHONE, FieldType.DAY)

Place = tuple[str, ...]


class Clash(Struct, frozen=True):
    """What both sides changed, each in its own way.

    Attributes:
        place: The labels that lead to it; of an item its key, of an event its id.
        base: What both found; None where there was nothing.
    """

    place: Place
    base: Any
    ours: Any
    theirs: Any


class Merged(Struct, frozen=True):
    """What became of them: where they clash, as both found it."""

    value: dict[str, Any]
    clashes: tuple[Clash, ...]


class UnknownError(ValueError):
    """The items of a list cannot be told apart."""


def merged(
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    model: type[Record] | None = None,
    *,
    either: bool = False,
) -> Merged:
    """Three versions in one.

    Args:
        base: As the strict loader reads it: dicts and lists of text.
        ours: One side.
        theirs: The other.
        model: What declares the fields, where something does.
        either: Of what both added under one key, either will do.

    Raises:
        UnknownError: Events have no ids of their own.
    """
    merger = _Merger(either=either, erasing=(_erased(ours, base), _erased(theirs, base)))
    value = merger.mapping((), base, ours, theirs, model)
    if model and NOTE not in base and (NOTE in ours or NOTE in theirs):
        value = nobody(value, model)  # what the other side has written of them meanwhile goes as well
    return Merged(value, tuple(merger.clashes))


def nobody(values: Mapping[str, Any], model: type[Record]) -> dict[str, Any]:
    """The values of a record whose personal data were taken out, with nothing else in it that identifies somebody."""
    found: dict[str, Any] = {}
    specs = {spec.label: spec for spec in fields_of(model)}
    for label, value in values.items():
        spec = specs.get(label)
        kept = value if spec is None or label in (NOTE, EVENTS) else _nobodys(value, spec)
        if kept is not None:
            found[label] = kept
    return found


def _nobodys(value: Any, spec: FieldSpec) -> Any:
    if isinstance(value, list):
        return [_nobodys(one, spec) for one in value]
    if isinstance(value, Mapping):
        return nobody(value, spec.group) if spec.group else value
    if spec.going not in (Going.MARKED, Going.TAKEN) or spec.type not in _WORDS or erased(str(value)):
        return value
    return None if spec.type is FieldType.DAY else ERASED


def spelt(value: Any) -> str:
    """A value as text by which two are put in order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def keyed(*lists: Sequence[Any], spec: FieldSpec | None = None) -> list[dict[Place, Any]]:
    """The items of several versions of a list, each by what tells it from the others."""
    items = [item for one in lists for item in one]
    for keys in _keys(items, spec):
        found = [{tuple(str(item[key]) for key in keys): item for item in one} for one in lists]
        if all(len(named) == len(one) for named, one in zip(found, lists, strict=True)):
            return found
    return [_numbered(one) for one in lists]


def item_at(items: Sequence[Any], name: str) -> int | None:
    """Which item of a list a place names; None where there is none."""
    by = (tuple(str(item[key]) for key in keys) for keys in _keys(items, None) for item in items)
    every = [*by, *_numbered(items)]
    found = next((n for n, key in enumerate(every) if " ".join(key) == name), None)
    return None if found is None else found % len(items)


def events_of(values: Mapping[str, Any]) -> dict[Place, Any]:
    """Its events by their ids.

    Raises:
        UnknownError: One has none, or that of another.
    """
    held = values.get(EVENTS) or []
    if not isinstance(held, list) or not all(isinstance(one, dict) and one.get(_ID) for one in held):
        raise UnknownError
    found: dict[Place, Any] = {(str(one[_ID]),): one for one in held}
    if len(found) != len(held):
        raise UnknownError
    return found


def labels_of(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], model: type[Record] | None
) -> list[str]:
    """Every label of three versions in one order; the events come last."""
    declared = [spec.label for spec in fields_of(model)] if model else []

    def rank(label: str) -> tuple[int, str]:
        return (declared.index(label) if label in declared else len(declared)), label

    every = {*base, *ours, *theirs}
    mine, other = ([*side, *(one for one in base if one not in side)] for side in (ours, theirs))
    found = interleaved(mine, other, every, rank)
    return [*(one for one in found if one != EVENTS), *(one for one in found if one == EVENTS)]


class _Merger:
    def __init__(self, *, either: bool, erasing: tuple[bool, bool]) -> None:
        self.clashes: list[Clash] = []
        self._either = either
        self._erasing = erasing

    def mapping(
        self,
        place: Place,
        base: Mapping[str, Any],
        ours: Mapping[str, Any],
        theirs: Mapping[str, Any],
        model: type[Record] | None,
    ) -> dict[str, Any]:
        specs = {spec.label: spec for spec in fields_of(model)} if model else {}
        found: dict[str, Any] = {}
        for label in labels_of(base, ours, theirs, model):
            if label == EVENTS and not place:
                value: Any = self._events(base, ours, theirs)
            else:
                three = (base.get(label), ours.get(label), theirs.get(label))
                value = self._value((*place, label), *three, specs.get(label))
            if value is not None:
                found[label] = value
        return found

    def _value(self, place: Place, base: Any, ours: Any, theirs: Any, spec: FieldSpec | None) -> Any:
        if theirs in (ours, base):
            return ours
        if base == ours:
            return theirs
        if isinstance(ours, dict) and isinstance(theirs, dict) and isinstance(base, dict):
            return self.mapping(place, base, ours, theirs, spec.group if spec else None)
        if isinstance(ours, list) and isinstance(theirs, list) and isinstance(base, (list, type(None))):
            return self._items(place, base or [], ours, theirs, spec)
        if self._either and base is None:
            return min(ours, theirs, key=spelt)
        return self._clashing(place, base, ours, theirs)

    def _clashing(self, place: Place, base: Any, ours: Any, theirs: Any) -> Any:
        mine, other = (
            erasing and (one is None or _erased(one, base))
            for one, erasing in zip((ours, theirs), self._erasing, strict=True)
        )
        if mine and other and all(isinstance(one, str) for one in (base, ours, theirs)):
            return both_erased(base, *sorted((ours, theirs)))
        if mine or other:
            return ours if mine else theirs
        self.clashes.append(Clash(place, base, ours, theirs))
        return base

    def _items(self, place: Place, base: list[Any], ours: list[Any], theirs: list[Any], spec: FieldSpec | None) -> Any:
        before, mine, other = keyed(base, ours, theirs, spec=spec)
        known = len(self.clashes)
        found: dict[Place, Any] = {}
        for key in dict.fromkeys((*before, *mine, *other)):
            name = " ".join(key)
            value = self._value((*place, name), before.get(key), mine.get(key), other.get(key), spec)
            if value is not None:
                found[key] = value
        order = united([*before], [*mine], [*other], found, lambda key: key)
        if order is None:
            del self.clashes[known:]
            return self._clashing(place, base, ours, theirs)
        return [found[key] for key in order]

    def _events(self, base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Any:
        before, mine, other = events_of(base), events_of(ours), events_of(theirs)
        found: dict[Place, Any] = {}
        for key in dict.fromkeys((*before, *mine, *other)):
            value = self._event(key, before.get(key), mine.get(key), other.get(key))
            if value is not None:
                found[key] = value
        if not found and not any(EVENTS in side for side in (ours, theirs)):
            return None
        return [found[key] for key in interleaved([*mine], [*other], found, lambda key: _moment(found[key]))]

    def _event(self, key: Place, base: Any, ours: Any, theirs: Any) -> Any:
        """One event: there if a side wrote it down, gone if a side took it back; what it says never changes."""
        if ours == theirs:
            return ours
        if None in (ours, theirs) and base in (None, ours, theirs):
            return None if base is not None else ours or theirs
        if any(self._erasing) and None not in (base, ours, theirs):
            return self.mapping((EVENTS, *key), base, ours, theirs, None)
        self.clashes.append(Clash((EVENTS, *key), base, ours, theirs))
        return min(filter(None, (ours, theirs)), key=lambda one: (one != base, spelt(one)))


def _erased(value: Any, base: Any) -> bool:
    """Whether somebody was taken out of a value."""
    return fresh(spelt(value), spelt(base))


def _moment(event: Mapping[str, Any]) -> tuple[str, str]:
    return str(event.get(_RECORDED, "")), str(event[_ID])


def _keys(items: Sequence[Any], spec: FieldSpec | None) -> list[tuple[str, ...]]:
    """Which keys may tell items apart: the first that all of them have, then the first two."""
    if not items or not all(isinstance(item, dict) for item in items):
        return []
    shared = [key for key in items[0] if all(isinstance(item.get(key), str) for item in items)]
    declared = [one.label for one in fields_of(spec.group)] if spec and spec.group else []
    far = len(declared)
    places = {key: sum([*item].index(key) for item in items) for key in shared}
    shared.sort(key=lambda key: (declared.index(key) if key in declared else far, places[key], key))
    return [tuple(shared[:many]) for many in range(1, min(_KEYS, len(shared)) + 1)]


def _numbered(items: Sequence[Any]) -> dict[Place, Any]:
    """Items that nothing but what they are tells apart, the same one twice included."""
    found: dict[Place, Any] = {}
    for item in items:
        text = item if isinstance(item, str) else spelt(item)
        key: Place = (text,)
        while key in found:
            key = (*key, "")
        found[key] = item
    return found
