"""What the steps of a whistle share: a call's deadlines, and the little table of each department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lianxin.core.day.time_limit import Due, due, parse_limit
from lianxin.core.declare.lifecycle import Context, Event
from lianxin.core.value import Ref, show_deadline
from lianxin.kinds.life.course import UnlawfulError
from lianxin.kinds.whistle.state import DEPARTMENT, Stage
from lianxin.kinds.whistle.tally import LIMITS, Call, WhistleTally

if TYPE_CHECKING:
    from lianxin.kinds.whistle.life import Life

#: What each limit is about, as the clerk reads it.
_ABOUT = {"respond": "响应", "arrive": "报到", "finish": "办结"}


def counted(asked: Call, event: Event, before: WhistleTally) -> tuple[Call, tuple[str, ...]]:
    """The deadlines of a call from its rules, and how they were counted."""
    changes: dict[str, Any] = {}
    lines: list[str] = []
    for name, _ in LIMITS:
        rule = getattr(asked, f"{name}_rule")
        counted = due(parse_limit(rule), event.at, before.course.context.calendar) if rule else None
        if counted:
            changes[f"{name}_due"] = counted.moment
            changes["provisional"] = changes.get("provisional") or counted.provisional or None
            lines.append(f"{asked.dept} 应{_ABOUT[name]} {shown(counted)}")
    return asked.model_copy(update=changes), tuple(lines)


def shown(counted: Due) -> str:
    """A deadline with its reasoning."""
    return f"{show_deadline(counted.moment)}{'（暂定）' if counted.provisional else ''}：{counted.reason}"


class Departmental(Event):
    """A step of one department called, which its own little table must admit."""

    dept: Ref

    def take(self, tally: WhistleTally) -> None:
        """The department moves on, and what it did is noted."""
        answer = tally.answer(self.dept)
        target = DEPARTMENT[answer.stage].get(self.COMMAND)
        if target is None:
            lawful = "、".join(
                step.label for step in tally.course.lifecycle.steps if step.name in DEPARTMENT[answer.stage]
            )
            more = f"，能做的有：{lawful}" if lawful else "，它的事已经办完"
            raise UnlawfulError("L032", f"{self.dept} 现在是「{answer.stage}」，不能「{self.step}」{more}", "部门")
        if isinstance(target, Stage):
            tally.put(self.dept, stage=target)
        self.done(tally)

    def done(self, tally: WhistleTally) -> None:
        """Note what the department did."""

    @classmethod
    def possible(cls, tally: WhistleTally) -> bool:
        """When a department is ready for it."""
        return any(cls.COMMAND in DEPARTMENT[answer.stage] for answer in tally.answers.values())

    @classmethod
    def offered(cls, life: Life, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """The one department that can take it, if there is but one."""
        ready = cls.ready(life)
        return {"dept": ready[0]} if len(ready) == 1 else {}

    @classmethod
    def narrowed(cls, life: Life, context: Context) -> Mapping[str, Sequence[str]]:  # noqa: ARG003
        """The departments that can take it."""
        return {"dept": cls.ready(life)}

    @classmethod
    def ready(cls, life: Life) -> tuple[str, ...]:
        """Departments that can take it."""
        return tuple(answer.dept for answer in life.answers if cls.COMMAND in DEPARTMENT[answer.stage])
