"""The whistle's life: what its events add up to (S1b 10: respond, arrive, dispose, finish, a closed loop)."""

from __future__ import annotations

from msgspec import Struct

from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Derived
from lianxin.core.declare.lifecycle import Step
from lianxin.core.value import FieldType
from lianxin.kinds.life.column import FAULTS, RECOMPUTED, STAYS, Saying, columns, lawful
from lianxin.kinds.life.correction import Correction
from lianxin.kinds.life.event import Light
from lianxin.kinds.whistle import column as sql
from lianxin.kinds.whistle.column import Answer
from lianxin.kinds.whistle.state import DEPARTMENT, RUNNING, Rating, Stage, State
from lianxin.kinds.whistle.tally import WhistleTally

_says: Saying[Life] = Saying()


class Life(Struct, frozen=True):
    """What a whistle's events add up to.

    Attributes:
        tally: The sum when all is played.
        corrections: What its amendments changed.
        lines: One of each department, as it is printed.
        record: As its amendments read it.
        intervals: Every stay in a state, in order; the last one is open.
        faults: What is wrong with the events, in the order of the file.
        recomputed: Notices of 暂定 deadlines counted anew because their year has been published.
        cancelled_why: Why it was taken back.
    """

    tally: WhistleTally
    corrections: tuple[Correction, ...]
    lines: tuple[Answer, ...]

    record = _says.of(lambda life: life.tally.record)
    intervals, faults, recomputed = STAYS, FAULTS, RECOMPUTED
    cancelled_why = _says.of(lambda life: life.tally.cancelled.why if life.tally.cancelled else None)

    state = _says.choice("状态", State, lambda life: State(life.tally.course.state))
    approver = _says.one("审批人", "person", lambda life: _approver(life.tally))
    approved_at = _says.moment("批准时间", lambda life: life.tally.approved.at if life.tally.approved else None)
    answers = _says.groups("报到情况", Answer, lambda life: life.lines, "一个部门一条，台账可用「展开」分行")
    called = _says.count("应报到数", lambda life: len(life.lines), "通知了几个部门")
    arrived = _says.count("已报到数", lambda life: sum(one.arrived is not None for one in life.lines))
    arrived_late = _says.count(
        "迟到数", lambda life: sum(one.arrived_in_time is False for one in life.lines), "报到晚于期限的部门"
    )
    finished = _says.count("已办结数", lambda life: sum(one.stage is Stage.FINISHED for one in life.lines))
    waiting = _says.several(
        "未办结部门",
        "org",
        lambda life: tuple(one.dept for one in life.lines if life.running and one.stage is not Stage.FINISHED),
    )
    next_due = _says.deadline(
        "最近期限",
        lambda life: min((one.due for one in life.lines if life.running and one.due), default=None),
        help="各部门没有走到的步骤里最早的期限",
    )
    warn_on = _says.day(
        "预警起始日", lambda life: life.tally.course.context.warn_on(life.next_due) if life.next_due else None
    )
    late = Derived("late", "逾期部门", sql=sql.LATE, help="该响应、报到或办结而没有的部门")
    light = Derived("light", "预警灯", FieldType.CHOICE, sql=sql.LIGHT, choices=tuple(Light))
    closed_at = _says.moment("办结时间", lambda life: life.tally.closed.at if life.tally.closed else None)
    result = _says.text(
        "总的结果", lambda life: life.tally.closed.result if life.tally.closed else None, privacy=Privacy.STORY
    )
    rating = _says.choice("评哨", Rating, lambda life: life.tally.rated.rating if life.tally.rated else None)
    rated_at = _says.moment("评哨时间", lambda life: life.tally.rated.at if life.tally.rated else None)
    words = _says.text("评语", lambda life: life.tally.rated.words if life.tally.rated else None, privacy=Privacy.STORY)
    urges = _says.count("催办次数", lambda life: len(life.tally.urges))
    last_at = _says.moment("最近动态", lambda life: life.tally.course.last_at)

    @property
    def lawful(self) -> tuple[Step, ...]:
        """What may be taken; those first that bring a department further."""
        stages = {answer.stage for answer in self.tally.answers.values()}
        moving = {name for stage in stages for name, target in DEPARTMENT[stage].items() if isinstance(target, Stage)}
        return tuple(sorted(lawful(self), key=lambda step: step.name not in moving))

    @property
    def running(self) -> bool:
        """Whether departments are at work on it."""
        return self.tally.course.state in RUNNING

    def answer(self, dept: str) -> Answer | None:
        """The line of a department."""
        return next((one for one in self.lines if one.dept == dept), None)


DERIVED = columns(Life)


def _approver(tally: WhistleTally) -> str | None:
    return (tally.approved.by or tally.approved.actor) if tally.approved else None
