"""What can be asked of an issue beyond what was typed: the columns its events add up to."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived
from lianxin.core.declare.record import Record
from lianxin.core.sql import words
from lianxin.core.value import Deadline, FieldType, Flag, Moment, Ref
from lianxin.kinds.issue.choice import Level, Merit, Reached, Satisfied, Scope, Solved, Sphere, Told
from lianxin.kinds.issue.state import AFTER, EXPLAINED, RUN_OUT, RUNNING, Closing, How, State
from lianxin.kinds.life.event import Light, Urgency

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


_STATE = f"CASE WHEN base_state = '{State.SUSPENDED}' AND wakes <= :today THEN '{State.HANDLING}' ELSE base_state END"

#: What a list prints of the state: an explanation is marked as one.
_STATE_WORDS = f"""{_STATE} || CASE WHEN resolved_how = '{How.EXPLAINED}'
AND base_state IN {words(AFTER)} THEN '{EXPLAINED}' ELSE '' END"""

#: A limit stands still.
_STILL = f"base_state = '{State.SUSPENDED}' AND wakes > :today AND \"left\" IS NOT NULL"

#: The deadline in force: none while it stands still, what is left of it is printed instead; one that had run out before
#: stays so.
DUE = f"CASE WHEN {_STILL} AND \"left\" <> '{RUN_OUT}' THEN NULL ELSE base_due END"
_DUE_WORDS = f"CASE WHEN {_STILL} THEN '{State.SUSPENDED}，' || \"left\" END"

#: The clock runs: a department has it, and it does not stand still.
CLOCK_RUNS = f"(base_state IN {words(RUNNING)} OR (base_state = '{State.SUSPENDED}' AND wakes <= :today))"

#: What lists print under 办结期限.
DUE_SHOWN = f"coalesce({_DUE_WORDS}, {DUE})"

_LIGHT = f"""CASE
WHEN NOT {CLOCK_RUNS} THEN NULL
WHEN base_due < :now OR (base_state = '{State.ASSIGNED}' AND sign_due < :now) THEN '{Light.LATE}'
WHEN base_due IS NULL THEN NULL
WHEN warn_on <= :today THEN '{Light.SOON}'
ELSE '{Light.FINE}' END"""

_OVERDUE = f"""CASE WHEN {CLOCK_RUNS} AND base_due < :now
THEN CAST(julianday(:today) - julianday(substr(base_due, 1, 10)) AS INTEGER) END"""


_SIGNED_IN_TIME = """CASE WHEN signed_at IS NULL THEN NULL
WHEN sign_due IS NULL OR signed_at <= sign_due THEN '是' ELSE '否' END"""

#: One person, however often he reports.
TELLER = "CASE WHEN reporter IS NOT NULL THEN reporter || '（' || coalesce(household, phone, village) || '）' END"


def _person(name: str, label: str, on: str) -> Derived:
    return Derived(name, label, FieldType.REF, refs=("person",), on=on)


def _choice(name: str, label: str, words: type[StrEnum], sql: str | None = None, help_: str = "") -> Derived:
    return Derived(name, label, FieldType.CHOICE, sql=sql, help=help_, choices=tuple(words))


def _moment(name: str, label: str, help_: str = "") -> Derived:
    return Derived(name, label, FieldType.MOMENT, help=help_)


def _count(name: str, label: str, help_: str = "") -> Derived:
    return Derived(name, label, FieldType.INTEGER, help=help_)


def _said_last(label: str) -> str:
    """What the last step that spoke of it said."""
    said = f"json_extract(e.data, '$.{label}')"
    found = f"FROM event AS e WHERE e.record = issue.id AND {said} IS NOT NULL ORDER BY e.at DESC, e.n DESC LIMIT 1"
    return f"(SELECT {said} {found})"


DERIVED: tuple[Derived, ...] = (
    Derived(
        "state",
        "状态",
        FieldType.CHOICE,
        sql=_STATE,
        words=_STATE_WORDS,
        choices=tuple(State),
        help="暂缓满期的自动算作办理中；清单里解释疏导了结的印作 已办结（解释）",
    ),
    _choice("base_state", "存档状态", State),
    _choice("level_now", "受理层级", Level),
    _choice("scope", "问题性质", Scope),
    _choice("sphere", "公共个人", Sphere),
    _choice("merit", "合理性", Merit),
    Derived("category", "类别", term=True),
    _choice("urgency", "紧急程度", Urgency),
    _moment("accepted_at", "受理时间"),
    _person("accepted_by", "受理人", "accepted_at"),
    Derived("reply", "答复", privacy=Privacy.STORY),
    Derived("causes", "成因研判", privacy=Privacy.STORY, sql=_said_last("成因研判"), help="最近一次研判的"),
    Derived("remedies", "办法研判", privacy=Privacy.STORY, sql=_said_last("办法研判"), help="最近一次研判的"),
    Derived("dept", "责任部门", FieldType.REF, refs=("org",)),
    Derived("co_depts", "配合单位", FieldType.REF, refs=("org",), many=True),
    _person("person", "责任人", "assigned_at"),
    Derived("rule", "办理时限"),
    Derived(
        "due",
        "办结期限",
        FieldType.DEADLINE,
        sql=DUE,
        words=_DUE_WORDS,
        help="已计入延期和暂缓；正在暂缓的没有期限，清单里印剩多少",
    ),
    Derived("base_due", "存档期限", FieldType.DEADLINE, help="正在暂缓的，是一直没有恢复、满期自动恢复后的期限"),
    Derived("left", "剩余时限", help="正在暂缓的，时限还剩多少，如 剩 4 个工作日、时限已过"),
    Derived("first_due", "首次期限", FieldType.DEADLINE, help="头一次定下的期限，一直保留"),
    Derived("provisional", "暂定", FieldType.FLAG, help="跨到了尚未公布放假安排的年份"),
    Derived("standard", "工作标准"),
    Derived("document", "文号"),
    Derived("every", "反馈周期"),
    _moment("assigned_at", "交办时间"),
    Derived(
        "assignments",
        "交办记录",
        FieldType.GROUP,
        group=Assignment,
        many=True,
        help="每次交办一条，退回、上报、再交办的都在；台账可用「展开」分行",
    ),
    Derived("sign_due", "签收期限", FieldType.DEADLINE),
    Derived("sign_provisional", "签收暂定", FieldType.FLAG, help="签收期限跨到了尚未公布放假安排的年份"),
    _moment("signed_at", "签收时间"),
    _person("signed_by", "签收人", "signed_at"),
    Derived("signed_in_time", "按时签收", FieldType.FLAG, sql=_SIGNED_IN_TIME, help="与签收期限比；没有期限的算按时"),
    _count("extensions", "延期次数"),
    _count("returns", "退回次数"),
    _count("reopens", "重办次数"),
    _count("urges", "催办次数"),
    _count("learns", "举一反三次数"),
    _count("alike_found", "发现同类", "举一反三查出的同类问题"),
    _count("alike_solved", "解决同类", "举一反三一并解决的"),
    Derived("whistle", "哨单", FieldType.REF, refs=("whistle",)),
    Derived("review_on", "复核日期", FieldType.DAY),
    Derived("wakes", "自动恢复日", FieldType.DAY, help="暂缓累计满期，这天起自动恢复办理"),
    Derived("result", "办理结果", privacy=Privacy.STORY),
    _moment("resolved_at", "办结时间"),
    _choice("resolved_how", "办结方式", How),
    Derived("cost", "费用", FieldType.AMOUNT, help="元"),
    Derived(
        "final_result",
        "最终结果",
        privacy=Privacy.STORY,
        sql=_inherited("result"),
        help="并案的，是主案的办理结果",
    ),
    Derived(
        "final_at",
        "最终办结时间",
        FieldType.MOMENT,
        sql=_inherited("resolved_at"),
        help="并案的，是主案的办结时间",
    ),
    _moment("told_at", "反馈时间"),
    _choice("told_how", "反馈方式", Told),
    _person("told_by", "反馈人", "told_at"),
    _choice("reached", "接通情况", Reached),
    _count("attempts", "未接通次数", "这一轮办结以来"),
    _choice("solved", "是否解决", Solved),
    _choice("satisfied", "满意度", Satisfied),
    Derived("reflection", "心得体会", FieldType.STORY, privacy=Privacy.STORY),
    _moment("closed_at", "销号时间"),
    _choice("closed_how", "销号方式", Closing),
    Derived("into", "并入", FieldType.REF, refs=("issue",)),
    Derived("leader", "主案", FieldType.REF, refs=("issue",), sql=_LEADER, help="并案到最后的那一件"),
    Derived("missing", "缺项", help="五有里还缺的"),
    Derived("on_time", "按期办结", FieldType.FLAG, help="与办结期限比"),
    Derived("on_time_first", "按首次期限办结", FieldType.FLAG, help="与首次期限比，暂缓的日子扣除，延期不算"),
    Derived("warn_on", "预警起始日", FieldType.DAY),
    _choice("light", "预警灯", Light, _LIGHT, "超过签收期限未签收也算已逾期"),
    Derived("overdue", "逾期天数", FieldType.INTEGER, sql=_OVERDUE),
    _moment("last_at", "最近动态"),
    Derived(
        "teller",
        "反映者",
        privacy=Privacy.INTERNAL,
        sql=TELLER,
        help="数人头用：同一户（没有联系户的，同一电话；再没有的，同一村）的同名者算一人；匿名的不算",
    ),
)
