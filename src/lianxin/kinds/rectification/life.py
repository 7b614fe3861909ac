"""The rectification's life: what its events add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Derived
from lianxin.core.declare.lifecycle import Interval, Step
from lianxin.core.problem import Fault
from lianxin.core.value import FieldType
from lianxin.kinds.life.amend import Correction
from lianxin.kinds.life.column import Saying, columns
from lianxin.kinds.life.event import Light
from lianxin.kinds.rectification import column as sql
from lianxin.kinds.rectification.state import State
from lianxin.kinds.rectification.table import LIFECYCLE
from lianxin.kinds.rectification.tally import RectificationTally

if TYPE_CHECKING:
    from lianxin.kinds.rectification.record import Rectification

_says: Saying[Life] = Saying()


class Life(Struct, frozen=True):
    """What a rectification's events add up to.

    Attributes:
        tally: The sum when all is played.
        corrections: What its amendments changed.
    """

    tally: RectificationTally
    corrections: tuple[Correction, ...]

    stands = _says.choice("状态", State, lambda life: life.state, name="state")
    due = _says.deadline("整改期限", lambda life: life.tally.due, help="已计入延期")
    warn_on = _says.day("预警起始日", lambda life: life.tally.course.context.warn_on(life.tally.due))
    light = Derived("light", "预警灯", FieldType.CHOICE, sql=sql.LIGHT, choices=tuple(Light))
    overdue = Derived("overdue", "逾期天数", FieldType.INTEGER, sql=sql.OVERDUE)
    progress = _says.text(
        "整改进展",
        lambda life: life.tally.progress.text if life.tally.progress else None,
        privacy=Privacy.STORY,
        help="最近一次的",
    )
    result = _says.text(
        "整改结果", lambda life: life.tally.finished.result if life.tally.finished else None, privacy=Privacy.STORY
    )
    finished_at = _says.moment(
        "完成时间", lambda life: life.tally.finished.at if life.tally.finished else None, "责任单位报告改好的时间"
    )
    on_time = _says.flag("按期完成", lambda life: life.tally.on_time, help="与整改期限比")
    accepted_at = _says.moment("验收时间", lambda life: life.tally.accepted.at if life.tally.accepted else None)
    accepted_by = _says.one(
        "验收人",
        "person",
        lambda life: (life.tally.accepted.by or life.tally.accepted.actor) if life.tally.accepted else None,
    )
    opinion = _says.text(
        "验收意见", lambda life: life.tally.accepted.opinion if life.tally.accepted else None, privacy=Privacy.STORY
    )
    struck_at = _says.moment("销号时间", lambda life: life.tally.struck.at if life.tally.struck else None)
    extensions = _says.count("延期次数", lambda life: life.tally.extensions)
    returns = _says.count("退回次数", lambda life: life.tally.returns, "验收没通过的也算")
    last_at = _says.moment("最近动态", lambda life: life.tally.course.last_at)

    @property
    def record(self) -> Rectification:
        """As its amendments read it."""
        return self.tally.record

    @property
    def state(self) -> State:
        """As the events leave it."""
        return State(self.tally.course.state)

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Every stay in a state, in order; the last one is open."""
        return self.tally.course.stays

    @property
    def lawful(self) -> tuple[Step, ...]:
        """What the table admits, less what the history forbids."""
        return tuple(step for step in LIFECYCLE.lawful(self.state) if step.model.possible(self.tally))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the events, in the order of the file."""
        return tuple(self.tally.course.faults)


DERIVED = columns(Life)
