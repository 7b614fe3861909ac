"""What can be asked of a whistle beyond what was typed: the list of departments its events add up to."""

from __future__ import annotations

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.record import Record
from lianxin.core.sql import words
from lianxin.core.value import Deadline, Flag, Integer, Moment, Ref, Text
from lianxin.kinds.life.event import Light
from lianxin.kinds.whistle.state import RUNNING, Rating, Stage


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


LATE = f"""(SELECT group_concat(coalesce(o.name, json_extract(j.value, '$.部门')), '、')
FROM json_each(answers) AS j LEFT JOIN org AS o ON o.id = json_extract(j.value, '$.部门')
WHERE state IN {words(RUNNING)} AND substr(json_extract(j.value, '$.当前期限') || ' 23:59', 1, 16) < :now)"""  # noqa: S608 - states of our own

LIGHT = f"""CASE WHEN next_due IS NULL THEN NULL
WHEN next_due < :now THEN '{Light.LATE}' WHEN warn_on <= :today THEN '{Light.SOON}' ELSE '{Light.FINE}' END"""
