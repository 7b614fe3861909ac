"""The steps that end a round of handling, or begin another: results, feedback, closing, reopening."""

from __future__ import annotations

from lianxin.core.lifecycle import Event
from lianxin.kinds.course import UnlawfulError
from lianxin.kinds.issue_clock import go_on, set_limit
from lianxin.kinds.issue_event import (
    Accept,
    Close,
    Explain,
    Feedback,
    Merge,
    Merit,
    Quick,
    Reached,
    Reopen,
    Resolve,
    Withdraw,
)
from lianxin.kinds.issue_haves import haves, needs_reason, unreachable
from lianxin.kinds.issue_state import Closing, How, State
from lianxin.kinds.issue_tally import Outcome, Tally


def triage(tally: Tally, event: Accept | Explain | Quick | Merge) -> None:
    """What a step says of the issue's nature counts from then on; what it leaves out stays as said before."""
    if event.scope is not None:
        tally.scope = event.scope
    if event.sphere is not None:
        tally.sphere = event.sphere
    if event.merit is not None:
        tally.merit = event.merit
    if event.category is not None:
        tally.category = event.category
    if event.urgency is not None:
        tally.urgency = event.urgency
    if not tally.accepted:
        tally.taken_up = event


def _finish(tally: Tally, event: Event, outcome: Outcome) -> None:
    go_on(tally, event.at, event.id, outcome.how.value)
    tally.outcome = outcome
    tally.before.clear()


def explain(tally: Tally, event: Explain) -> None:
    """解释疏导: only for what is unreasonable or was ruled on before (S1b 6)."""
    if (event.merit or tally.merit) is Merit.REASONABLE:
        raise UnlawfulError("L023", "判定为合理的诉求要办理，不能只作解释疏导", "合理性" if event.merit else "步骤")
    triage(tally, event)
    _finish(tally, event, Outcome(How.EXPLAINED, event.at, event.by or event.actor, event.why))


def quick(tally: Tally, event: Quick) -> None:
    """快办快结: done on the spot; the branch is told for the record (S1b 3)."""
    triage(tally, event)
    outcome = Outcome(How.QUICK, event.at, event.actor, event.done, event.cost, reported=event.reported)
    _finish(tally, event, outcome)


def merge(tally: Tally, event: Merge) -> None:
    """并案: follows another issue; the department lets go of it."""
    if event.into == tally.issue.id:
        raise UnlawfulError("L024", "不能并入自己", "并入")
    triage(tally, event)
    _finish(tally, event, Outcome(How.MERGED, event.at, event.actor))
    tally.into, tally.holding = event.into, None
    tally.merges.append(event)


def resolve(tally: Tally, event: Resolve) -> None:
    """办结: the result is written down, an answer is owed."""
    _finish(tally, event, Outcome(How.RESOLVED, event.at, event.actor, event.result, event.cost, tuple(event.evidence)))


def feedback(tally: Tally, event: Feedback) -> None:
    """反馈: a failed try is kept apart; whoever was reached was told."""
    if event.reached is not Reached.UNREACHED:
        tally.told = event
        return
    tally.attempts.append(event)
    if event.solved is not None or event.satisfied is not None:
        tally.fault("L020", "没有接通，却记了评价", "接通情况")


def reopen(tally: Tally, event: Reopen) -> None:
    """重办: a new round with a new limit; what the last one came to stays in the events."""
    tally.outcome = tally.told = tally.closed_at = tally.closed_how = tally.close_reason = tally.into = None
    tally.attempts = []
    tally.withdrawn = False
    tally.reopens += 1
    if tally.state is State.MERGED or not signed(tally):
        tally.holding = None
        return
    tally.hold(start=event.at, rule=None, due=None, provisional=False, extensions=0, stands=())
    set_limit(tally, event, event.at)
    if tally.holding is not None and tally.holding.due is None:
        tally.fault("L027", "重办要写明新的时限", "办理时限")


def signed(tally: Tally) -> bool:
    """Whether the assignment in force was signed for; one that was returned or escalated is no longer in force."""
    return tally.holding is not None and tally.holding.signed_at is not None


def withdraw(tally: Tally, event: Withdraw) -> None:
    """撤回: the person takes it back, which stands for acceptance, result and answer alike."""
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
        raise UnlawfulError("L007", "五有还缺：" + "；".join(missing))
    if needs_reason(tally) and not event.reason:
        raise UnlawfulError("L008", "反映人说没解决或不满意，销号要写书面说明", "书面说明")
    tally.closed_at, tally.close_reason = event.at, event.reason
    tally.closed_how = _closing(tally)


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
