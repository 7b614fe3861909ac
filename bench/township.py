"""Who there is in an invented township, and the texts its records are filled in from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from bench import cases, words
from lianxin.kinds import KIND
from lianxin.storage.write.text.writing import record_text

_BLANK = re.compile(rf'(〈[^〉]+〉|\b[A-Z]{{2,3}}-(?:\d{{4}}-)?Z\d{{4}}|"{cases.PHONE}"|{cases.DAY})')
PHONE = f'"{cases.PHONE}"'
_DEPARTMENTS = ("交通", "水利", "供电", "环卫", "民政", "自然资源", "农技", "卫健", "住建", "司法", "电信", "林业")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with blanks."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Template:
        """A text in which every ``〈…〉`` and every id of station Z is a blank."""
        return cls(tuple(_BLANK.split(text)))

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with its blanks filled in."""
        parts = list(self.parts)
        parts[1::2] = [values[blank] for blank in parts[1::2]]
        return "".join(parts)


def template_of(kind: str, **values: Any) -> Template:
    """The text of a record with blanks."""
    return Template.of(record_text(KIND[kind], values))


@dataclass(slots=True)
class Township:
    """The records made so far, by path, and who and what there is to draw on."""

    random: Random
    files: dict[str, str] = field(default_factory=dict)
    villages: list[dict[str, str]] = field(default_factory=list)
    households: list[dict[str, str]] = field(default_factory=list)
    departments: list[tuple[str, str]] = field(default_factory=list)
    numbers: dict[str, Iterator[int]] = field(default_factory=dict)
    taken: set[tuple[object, ...]] = field(default_factory=set)

    def number(self, kind: str, year: int | None = None) -> str:
        """The next id of a kind."""
        stem = f"{KIND[kind].prefix}-{year}-A" if year else f"{KIND[kind].prefix}-A"
        return f"{stem}{next(self.numbers.setdefault(stem, count(1))):04}"

    def put(self, kind: str, id_: str, template: Template, values: Mapping[str, str]) -> None:
        """Add a record."""
        self.files[KIND[kind].path_of(id_)] = template.filled(values)

    def phone(self) -> str:
        """A number nobody else has, quoted as the files have it."""
        return f'"137{next(self.numbers.setdefault("phone", count(1))):08}"'

    def fresh(self, *what: object) -> bool:
        """Whether this has not come up before."""
        if what in self.taken:
            return False
        self.taken.add(what)
        return True


def office(town: Township) -> None:
    """The town's departments and the clerk, who is the first person."""
    person = template_of("person", 编号="RY-Z0001", 姓名="〈名〉", 单位="DW-Z0001", 职务="〈职〉", 电话=cases.PHONE)
    org = template_of("org", 编号="DW-Z0001", 名称="〈名〉", 层级="镇", 可承办="是", 负责人="RY-Z0001")
    for number, unit in enumerate(("党委", *_DEPARTMENTS)):
        id_, head = town.number("org"), town.number("person")
        named = {"DW-Z0001": id_, "RY-Z0001": head}
        town.put("org", id_, org, {**named, "〈名〉": f"云湾镇{unit}{'所' if number else ''}"})
        post = "所长" if number else "办事员"
        spoken = {"〈名〉": words.name(town.random), "〈职〉": post, PHONE: town.phone()}
        town.put("person", head, person, {**named, **spoken})
        if number:
            town.departments.append((id_, head))


def villages(town: Township, many: int) -> None:
    """So many villages, each with its branch, its secretary and a department paired with it."""
    village = template_of("village", 编号=cases.VILLAGE, 名称="〈名〉", 乡镇="云湾镇", 村书记=cases.CADRE)
    branch = {
        "编号": cases.BRANCH,
        "名称": "〈名〉党支部",
        "层级": "村",
        "所在村": cases.VILLAGE,
        "负责人": cases.CADRE,
    }
    org = template_of("org", **branch)
    person = template_of("person", 编号=cases.CADRE, 姓名="〈名〉", 单位=cases.BRANCH, 职务="村书记", 电话=cases.PHONE)
    paired = {"编号": "JD-Z0001", "结对性质": "单位–村", "甲方": cases.DEPT, "乙方": cases.VILLAGE}
    pairing = template_of("pairing", **paired, 开始日期="2023-03-01")
    for number in range(many):
        ids = {cases.VILLAGE: "village", cases.BRANCH: "org", cases.CADRE: "person", "JD-Z0001": "pairing"}
        values = {blank: town.number(kind) for blank, kind in ids.items()}
        values |= {cases.DEPT: town.departments[number % len(town.departments)][0], "〈名〉": words.village(number)}
        town.put("village", values[cases.VILLAGE], village, values)
        town.put("org", values[cases.BRANCH], org, values)
        town.put("pairing", values["JD-Z0001"], pairing, values)
        spoken = {"〈名〉": words.name(town.random), PHONE: town.phone()}
        town.put("person", values[cases.CADRE], person, {**values, **spoken})
        town.villages.append(values)


def households(town: Township, many: int) -> None:
    """So many households, anywhere."""
    known = {
        "编号": cases.HOUSEHOLD,
        "户主": "〈反映人〉",
        "所属村": cases.VILLAGE,
        "所属组": "〈组〉",
        "电话": cases.PHONE,
    }
    template = template_of("household", **known, 家庭成员=[{"姓名": "〈家人〉"}], 联系人=[cases.CADRE])
    for _ in range(many):
        values = {
            **town.random.choice(town.villages),
            cases.HOUSEHOLD: town.number("household"),
            "〈反映人〉": words.name(town.random),
            "〈家人〉": words.name(town.random),
            "〈组〉": words.group(town.random),
            PHONE: town.phone(),
        }
        town.put("household", values[cases.HOUSEHOLD], template, values)
        town.households.append(values)
