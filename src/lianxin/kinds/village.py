"""Villages, communities and 两新 units: whom the work is for."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.declare.field import field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import Record
from lianxin.core.sql import words
from lianxin.core.text.misplaced import no_group
from lianxin.core.value import Amount, FieldType, Integer, Ref, Text
from lianxin.kinds.ending import ENDED, FORMER, STANDING, Ending, FormerName, former_names
from lianxin.kinds.void import VOIDED, Voiding


class Sort(StrEnum):
    """What sort of unit it is (S2 grades all three)."""

    VILLAGE = "村"
    COMMUNITY = "社区"
    TWO_NEW = "两新"


class Nature(StrEnum):
    """The village's main trouble; pairing matches it with a unit's sector (S1d)."""

    DISORGANISED = "组织涣散"
    CONFLICTED = "矛盾复杂"
    POOR = "经济薄弱"
    SPECIALISED = "产业专业"
    ORDINARY = "一般"


class Grade(StrEnum):
    """Yearly grade of a village (S2)."""

    MODEL = "示范"
    FIRST = "一类"
    SECOND = "二类"
    THIRD = "三类"
    FOURTH = "四类"


class YearIncome(Record):
    """Collective income of one year, in yuan."""

    year: Integer = field("年份")
    income: Amount = field("集体收入", help="元")


class YearGrade(Record):
    """Grade given in one year, as the appraisals have it."""

    year: Integer = field("年份")
    grade: Grade = field("等次")


class Village(Record):
    """One village, community or 两新 unit."""

    id: Ref = field("编号", ref="village", auto=True)
    name: Text = field("名称", term=True)
    sort: Sort = field("类型", default=Sort.VILLAGE)
    town: Text = field("乡镇", term=True, offer=("last", "office.town"))
    code: Text | None = field("代码", default=None, help="行政区划代码")
    groups: tuple[Text, ...] = field(
        "村组", default=(), words=True, term=True, judge=no_group, code="F036", help="村民小组的名称"
    )
    households: Integer | None = field("户数", default=None)
    population: Integer | None = field("人口", default=None)
    nature: Nature = field("村情类别", default=Nature.ORDINARY)
    incomes: tuple[YearIncome, ...] = field("历年集体收入", default=(), example="年份：2025，集体收入：120000")
    secretary: Ref | None = field("村书记", default=None, ref="person")
    notes: Text | None = field("备注", default=None)
    former: tuple[FormerName, ...] = FORMER
    ended: Ending | None = ENDED
    voided: Voiding | None = VOIDED


_GRADED = f"a.grade IN {words(Grade)}"

#: Grades stand in the appraisals (考核) alone; of several of one year the one decided last counts.
_GRADES = f"""(SELECT nullif(json_group_array(json_object('年份', y, '等次', g)), '[]') FROM (
    SELECT CAST(substr(a.period, 1, 4) AS INTEGER) AS y, a.grade AS g,
        row_number() OVER (PARTITION BY substr(a.period, 1, 4) ORDER BY a.decided DESC, a.id DESC) AS n
    FROM appraisal AS a WHERE a.whom = "village".id AND {_GRADED} ORDER BY y) WHERE n = 1)"""  # noqa: S608 - our own words


def _yearly(column: str, label: str, place: int = 0) -> str:
    """SQL for what the latest year says; ``place`` 1: the year before."""
    return f"""(SELECT json_extract(j.value, '$.{label}') FROM json_each({column}) AS j
    ORDER BY json_extract(j.value, '$.年份') DESC LIMIT 1 OFFSET {place})"""  # noqa: S608 - names of this file


#: Grades from best to worst; where each stands in it says which is better.
_ORDER = "".join(Grade)
_NOW, _THEN = (f"instr('{_ORDER}', {_yearly(_GRADES, '等次', place)})" for place in (0, 1))
_CHANGE = f"CASE WHEN {_NOW} < {_THEN} THEN '升' WHEN {_NOW} > {_THEN} THEN '降' WHEN {_NOW} = {_THEN} THEN '平' END"

_INCOME, _INCOME_BEFORE = (_yearly("incomes", "集体收入", place) for place in (0, 1))

DERIVED = (
    Derived(
        "grades",
        "历年等次",
        FieldType.GROUP,
        group=YearGrade,
        many=True,
        sql=_GRADES,
        help="考核里评定的等次（示范、一类、二类、三类、四类），一年一条，周期是哪年就算哪年",
    ),
    Derived("grade", "最近等次", FieldType.CHOICE, sql=_yearly(_GRADES, "等次"), choices=tuple(Grade)),
    Derived("grade_year", "定级年份", FieldType.INTEGER, sql=_yearly(_GRADES, "年份"), help="最近等次是哪一年的"),
    Derived("grade_change", "等次变化", sql=_CHANGE, help="升、平、降：最近一次和上一次比"),
    Derived("income", "集体收入", FieldType.AMOUNT, sql=_INCOME, help="最近一年的，元"),
    Derived("income_grown", "集体收入增加", FieldType.AMOUNT, sql=f"{_INCOME} - {_INCOME_BEFORE}", help="比上一年，元"),
    STANDING,
)

VILLAGE = Kind(
    name="village",
    label="村",
    prefix="CUN",
    folder="villages",
    yearly=False,
    model=Village,
    title=lambda village: str(village.name),
    called=former_names,
    listed=("编号", "名称", "类型", "村情类别", "户数", "人口", "最近等次", "村书记"),
    derived=DERIVED,
    help="村、社区和两新组织",
)
