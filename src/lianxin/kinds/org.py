"""Units and Party organisations: who pairs, who is assigned, who sends people."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.field import field
from lianxin.core.kind import Kind
from lianxin.core.record import Record
from lianxin.core.value import Day, Flag, Integer, Phone, Ref, Text
from lianxin.kinds.void import VOIDED, Voiding


class Level(StrEnum):
    """Where a unit stands; the first three are the levels an issue climbs."""

    VILLAGE = "村"
    TOWN = "镇"
    ZONE = "示范区"
    COUNTY = "县"


class Sector(StrEnum):
    """A unit's sector; pairing matches it with a village's nature (S1d)."""

    PARTY = "党群"
    JUSTICE = "政法"
    ECONOMY = "经济"
    FARMING = "涉农"
    OTHER = "其他"


class Founding(StrEnum):
    """How a Party organisation was founded (S2)."""

    ALONE = "单独建"
    JOINT = "联合建"
    ATTACHED = "挂靠建"


class Organisation(Record):
    """What is known of a Party organisation: its founding, the five survey questions of S2, the four haves of S1a."""

    founded: Day | None = field("成立日期", default=None)
    founding: Founding | None = field("组建方式", default=None)
    members: Integer | None = field("党员数", default=None)
    set_up_well: Flag | None = field("设置是否合理", default=None)
    team_complete: Flag | None = field("班子是否健全", default=None)
    rules_sound: Flag | None = field("制度是否完善", default=None)
    funded: Flag | None = field("保障是否落实", default=None)
    effective: Flag | None = field("作用是否充分", default=None)
    has_team: Flag | None = field("有组织管事", default=None)
    has_money: Flag | None = field("有钱办事", default=None)
    has_rules: Flag | None = field("有章理事", default=None)
    has_place: Flag | None = field("有阵地承事", default=None)


class Org(Record):
    """One unit or Party organisation."""

    id: Ref = field("编号", ref="org", auto=True)
    name: Text = field("名称", term=True)
    short: tuple[Text, ...] = field(
        "简称", default=(), words=True, term=True, help="平时怎么叫，如 水务站；用它也找得到"
    )
    level: Level = field("层级")
    sector: Sector = field("类别", default=Sector.OTHER)
    village: Ref | None = field("所在村", default=None, ref="village", help="村一级的组织属于哪个村")
    parent: Ref | None = field("上级单位", default=None, ref="org")
    secretary: Ref | None = field("负责人", default=None, ref="person")
    phone: Phone | None = field("电话", default=None, help="办公电话，对外可见；写的是手机号，对外仍隐去")
    department: Flag = field("可承办", default=False, help="能不能交办问题给它")
    party: Organisation | None = field("党组织情况", default=None)
    notes: Text | None = field("备注", default=None)
    voided: Voiding | None = VOIDED


ORG = Kind(
    name="org",
    label="单位",
    prefix="DW",
    folder="orgs",
    yearly=False,
    model=Org,
    title=lambda org: str(org.name),
    called=lambda org: org.short,
    listed=("编号", "名称", "层级", "类别", "可承办", "负责人", "电话"),
    help="单位和党组织",
)
