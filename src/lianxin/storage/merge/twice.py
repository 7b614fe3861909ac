"""Two desks have taken the same step: both stay in the record, and somebody is asked which of them counts.

Only steps that cannot follow themselves are asked about: a second report or call is one more, a second 交办 is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Lifecycle, Step, Target
from lianxin.storage.merge.value import Place, UnknownError, events_of
from lianxin.storage.read.complaint import EVENTS

#: Under what such a question stands.
TWICE = "两台各记了一步"

_ID, _STEP = "编号", "步骤"


def twice(
    kind: Kind | None, base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Iterator[tuple[Place, Mapping[str, Any], Mapping[str, Any]]]:
    """Each step that both sides have taken since, with how it was asked about; which side is ours makes no difference.

    Args:
        kind: Of the record; None for what is none.
        base: What both come from, as the strict loader reads it.
        ours: One side.
        theirs: The other.
    """
    if kind is None or kind.lifecycle is None:
        return
    try:
        before, mine, other = events_of(base), events_of(ours), events_of(theirs)
    except UnknownError:
        return
    shared = {*before} | ({*mine} & {*other})
    sides = [
        _by_step(kind.lifecycle, [one for key, one in side.items() if key not in shared]) for side in (mine, other)
    ]
    for name in sorted({*sides[0]} & {*sides[1]}):
        pairs = [*zip(sides[0][name], sides[1][name], strict=False)]
        for n, (one, two) in enumerate(pairs, 1):
            yield (TWICE, f"{name}（第 {n} 次）" if len(pairs) > 1 else name), one, two


def without(values: Mapping[str, Any], event: Any) -> dict[str, Any]:
    """The values of a record without one of its steps."""
    id_ = event.get(_ID) if isinstance(event, Mapping) else None
    left = [one for one in values.get(EVENTS) or () if one.get(_ID) != id_]
    return {key: left if key == EVENTS else value for key, value in values.items() if key != EVENTS or left}


def at_event(event: Mapping[str, Any]) -> Place:
    """Where a step stands in its record."""
    return EVENTS, str(event[_ID])


def _by_step(lifecycle: Lifecycle, events: list[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Steps by what they are called, those of a part by the part too."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for event in events:
        word = str(event.get(_STEP, ""))
        label, inner = lifecycle.parts or ("", None)
        step = lifecycle.step(word)
        if step and _once(lifecycle, step):
            found.setdefault(step.label, []).append(event)
        elif inner and (step := inner.step(word)) and _once(inner, step):
            found.setdefault(f"{step.label} {event.get(label, '')}".strip(), []).append(event)
    return found


def _once(lifecycle: Lifecycle, step: Step) -> bool:
    """Whether a step may lead to where it cannot be taken again."""
    targets = {row[step.name] for row in lifecycle.table.values() if step.name in row} - {Target.SAME}
    states = [lifecycle.ends.get(target, (target,)) for target in targets]
    return any(not any(step.name in lifecycle.table.get(one, {}) for one in ends) for ends in states)
