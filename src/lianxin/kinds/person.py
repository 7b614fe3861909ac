"""Cadres and Party members: those who visit, handle, answer and are answerable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.text.name import no_name
from lianxin.core.value import Day, FieldType, Integer, Phone, Ref, Text
from lianxin.kinds.ending import ENDED, STANDING, Ending
from lianxin.kinds.erasure import ERASED_ON, Erasure
from lianxin.kinds.void import VOIDED, Voiding


class Role(StrEnum):
    """What someone is in this work; a person may be several things, each for a time."""

    LIAISON_MEMBER = "联户党员"
    FIRST_SECRETARY = "驻村第一书记"
    VILLAGE_SECRETARY = "村书记"
    BRANCH_SECRETARY = "党支部书记"
    DELEGATE = "党代表"
    LIAISON = "联络员"
    LEADER = "班子成员"
    RESIDENT = "驻队员"
    POOR_MEMBER = "困难党员"
    OLD_MEMBER = "老党员"
    ACTIVIST = "入党积极分子"
    GRADUATE = "村官"
    INSTRUCTOR = "党建指导员"
    COUNTY_LEADER = "县领导"
    COMMITTEE_SECRETARY = "党委书记"
    NEWLY_PROMOTED = "新提拔干部"
    CLERK = "办事员"
    POSTED = "选派干部"
    FARMER_MEMBER = "农民党员"
    LEADING_GROWER = "产业带头人"
    WITHOUT_OFFICE = "无职党员"
    PROBATIONARY = "预备党员"
    MIGRANT = "流动党员"
    LEADING_GROUP = "领导小组成员"
    TASK_FORCE = "专班成员"
    RESERVE = "后备干部"
    VETERAN = "建国前老党员"


class DelegateLevel(StrEnum):
    """Of which congress a delegate is (S1d: 15/30/50 households)."""

    PROVINCE = "省"
    PREFECTURE = "州市"
    COUNTY = "县"
    TOWN = "乡镇"


class Seat(StrEnum):
    """A post in a leading group or task force."""

    HEAD = "组长"
    DEPUTY = "副组长"
    MEMBER = "成员"
    OFFICE_HEAD = "办公室主任"
    OFFICE_MEMBER = "办公室成员"


class Choosing(StrEnum):
    """How somebody came to a role (S1d: liaison people)."""

    ORGANISATION = "组织推荐"
    PEOPLE = "群众推荐"
    HIMSELF = "自荐"


class Holding(Record):
    """A role held for a time."""

    role: Role = field("身份", inner=(Role.POOR_MEMBER,))
    level: DelegateLevel | None = field("级别", default=None, help="党代表的级别")
    village: Ref | None = field("驻村", default=None, ref="village", help="派驻的写在哪个村")
    body: Text | None = field("组织", default=None, help="领导小组、专班的名称")
    seat: Seat | None = field("组内职务", default=None, help="在领导小组、专班里任什么")
    chosen: Choosing | None = field("产生方式", default=None, help="联络员等是怎么来的")
    since: Day | None = field("自", default=None, ahead=True)
    until: Day | None = field("至", default=None, ahead=True)


class Posting(Record):
    """A unit and post held before the present ones; records of those days count for that unit."""

    org: Ref = field("单位", ref="org")
    post: Text | None = field("职务", default=None)
    rank: Text | None = field("职级", default=None)
    since: Day | None = field("自", default=None)
    until: Day = field("至")


class Person(Record):
    """One cadre or Party member."""

    id: Ref = field("编号", ref="person", auto=True)
    name: Text = field("姓名", term=True, judge=no_name, code="F032", personal=True)
    org: Ref = field("单位", ref="org")
    post: Text | None = field("职务", default=None, term=True, follows="org")
    rank: Text | None = field("职级", default=None, help="如 县处级、乡科级、科员")
    posted: Day | None = field("任职日期", default=None, follows="org", help="从哪天起在现在的单位、任现在的职务")
    history: tuple[Posting, ...] = field(
        "履历",
        default=(),
        help="以前的单位和职务，一任一行；改单位、职务时自动记下，从前的事仍算在从前的单位",
        example="单位：司法所，至：2025-06-30",
    )
    roles: tuple[Holding, ...] = field("身份", default=(), example="驻村第一书记，驻村：青篙村，自：2024-03-01")
    station: Text | None = field("设岗", default=None, help="无职党员承担的岗位")
    station_sort: Text | None = field("岗位类别", default=None, help="设的岗属于哪一类，如 政策宣传、治安调解")
    born: Integer | None = field("出生年份", default=None)
    birthday: Day | None = field(
        "出生日期", default=None, privacy=Privacy.INTERNAL, help="年龄要算得准的才写；写了就不看出生年份"
    )
    phone: Phone | None = field("电话", default=None, privacy=Privacy.PHONE)
    joined: Day | None = field("入党日期", default=None)
    skills: tuple[Text, ...] = field("技能", default=(), words=True)
    notes: Text | None = field("备注", default=None, privacy=Privacy.INTERNAL)
    ended: Ending | None = ENDED
    erased: Erasure | None = ERASED_ON
    voided: Voiding | None = VOIDED


def _age_on(day: str) -> str:
    """SQL for somebody's age: by his birthday where it is known, else the difference of the years."""
    years = f"CAST(substr({day}, 1, 4) AS INTEGER)"
    by_day = f"{years} - CAST(substr(birthday, 1, 4) AS INTEGER) - (substr({day}, 6) < substr(birthday, 6))"
    return f"CASE WHEN birthday IS NOT NULL THEN {by_day} ELSE {years} - born END"


