"""Which steps of a record cannot count, and why: by the ids of their events."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.core.code import CODES
from lianxin.core.declare.lifecycle import Event, Life
from lianxin.core.problem import Fault, Level


def unlawful(life: Life, events: Sequence[Event]) -> list[tuple[str, Fault]]:
    """Every error among the steps, with the id of the event it is about; empty where it is about none.

    Args:
        life: What they add up to.
        events: As the file has them.
    """
    return [(_whose(one, events), one) for one in life.faults if CODES[one.code].level is Level.ERROR]


def _whose(fault: Fault, events: Sequence[Event]) -> str:
    place = fault.loc[1] if len(fault.loc) > 1 else None
    return events[place].id if isinstance(place, int) and place < len(events) else ""
