"""The steps that end a round of handling, or begin another: results, feedback, closing, reopening."""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.core.declare.lifecycle import Event
from lianxin.core.declare.record import fields_of
from lianxin.kinds.issue.clock import go_on, set_limit
from lianxin.kinds.issue.event import (
    Close,
    Explain,
    Feedback,
    Merge,
    Merit,
    Quick,
    Reached,
    Reopen,
    Resolve,
    Told,
    Triage,
    Triaged,
    Withdraw,
)
from lianxin.kinds.issue.haves import TRIAGE, HaveName, blank_triage, haves, needs_reason, unreachable
from lianxin.kinds.issue.state import Closing, How, State
from lianxin.kinds.issue.tally import Outcome, Tally
from lianxin.kinds.life.course import UnlawfulError


def judge(tally: Tally, event: Triaged) -> None:
    """What a step says of the issue's nature counts from then on; what it leaves out stays as said before."""
    for name in TRIAGE:
        value = getattr(event, name)
        if value is not None:
            setattr(tally, name, value)


def take_up(tally: Tally, event: Explain | Quick | Merge) -> None:
    """A step that takes the issue up without an acceptance."""
    judge(tally, event)
    if not tally.accepted:
        tally.taken_up = event


def triage(tally: Tally, event: Triage) -> None:
    """补研判: what was not judged when the issue was taken up is judged before it is struck off."""
    if tally.taken_up is None:
        raise UnlawfulError("L029", "还没有受理，不能补研判；请先受理")
    explained = tally.outcome is not None and tally.outcome.how is How.EXPLAINED
    if explained and event.merit is Merit.REASONABLE:
        raise UnlawfulError("L023", "已经作了解释疏导，不能再判定为合理；要办理请先重办", "合理性")
    if not any(getattr(event, name) for name in TRIAGE):
        raise UnlawfulError("L029", f"补研判至少要写一项：{_flags(TRIAGE)}", TRIAGE["scope"])
    judge(tally, event)


def _finish(tally: Tally, event: Event, outcome: Outcome) -> None:
    go_on(tally, event.at, event.id, outcome.how.value)
    tally.outcome = outcome
    tally.before.clear()


def explain(tally: Tally, event: Explain) -> None:
    """解释疏导: only for what is unreasonable or was ruled on before (S1b 6)."""
    if (event.merit or tally.merit) is Merit.REASONABLE:
        raise UnlawfulError("L023", "判定为合理的诉求要办理，不能只作解释疏导", "合理性" if event.merit else "步骤")
    take_up(tally, event)
    _finish(tally, event, Outcome(How.EXPLAINED, event.at, event.by or event.actor, event.why))


def quick(tally: Tally, event: Quick) -> None:
    """快办快结: done on the spot; the branch is told for the record (S1b 3)."""
    take_up(tally, event)
    outcome = Outcome(How.QUICK, event.at, event.actor, event.done, event.cost, reported=event.reported)
    _finish(tally, event, outcome)


def merge(tally: Tally, event: Merge) -> None:
    """并案: follows another issue; the department lets go of it."""
    if event.into == tally.issue.id:
        raise UnlawfulError("L024", "不能并入自己", "并入")
    take_up(tally, event)
    _finish(tally, event, Outcome(How.MERGED, event.at, event.actor))
    tally.merged_holding = tally.holding or tally.merged_holding
    tally.into, tally.holding = event.into, None
    tally.merges.append(event)


def resolve(tally: Tally, event: Resolve) -> None:
    """办结: the result is written down, an answer is owed."""
    _finish(tally, event, Outcome(How.RESOLVED, event.at, event.actor, event.result, event.cost, tuple(event.evidence)))


def feedback(tally: Tally, event: Feedback) -> None:
    """反馈: a failed try is kept apart; whoever was reached was told. The last verdict counts, whatever follows it."""
    if event.reached is not Reached.UNREACHED:
        tally.answers.append(event)
        if tally.told is None or _weight(event) >= _weight(tally.told):
            tally.told = event
        return
    tally.attempts.append(event)
    if event.solved is not None or event.satisfied is not None:
        tally.fault("L020", "没有接通，却记了评价", "接通情况")


