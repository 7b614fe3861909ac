"""The rectification's life: what its events add up to."""

from __future__ import annotations

from msgspec import Struct

from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Derived
from lianxin.core.value import FieldType
from lianxin.kinds.life.column import FAULTS, STAYS, Said, Saying, columns, lawful
from lianxin.kinds.life.correction import Correction
from lianxin.kinds.life.event import Light
from lianxin.kinds.rectification import column as sql
from lianxin.kinds.rectification.state import State
from lianxin.kinds.rectification.tally import RectificationTally

_says: Saying[Life] = Saying()


class Life(Struct, frozen=True):
    """What a rectification's events add up to.

    Attributes:
        tally: The sum when all is played.
        corrections: What its amendments changed.
        record: As its amendments read it.
        intervals: Every stay in a state, in order; the last one is open.
        faults: What is wrong with the events, in the order of the file.
        lawful: What the table admits, less what the history forbids.
        state: As the events leave it.
    """

    tally: RectificationTally
    corrections: tuple[Correction, ...]

    record = _says.of(lambda life: life.tally.record)
    intervals, faults, lawful = STAYS, FAULTS, Said(lawful)

    state = _says.choice("状态", State, lambda life: State(life.tally.course.state))
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


DERIVED = columns(Life)
