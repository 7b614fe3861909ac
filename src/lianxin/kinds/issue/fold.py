"""Playing an issue's events in order on the table of ``kinds.issue.state``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from lianxin.core.declare.lifecycle import Context, Event, Target
from lianxin.core.value import show_moment
from lianxin.kinds.issue.clock import extend, go_on
from lianxin.kinds.issue.event import STEPS, Reached
from lianxin.kinds.issue.finish import (
    close,
    explain,
    feedback,
    merge,
    quick,
    reopen,
    reopened,
    resolve,
    triage,
    void,
    withdraw,
)
from lianxin.kinds.issue.handle import (
    accept,
    amend,
    assign,
    escalate,
    learn,
    reflect,
    resume,
    send_back,
    sign,
    suspend,
    tell,
    urge,
    whistle,
)
from lianxin.kinds.issue.state import TABLE, State
from lianxin.kinds.issue.tally import Tally
from lianxin.kinds.life.amend import Correction, amended
from lianxin.kinds.life.course import UnlawfulError, refuse_unmet

if TYPE_CHECKING:
    from lianxin.kinds.issue.record import Issue

_APPLY: dict[str, Callable[[Tally, Any], None]] = {
    "accept": accept,
    "escalate": escalate,
    "explain": explain,
    "quick": quick,
    "triage": triage,
    "merge": merge,
    "assign": assign,
    "sign": sign,
    "return": send_back,
    "whistle": whistle,
    "progress": tell,
    "urge": urge,
    "extend": extend,
    "suspend": suspend,
    "resume": resume,
    "resolve": resolve,
    "feedback": feedback,
    "reopen": reopen,
    "withdraw": withdraw,
    "learn": learn,
    "reflect": reflect,
    "close": close,
    "amend": amend,
    "void": void,
}

_NAMES = {step.label: step.name for step in STEPS}
_LABELS = {step.name: step.label for step in STEPS}


def _wake(tally: Tally, until: datetime) -> None:
    """Let a suspension that has used up its days end by itself."""
    if tally.wakes is not None and tally.state is State.SUSPENDED and tally.wakes <= until.date():
        at = datetime.combine(tally.wakes, time())
        go_on(tally, at, "", "暂缓满期")
        tally.move(State.HANDLING, at, "")


def _destination(tally: Tally, target: str, event: Event) -> State:
    if target in (Target.SAME, Target.BACK, Target.REOPENED):  # the last two are known only before the step counts
        return tally.state
    if target == Target.REACHED:
        reached = getattr(event, "reached", None) is not Reached.UNREACHED
        return State.ANSWERED if reached else tally.state
    return State(target)


def _unlawful(tally: Tally, event: Event, label: str) -> UnlawfulError:
    lawful = "、".join(_LABELS[name] for name in TABLE[tally.state] if name != "amend")
    where = f"{show_moment(event.at)} 时这件是「{tally.state}」，不能「{label}」"
    return UnlawfulError("L001", where + (f"；能做的有：{lawful}" if lawful else "，什么也不能再做"))


def _step(tally: Tally, event: Any) -> None:
    if event.at.date() < tally.issue.raised:
        when = show_moment(event.at)
        raise UnlawfulError("L002", f"「{event.step}」的时间 {when} 早于反映时间 {tally.issue.raised}", "时间")
    name = _NAMES[event.step]
    target = TABLE[tally.state].get(name)
    if target is None:
        raise _unlawful(tally, event, event.step)
    refuse_unmet(event)
    where = reopened(tally) if target is Target.REOPENED else None
    _APPLY[name](tally, event)
    state = where or _destination(tally, target, event)
    if state is not tally.state or name == "escalate":
        tally.move(state, event.at, event.id)


def _play(tally: Tally, events: Sequence[tuple[int, Event]], until: datetime | None = None) -> Tally:
    """Play events on a fresh tally.

    Args:
        tally: Of the issue as corrected, nothing played on it yet.
        events: Each with its place in the file, in the order of their times.
        until: Let a suspension that is used up by then end.
    """
    tally.since = tally.issue.taken
    if events and events[0][1].at < tally.since:
        tally.since = events[0][1].at
    for place, event in events:
        tally.place = place
        if event.id in tally.seen:  # the same step merged in twice; R004 tells of it
            continue
        tally.seen.add(event.id)
        if tally.wakes is not None:
            _wake(tally, event.at)
        try:
            _step(tally, event)
        except UnlawfulError as unlawful:
            tally.skipped += 1
            tally.fault(unlawful.code, str(unlawful), unlawful.label)
    if until is not None:
        _wake(tally, until)
    return tally


def total(issue: Issue, context: Context, until: datetime | None = None) -> tuple[Tally, tuple[Correction, ...]]:
    """Play an issue's events as corrected, in the order of their times, then of their places."""

    def play(read: Issue) -> tuple[Tally, Tally]:
        events = sorted(enumerate(read.events), key=lambda pair: pair[1].at)
        tally = _play(Tally(read, context, read.level), events, until)
        return tally, tally

    return amended(issue, play)