def _weight(event: Feedback) -> int:
    """A verdict weighs more than a talk without one, a talk more than a publication."""
    if event.solved is not None or event.satisfied is not None:
        return 2
    return int(event.how is not Told.PUBLISHED)


def reopened(tally: Tally) -> State:
    """Where a reopened issue goes on, by what had been done: on with its department, else from its acceptance."""
    holding = tally.holding or tally.merged_holding
    if holding is not None and holding.signed:
        return State.HANDLING
    return State.ACCEPTED if _was_taken_up(tally) else State.COLLECTED


def _was_taken_up(tally: Tally) -> bool:
    """Whether it was ever accepted; having merely followed another, without a judgement of its own, does not count."""
    event = tally.taken_up
    return event is not None and (not isinstance(event, Merge) or any(getattr(event, name) for name in TRIAGE))


def reopen(tally: Tally, event: Reopen) -> None:
    """重办: a new round with a new limit; what the last one came to stays in the events."""
    handling = reopened(tally) is State.HANDLING
    tally.holding = (tally.holding or tally.merged_holding) if handling else None
    tally.outcome = tally.told = tally.closed_at = tally.closed_how = tally.close_reason = None
    tally.taken_up = tally.taken_up if _was_taken_up(tally) else None
    tally.into = tally.merged_holding = None
    tally.answers, tally.attempts = [], []
    tally.withdrawn = False
    tally.reopens += 1
    if not handling:
        return
    tally.hold(start=event.at, rule=None, due=None, provisional=False, extensions=0, stands=())
    set_limit(tally, event, event.at)
    if tally.holding is not None and tally.holding.due is None:
        tally.fault("L027", "重办要写明新的时限", "办理时限")


def withdraw(tally: Tally, event: Withdraw) -> None:
    """撤回: the person takes it back; nothing more is owed."""
    go_on(tally, event.at, event.id, event.step)
    tally.before.clear()
    tally.withdrawn = True
    if tally.outcome is None or tally.outcome.how is How.MERGED:
        tally.outcome = Outcome(How.WITHDRAWN, event.at, event.actor, event.why or "反映人撤回")


def close(tally: Tally, event: Close) -> None:
    """销号: only with all five haves, and against the person's word only with a reason."""
    if tally.state is State.RESOLVED and not unreachable(tally):
        limits = tally.context.limits
        raise UnlawfulError(
            "L009", f"还没有反馈；联系不上的，要在 {limits.try_days} 个不同的日子联系过至少 {limits.tries} 次才能销号"
        )
    missing = [f"{have.name}（{have.missing}）" for have in haves(tally) if not have.present]
    if missing:
        blank = _flags(blank_triage(tally)) if tally.taken_up is not None and tally.into is None else ""
        how = f"；补研判请运行 lianxin issue triage {tally.issue.id}，写上{blank}" if blank else ""
        if any(have.name is HaveName.DESCRIBED and not have.present for have in haves(tally)):
            how = f"；登记时没写的请运行 lianxin issue edit {tally.issue.id} 补上{how}"
        raise UnlawfulError("L007", f"五有还缺：{'；'.join(missing)}{how}")
    if needs_reason(tally) and not event.reason:
        raise UnlawfulError("L008", "反映人说没解决或不满意，销号要写书面说明", "书面说明")
    tally.closed_at, tally.close_reason = event.at, event.reason
    tally.closed_how = _closing(tally)


def _flags(names: Iterable[str]) -> str:
    """Triage fields by label, and how they are typed: ``「类别」--category``."""
    specs = {spec.name: spec for spec in fields_of(Triage)}
    return "、".join(f"「{specs[name].label}」--{specs[name].flag}" for name in names)


def _closing(tally: Tally) -> Closing:
    if tally.withdrawn:
        return Closing.WITHDRAWN
    if tally.state is State.RESOLVED:
        return Closing.UNREACHED
    how = tally.outcome.how if tally.outcome else How.RESOLVED
    return {How.MERGED: Closing.MERGED, How.EXPLAINED: Closing.EXPLAINED}.get(how, Closing.SOLVED)


def void(tally: Tally, event: Event) -> None:
    """作废: the clock stops for good."""
    go_on(tally, event.at, event.id, "作废")
