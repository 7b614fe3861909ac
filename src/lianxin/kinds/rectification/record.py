"""Rectifications (整改): a fault that was found is put on the books and struck off once it is put right (S2)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Conduct
from lianxin.core.declare.record import Record
from lianxin.core.value import Day, Deadline, Ref, Text
from lianxin.kinds.rectification.life import DERIVED
from lianxin.kinds.rectification.step import RectificationEvent
from lianxin.kinds.rectification.table import LIFECYCLE

if TYPE_CHECKING:
    from lianxin.kinds.rectification.life import Life


class Source(StrEnum):
    """Where a fault came to light."""

    SURVEY = "调研"
    INSPECTION = "督查"
    MEETING = "民主生活会"
    COMPLAINT = "群众投诉"
    RATING = "测评"
    OTHER = "其他"


class Rectification(Record):
    """What was put on the books stands at the top and stays as it was; 更正 events correct it."""

    id: Ref = field("编号", ref="rectification", auto=True)
    listed: Day = field("挂账日期", offer=("today",))
    source: Source = field("来源")
    origin: Ref | None = field(
        "来源记录", default=None, ref=("survey", "activity", "issue", "visit"), help="在哪次测评、会议、走访里发现的"
    )
    about: Ref = field("整改对象", ref=("village", "org", "person"), help="说的是哪个村、哪个单位或哪个人")
    fault: Text = field("存在问题", help="一句话，不写群众姓名")
    measure: Text = field("整改措施", privacy=Privacy.STORY)
    dept: Ref = field("责任单位", ref="org")
    person: Ref | None = field("责任人", default=None, ref="person", within="dept")
    limit: Deadline = field("整改时限", coming=True, help="最初定下的期限", not_before=("listed",))
    standard: Text | None = field("整改标准", default=None, privacy=Privacy.STORY, help="改到什么程度算改好")
    notes: Text | None = field("备注", default=None, privacy=Privacy.STORY)
    events: tuple[RectificationEvent, ...] = field("事件", default=(), auto=True)


def _conduct() -> Conduct[Rectification, Life]:
    from lianxin.kinds.rectification.conduct import CONDUCT  # who only asks the index need not load the fold

    return CONDUCT


RECTIFICATION = Kind(
    name="rectification",
    label="整改",
    prefix="ZG",
    folder="rectifications",
    yearly=False,
    model=Rectification,
    title=lambda rectification: str(rectification.fault),
    listed=("编号", "挂账日期", "来源", "整改对象", "存在问题", "责任单位", "整改期限", "状态", "预警灯"),
    dated="挂账日期",
    lifecycle=LIFECYCLE,
    conduct=_conduct,
    derived=DERIVED,
    help="整改事项，挂账销号",
)
