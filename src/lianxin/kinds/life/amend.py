"""Corrections (更正): what was written stays in the file; the fold reads it as corrected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from msgspec import Struct

from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.lifecycle import Event, R
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.declare.walk import future_faults
from lianxin.core.error import UsageError
from lianxin.core.problem import Fault
from lianxin.core.value import FieldType, show_moment
from lianxin.kinds.life.event import Amend

if TYPE_CHECKING:
    from pydantic_core import ValidationError

#: What identifies an event; it is the tool's, but not worked out from other fields.
_OWN = frozenset({"id", "step", "recorded"})

#: When an event happened, and when that was recorded: the clock's, which may have been wrong.
_TIMES = ("at", "recorded")
_RECORDED = next(spec.label for spec in fields_of(Event) if spec.name == "recorded")

M = TypeVar("M", bound=Record)

#: Worked out from the rule for signing.
_SIGNING = frozenset({"sign_due", "sign_provisional"})


def _worked_out(spec: FieldSpec) -> bool:
    """Whether the tool works a field of an event out itself: deadlines, and that one is provisional."""
    return spec.auto and spec.name not in _OWN


def _stale(specs: Sequence[FieldSpec], changed: str) -> list[str]:
    """Labels of what was worked out from a field that is amended: it is counted anew."""
    if changed == "sign_rule":  # has a deadline of its own, beside the one for handling
        return [spec.label for spec in specs if spec.name in _SIGNING]
    if changed == "at" or changed.endswith("rule"):
        return [spec.label for spec in specs if _worked_out(spec) and (changed == "at" or spec.name not in _SIGNING)]
    return []


class Correction(Struct, frozen=True):
    """One amend event and what it did.

    Attributes:
        before, after: The value as written in files, empty when there was or is none.
    """

    event: str
    target: str
    label: str
    before: str
    after: str


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


class _WrongError(Exception):
    def __init__(self, code: str, message: str, label: str, veiled: str = "") -> None:
        super().__init__(message)
        self.code, self.label, self.veiled = code, label, veiled


def _ahead(record: Record, event: Amend) -> bool:
    """Whether an event was recorded at a minute that had not come yet when it was corrected: by a clock gone wrong."""
    return isinstance(record, Event) and record.recorded > event.recorded


def _open(model: type[Record], spec: FieldSpec) -> bool:
    """Whether a field can be corrected."""
    own = spec.name in _OWN or spec.name == "events" or (issubclass(model, Event) and _worked_out(spec))
    return not own and spec.type is not FieldType.GROUP


def _spec(record: Record, event: Amend) -> FieldSpec:
    model = type(record)
    specs = {spec.label: spec for spec in fields_of(model)}
    spec = specs.get(event.field)
    if spec is None:
        known = "、".join(spec.label for spec in specs.values() if _open(model, spec))
        raise _WrongError("L011", f"没有「{event.field}」这个字段，可更正的有 {known}", "字段")
    if spec.name in _TIMES and _ahead(record, event):
        return spec
    if isinstance(record, Amend):
        raise _WrongError("L012", "更正不能再更正，再做一次更正就是", "事件编号")
    if spec.type is not FieldType.GROUP and not _open(model, spec):
        because = "，它由时限算出，要改请更正「办理时限」" if spec.type is FieldType.DEADLINE else ""
        raise _WrongError("L012", f"「{event.field}」不能更正{because}", "字段")
    if spec.type is FieldType.GROUP:
        raise _WrongError("L012", f"「{event.field}」是一组明细，不能更正；写错了的，作废后重新登记", "字段")
    return spec


def _typed(spec: FieldSpec, text: str) -> Any:
    return [part.strip() for part in re.split("[、，，]", text) if part.strip()] if spec.many else text


def _shown(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _label(error: ValidationError, model: type[Record]) -> str:
    """Of the first value that is wrong."""
    at = error.errors(include_url=False)[0]["loc"]
    word = str(at[0]) if at else ""
    return next((spec.label for spec in fields_of(model) if word == spec.name), word)


def _sentence(error: ValidationError, model: type[Record]) -> str:
    """What is wrong with the first value that is."""
    first = error.errors(include_url=False)[0]
    label, value, sort = str(first["loc"][0]) if first["loc"] else "", first["input"], first["type"]
    spec = next((spec for spec in fields_of(model) if label in (spec.label, spec.name)), None)
    label = _label(error, model)
    if sort == "missing":
        return f"「{label}」必填"
    if sort == "extra_forbidden":
        return f"没有「{label}」这个字段"
    if spec and spec.choices:
        return f"「{value}」不是「{label}」可选的值，可选：{'、'.join(spec.choices)}"
    if sort == "string_pattern_mismatch":
        return f"「{label}」应写编号，「{value}」不像编号"
    return f"「{label}」{first['msg']}" if sort.startswith("F") else f"「{value}」不能作「{label}」的值"


def revised(model: type[Record], values: Mapping[str, Any]) -> Any:
    """A record made of values by label or name, as text or typed.

    Raises:
        UsageError: A value is missing or wrong; the sentence says which.
    """
    from pydantic_core import ValidationError

    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise UsageError(_sentence(error, model), [_label(error, model)]) from None


def _blamed(event: Amend) -> str:
    """Label of what is wrong with an amendment: the new value, or that there is none."""
    return "新值" if event.value else "字段"


def _change(record: M, event: Amend) -> tuple[M, Correction]:
    spec = _spec(record, event)
    raw = record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"events"})
    before = _shown(raw.get(spec.label))
    if event.value is None:
        raw.pop(spec.label, None)
    else:
        raw[spec.label] = _typed(spec, event.value)
    if isinstance(record, Event):
        for label in _stale(fields_of(type(record)), spec.name):
            raw.pop(label, None)
        if spec.name == "at" and _ahead(record, event):  # it was recorded when it happened, as far as anybody knows
            raw[_RECORDED] = event.value
    try:
        made: M = revised(type(record), raw)
    except UsageError as error:
        veiled = "" if spec.privacy is Privacy.OPEN else f"「{spec.label}」的新值不合规定"
        raise _WrongError("L013", str(error), _blamed(event), veiled) from None
    for fault in future_faults(made, event.recorded):  # no clock is needed: it had not happened when it was told
        if fault.loc[0] == spec.label:
            raise _WrongError("L013", fault.message, _blamed(event))
    if isinstance(made, Event) and _ahead(record, event) and made.recorded < made.at:
        raise _WrongError("L013", f"记录时间早于时间 {show_moment(made.at)}", _blamed(event))
    return made, Correction(event.id, event.event or "", spec.label, before, event.value or "")


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
                top, correction = _change(top, amend)
            else:
                place = _place(amend, places)
                events[place], correction = _change(events[place], amend)
            corrections.append(correction)
        except _WrongError as wrong:
            failed.add(amend.id)
            faults.append(Fault(wrong.code, ("事件", n, wrong.label), str(wrong), veiled=wrong.veiled))
    made = top.model_copy(update={"events": tuple(events)})
    return Corrected(made, tuple(corrections), tuple(faults), frozenset(failed))


def _place(amend: Amend, places: dict[str, int]) -> int:
    place = places.get(amend.event or "")
    if place is None:
        raise _WrongError("L010", f"这里没有编号为 {amend.event} 的事件", "事件编号")
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
            loc = ("事件", place, _blamed(event))
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
