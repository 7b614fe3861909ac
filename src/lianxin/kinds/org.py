"""Units and Party organisations: who pairs, who is assigned, who sends people."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.declare.field import field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.need import Need
from lianxin.core.declare.record import Record
from lianxin.core.value import Day, FieldType, Flag, Integer, Phone, Ref, Text
from lianxin.kinds.ending import ENDED, FORMER, STANDING, Ending, FormerName, former_names
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


class PartySort(StrEnum):
    """What sort of Party organisation it is; its name mostly says so."""

    COMMITTEE = "党委"
    GROUP = "党组"
    GENERAL_BRANCH = "党总支"
    BRANCH = "党支部"
    CELL = "党小组"


class Economy(StrEnum):
    """What sort of economic organisation it is (S1c, S1d)."""

    ASSOCIATION = "协会"
    COOPERATIVE = "合作社"
    FIRM = "企业"
    FARM = "家庭农场"
    OTHER = "其他"


class Leading(Record):
    """An economic organisation and the households it leads."""

    sort: Economy = field("种类")
    founded: Day | None = field("成立日期", default=None)
    members: Integer | None = field("参与党员数", default=None)
    households: Integer | None = field("带动户数", default=None, help="协会的是覆盖的户数")


class Organisation(Record):
    """What is known of a Party organisation: its founding, the five survey questions of S2, the four haves of S1a."""

    founded: Day | None = field("成立日期", default=None)
    founding: Founding | None = field("组建方式", default=None)
    members: Integer | None = field("党员数", default=None)
    sort: PartySort | None = field("类型", default=None, help="名称里看得出的不用写")
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
    level: Level = field("层级", likely=Level.TOWN)
    sector: Sector = field("类别", default=Sector.OTHER)
    village: Ref | None = field(
        "所在村",
        default=None,
        ref="village",
        help="村一级的组织属于哪个村",
        needed=Need("村一级的，要写所在村", {"level": (Level.VILLAGE,)}, only=True),
    )
    parent: Ref | None = field("上级单位", default=None, ref="org")
    secretary: Ref | None = field("负责人", default=None, ref="person")
    phone: Phone | None = field("电话", default=None, help="办公电话，对外可见；写的是手机号，对外仍隐去")
    department: Flag = field("可承办", default=False, help="能不能交办问题给它")
    party: Organisation | None = field("党组织情况", default=None, example="成立日期：2019-07-01，党员数：23")
    economy: Leading | None = field(
        "经济组织", default=None, help="合作社、协会、企业等，带动多少户", example="合作社，带动户数：35"
    )
    notes: Text | None = field("备注", default=None)
    former: tuple[FormerName, ...] = FORMER
    ended: Ending | None = ENDED
    voided: Voiding | None = VOIDED


def _party_sort() -> str:
    """SQL for the sort of Party organisation: as written, else as its name ends."""
    named = " ".join(f"WHEN name LIKE '%{word}' THEN '{sort}'" for sort in PartySort for word in _ENDINGS[sort])
    return f"CASE WHEN json_extract(party, '$.类型') IS NOT NULL THEN json_extract(party, '$.类型') {named} END"


#: How the names of each sort end; 总支 before 支, which ends like it.
_ENDINGS: dict[PartySort, tuple[str, ...]] = {
    PartySort.COMMITTEE: ("党委", "党工委", "委员会"),
    PartySort.GROUP: ("党组",),
    PartySort.GENERAL_BRANCH: ("总支", "总支部"),
    PartySort.BRANCH: ("支部",),
    PartySort.CELL: ("党小组",),
}

DERIVED = (
    Derived(
        "party_sort",
        "党组织种类",
        FieldType.CHOICE,
        sql=_party_sort(),
        choices=tuple(PartySort),
        help="党组织情况里写了类型的照写的，没有写的看名称；不是党组织的空着",
    ),
    STANDING,
)

ORG = Kind(
    name="org",
    label="单位",
    prefix="DW",
    folder="orgs",
    yearly=False,
    model=Org,
    title=lambda org: str(org.name),
    called=lambda org: (*org.short, *former_names(org)),
    listed=("编号", "名称", "层级", "类别", "可承办", "负责人", "电话"),
    derived=DERIVED,
    help="单位和党组织",
)
