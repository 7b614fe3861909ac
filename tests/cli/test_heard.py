"""A visit and the issues heard on it: whose group, which household, and what becomes of them when the visit changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk
from tests.cli.terminal import ENTER, WRITE, Terminal

ISSUE = ("issue", "add", "--visit", "2", "--channel", "入户走访", "--words", "路灯不亮", "--anonymous", "否")


@pytest.fixture(scope="module")
def two_doors(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second household that is of no group, and a visit to both."""
    desk = Desk.copied(furnished, tmp_path_factory.mktemp("doors"))
    desk.do("household", "add", "--head", "赵水生", "--village", "松坪村")
    desk.do(
        *("visit", "add", "--day", "2026-03-03", "--visitors", "何小满", "--way", "入户"),
        *("--households", "李桂兰", "--households", "赵水生"),
    )
    return desk.root


@pytest.fixture
def doors(two_doors: Path, tmp_path: Path) -> Desk:
    return Desk.copied(two_doors, tmp_path)


def fields(desk: Desk, id_: str) -> str:
    kind = {"ZF": "visits", "WT": "issues"}[id_[:2]]
    return (desk.root / kind / "2026" / f"{id_}.yaml").read_text(encoding="utf-8")


def test_a_group_that_one_of_the_households_has_is_not_the_visit_s(doors: Desk) -> None:
    assert "所属组" not in fields(doors, "ZF-2026-A0002")
    assert "所属组: 一组" in fields(doors, "ZF-2026-A0001")


def test_an_issue_goes_by_the_group_of_its_own_household(doors: Desk) -> None:
    doors.do("visit", "edit", "ZF-2026-A0002", "--group", "二组")
    doors.do(*ISSUE, "--household", "赵水生", "--summary", "村口路灯不亮")
    doors.do(*ISSUE, "--household", "李桂兰", "--summary", "晒场路灯不亮")
    assert "所属组" not in fields(doors, "WT-2026-A0001")
    assert "所属组: 一组" in fields(doors, "WT-2026-A0002")


def test_who_says_neither_household_nor_name_is_asked_for_the_household_first(desk: Desk) -> None:
    words = ("--day", "2026-03-04", "--visitors", "何小满", "--way", "入户", "--village", "松坪村")
    terminal = Terminal(desk, "visit", "add", *words, lines=24)
    terminal.fill(("见到的人*", "李桂" + ENTER))  # the hand is where the household goes
    terminal.see("走访户       李桂兰")
    terminal.see("走访方式*    入户 所见所闻")  # whom she met is no longer wanted
    terminal.type(WRITE)
    terminal.wait_for("（ZF-2026-A0002）")
    assert terminal.end() == 0


def test_a_household_s_head_among_the_people_met_at_a_door_is_told_of(desk: Desk) -> None:
    words = (
        "visit",
        "add",
        "--day",
        "2026-03-04",
        "--visitors",
        "何小满",
        "--village",
        "松坪村",
        "--people",
        "李　桂兰",
    )
    told = "见到的人里第 1 个与联系户 HU-A0001 的户主同名，走访户里却没有这一户"
    assert told not in desk.do(*words, "--way", "座谈").err  # whoever came to a meeting was not visited
    assert told in desk.do(*words, "--way", "入户").err
    assert desk.do("check", "--hints").out.count("H012") == 1
    desk.do("visit", "edit", "ZF-2026-A0003", "--households", "+李桂兰", "--people", "-")
    assert "H012" not in desk.do("check", "--hints").out


def test_a_visit_that_loses_a_household_tells_of_the_issues_heard_there(heard: Desk) -> None:
    heard.do("household", "add", "--head", "赵水生", "--village", "松坪村")
    said = heard.do("visit", "edit", "ZF-2026-A0001", "--households", "=赵水生")
    told = "WT-2026-A0001：写着来自走访 ZF-2026-A0001，那次的走访户里没有 HU-A0001"
    assert told in said.out
    assert "D034" in heard.say("check").out


def test_a_visit_voided_into_another_tells_of_the_issues_that_follow(heard: Desk) -> None:
    heard.do("household", "add", "--head", "赵水生", "--village", "松坪村")
    heard.do("visit", "add", "--day", "2026-03-03", "--visitors", "何小满", "--households", "2", "--way", "入户")
    said = heard.do("visit", "void", "ZF-2026-A0001", "--why", "登记错了", "--into", "ZF-2026-A0002")
    assert "那次的走访户里没有 HU-A0001" in said.out
    assert "D034" in heard.say("check").out


def test_what_nobody_said_is_told_in_one_line(desk: Desk) -> None:
    words = ("issue", "add", "--visit", "1", "--channel", "电话", "--summary", "渠堵了", "--words", "水过不来")
    said = desk.do(*words)
    assert (
        "没有写的照此记：反映时间 2026-03-02、登记层级 镇、所属村 松坪村（CUN-A0001）、所属组 一组、涉及对象 无；"
        "反映人、联系电话、联系户（内部）\n" in said.out
    )
    assert "登记层级: 镇\n" in desk.text("WT-2026-A0001")
    told = desk.do("--json", *words, "--raised", "2026-03-01", "--level", "村").json["data"]["reasons"]
    assert [line for line in told if "登记层级" in line or "反映时间" in line] == []
    desk.do("issue", "accept", "1", "--level", "镇", *TRIAGE)


def test_an_office_without_a_level_takes_down_as_before(desk: Desk) -> None:
    settings = desk.root / "lianxin.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("层级: 镇", "层级: 县"), encoding="utf-8")
    said = desk.do(*("issue", "add", "--visit", "1", "--channel", "电话", "--summary", "渠堵了", "--words", "水过不来"))
    assert "登记层级 村、" in said.out
