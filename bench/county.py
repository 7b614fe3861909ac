"""A seeded county: the township's issues and visits, and every other kind of record, with campaigns in force.

Records are written as text, not through their models: tens of thousands take seconds. What comes out passes
``lianxin check`` on ``TODAY``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bench import cases, words
from bench.generate import commit, histories
from bench.township import PHONE, Township, office
from lianxin.kinds import KIND

#: The campaigns in force.
CAMPAIGNS = ("一带三结对", "连心三送", "百局联百村")

_SECTORS = ("党群", "政法", "经济", "涉农", "其他")
_NATURES = ("组织涣散", "矛盾复杂", "经济薄弱", "产业专业", "一般")
_GRADES = ("示范", "一类", "二类", "三类", "四类")
_CATEGORIES = ("一般", "一般", "一般", "困难", "低保", "五保", "重点")
_TAGS = (("学生",), ("老党员",), ())
_POSTS = ("政策宣讲", "村务监督", "治安巡逻", "纠纷调解", "卫生督导", "护林防火", "科技示范", "扶老助残")
_SORTS_OF_POST = ("政策宣传", "民主监督", "治安调解", "服务群众")
_LEVELS = ("省", "州市", "县", "县", "县")
_IN_UNITS = ("驻队员", "驻队员", "驻队员", "班子成员", "党代表", "联络员", "联户党员", "驻村第一书记", "党委书记")
_IN_VILLAGES = ("联户党员", "联户党员", "无职党员", "老党员", "党代表", "入党积极分子", "农民党员")


@dataclass(slots=True)
class County(Township):
    """Besides those of a township, who can be paired, sent or appraised.

    Attributes:
        people: Of each sort of place (``units``, ``villages``), with the unit they belong to.
        pairings: Those of a unit and a village: their id, unit, village and first day.
    """

    units: list[str] = field(default_factory=list)
    branches: list[str] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    cadres: list[tuple[str, str]] = field(default_factory=list)
    members: list[tuple[str, str]] = field(default_factory=list)
    poor: list[str] = field(default_factory=list)
    pairings: list[tuple[str, str, str, str]] = field(default_factory=list)

    def write(self, kind: str, values: Mapping[str, Any], year: int | None = None) -> str:
        """Add a record under the next id, which is returned."""
        id_ = self.number(kind, year)
        self.files[KIND[kind].path_of(id_)] = "\n".join(lines({"编号": id_, **values})) + "\n"
        return id_


def lines(values: Mapping[str, Any], indent: str = "") -> list[str]:
    """Values as YAML; None and empty lists are left out."""
    found: list[str] = []
    for label, value in values.items():
        if isinstance(value, Mapping):
            found += [f"{indent}{label}:", *lines(value, f"{indent}  ")]
        elif isinstance(value, (list, tuple)):
            if value:
                found.append(f"{indent}{label}:")
            for one in value:
                own = lines(one, f"{indent}    ") if isinstance(one, Mapping) else [f"{indent}    {one}"]
                found += [f"{indent}  - {own[0].lstrip()}", *own[1:]]
        elif value is not None:
            found.append(f"{indent}{label}: {value}")
    return found


def _person(county: County, org: str, post: str, *roles: Mapping[str, Any], **more: Any) -> str:
    random = county.random
    values = {
        "姓名": words.name(random),
        "单位": org,
        "职务": post,
        "身份": roles,
        "设岗": more.get("station"),
        "岗位类别": more.get("sort"),
        "出生年份": random.randrange(1950, 2000),
        "电话": county.phone(),
    }
    return county.write("person", values)


def _held(county: County, role: str, level: str | None = None, village: str | None = None) -> dict[str, Any]:
    year = county.random.randrange(2018, 2025)
    return {"身份": role, "级别": level, "驻村": village, "自": f"{year}-0{county.random.randrange(1, 10)}-10"}


def _villages(county: County, many: int) -> None:
    """So many villages, each with its branch, its secretary and some of its members."""
    random = county.random
    for number in range(many):
        village, org = county.number("village"), county.number("org")
        name, graded = words.village(number), random.randrange(len(_GRADES) - 1)
        secretary = _person(county, org, "村书记", _held(county, "村书记"), _held(county, "联户党员"))
        known = {
            "编号": village,
            "名称": name,
            "类型": "村",
            "乡镇": f"云{'湾岭溪塘坪'[number % 5]}镇",
            "户数": random.randrange(120, 700),
            "人口": random.randrange(700, 3000),
            "村情类别": _NATURES[number % len(_NATURES)],
            "历年集体收入": [{"年份": year, "集体收入": random.randrange(20, 400) * 1000} for year in (2024, 2025)],
            "村书记": secretary,
        }
        county.files[KIND["village"].path_of(village)] = "\n".join(lines(known)) + "\n"
        _branch(county, org, f"{name}党支部", village, secretary)
        for year, grade in ((2024, _GRADES[graded + 1]), (2025, _GRADES[graded])):
            county.write("appraisal", _graded_in(village, org, year, grade))
        county.villages.append({cases.VILLAGE: village, cases.BRANCH: org, cases.CADRE: secretary})
        county.members += [(secretary, org), *_members(county, org)]


def _graded_in(village: str, org: str, year: int, grade: str) -> dict[str, Any]:
    given = {
        "考核对象": village,
        "周期": f'"{year}"',
        "方案": "村级定级",
        "得分项": [{"项目": "领导班子好", "得分": 18}],
    }
    return {**given, "等次": grade, "评定人": org, "评定日期": f"{year + 1}-01-08"}


def _branch(county: County, org: str, name: str, village: str, secretary: str) -> None:
    asked = ("设置是否合理", "班子是否健全", "制度是否完善", "保障是否落实", "作用是否充分")
    answers = {question: county.random.choice(("是", "是", "是", "否")) for question in asked}
    party = {"成立日期": "2004-07-01", "组建方式": "单独建", "党员数": county.random.randrange(15, 80), **answers}
    known = {"编号": org, "名称": name, "层级": "村", "类别": "党群", "所在村": village, "负责人": secretary}
    county.files[KIND["org"].path_of(org)] = "\n".join(lines({**known, "党组织情况": party})) + "\n"
    county.branches.append(org)


def _members(county: County, org: str) -> list[tuple[str, str]]:
    found = []
    for role in ("困难党员", *county.random.sample(_IN_VILLAGES, 3)):
        held = _held(county, role, "乡镇" if role == "党代表" else None)
        post = {"station": county.random.choice(_POSTS), "sort": county.random.choice(_SORTS_OF_POST)}
        id_ = _person(county, org, "党员", held, **(post if role == "无职党员" else {}))
        found.append((id_, org))
        if role == "困难党员":
            county.poor.append(id_)
    return found


def _units(county: County, many: int) -> None:
    """So many county units with their cadres, and one leader of the county for every five."""
    random = county.random
    for number in range(many):
        org = county.number("org")
        name = f"县{words.village(number).removesuffix('村')}局"
        head = _person(county, org, "局长", _held(county, "班子成员"), _held(county, "党委书记"))
        known = {"编号": org, "名称": name, "层级": "县", "类别": random.choice(_SECTORS), "负责人": head}
        county.files[KIND["org"].path_of(org)] = "\n".join(lines(known)) + "\n"
        county.units.append(org)
        county.cadres.append((head, org))
        for role in (*_IN_UNITS[:3], *random.sample(_IN_UNITS[3:], 4)):
            level = random.choice(_LEVELS) if role == "党代表" else None
            village = random.choice(county.villages)[cases.VILLAGE] if role == "驻村第一书记" else None
            county.cadres.append((_person(county, org, "干部", _held(county, role, level, village)), org))
        if number % 5 == 0:
            county.leaders.append(_person(county, org, "副县长", _held(county, "县领导")))


def _households(county: County, many: int) -> None:
    random = county.random
    at_home: dict[str, list[str]] = {}
    for id_, org in county.members:
        at_home.setdefault(org, []).append(id_)
    while len(county.households) < many:
        village, head, group = random.choice(county.villages), words.name(random), words.group(random)
        if not county.fresh(village[cases.VILLAGE], head):
            continue
        near = random.choice(at_home[village[cases.BRANCH]])
        contacts = [near, random.choice(county.cadres)[0]] if random.random() < 0.4 else [near]
        phone = county.phone()
        known = {
            "户主": head,
            "所属村": village[cases.VILLAGE],
            "所属组": group,
            "户类别": random.choice(_CATEGORIES),
            "家庭成员": [{"姓名": head}, {"姓名": words.name(random), "标签": random.choice(_TAGS)}],
            "电话": phone,
            "联系人": contacts,
        }
        id_ = county.write("household", known)
        named = {cases.HOUSEHOLD: id_, cases.CADRE: random.choice(contacts), "〈反映人〉": head, "〈组〉": group}
        county.households.append({**village, **named, PHONE: phone})


def generate_county(
    folder: Path, issues: int, visits: int, seed: int = 1, campaigns: Sequence[str] = CAMPAIGNS
) -> None:
    """Make a county with so many issues and visits, and of everything else in proportion, in a new folder under git."""
    from bench.county_judged import judge
    from bench.county_work import work

    county = County(Random(seed))
    office(county)
    _villages(county, 6 + issues // 55)
    _units(county, 6 + issues // 160)
    _households(county, 40 + issues // 2)
    histories(county, issues, 0)
    work(county, issues, max(visits - sum(path.startswith("visits/") for path in county.files), 0))
    judge(county, issues)
    commit(folder, county, campaigns)
