"""Several matters of several people in one pasted message: each form has its own people, numbers and days, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.cli.desk import Desk

#: What is asked of each matter: 反映人, 联系电话, 所属组, 反映时间, 事由.
ASKED = ("反映人", "联系电话", "所属组", "反映时间", "事由")
DAN = ("王大山", "13755512345", "一组", "2026-03-05", "屋后坡上有裂缝，下雨就怕塌")
LIU = ("刘小英", "15211167890", "二组", "2026-03-04", "合作医疗报销款一直没到账，问了几次没说法")
FIRST = "松坪村一组王大山昨天下午找我，说他家屋后坡上有裂缝，下雨就怕塌，电话13755512345"
SECOND = "二组刘小英（15211167890），反映前天上午合作医疗报销款一直没到账，问了几次没说法"


def _read(desk: Desk, path: Path, text: str) -> list[dict[str, tuple[str, str]]]:
    path.write_text(text, encoding="utf-8")
    found: dict[int, dict[str, Any]] = {}
    for item in desk.do("--json", "--internal", "paste", str(path)).json["data"]["items"]:
        found.setdefault(item["place"], {})[item["field"]] = (item["text"], item["words"])
    return list(found.values())


def _asked(one: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    return tuple(one.get(name, ("", ""))[0] for name in ASKED)


@pytest.mark.parametrize(
    "text",
    [
        f"石勇：小何，{FIRST}。还有{SECOND}",
        f"石勇：何主任，{FIRST}。另外，{SECOND}",
        f"石勇：{FIRST}；{SECOND}",
        f"石勇 03-06 10:05\n{FIRST}\n{SECOND}",
        f"石勇：小何，两件事：1. {FIRST} 2. {SECOND}",
        f"石勇：{FIRST}。{SECOND}",
        f"1、{FIRST}\n2、{SECOND}",
    ],
)
def test_each_matter_has_its_own_people_numbers_and_days(desk: Desk, tmp_path: Path, text: str) -> None:
    one, other = _read(desk, tmp_path / "消息.txt", text)
    assert (_asked(one), _asked(other)) == (DAN, LIU)
    assert one["反映人"][1] == "一组王大山"
    assert other["反映时间"][1] == "前天上午"
    assert {each["所属村"][0] for each in (one, other)} == {"松坪村"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "松坪村二组刘小英（15211167890）反映路灯坏了三盏",
            ("刘小英", "15211167890", "二组", "", "路灯坏了三盏"),
        ),
        ("松坪村刘小英女士来电，路灯坏了三盏", ("刘小英", "", "", "", "路灯坏了三盏")),
        ("松坪村二组王大爷昨天来找我说路灯坏了三盏", ("王大爷", "", "二组", "2026-03-05", "路灯坏了三盏")),
        ("小何，昨天王大山找我，说松坪村的桥塌了一角", ("王大山", "", "", "2026-03-05", "松坪村的桥塌了一角")),
        (
            "松坪村二组刘小英，路灯坏了三盏，电话15211167890",
            ("刘小英", "15211167890", "二组", "", "路灯坏了三盏"),
        ),
        ("松坪村二组15211167890刘小英反映路灯坏了三盏", ("刘小英", "15211167890", "二组", "", "路灯坏了三盏")),
        ("松坪村村民刘小英反映：路灯坏了三盏", ("刘小英", "", "", "", "路灯坏了三盏")),
    ],
)
def test_who_told_of_one_matter(desk: Desk, tmp_path: Path, text: str, wanted: tuple[str, ...]) -> None:
    (one,) = _read(desk, tmp_path / "消息.txt", text)
    assert _asked(one) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "松坪村二组群众反映路灯坏了三盏",
        "松坪村二组水渠堵了，水过不来",
        "松坪村的水管坏了，反映过多次",
        "松坪村二组党员反映路灯坏了三盏",
        "松坪村二组全体村民反映路灯坏了三盏",
        "松坪村何主任说二组的路灯坏了三盏",
        "松坪村高压线反映了好几次没人修",
        "松坪村二组路灯、护栏坏了，电话13755512345",
    ],
)
def test_nobody_is_made_of_a_thing(desk: Desk, tmp_path: Path, text: str) -> None:
    (one,) = _read(desk, tmp_path / "消息.txt", text)
    assert "反映人" not in one


def test_what_a_matter_does_not_say_stays_empty(desk: Desk, tmp_path: Path) -> None:
    text = f"石勇：{FIRST}。还有村口的路灯坏了三盏"
    one, lamp = _read(desk, tmp_path / "消息.txt", text)
    assert _asked(one) == DAN
    assert _asked(lamp) == ("", "", "", "", "村口的路灯坏了三盏")
    assert lamp["所属村"] == ("松坪村", "松坪村")


def test_a_number_beside_another_is_nobody_elses(desk: Desk, tmp_path: Path) -> None:
    text = "松坪村一组王大山找我，说刘小英（15211167890）占了他家的地"
    (one,) = _read(desk, tmp_path / "消息.txt", text)
    assert (one["反映人"][0], "联系电话" in one) == ("王大山", False)


def test_who_told_of_all_is_told_of_each(desk: Desk, tmp_path: Path) -> None:
    text = "石勇：松坪村一组王大山（13755512345）昨天找我说两件事：一是渠又堵了，水过不来；二是门口的路灯不亮"
    for one in _read(desk, tmp_path / "消息.txt", text):
        assert _asked(one)[:4] == DAN[:4]
