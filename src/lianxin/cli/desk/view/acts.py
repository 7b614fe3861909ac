"""What may be done with the line chosen: each act with its key, the likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style

from lianxin.cli.desk.keys import MORE, OPENS, PRINTS, key_of, number_of
from lianxin.cli.desk.view.flow import Flow
from lianxin.core.called import OF_A_KIND
from lianxin.core.declare.lifecycle import Step
from lianxin.kinds import BRIEF
from lianxin.kinds.fate import OF_TWO, befalling

if TYPE_CHECKING:
    from lianxin.actions.dispatch.owed import Owed
    from lianxin.actions.shelf import Paper
    from lianxin.actions.waiting import Waiting
    from lianxin.reports.desk.page import Able, Chosen


class Does(StrEnum):
    """What an act is."""

    STEP = "办一步"
    FATE = "了结"
    ADD = "记一条"
    MAKE = "出文件"
    SEND = "出一份"
    FILE = "登记"
    OPEN = "打开"
    SETTLE = "选定用谁的"
    SYNC = "现在同步"
    GO_ON = "接着填"
    HEAR = "立问题"


class Act(Struct, frozen=True):
    """One act.

    Attributes:
        key: The letter by which it is done; empty: it has none.
        likely: Enter does it too.
        kind: Of what is added, or what it is done to.
        fate: What becomes of it.
        typed: What is known of it already.
        paper, owed: What is made, or filed.
        file: What is opened.
        waiting: The form that is gone on with.
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
    owed: Owed | None = None
    file: str = ""
    waiting: Waiting | None = None

    @property
    def number(self) -> str:
        """Its number among those that have no letter."""
        return number_of(self.step.label if self.step else OF_A_KIND[self.fate])


#: The key of 立问题; no step of a visit has it.
HEARS = "l"

#: What stands on the key that does the likeliest.
ENTER = "回车"


def acts(one: Chosen, paper: Paper | None = None, owed: Owed | None = None) -> list[Act]:
    """What may be done, the likeliest first."""
    if owed:
        return _acts_of_owed(owed)
    if paper:
        return [Act(Does.MAKE, "", "出文件", likely=True, paper=paper)]
    if one.meets:
        does = Does.SETTLE if one.id else Does.SYNC
        return [Act(does, "", does.value, likely=True)]
    if one.adds:
        label = f"记一条{BRIEF[one.adds].label}"
        return [Act(Does.ADD, "", label, likely=True, kind=one.adds, typed=one.typed)]
    kept = [Act(Does.OPEN, OPENS, Does.OPEN.value, likely=True, file=one.file)] if one.file else []
    heard = [Act(Does.HEAR, HEARS, Does.HEAR.value, likely=True)] if one.heard else []
    if one.fates or kept:
        return [*heard, *kept, *_fates(one.kind, befalling(one.fates, 1))]
    found = [_step(one.kind, step, step.label, likely=step is one.likely) for step in one.steps]
    return sorted(found, key=_order)


def act_of_waiting(form: Waiting | None) -> list[Act]:
    """A form that was left is gone on with."""
    return [Act(Does.GO_ON, "", Does.GO_ON.value, likely=True, waiting=form)] if form else []


def _acts_of_owed(owed: Owed) -> list[Act]:
    """A paper is made, looked at, filed; one that was filed is looked at."""
    opened = [Act(Does.OPEN, OPENS, "打开看", likely=not owed.files, file=owed.lies)] if owed.lies else []
    if owed.filed:
        return opened
    if not owed.files:
        return [Act(Does.SEND, PRINTS, owed.makes, likely=not opened, owed=owed), *opened]
    filed = Act(Does.FILE, "", "看过了，登记", likely=True, owed=owed)
    return [filed, *opened, Act(Does.SEND, PRINTS, "重出", owed=owed)]


def acts_of_several(found: Sequence[Able]) -> list[Act]:
    """What may be done with records at once: steps that most of them may take first, how many where not all may.

    Args:
        found: What each may; those of another kind than the first are left out.
    """
    first, every = found[0], len(found)
    same = [one for one in found if one.kind == first.kind]
    if first.fates:
        can = tuple(name for name in first.fates if all(name in one.fates for one in same))
        return _fates(first.kind, befalling(can, every)) if len(same) == every else []
    steps = [step for one in same for step in one.steps if step.name != "amend"]
    each = {step.name: step for step in steps}
    made = []
    for name, count in Counter(step.name for step in steps).most_common():
        label = each[name].label + (f"（{count} 条能）" if count < every else "")
        likely = count == every and name == first.steps[0].name
        made.append(_step(first.kind, each[name], label, likely=likely))
    return sorted(made, key=_order)


def listed(found: Sequence[Act]) -> list[Act]:
    """Those that one key lists, in the order of their numbers; the likeliest is one of them only where it is alone."""
    rest = [act for act in found if act.key == MORE]
    return sorted([act for act in rest if not act.likely] or rest, key=lambda act: act.number)


def meant(found: Sequence[Act], key: str) -> list[Act]:
    """What a key means; empty: the likeliest."""
    if key == MORE:
        return listed(found)
    return [act for act in found if (act.key == key if key else act.likely)]


def _step(kind: str, step: Step, label: str, *, likely: bool) -> Act:
    return Act(Does.STEP, key_of(step.label), label, likely, step, kind)


def _fates(kind: str, names: Sequence[str]) -> list[Act]:
    labels = {name: OF_A_KIND[name] + ("登重的" if name in OF_TWO else "") for name in names}
    found = [Act(Does.FATE, key_of(OF_A_KIND[name]), labels[name], kind=kind, fate=name) for name in names]
    return sorted(found, key=_order)


def _order(act: Act) -> tuple[bool, bool]:
    """The likeliest first, those that have no letter last."""
    return not act.likely, act.key == MORE


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

    def put(self, found: Sequence[Act], nothing: str = "") -> None:
        """Show what may be done now; else why nothing may be."""
        self._acts = found
        self.flow([*_buttons(found)] or [Content(nothing)])

    @property
    def words(self) -> list[str]:
        """What may be done now."""
        return [act.label for act in self._acts]

    def on_click(self, event: Click) -> None:
        """Do the act that was clicked."""
        place = event.style.meta.get("act")
        if isinstance(place, int):
            self.post_message(self.Wanted(self._acts[place]))


def _buttons(found: Sequence[Act]) -> Iterator[Content]:
    """One an act; before the first of those without a letter stands the key that lists them, then their numbers."""
    rest = listed(found)
    for act in (*(one for one in found if one not in rest), *rest):
        if act not in rest:
            key = act.key if act.key != MORE else ""
            caps = "/".join(filter(None, (ENTER if act.likely else "", key)))
            told = Content.assemble((caps, "bold $primary"), f" {act.label}")
        else:
            before = ("别的按 ", (MORE, "bold $primary"), " 再按 ") if act is rest[0] else ()
            told = Content.assemble(*before, (act.number, "bold $primary"), f" {act.label}")
        yield told.stylize(Style.from_meta({"act": found.index(act)}))
