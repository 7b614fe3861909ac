"""What can be asked of an issue beyond what was typed: assignments as printed, and what SQL makes of its columns."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived
from lianxin.core.declare.record import Record
from lianxin.core.sql import words
from lianxin.core.value import Deadline, FieldType, Flag, Moment, Ref
from lianxin.kinds.issue.state import AFTER, EXPLAINED, RUN_OUT, RUNNING, How, State
from lianxin.kinds.life.event import Light

if TYPE_CHECKING:
    from lianxin.kinds.issue.tally import Holding

_CHAIN = """WITH RECURSIVE chain(id, n) AS (
  SELECT "into", 1
  UNION ALL
  SELECT i."into", n + 1 FROM chain JOIN issue AS i ON i.id = chain.id WHERE i."into" IS NOT NULL AND n < 64
)"""

#: The issue at the end of a chain of merges; each link may itself have been merged on.
_LEADER = f"""CASE WHEN "into" IS NOT NULL THEN (
{_CHAIN} SELECT id FROM chain ORDER BY n DESC LIMIT 1) END"""  # noqa: S608 - columns of our own


def _inherited(column: str) -> str:
    """A column's value; that of the leader for an issue that follows another."""
    return f"""CASE WHEN "into" IS NULL THEN {column} ELSE (
{_CHAIN} SELECT i.{column} FROM chain JOIN issue AS i ON i.id = chain.id ORDER BY n DESC LIMIT 1) END"""  # noqa: S608 - columns of our own


class Assignment(Record):
    """One assignment, as it came out; returned, escalated and repeated ones stay (响应率, 退回率)."""

    dept: Ref = field("责任部门", ref="org")
    assigned_at: Moment = field("交办时间")
    sign_due: Deadline | None = field("签收期限", default=None)
    signed_at: Moment | None = field("签收时间", default=None)
    in_time: Flag | None = field("按时签收", default=None, help="签收了的，是不是在期限内；没有期限的算按时")
    returned_at: Moment | None = field("退回时间", default=None, help="责任部门退回的")


class Reopening(Record):
    """One beginning anew; an issue has as many as there were (重办问题)."""

    dept: Ref | None = field("责任部门", ref="org", default=None, help="重办以前在谁手上")
    reopened_at: Moment = field("重办时间")
    struck_off: Flag = field("销号以后", help="已经销号又重办的")


@cache
def _blank() -> Assignment:
    """Copied, and so never looked at again."""
    return Assignment(dept="DW-A0000", assigned_at=datetime.min)


def assignment(given: Holding) -> Assignment:
    """What is printed of one."""
    signed, due = given.signed_at, given.sign_due
    values = {
        "dept": given.dept,
        "assigned_at": given.assigned_at,
        "sign_due": due,
        "signed_at": signed,
        "in_time": None if signed is None else due is None or signed <= due,
        "returned_at": given.returned_at,
    }
    return _blank().model_copy(update=values)


STATE = f"CASE WHEN base_state = '{State.SUSPENDED}' AND wakes <= :today THEN '{State.HANDLING}' ELSE base_state END"

#: What a list prints of the state: an explanation is marked as one.
STATE_WORDS = f"""{STATE} || CASE WHEN resolved_how = '{How.EXPLAINED}'
AND base_state IN {words(AFTER)} THEN '{EXPLAINED}' ELSE '' END"""

#: A limit stands still.
_STILL = f"base_state = '{State.SUSPENDED}' AND wakes > :today AND \"left\" IS NOT NULL"

#: The deadline in force: none while it stands still, what is left of it is printed instead; one that had run out before
#: stays so.
DUE = f"CASE WHEN {_STILL} AND \"left\" <> '{RUN_OUT}' THEN NULL ELSE base_due END"
DUE_WORDS = f"CASE WHEN {_STILL} THEN '{State.SUSPENDED}，' || \"left\" END"

#: The clock runs: a department has it, and it does not stand still.
CLOCK_RUNS = f"(base_state IN {words(RUNNING)} OR (base_state = '{State.SUSPENDED}' AND wakes <= :today))"

#: What lists print under 办结期限.
DUE_SHOWN = f"coalesce({DUE_WORDS}, {DUE})"

_LIGHT = f"""CASE
WHEN NOT {CLOCK_RUNS} THEN NULL
WHEN base_due < :now OR (base_state = '{State.ASSIGNED}' AND sign_due < :now) THEN '{Light.LATE}'
WHEN base_due IS NULL THEN NULL
WHEN warn_on <= :today THEN '{Light.SOON}'
ELSE '{Light.FINE}' END"""

_OVERDUE = f"""CASE WHEN {CLOCK_RUNS} AND base_due < :now
THEN CAST(julianday(:today) - julianday(substr(base_due, 1, 10)) AS INTEGER) END"""


def whose_light(light: str, days_over: int | None) -> str:
    """A light with whose clock it is of: where the deadline is not over, what is late is the signature."""
    return f"签收{light}" if light == Light.LATE and days_over is None else light


_SIGNED_IN_TIME = """CASE WHEN signed_at IS NULL THEN NULL
WHEN sign_due IS NULL OR signed_at <= sign_due THEN '是' ELSE '否' END"""

#: One person, however often he reports.
TELLER = "CASE WHEN reporter IS NOT NULL THEN reporter || '（' || coalesce(household, phone, village) || '）' END"


def _said_last(label: str) -> str:
    """What the last step that spoke of it said."""
    said = f"json_extract(e.data, '$.{label}')"
    found = f"FROM event AS e WHERE e.record = issue.id AND {said} IS NOT NULL ORDER BY e.at DESC, e.n DESC LIMIT 1"
    return f"(SELECT {said} {found})"


SHOWN = Derived(
    "state",
    "状态",
    FieldType.CHOICE,
    choices=tuple(State),
    sql=STATE,
    words=STATE_WORDS,
    help="暂缓满期的自动算作办理中；清单里解释疏导了结的印作 已办结（解释）",
)
CAUSES = Derived("causes", "成因研判", privacy=Privacy.STORY, sql=_said_last("成因研判"), help="最近一次研判的")
REMEDIES = Derived("remedies", "办法研判", privacy=Privacy.STORY, sql=_said_last("办法研判"), help="最近一次研判的")
SIGNED_IN_TIME = Derived(
    "signed_in_time", "按时签收", FieldType.FLAG, sql=_SIGNED_IN_TIME, help="与签收期限比；没有期限的算按时"
)
FINAL_RESULT = Derived(
    "final_result",
    "最终结果",
    privacy=Privacy.STORY,
    sql=_inherited("result"),
    help="并案的，是主案的办理结果",
)
FINAL_AT = Derived(
    "final_at",
    "最终办结时间",
    FieldType.MOMENT,
    sql=_inherited("resolved_at"),
    help="并案的，是主案的办结时间",
)
LEADER = Derived("leader", "主案", FieldType.REF, refs=("issue",), sql=_LEADER, help="并案到最后的那一件")
LIGHT = Derived(
    "light",
    "预警灯",
    FieldType.CHOICE,
    sql=_LIGHT,
    help="超过签收期限未签收也算已逾期",
    choices=tuple(Light),
)
OVERDUE = Derived("overdue", "逾期天数", FieldType.INTEGER, sql=_OVERDUE)
ONE_PERSON = Derived(
    "teller",
    "反映者",
    privacy=Privacy.INTERNAL,
    sql=TELLER,
    help="数人头用：同一户（没有联系户的，同一电话；再没有的，同一村）的同名者算一人；匿名的不算",
)
