"""Cadres and Party members: those who visit, handle, answer and are answerable."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.field import Privacy, field
from lianxin.core.kind import Derived, Kind
from lianxin.core.record import Record
from lianxin.core.value import Day, FieldType, Integer, Phone, Ref, Text


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


class DelegateLevel(StrEnum):
    """Of which congress a delegate is (S1d: 15/30/50 households)."""

    PROVINCE = "省"
    PREFECTURE = "州市"
    COUNTY = "县"
    TOWN = "乡镇"


class Holding(Record):
    """A role held for a time."""

    role: Role = field("身份")
    level: DelegateLevel | None = field("级别", default=None, help="党代表的级别")
    village: Ref | None = field("驻村", default=None, ref="village", help="派驻的写在哪个村")
    since: Day | None = field("自", default=None, ahead=True)
    until: Day | None = field("至", default=None, ahead=True)


class Person(Record):
    """One cadre or Party member."""

    id: Ref = field("编号", ref="person", auto=True)
    name: Text = field("姓名")
    org: Ref = field("单位", ref="org")
    post: Text | None = field("职务", default=None)
    rank: Text | None = field("职级", default=None, help="如 县处级、乡科级、科员")
    roles: tuple[Holding, ...] = field("身份", default=())
    station: Text | None = field("设岗", default=None, help="无职党员承担的岗位")
    station_sort: Text | None = field("岗位类别", default=None, help="设的岗属于哪一类，如 政策宣传、治安调解")
    born: Integer | None = field("出生年份", default=None)
    phone: Phone | None = field("电话", default=None, privacy=Privacy.PHONE)
    joined: Day | None = field("入党日期", default=None)
    skills: tuple[Text, ...] = field("技能", default=())
    notes: Text | None = field("备注", default=None)


_AGE = "CAST(substr(:today, 1, 4) AS INTEGER) - born"
_AGE_JOINED = "CAST(substr(joined, 1, 4) AS INTEGER) - born"

DERIVED = (
    Derived("age", "年龄", FieldType.INTEGER, sql=_AGE, help="今年减出生年份"),
    Derived("age_joined", "入党年龄", FieldType.INTEGER, sql=_AGE_JOINED, help="入党那年减出生年份"),
)

PERSON = Kind(
    name="person",
    label="党员干部",
    prefix="RY",
    folder="people",
    yearly=False,
    model=Person,
    title=lambda person: str(person.name),
    listed=("编号", "姓名", "单位", "职务", "身份", "电话"),
    derived=DERIVED,
    help="党员、干部，走访和办事的人",
)
