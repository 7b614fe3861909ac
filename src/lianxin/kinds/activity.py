"""Activities and meetings: what was held, by whom, with how many, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.value import Amount, Day, FieldType, Flag, Integer, Ref, Story, Text
from lianxin.kinds.outcome import Outcome, outcome_text
from lianxin.kinds.void import VOIDED, Voiding


class Sort(StrEnum):
    """What was held; duties and figures count by it."""

    JOINT_DAY = "集体活动日"
    JOINT_MEETING = "联席会议"
    MUTUAL_CHECK = "党建互检"
    CROSS_STUDY = "交叉学习"
    PARTY_CLASS = "党课"
    DEMOCRATIC_LIFE = "民主生活会"
    ORGANISATION_LIFE = "组织生活会"
    EDUCATION = "教育活动"
    STUDY_TOUR = "考察联谊"
    DISCUSSION = "座谈会"
    VILLAGE_AFFAIRS = "村务公开"
    OPEN_MEETING = "民主说事"
    INSPECTION = "督查"
    HANDBOOK_REVIEW = "讲评"
    DEMONSTRATION = "观摩"
    TRAINING = "培训"
    REPORTING = "述职"
    BRIEFING = "情况通气会"
    CIRCULAR = "通报"
    MOBILISATION = "动员会"
    MEMBERS_MEETING = "党员大会"
    DELEGATES_MEETING = "村民代表会"
    CONCENTRATED_EFFORT = "集中攻关"
    COLLECTIVE_VISIT = "集中走访"
    SITUATION_REPORT = "情况报告"
    RESEARCH = "调研"
    CLEAN_UP = "义务清洁"
    FESTIVAL_VISIT = "节日慰问"
    BIRTHDAY = "集体生日"
    FOUR_TWO = "四议两公开"
    SUBSIDY = "发放补贴"
    OTHER = "其他"


class Deliberation(StrEnum):
    """The steps by which a village settles a matter (四议两公开), in the order in which they must be taken."""

    PROPOSED = "支委会提议"
    DISCUSSED = "两委商议"
    MEMBERS = "党员大会审议"
    VILLAGERS = "村民代表会议决议"
    DECISION_PUBLISHED = "决议公开"
    RESULT_PUBLISHED = "结果公开"


class Deliberated(Record):
    """One of those steps."""

    step: Deliberation = field("步骤")
    day: Day = field("日期")
    result: Text | None = field("结果", default=None, help="如 同意、应到 35 人实到 31 人")


class Decision(Record):
    """One thing a meeting settled, with who does it by when."""

    matter: Text = field("事项")
    person: Ref | None = field("责任人", default=None, ref="person")
    due: Day | None = field("完成时限", default=None, coming=True)
    done: Day | None = field("完成日期", default=None)


class Activity(Record):
    """One activity or meeting."""

    id: Ref = field("编号", ref="activity", auto=True)
    name: Text = field("名称", help="一句话说清是什么活动、议什么事")
    sort: Sort = field("类别")
    theme: Text | None = field("主题", default=None, help="联建主题，如 组织生活联过、服务群众联做")
    day: Day = field("日期")
    until: Day | None = field("截止日期", default=None, help="办几天的，写最后一天", not_before=("day",))
    hosts: tuple[Ref, ...] = field("主办单位", ref="org", help="一个或几个")
    units: tuple[Ref, ...] = field("参加单位", default=(), ref="org", help="主办之外来参加的")
    pairing: Ref | None = field("结对", default=None, ref="pairing", help="属于哪一对结对的活动")
    villages: tuple[Ref, ...] = field("所属村", default=(), ref="village", help="在哪个村办、涉及哪些村")
    place: Text | None = field("地点", default=None)
    chair: Ref | None = field("主持人", default=None, ref="person")
    speaker: Ref | None = field("主讲人", default=None, ref="person", help="讲党课、讲评、培训的人")
    people: tuple[Ref, ...] = field("参加人", default=(), ref="person", help="有名有姓要记到人头上的")
    attendance: Integer | None = field("参加人次", default=None, help="到了多少人，名单内外都算")
    members: Integer | None = field("党员人次", default=None, help="其中党员多少")
    credits: Amount | None = field("学分", default=None, help="培训每人得几分")
    minutes: Story | None = field("纪要", default=None, privacy=Privacy.STORY)
    decisions: tuple[Decision, ...] = field(
        "议定事项", default=(), example="修一组的渠，责任人：石勇，完成时限：12月31日"
    )
    deliberation: tuple[Deliberated, ...] = field(
        "议事步骤",
        default=(),
        help="四议两公开的一件事一条记录，一步一行，照次序写",
        example="步骤：党员大会审议，日期：2026-03-02，结果：同意",
    )
    outcomes: tuple[Outcome, ...] = field("成效", default=(), help="指标和数量", example="指标：慰问金，数量：500")
    self_paid: Flag | None = field("食宿自理", default=None)
    notes: Text | None = field("备注", default=None, privacy=Privacy.STORY)
    voided: Voiding | None = VOIDED


def _check(activity: Activity) -> Iterator[Fault]:
    if not activity.hosts:
        yield Fault("F010", ("主办单位",), "没有写主办单位")
    for n, decision in enumerate(activity.decisions):
        if decision.done and decision.done < activity.day:
            yield Fault("F020", ("议定事项", n, "完成日期"), f"完成日期 {decision.done} 早于开会的日期 {activity.day}")
    yield from _attendance(activity)
    yield from _deliberation(activity)


def _deliberation(activity: Activity) -> Iterator[Fault]:
    """No step is passed over, and none is taken before the one it rests on."""
    order = tuple(Deliberation)
    for n, one in enumerate(activity.deliberation):
        if order.index(one.step) != n:
            wanted = f"第 {n + 1} 步应是{order[n]}" if n < len(order) else f"只有 {len(order)} 步"
            yield Fault("F035", ("议事步骤", n, "步骤"), f"四议两公开要一步一步走：{wanted}，写的是{one.step}")
            return
        if n and one.day < activity.deliberation[n - 1].day:
            yield Fault("F020", ("议事步骤", n, "日期"), f"{one.step} {one.day} 早于{order[n - 1]}的日期")


def _attendance(activity: Activity) -> Iterator[Fault]:
    """Those named, and the Party members, are among those who came."""
    if activity.attendance is None or activity.attendance < 0:
        return
    named = len(set(activity.people))
    if named > activity.attendance:
        yield Fault("F028", ("参加人次",), f"参加人次 {activity.attendance}，名单上却有 {named} 人")
    if activity.members is not None and activity.members > activity.attendance:
        yield Fault("F028", ("党员人次",), f"党员人次 {activity.members} 多于参加人次 {activity.attendance}")


_DECISIONS = """(SELECT group_concat(json_extract(j.value, '$.事项')
    || coalesce('（' || (SELECT p.name FROM person AS p WHERE p.id = json_extract(j.value, '$.责任人')) || '）', ''),
    '；') FROM json_each(decisions) AS j)"""

_OPEN = """(SELECT count(*) FROM json_each(decisions) AS j
    WHERE json_extract(j.value, '$.完成日期') IS NULL{})"""

_LATE = " AND json_extract(j.value, '$.完成时限') < :today"

_STEPS = "coalesce(json_array_length(deliberation), 0)"
_NEXT = " ".join(f"WHEN {n} THEN '{step}'" for n, step in enumerate(Deliberation) if n)

#: What the activity ledger prints that stands in no single field.
DERIVED = (
    Derived("deliberated", "议事步数", FieldType.INTEGER, sql=_STEPS, help="四议两公开走到第几步"),
    Derived("next_step", "下一步", sql=f"CASE {_STEPS} {_NEXT} END", help="四议两公开还没有走的下一步"),
    Derived(
        "heads",
        "人次",
        FieldType.INTEGER,
        sql="coalesce(attendance, coalesce(json_array_length(people), 0))",
        help="参加人次；没有写的，按名单上的人数",
    ),
    Derived(
        "days",
        "天数",
        FieldType.INTEGER,
        sql="CAST(julianday(coalesce(until, day)) - julianday(day) AS INTEGER) + 1",
    ),
    Derived("decided", "议定情况", privacy=Privacy.STORY, sql=_DECISIONS, help="议定事项和责任人，写成一行"),
    Derived("undone", "未落实", FieldType.INTEGER, sql=_OPEN.format(""), help="议定了还没有完成的件数"),
    Derived("overdue", "逾期未落实", FieldType.INTEGER, sql=_OPEN.format(_LATE), help="过了完成时限的件数"),
    Derived("outcome_text", "成效情况", sql=outcome_text("outcomes"), help="成效写成一行"),
    Derived(
        "all_credits",
        "总学分",
        FieldType.AMOUNT,
        sql="credits * coalesce(attendance, json_array_length(people))",
        help="每人学分乘参加人次",
    ),
)

ACTIVITY = Kind(
    name="activity",
    label="活动",
    prefix="HD",
    folder="activities",
    yearly=True,
    model=Activity,
    title=lambda activity: str(activity.name),
    listed=("编号", "日期", "类别", "名称", "主办单位", "所属村", "参加人次"),
    dated="日期",
    check=_check,
    derived=DERIVED,
    help="活动和会议",
)
