"""Two desks have taken the same step: both stay in the record, and somebody is asked which of them counts.

Only steps that cannot follow themselves are asked about: a second report or call is one more, a second 交办 is none.
"""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.core.declare.lifecycle import Lifecycle, Target
from lianxin.core.declare.lifecycle import Step as Declared
from lianxin.storage.merge.choice import STEP, Step


def twice(lifecycle: Lifecycle, mine: Iterable[Step], other: Iterable[Step]) -> dict[str, tuple[Step, Step]]:
    """Each step that both sides have taken since, by what it is called.

    Args:
        lifecycle: Of the record.
        mine: What one side has written since, in its order.
        other: What the other has.
    """
    sides = [_by_step(lifecycle, side) for side in (mine, other)]
    found: dict[str, tuple[Step, Step]] = {}
    for name in sorted({*sides[0]} & {*sides[1]}):
        pairs = [*zip(sides[0][name], sides[1][name], strict=False)]
        found |= {f"{name}（第 {n} 次）" if len(pairs) > 1 else name: pair for n, pair in enumerate(pairs, 1)}
    return found


def _by_step(lifecycle: Lifecycle, events: Iterable[Step]) -> dict[str, list[Step]]:
    """Steps by what they are called, those of a part by the part too."""
    found: dict[str, list[Step]] = {}
    for event in events:
        word = str(event.get(STEP, ""))
        label, inner = lifecycle.parts or ("", None)
        step = lifecycle.step(word)
        if step and _once(lifecycle, step):
            found.setdefault(step.label, []).append(event)
        elif inner and (step := inner.step(word)) and _once(inner, step):
            found.setdefault(f"{step.label} {event.get(label, '')}".strip(), []).append(event)
    return found


def _once(lifecycle: Lifecycle, step: Declared) -> bool:
    """Whether a step may lead to where it cannot be taken again."""
    targets = {row[step.name] for row in lifecycle.table.values() if step.name in row} - {Target.SAME}
    states = [lifecycle.ends.get(target, (target,)) for target in targets]
    return any(not any(step.name in lifecycle.table.get(one, {}) for one in ends) for ends in states)
