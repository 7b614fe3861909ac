"""Before a whistle's step is written down: fill in its limits, show how, and say why it cannot be done now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lianxin.core.day.term import Due, due, parse_rule
from lianxin.core.declare.lifecycle import Conduct, Context, Event, Prepared, Step
from lianxin.core.problem import Fault
from lianxin.core.value import show_deadline
from lianxin.kinds.life.course import event_of, refusal
from lianxin.kinds.whistle.event import Approve, Call, Extend, Summon
from lianxin.kinds.whistle.fold import LIMITS, Tally, ruled, tally_of
from lianxin.kinds.whistle.life import Life, fold
from lianxin.kinds.whistle.state import DEPARTMENT, LIFECYCLE, Stage

if TYPE_CHECKING:
    from lianxin.kinds.whistle.record import Whistle

#: What each limit is about, as the clerk reads it.
_ABOUT = {"respond": "响应", "arrive": "报到", "finish": "办结"}


def prepare(step: str, whistle: Whistle, values: Mapping[str, Any], context: Context) -> Prepared:
    """Build the event of a step, its limits filled in from the policy and counted.

    Args:
        step, values: As ``kinds.course.event_of`` takes them.
        whistle: As it stands in its file.
        context: The calendar and limits in force.

    Raises:
        UsageError: No such step, or a value is missing or wrong.
    """
    event = event_of(LIFECYCLE, step, values)
    earlier = whistle.model_copy(update={"events": tuple(one for one in whistle.events if one.at <= event.at)})
    before, _ = tally_of(earlier, context)
    if isinstance(event, Approve):
        calls = [_counted(ruled(before, dept, one), event, context) for dept, one in before.asked.items()]
        made: Event = event.model_copy(update={"calls": tuple(call for call, _ in calls)})
        return Prepared(made, tuple(line for _, lines in calls for line in lines))
    if isinstance(event, Summon):
        call, lines = _counted(ruled(before, event.dept, event), event, context)
        rules = {f"{name}_rule": getattr(call, f"{name}_rule") for name, _ in LIMITS}
        if before.approved is None:  # its limits run from the approval, like everybody's
            return Prepared(event.model_copy(update=rules), ("时限从批准起算",))
        dues = {f"{name}_due": getattr(call, f"{name}_due") for name, _ in LIMITS}
        return Prepared(event.model_copy(update={**rules, **dues, "provisional": call.provisional}), lines)
    if isinstance(event, Extend):
        return _extended(event, before, context)
    return Prepared(event, tuple(_reasons(event, before)))


def _counted(call: Call, event: Event, context: Context) -> tuple[Call, tuple[str, ...]]:
    """The deadlines of a call from its rules, and how they were counted."""
    changes: dict[str, Any] = {}
    lines: list[str] = []
    for name, _ in LIMITS:
        rule = getattr(call, f"{name}_rule")
        counted = due(parse_rule(rule), event.at, context.calendar) if rule else None
        if counted:
            changes[f"{name}_due"] = counted.moment
            changes["provisional"] = changes.get("provisional") or counted.provisional or None
            lines.append(f"{call.dept} 应{_ABOUT[name]} {_shown(counted)}")
    return call.model_copy(update=changes), tuple(lines)


def _shown(counted: Due) -> str:
    return f"{show_deadline(counted.moment)}{'（暂定）' if counted.provisional else ''}：{counted.reason}"


def _extended(event: Extend, before: Tally, context: Context) -> Prepared:
    answer = before.answers.get(event.dept)
    counted = due(parse_rule(event.rule), answer.called, context.calendar) if answer and answer.called else None
    if counted is None or answer is None:
        return Prepared(event, ())
    made = event.model_copy(update={"due": counted.moment, "provisional": counted.provisional or None})
    return Prepared(made, (f"{event.dept} 应办结 {_shown(counted)}", f"第 {answer.extensions + 1} 次延期"))


def _reasons(event: Any, before: Tally) -> Iterator[str]:
    """What a step leaves to be done."""
    answer = before.answers.get(getattr(event, "dept", None) or "")
    if event.step == "报到" and answer and answer.arrive_due and event.at > answer.arrive_due:
        yield f"晚于报到期限 {show_deadline(answer.arrive_due)}，记为迟到"
    if event.step == "办结" and answer:
        left = [one.dept for one in before.answers.values() if one.stage is not Stage.FINISHED and one is not answer]
        yield f"还等 {'、'.join(left)}" if left else "各部门都办结了，可以结哨"


def refuse(whistle: Whistle, event: Event, context: Context) -> Fault | None:
    """Why a step cannot be written now and what could be; ``None`` when it can."""
    return refusal(fold, whistle, event, context)


def offer(life: Life, step: Step, context: Context) -> Mapping[str, str]:
    """The one department that can take the step, if there is but one; limits from the table of limits."""
    table = context.limits.call(life.record.urgency)
    rules = [spec.name for spec in step.asks if spec.name.endswith("_rule")]
    offered = {name: str(getattr(table, name.removesuffix("_rule"))) for name in rules}
    ready = [answer.dept for answer in life.answers if step.name in DEPARTMENT[answer.stage]]
    return offered | ({"dept": ready[0]} if len(ready) == 1 else {})


CONDUCT = Conduct(fold=fold, prepare=prepare, refuse=refuse, offer=offer)
