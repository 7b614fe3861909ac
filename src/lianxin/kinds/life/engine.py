"""The one engine of all kinds that have a life: folds a record, and tries a step on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.code import CODES
from lianxin.core.declare.condition import refuse_blank
from lianxin.core.declare.lifecycle import Attempt, Context, Event, L, Lifecycle, R
from lianxin.core.error import UsageError
from lianxin.core.problem import Fault, Level
from lianxin.kinds.life.correction import Correction, revised
from lianxin.kinds.life.course import Tally, Wake, beginning, play_one, total
from lianxin.kinds.life.event import Amend

S = TypeVar("S", bound=Tally)
Corrections = tuple[Correction, ...]


class Engine(Struct, Generic[R, S, L], frozen=True):
    """How the records of one kind are played.

    Attributes:
        begin: The sum of a record before its first event.
        result: What a sum comes to once all is played.
        wake: Lets what ends by itself have ended by a moment.
    """

    lifecycle: Lifecycle
    begin: Callable[[R, Context], S]
    result: Callable[[S, Corrections], L]
    wake: Wake[S] | None = None

    def fold(self, record: R, context: Context, until: datetime | None = None) -> L:
        """What the events of a record add up to.

        Args:
            record: As it stands in its file.
            context: The calendar and limits in force.
            until: Let what ends by itself have ended by then. Without it all is as the events leave it.
        """
        return self.result(*self._play(record, context, until))

    def _play(self, record: R, context: Context, until: datetime | None = None) -> tuple[S, Corrections]:
        return total(record, lambda read: self.begin(read, context), self.wake, until)

    def attempt(self, step: str, record: R, values: Mapping[str, Any], context: Context) -> Attempt[L]:
        """Try a step on a record: its event with what is computed, where it leads, and why it cannot be added.

        The record is played once without the event and once with it; where others were written since it happened,
        the events up to then are played as well.

        Args:
            step, values: As ``event_of`` takes them.
            record: As it stands in its file.
            context: The calendar and limits in force.

        Raises:
            UsageError: No such step, or a value is missing or wrong.
        """
        event = event_of(self.lifecycle, step, values)
        known = tuple(one for one in record.events if one.at <= event.at)
        late = len(known) < len(record.events)  # it is made up for, and others were written since
        earlier = record.model_copy(update={"events": known}) if late else record
        stood = before, _ = self._play(earlier, context, event.at)
        event, told = event.filled(before)
        stands = after, _ = self._play(_with(earlier, event), context)
        event = event.dated(after)
        if late:
            stood, stands = self._play(record, context), self._play(_with(record, event), context)
        else:
            after.record = _with_last(after.record, event)
        reasons = (*told, *event.explained(before, after))
        fault = _first_new(stood[0].course.faults, stands[0].course.faults, event, len(record.events))
        states = before.course.state, after.course.state
        return Attempt(event, *states, reasons, fault, self.result(*stood), self.result(*stands))

    def history(self, record: R, steps: Sequence[Event], context: Context) -> list[Event | Fault]:
        """A whole history tried at one stroke, each step on what those before it left: as ``attempt``, played once.

        A step that cannot be taken is answered by its fault, and those after it are tried without it.

        Args:
            record: With the events it has; none of them corrects another.
            steps: What comes after those, in their order, as they were told.
            context: The calendar and limits in force.
        """
        made: list[Event | Fault] = []
        held: tuple[Event, ...] = tuple(record.events)
        tally: S | None = None
        for step in steps:
            if tally is None:
                tally = (
                    self.begin(_with(record, step), context) if not held else self._play(_all(record, held), context)[0]
                )
                tally.course.last_at = tally.course.since
            known = len(tally.course.faults)
            event, _told = step.filled(tally)
            play_one(tally, len(held), event, beginning(tally.course), self.wake)
            fault = next((one for one in tally.course.faults[known:] if CODES[one.code].level is not Level.HINT), None)
            if fault is not None:
                made.append(fault)
                tally = None  # what the step left in it does not count
                continue
            held = (*held, event.dated(tally))
            tally.record = _all(record, held)
            made.append(held[-1])
        return made


def _with(record: R, event: Event) -> R:
    return record.model_copy(update={"events": (*record.events, event)})


def _all(record: R, events: tuple[Event, ...]) -> R:
    return record.model_copy(update={"events": events})


def _with_last(record: R, event: Event) -> R:
    """The record as played, its last event with the deadlines that playing it counted."""
    return record.model_copy(update={"events": (*record.events[:-1], event)})


def _first_new(stood: Sequence[Fault], stands: Sequence[Fault], event: Event, place: int) -> Fault | None:
    """The first fault that would not be there without an event."""
    known = set(stood)
    faults = [one for one in stands if one not in known and CODES[one.code].level is not Level.HINT]
    own = [fault for fault in faults if fault.loc[:2] == ("事件", place)]
    if own:
        return own[0]
    how = "照这样更正，会使别的步骤对不上" if isinstance(event, Amend) else "补记这一步，会使后面的步骤对不上"
    return replace(faults[0], message=f"{how}：{faults[0].message}") if faults else None


def event_of(lifecycle: Lifecycle, step: str, values: Mapping[str, Any]) -> Event:
    """The event of a step, as it was told.

    Args:
        lifecycle: The steps there are.
        step: English or Chinese name.
        values: The event's fields by Chinese label or English name, as text or typed; 编号, 时间, 记录时间 and
            经办人 among them.

    Raises:
        UsageError: No such step, or a value is missing or wrong.
    """
    found = lifecycle.step(step)
    if found is None:
        raise UsageError(f"没有「{step}」这一步，可用的有：{'、'.join(one.label for one in lifecycle.steps)}")
    event: Event = revised(found.model, {**values, "步骤": found.label})
    refuse_blank(event)
    return event
