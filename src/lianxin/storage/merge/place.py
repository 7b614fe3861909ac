"""A place in the values of a file: what stands there, and the values with something else there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lianxin.storage.merge.value import Place, item_at


def at_place(values: Any, place: Place) -> Any:
    """What stands at a place; None where there is nothing."""
    if not place:
        return values
    head, *rest = place
    if isinstance(values, Mapping):
        return at_place(values.get(head), tuple(rest))
    if isinstance(values, list):
        found = item_at(values, head)
        return None if found is None else at_place(values[found], tuple(rest))
    return None


def with_place(values: Any, place: Place, value: Any) -> Any:
    """The values with something else at a place; None: nothing."""
    if not place:
        return value
    head, *rest = place
    if isinstance(values, list):
        n = item_at(values, head)
        found = None if n is None else values[n]
        after = with_place(found, tuple(rest), value)
        kept = [one for one in values if one is not found]
        at = len(kept) if n is None else n
        return kept if after is None else [*kept[:at], after, *kept[at:]]
    held = dict(values or {})
    after = with_place(held.get(head, [] if len(rest) == 1 and isinstance(value, dict) else None), tuple(rest), value)
    if after is None or after == []:
        held.pop(head, None)
    else:
        held[head] = after
    return held
