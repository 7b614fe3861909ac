"""What may be done with the line chosen: each act with its key, the likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style

from lianxin.cli.desk.flow import Flow
from lianxin.cli.desk.keys import fate_keys, step_keys
from lianxin.core.called import OF_A_KIND
from lianxin.core.declare.lifecycle import Step
from lianxin.kinds import BRIEF

if TYPE_CHECKING:
    from lianxin.actions.shelf import Paper
    from lianxin.reports.desk.page import Chosen


class Does(StrEnum):
    """What an act is."""

    STEP = "办一步"
    FATE = "了结"
    ADD = "记一条"
    MAKE = "出文件"


class Act(Struct, frozen=True):
    """One act.

    Attributes:
        key: The letter by which it is done; empty: it has none.
        likely: Enter does it too.
        kind: Of what is added, or what it is done to.
        fate: What becomes of it.
        typed: What is known of it already.
    """

    does: Does
    key: str
    label: str
    likely: bool = False
    step: Step | None = None
    kind: str = ""
    fate: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    paper: Paper | None = None


#: What stands on the key that does the likeliest.
ENTER = "回车"


def acts(one: Chosen, paper: Paper | None = None) -> list[Act]:
    """What may be done, the likeliest first."""
    if paper:
        return [Act(Does.MAKE, "", "出文件", likely=True, paper=paper)]
    if one.adds:
        label = f"记一条{BRIEF[one.adds].label}"
        return [Act(Does.ADD, "", label, likely=True, kind=one.adds, typed=one.typed)]
    if one.fates:
        letters = fate_keys()
        return [Act(Does.FATE, letters[name], OF_A_KIND[name], kind=one.kind, fate=name) for name in one.fates]
    keys = step_keys(one.kind) if one.steps else {}
    found = [Act(Does.STEP, keys[step.name], step.label, step is one.likely, step, one.kind) for step in one.steps]
    return sorted(found, key=lambda act: not act.likely)


def acts_of_several(found: Sequence[tuple[str, Sequence[Step]]]) -> list[Act]:
    """What may be done with records at once: steps that most of them may take first, how many where not all may.

    Args:
        found: The kind of each, and its steps; those of another kind than the first are left out.
    """
    kind = found[0][0]
    steps = [step for name, lawful in found if name == kind for step in lawful if step.name != "amend"]
    many = Counter(step.name for step in steps)
    each = {step.name: step for step in steps}
    keys = step_keys(kind) if each else {}
    every = len(found)
    first = found[0][1][0].name if found[0][1] else ""
    made = []
    for name, count in many.most_common():
        label = each[name].label + (f"（{count} 条能）" if count < every else "")
        likely = name == first and count == every
        made.append(Act(Does.STEP, keys[name], label, likely, each[name], kind))
    return sorted(made, key=lambda act: not act.likely)


class ActBar(Flow):
    """The acts; a click on one does it."""

    class Wanted(Message):
        """An act is to be done."""

        def __init__(self, act: Act) -> None:
            self.act = act
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._acts: Sequence[Act] = ()

    def put(self, found: Sequence[Act]) -> None:
        """Show what may be done now."""
        self._acts = found
        self.flow([_button(act, place) for place, act in enumerate(found)])

    def on_click(self, event: Click) -> None:
        """Do the act that was clicked."""
        place = event.style.meta.get("act")
        if isinstance(place, int):
            self.post_message(self.Wanted(self._acts[place]))


def _button(act: Act, place: int) -> Content:
    caps = "/".join(filter(None, (ENTER if act.likely else "", act.key)))
    told = Content.assemble((caps, "bold $primary"), f" {act.label}")
    return told.stylize(Style.from_meta({"act": place}))
