"""The steps that bring an issue to a result: levels, departments, signatures, suspensions."""

from __future__ import annotations

from lianxin.core.declare.lifecycle import Event
from lianxin.kinds.issue.clock import go_on, pause, resume_limit, set_limit, sign_limit, supply_limit
from lianxin.kinds.issue.event import (
    Accept,
    Assign,
    Escalate,
    Learn,
    Level,
    Reflect,
    Resume,
    Return,
    Sign,
    Suspend,
    Urge,
    Whistle,
)
from lianxin.kinds.issue.finish import judge
from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.tally import Before, Holding, Refusal, Tally
from lianxin.kinds.life.course import UnlawfulError
from lianxin.kinds.life.event import Amend

_LEVELS = tuple(Level)


def next_level(level: Level) -> Level | None:
    """The level above; none above the highest."""
    place = _LEVELS.index(level) + 1
    return _LEVELS[place] if place < len(_LEVELS) else None


def accept(tally: Tally, event: Accept) -> None:
    """受理: by the level where the issue is."""
    if event.level is not tally.level:
        raise UnlawfulError("L016", f"这件现在在「{tally.level}」一级，不能由「{event.level}」受理", "受理层级")
    judge(tally, event)
    tally.taken_up, tally.accepted = event, True
    tally.reply = event.reply or tally.reply
    tally.before.clear()


def escalate(tally: Tally, event: Escalate) -> None:
    """上报: one level further; what is left behind is kept in case it is sent back."""
    above = next_level(tally.level)
    if event.to is not above:
        where = f"只能上报至「{above}」" if above else "已是最高一级"
        raise UnlawfulError("L015", f"这件现在在「{tally.level}」一级，{where}，不能上报至「{event.to}」", "上报至")
    review = tally.review_on
    go_on(tally, event.at, event.id, event.step)
    tally.before.append(Before(tally.state, tally.level, tally.holding, review))
    tally.level, tally.holding = above, None
    tally.escalations.append(event)


def assign(tally: Tally, event: Assign) -> None:
    """交办: a department has it; whatever was not named is owed on signing (S1b 8)."""
    _hand(tally, event, event.dept)
    tally.hold(co_depts=event.co_depts, document=event.document, every=event.every)


def _hand(tally: Tally, event: Assign | Whistle, dept: str) -> None:
    """Give it to a department, which has to sign for it; the clock starts."""
    sign_due, provisional = sign_limit(tally, event)
    tally.holding = Holding(
        dept=dept,
        assigned_at=event.at,
        start=event.at,
        person=event.person,
        standard=event.standard,
        sign_due=sign_due,
        sign_provisional=provisional,
    )
    tally.given.append(tally.holding)
    tally.merged_holding = None
    set_limit(tally, event, event.at)


def sign(tally: Tally, event: Sign) -> None:
    """签收: what was owed is named."""
    tally.hold(signed_at=event.at, signed_by=event.by or event.actor)
    _fill(tally, event)
    owed = owing(tally.holding)
    if owed:
        tally.fault("L019", f"签收了，却还欠{'、'.join(owed)}")


def _fill(tally: Tally, event: Sign | Whistle) -> None:
    """Person, standard and limit, where the event names them."""
    if event.person is not None:
        tally.hold(person=event.person)
    if event.standard is not None:
        tally.hold(standard=event.standard)
    supply_limit(tally, event)


def owing(holding: Holding | None) -> tuple[str, ...]:
    """Labels of what the department still has to name (S1b 8): person, limit, standard."""
    if holding is None:
        return ()
    owed = (("责任人", holding.person), ("办理时限", holding.due), ("工作标准", holding.standard))
    return tuple(label for label, value in owed if value is None)


def send_back(tally: Tally, event: Return) -> None:
    """退回: a higher level restores what was before; a department lets go, and its clock ends."""
    level, holding = tally.level, tally.holding
    if tally.state is State.ESCALATED:
        before = tally.before.pop()
        tally.level, tally.holding = before.level, before.holding
        if before.state is State.SUSPENDED:
            pause(tally, event.at, before.review_on or event.at.date())
        tally.refusals.append(Refusal(event.id, event.at, event.by or "", level, event.why, event.actor))
        tally.move(before.state, event.at, event.id)
        return
    if event.by and holding and event.by not in (holding.dept, *holding.co_depts):
        raise UnlawfulError("L014", f"退回单位 {event.by} 不是责任部门 {holding.dept}", "退回单位")
    by = event.by or (holding.dept if holding else "")
    tally.refusals.append(Refusal(event.id, event.at, by, level, event.why, event.actor))
    tally.hold(returned_at=event.at)
    tally.holding = None


def whistle(tally: Tally, event: Whistle) -> None:
    """吹哨: the lead department is the assigned one if there was none (S1b 9)."""
    if tally.holding is None and event.lead is None:
        raise UnlawfulError("L022", "还没有责任部门，吹哨要写明牵头单位", "牵头单位")
    tally.whistle = event.whistle
    if tally.holding is not None or event.lead is None:
        _fill(tally, event)
        return
    _hand(tally, event, event.lead)


def suspend(tally: Tally, event: Suspend) -> None:
    """暂缓: the clock stands still; while it does, only the review date moves."""
    if event.review <= event.at.date():
        tally.fault("L018", f"复核日期 {event.review} 应在暂缓之后", "复核日期")
    pause(tally, event.at, event.review)


def resume(tally: Tally, event: Resume) -> None:
    """恢复: the clock runs again."""
    go_on(tally, event.at, event.id, event.step)
    resume_limit(tally, event)


def tell(_tally: Tally, _event: Event) -> None:
    """A step that is only told."""


def urge(tally: Tally, event: Urge) -> None:
    """催办, 督办, 通报: counted."""
    tally.urges.append(event)


def learn(tally: Tally, event: Learn) -> None:
    """举一反三: kept (S1b 11)."""
    tally.learns.append(event)


def reflect(tally: Tally, event: Reflect) -> None:
    """心得体会: the last one is the one shown."""
    tally.reflects.append(event)


def amend(tally: Tally, event: Amend) -> None:
    """更正: applied beforehand by ``kinds.life.amend``; here it is only found lawful."""
    tally.amends.add(event.id)
