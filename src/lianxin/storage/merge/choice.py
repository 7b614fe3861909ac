"""A choice between the steps of two desks: what stands in the question, and what becomes of the steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from lianxin.storage.merge.value import Place
from lianxin.storage.read.complaint import EVENTS

#: Under what such questions stand.
TWICE, CROSSED = "两台各记了一步", "两台的步骤合不到一起"
#: What a side did that cannot be with what the other did: steps it wrote, and steps of before that it took out.
WROTE, TOOK = "记的", "去掉的"

ID, STEP = "编号", "步骤"

Step = Mapping[str, Any]


class Steps(Struct, frozen=True):
    """What goes where the other side is chosen.

    Attributes:
        wrote: Steps that are taken out.
        took: Steps that are put back.
    """

    wrote: Sequence[Step] = ()
    took: Sequence[Step] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Of all of them."""
        return frozenset(str(one[ID]) for one in (*self.wrote, *self.took))

    @property
    def value(self) -> dict[str, Any]:
        """As it stands in a question."""
        return {key: [*steps] for key, steps in ((WROTE, self.wrote), (TOOK, self.took)) if steps}


def of_steps(place: Place) -> bool:
    """Whether a question is one about steps."""
    return place[:1] in ((TWICE,), (CROSSED,))


def steps_of(value: Any) -> Steps:
    """What one side of such a question says; of one step that both have taken the value is the step."""
    if not isinstance(value, Mapping):
        return Steps()
    if STEP in value:
        return Steps((value,))
    return Steps(*(tuple(filter(_is_step, value.get(key) or ())) for key in (WROTE, TOOK)))


def given_up(values: Mapping[str, Any], steps: Steps) -> dict[str, Any]:
    """The values of a record once the other side was chosen."""
    gone = {one[ID] for one in steps.wrote}
    left = [one for one in values.get(EVENTS) or () if one.get(ID) not in gone]
    return put_back({**values, EVENTS: left}, steps.took)


def put_back(values: Mapping[str, Any], steps: Iterable[Step]) -> dict[str, Any]:
    """The values of a record with steps that are to be in it; those it has not stand at the end."""
    held = [*(values.get(EVENTS) or ())]
    known = {one.get(ID) for one in held}
    held += [dict(one) for one in steps if one[ID] not in known]
    return {key: held if key == EVENTS else value for key, value in values.items() if key != EVENTS or held}


def at_event(event: Step) -> Place:
    """Where a step stands in its record."""
    return EVENTS, str(event[ID])


def _is_step(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value.get(ID))
