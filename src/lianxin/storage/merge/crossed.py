"""What two desks have done to a record that cannot both count: the same step twice, or one that bars the other's.

Nothing of it is dropped: all of it stands in the record, and somebody is asked whose it is to be. What goes with either
side is worked out by playing it: all that one side has, and of the other's whatever is lawful after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from lianxin.core.day.calendar import Calendar
from lianxin.core.day.limit import Limits
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Context
from lianxin.kinds.life.unlawful import unlawful
from lianxin.storage.merge.choice import CROSSED, ID, STEP, TWICE, Step, Steps
from lianxin.storage.merge.twice import twice
from lianxin.storage.merge.value import Place, UnknownError, events_of
from lianxin.storage.read.loading import load
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.read.scanning import Unreadable

#: Of so many steps that both have taken each is asked about by itself; where there are more it is one question.
_APART = 4

Found = tuple[Place, Steps, Steps]


def crossed(path: str, kind: Kind, base: bytes, ours: bytes, theirs: bytes, made: bytes) -> Iterator[Found]:
    """What is to be asked, and what goes of either side where the other is chosen; which is ours is all the same.

    Args:
        path: Of the record.
        kind: Of the record.
        base: What both come from; each can be read.
        ours: One side.
        theirs: The other.
        made: What they have become together.
    """
    try:
        sides = _Sides(path, kind, (base, ours, theirs, made))
    except (Unreadable, UnknownError):
        return
    if kind.lifecycle is None or not (sides.wrote[0] or sides.took[0]) or not (sides.wrote[1] or sides.took[1]):
        return
    pairs = twice(kind.lifecycle, *sides.wrote)
    if pairs and (len(pairs) <= _APART) and all(map(sides.lawful, product(*pairs.values()))):
        yield from (((TWICE, name), Steps((one,)), Steps((two,))) for name, (one, two) in pairs.items())
    elif not sides.lawful(()):
        one, two = sides.kept(1), sides.kept(0)
        if one.ids or two.ids:
            yield (CROSSED, _name(one, two)), one, two


class _Sides:
    """Three versions of the steps of a record, and what they have become.

    Attributes:
        wrote: Of each side the steps it has written since, in the order of the record.
        took: Of each side the steps of before that it took out.
    """

    def __init__(self, path: str, kind: Kind, versions: tuple[bytes, bytes, bytes, bytes]) -> None:
        before, mine, other, made = (events_of(read_yaml(data)) for data in versions)
        shared = {*before} | ({*mine} & {*other})
        order = {key: n for n, key in enumerate((*before, *(key for key in made if key not in before)))}
        self.wrote = [[one for key, one in side.items() if key not in shared] for side in (mine, other)]
        self.took = [[before[key] for key in before if key not in side] for side in (mine, other)]
        self._held = [[_id(one) for one in side.values()] for side in (mine, other)]
        self._made = [_id(one) for one in made.values()]
        self._order = {key[0]: n for key, n in order.items()}
        self._kind = kind
        self._record: Any = load(path, versions[-1]).record
        held: list[Any] = [load(path, data).record for data in versions]
        self._events = {event.id: event for record in held for event in getattr(record, "events", ())}
        self._sound = all(record is not None for record in held)
        self._context = Context(Calendar(), Limits())
        self._known = frozenset[tuple[str, str]]()
        if self._sound and kind.conduct:
            self._known = self._faults(self._held[0]) | self._faults(self._held[1])

    def lawful(self, without: Sequence[Step]) -> bool:
        """Whether what has become of them is, but for some, as lawful as each side was by itself."""
        gone = {_id(one) for one in without}
        return self._plays(one for one in self._made if one not in gone)

    def kept(self, whole: int) -> Steps:
        """What goes of the other side where this one stays as it is."""
        other = 1 - whole
        back = [_id(one) for one in self.took[other]]
        held, left = self._with([one for one in self._held[whole] if one not in back], other)
        if not back or self._plays(held):
            return Steps(left)
        return Steps(self._with(self._held[whole], other)[1], self.took[other])

    def _with(self, held: Sequence[str], other: int) -> tuple[list[str], list[Step]]:
        """All that goes with some steps of what the other side has written, and what does not."""
        found, left = [*held], []
        for step in self.wrote[other]:
            if self._plays((*found, _id(step))):
                found.append(_id(step))
            else:
                left.append(step)
        return found, left

    def _plays(self, ids: Iterable[str]) -> bool:
        return self._faults(ids) <= self._known

    def _faults(self, ids: Iterable[str]) -> frozenset[tuple[str, str]]:
        if not self._sound or self._kind.conduct is None:
            return frozenset()
        events = tuple(self._events[one] for one in sorted({*ids}, key=lambda one: self._order[one]))
        record = self._record.model_copy(update={"events": events})
        found = unlawful(self._kind.conduct().fold(record, self._context), events)
        return frozenset((id_, fault.code) for id_, fault in found)


def _id(step: Step) -> str:
    return str(step[ID])


def _name(one: Steps, two: Steps) -> str:
    """What is asked about, in words that do not hang on which side is named first."""
    wrote = [str(step.get(STEP, "")) for step in (*one.wrote, *two.wrote)]
    took = [f"去掉{step.get(STEP, '')}" for step in (*one.took, *two.took)]
    return "、".join(sorted({*wrote, *took}))
