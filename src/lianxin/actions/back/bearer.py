"""Which step of a record a column tells of, where it was taken already: what is changed there corrects it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.declare.record import fields_of
from lianxin.kinds import kind_of
from lianxin.reports.ledger.ask import Ask, is_moment_of
from lianxin.storage.book import LedgerBook


def bearer(book: LedgerBook, id_: str, ask: Ask, now: str) -> Event | None:
    """The step that holds what a column shows; None: it is still to be taken, or taken anew.

    Args:
        book: The records.
        id_: Of the record.
        ask: What the column asks for.
        now: What stands in it.
    """
    if ask.step is None or ask.again:
        return None
    record: Any = book.record(id_)
    events: Sequence[Event] = tuple(reversed(record.events))
    stands = _stands(book.fold_of(record), kind_of(id_), ask.step)
    if stands is False:
        return None
    if now and ask.spec.name != "at":
        return next((event for event in events if _bears(event, ask.spec)), None)
    if now or stands:
        return next((event for event in events if ask.step.name == event.COMMAND), None)
    return None


def _stands(life: Any, kind: Kind, step: Step) -> bool | None:
    """Whether it was taken in the present round, which the column of its moment says; None where there is none."""
    column = next((one for one in kind.derived if one.read and is_moment_of(one.label, step)), None)
    return bool(getattr(life, column.name)) if column else None


def _bears(event: Event, spec: FieldSpec) -> bool:
    """Whether a step says what a field of that name and label says."""
    there = any(one.name == spec.name and one.label == spec.label for one in fields_of(type(event)))
    return there and getattr(event, spec.name) is not None
