"""What can be asked of a rectification beyond what was typed: the columns its events add up to."""

from __future__ import annotations

from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Derived
from lianxin.core.sql import words
from lianxin.core.value import FieldType
from lianxin.kinds.life.event import Light
from lianxin.kinds.rectification.state import RUNNING, State

_RUNNING = f"state IN {words(RUNNING)}"

_LIGHT = f"""CASE WHEN NOT {_RUNNING} THEN NULL
WHEN due < :now THEN '{Light.LATE}' WHEN warn_on <= :today THEN '{Light.SOON}' ELSE '{Light.FINE}' END"""

_OVERDUE = f"""CASE WHEN {_RUNNING} AND due < :now
THEN CAST(julianday(:today) - julianday(substr(due, 1, 10)) AS INTEGER) END"""

DERIVED: tuple[Derived, ...] = (
    Derived("state", "状态", FieldType.CHOICE, choices=tuple(State)),
    Derived("due", "整改期限", FieldType.DEADLINE, help="已计入延期"),
    Derived("warn_on", "预警起始日", FieldType.DAY),
    Derived("light", "预警灯", FieldType.CHOICE, sql=_LIGHT, choices=tuple(Light)),
    Derived("overdue", "逾期天数", FieldType.INTEGER, sql=_OVERDUE),
    Derived("progress", "整改进展", privacy=Privacy.STORY, help="最近一次的"),
    Derived("result", "整改结果", privacy=Privacy.STORY),
    Derived("finished_at", "完成时间", FieldType.MOMENT, help="责任单位报告改好的时间"),
    Derived("on_time", "按期完成", FieldType.FLAG, help="与整改期限比"),
    Derived("accepted_at", "验收时间", FieldType.MOMENT),
    Derived("accepted_by", "验收人", FieldType.REF, refs=("person",)),
    Derived("opinion", "验收意见", privacy=Privacy.STORY),
    Derived("struck_at", "销号时间", FieldType.MOMENT),
    Derived("extensions", "延期次数", FieldType.INTEGER),
    Derived("returns", "退回次数", FieldType.INTEGER, help="验收没通过的也算"),
    Derived("last_at", "最近动态", FieldType.MOMENT),
)
