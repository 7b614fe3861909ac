"""Before a step is written down: fill in what is computed, show how, and say why it cannot be done now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lianxin.core.day.term import Unit
from lianxin.core.declare.lifecycle import Conduct, Context, Event, Prepared, Step
from lianxin.core.problem import Fault
from lianxin.core.value import show_deadline
from lianxin.kinds.issue.clock import standing
from lianxin.kinds.issue.event import (
    CLOSING,
    Accept,
    Assign,
    Escalate,
    Explain,
    Extend,
    Feedback,
    Quick,
    Reached,
    Reopen,
    Resume,
    Return,
    Sign,
    Suspend,
    Told,
    Triage,
    Triaged,
    Whistle,
)
from lianxin.kinds.issue.finish import reopened
from lianxin.kinds.issue.fold import total
from lianxin.kinds.issue.handle import next_level, owing
from lianxin.kinds.issue.haves import TRIAGE, blank_triage, untriaged
from lianxin.kinds.issue.life import Life, fold
from lianxin.kinds.issue.state import LIFECYCLE, State
from lianxin.kinds.issue.tally import Tally
from lianxin.kinds.life.course import event_of, refusal

if TYPE_CHECKING:
    from lianxin.kinds.issue.record import Issue


def prepare(step: str, issue: Issue, values: Mapping[str, Any], context: Context) -> Prepared:
    """Build the event of a step, its limits filled in from the policy and counted.

    Args:
        step, values: As ``kinds.course.event_of`` takes them.
        issue: As it stands in its file.
        context: The calendar and limits in force.

    Raises:
        UsageError: No such step, or a value is missing or wrong.
    """
    event = event_of(LIFECYCLE, step, values)
    earlier = issue.model_copy(update={"events": tuple(one for one in issue.events if one.at <= event.at)})
    before, _ = total(earlier, context, event.at)
    event, defaulted = _with_rules(event, before, context)
    after, _ = total(_with(earlier, event), context)
    event = _with_deadlines(event, after)
    return Prepared(event, (*defaulted, *_reasons(event, before, after)))


def refuse(issue: Issue, event: Event, context: Context) -> Fault | None:
    """Why a step cannot be written now and what could be; ``None`` when it can."""
    return refusal(fold, issue, event, context)


def _with(issue: Issue, event: Event) -> Issue:
    return issue.model_copy(update={"events": (*issue.events, event)})


def _starts_clock(event: Event, before: Tally) -> bool:
    if isinstance(event, Reopen):
        return reopened(before) is State.HANDLING
    return isinstance(event, Assign) or (isinstance(event, Whistle) and before.holding is None)


def _with_rules(event: Event, before: Tally, context: Context) -> tuple[Event, tuple[str, ...]]:
    """The rules that were not given, from the policy."""
    changes: dict[str, Any] = {}
    lines: list[str] = []
    if _starts_clock(event, before) and getattr(event, "rule", None) is None:
        line = context.limits.line(before.category, before.urgency)
        rule = line.rule
        changes["rule"] = str(rule)
        if rule.unit is not Unit.OPEN:
            lines.append(f"没有写时限，按{line.named(before.category, before.urgency)}：{rule}")
    handed = isinstance(event, Assign) or (isinstance(event, Whistle) and before.holding is None)
    if handed and getattr(event, "sign_rule", None) is None:
        changes["sign_rule"] = str(context.limits.sign)
    return event.model_copy(update=changes), tuple(lines)


def _with_deadlines(event: Event, after: Tally) -> Event:
    """The deadlines a step sets, as the fold counts them."""
    holding = after.holding
    if holding is None:
        return event
    changes: dict[str, Any] = {}
    if isinstance(event, Assign | Whistle) and holding.assigned_at == event.at:
        changes |= {"sign_due": holding.sign_due, "sign_provisional": holding.sign_provisional or None}
    if isinstance(event, Resume) and holding.due is not None:
        changes |= {"due": holding.due, "provisional": holding.provisional or None}
    if isinstance(event, Assign | Sign | Whistle | Extend | Reopen):
        set_here = [limit for limit in after.limits if limit.event == event.id and limit.due is not None]
        if set_here:
            changes |= {"due": set_here[-1].due, "provisional": set_here[-1].provisional or None}
    return event.model_copy(update=changes)


def _reasons(event: Event, before: Tally, after: Tally) -> Iterator[str]:
    yield from _deadlines(event, after)
    owed = owing(after.holding)
    if isinstance(event, Assign | Whistle) and owed:
        yield f"{'、'.join(owed)}由承办单位签收时明确"
    if isinstance(event, Accept | Explain | Quick | Triage) and blank_triage(after):
        yield f"还没有判定{untriaged(after)}，销号前要补上：lianxin issue triage {after.issue.id}"
    if isinstance(event, Extend) and after.first_due:
        yield f"第 {after.extensions} 次延期，首次期限 {show_deadline(after.first_due)} 保留"
    if isinstance(event, Suspend) and after.wakes:
        left = standing(after)
        yield f"暂缓期间时限不走{f'，{left}' if left else ''}；至迟 {after.wakes} 自动恢复办理"
    if isinstance(event, Escalate) and after.level is not before.level:
        yield f"等候「{after.level}」一级研判"
    if isinstance(event, Return) and sum(1 for refusal in after.refusals if refusal.by) > 1:
        yield f"已退回 {len(after.refusals)} 次，可以考虑吹哨"
    if isinstance(event, Feedback) and event.reached is Reached.UNREACHED and not after.answers:
        tries, days = after.tries
        yield f"这一轮已在 {days} 个日子联系 {tries} 次，都没接通"


def _deadlines(event: Event, after: Tally) -> Iterator[str]:
    for limit in after.limits:
        if limit.event == event.id and limit.due is not None:
            reason = f"：{limit.reason}" if limit.reason else ""
            yield f"办结期限 {show_deadline(limit.due)}{'（暂定）' if limit.provisional else ''}{reason}"
    if isinstance(event, Assign | Whistle) and event.sign_due:
        unsure = "（暂定）" if event.sign_provisional else ""
        yield f"签收期限 {show_deadline(event.sign_due)}{unsure}：{event.sign_rule}"


def offer(life: Life, step: Step, context: Context) -> dict[str, str]:
    """What the issue already says, offered again; a limit from the table of limits."""
    offered: dict[str, str] = {}
    for spec in step.asks:
        if spec.name == "level":
            offered[spec.name] = str(life.level_now)
        elif spec.name == "to":
            offered[spec.name] = str(next_level(life.level_now) or "")
        elif spec.name == "how" and life.issue.anonymous:
            offered[spec.name] = Told.PUBLISHED
        elif spec.name in TRIAGE:
            value = getattr(life, spec.name)
            offered[spec.name] = str(value) if value else ""
        elif spec.name == "rule" and step.name in ("assign", "sign", "reopen") and not life.rule:
            offered[spec.name] = str(context.limits.rule(life.category, life.urgency))
    return {name: value for name, value in offered.items() if value}


def owed(life: Life, step: Step, context: Context) -> dict[str, str]:
    """What a step must write because of how the issue stands, and before which step; empty: at once."""
    names = {spec.label: spec.name for spec in step.asks}
    if step.name == "sign":
        return {names[label]: "" for label in life.owed}
    if step.name == "whistle" and life.dept is None:
        return {"lead": ""}
    if step.name == "close" and life.needs_reason:
        return {"reason": ""}
    if step.name == "reopen" and life.signed_at:
        return {"rule": ""} if context.limits.rule(life.category, life.urgency).unit is Unit.OPEN else {}
    if issubclass(step.model, Triaged) and step.name != "merge":  # what follows another has its triage from that one
        return {name: CLOSING for name in TRIAGE if getattr(life, name) is None}
    return {}


CONDUCT = Conduct(fold=fold, prepare=prepare, refuse=refuse, offer=offer, owed=owed)