DERIVED = (
    STANDING,
    Derived("age", "年龄", FieldType.INTEGER, sql=_age_on(":today"), help="周岁；没有写出生日期的，今年减出生年份"),
    Derived(
        "age_joined",
        "入党年龄",
        FieldType.INTEGER,
        sql=_age_on("joined"),
        help="入党那天的周岁；没有写出生日期的，入党那年减出生年份",
    ),
)

#: What of a person passes into the past together.
_PAST = ("单位", "职务", "职级")


def _superseded(before: Mapping[str, Any], changes: Mapping[str, Any], today: date) -> Mapping[str, Any]:
    """A move leaves behind where somebody was until the day before; what was blank or begun that very day is mended."""
    moved = [label for label in _PAST if before.get(label) and label in changes and changes[label] != before[label]]
    since = str(changes.get("任职日期") or today)
    if not moved or "履历" in changes or before.get("任职日期") == since:
        return changes
    left = {label: before[label] for label in _PAST if before.get(label)}
    if before.get("任职日期"):
        left["自"] = before["任职日期"]
    try:
        left["至"] = str(date.fromisoformat(since) - timedelta(days=1))
    except ValueError:  # the record's own check says so
        return changes
    return {**changes, "任职日期": since, "履历": [*before.get("履历", ()), left]}


def _check(person: Person) -> Iterator[Fault]:
    for n, one in enumerate(person.history):
        if one.since and one.until < one.since:
            yield Fault("F020", ("履历", n, "至"), f"履历里的至 {one.until} 早于自 {one.since}")
    for n, (earlier, later) in enumerate(pairwise(person.history), 1):
        if later.until <= earlier.until:
            yield Fault("F020", ("履历", n, "至"), f"履历要从早到晚：{later.until} 排在 {earlier.until} 后面")
    if person.posted and person.history and person.posted <= person.history[-1].until:
        message = f"任职日期 {person.posted} 早于上一任结束的日期 {person.history[-1].until}"
        yield Fault("F020", ("任职日期",), message)
    for n, role in enumerate(person.roles):
        if role.since and role.until and role.until < role.since:
            yield Fault("F020", ("身份", n, "至"), f"身份里的至 {role.until} 早于自 {role.since}")


PERSON = Kind(
    name="person",
    label="党员干部",
    prefix="RY",
    folder="people",
    yearly=False,
    model=Person,
    title=lambda person: str(person.name),
    told_by=("单位", "职务"),
    listed=("编号", "姓名", "单位", "职务", "身份", "电话"),
    check=_check,
    derived=DERIVED,
    past="history",
    superseded=_superseded,
    help="党员、干部，走访和办事的人",
)
