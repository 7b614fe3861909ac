"""What can be asked of a whistle beyond what was typed: the list of departments its events add up to."""

from __future__ import annotations

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived
from lianxin.core.declare.record import Record
from lianxin.core.sql import words
from lianxin.core.value import Deadline, Flag, Integer, Moment, Ref, Text
from lianxin.core.value import FieldType as Type
from lianxin.kinds.life.event import Light
from lianxin.kinds.whistle.state import RUNNING, Rating, Stage, State


class Answer(Record):
    """One line of the list (一哨一清单): a department called, its limits, when it came, what it did."""

    dept: Ref = field("部门", ref="org")
    lead: Flag = field("牵头", default=False)
    stage: Stage = field("状态", default=Stage.CALLED)
    called: Moment | None = field("通知时间", default=None)
    respond_due: Deadline | None = field("应响应期限", default=None)
    responded: Moment | None = field("响应时间", default=None)
    responder: Ref | None = field("响应人", default=None, ref="person")
    responded_in_time: Flag | None = field("按时响应", default=None, help="响应了的，是不是在期限内")
    arrive_due: Deadline | None = field("应报到期限", default=None)
    arrived: Moment | None = field("报到时间", default=None)
    arrived_in_time: Flag | None = field("按时报到", default=None, help="报到了的，是不是在期限内")
    who: tuple[Ref, ...] = field("到场人", default=(), ref="person")
    measure: Text | None = field("处置措施", default=None, privacy=Privacy.STORY)
    finish_rule: Text | None = field("办结时限", default=None)
    finish_due: Deadline | None = field("应办结期限", default=None)
    provisional: Flag | None = field("暂定", default=None)
    finished: Moment | None = field("办结时间", default=None)
    result: Text | None = field("办理结果", default=None, privacy=Privacy.STORY)
    extensions: Integer = field("延期次数", default=0)
    urges: Integer = field("催办次数", default=0)
    rating: Rating | None = field("评哨", default=None, help="没有单独评的，是整个哨的")
    words: Text | None = field("评语", default=None, privacy=Privacy.STORY)
    due: Deadline | None = field("当前期限", default=None, help="还没有走到的那一步里最早的期限")


_LATE = f"""(SELECT group_concat(coalesce(o.name, json_extract(j.value, '$.部门')), '、')
FROM json_each(answers) AS j LEFT JOIN org AS o ON o.id = json_extract(j.value, '$.部门')
WHERE state IN {words(RUNNING)} AND substr(json_extract(j.value, '$.当前期限') || ' 23:59', 1, 16) < :now)"""  # noqa: S608 - states of our own

_LIGHT = f"""CASE WHEN next_due IS NULL THEN NULL
WHEN next_due < :now THEN '{Light.LATE}' WHEN warn_on <= :today THEN '{Light.SOON}' ELSE '{Light.FINE}' END"""


def _count(name: str, label: str, help_: str = "") -> Derived:
    return Derived(name, label, Type.INTEGER, help=help_)


DERIVED: tuple[Derived, ...] = (
    Derived("state", "状态", Type.CHOICE, choices=tuple(State)),
    Derived("approver", "审批人", Type.REF, refs=("person",)),
    Derived("approved_at", "批准时间", Type.MOMENT),
    Derived("answers", "报到情况", Type.GROUP, group=Answer, many=True, help="一个部门一条，台账可用「展开」分行"),
    _count("called", "应报到数", "通知了几个部门"),
    _count("arrived", "已报到数"),
    _count("arrived_late", "迟到数", "报到晚于期限的部门"),
    _count("finished", "已办结数"),
    Derived("waiting", "未办结部门", Type.REF, refs=("org",), many=True),
    Derived("next_due", "最近期限", Type.DEADLINE, help="各部门没有走到的步骤里最早的期限"),
    Derived("warn_on", "预警起始日", Type.DAY),
    Derived("late", "逾期部门", sql=_LATE, help="该响应、报到或办结而没有的部门"),
    Derived("light", "预警灯", Type.CHOICE, sql=_LIGHT, choices=tuple(Light)),
    Derived("closed_at", "办结时间", Type.MOMENT),
    Derived("result", "总的结果", privacy=Privacy.STORY),
    Derived("rating", "评哨", Type.CHOICE, choices=tuple(Rating)),
    Derived("rated_at", "评哨时间", Type.MOMENT),
    Derived("words", "评语", privacy=Privacy.STORY),
    _count("urges", "催办次数"),
    Derived("last_at", "最近动态", Type.MOMENT),
)
