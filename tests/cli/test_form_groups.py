"""Groups and lists of them in a form: a line a part or an item, records by their names, picked within the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Asked, Screen, at_form

from lianxin.cli.form.tasks import add_task, edit_task, step_task
from lianxin.kinds import KIND
from lianxin.kinds.issue.step import STEPS

pytestmark = pytest.mark.slow  # it takes long

PLAN = """\
目标=修通水渠
目标=人人喝上自来水
人员=石勇、何小满
项目=事项=清淤，完成时限=2026-05-01，责任人=石勇
项目=事项=修桥，资金=12000"""

#: As a file holds another one.
TYPED = """\
  目标:
    - 通水
  项目:
    - 事项: 清淤
      完成时限: 2026-05-01
      责任人: RY-A0001
    - 事项: 修桥
"""


@pytest.fixture(scope="module")
def made(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Desk.copied(furnished, tmp_path_factory.mktemp("groups"))
    desk.do("person", "add", "--name", "石勇", "--org", "镇水利站", "--post", "技术员")
    desk.do("org", "add", "--name", "镇交通站", "--level", "镇", "--department", "是")
    id_ = desk.take_down()
    heard = ("--channel", "电话", "--visit", "1", "--words", "桥塌了")
    desk.do("issue", "add", *heard, "--summary", "桥面塌了一角，拖拉机过不去、学生绕路", "-y")
    whistle = ("whistle", "add", "--blown", "2026-03-05 09:00", "--by", "镇水利站", "--matter", "渠要两家清")
    called = ("--summoned", "部门=镇水利站，办结时限=10个工作日", "--summoned", "镇交通站")
    desk.do(*whistle, "--lead", "镇水利站", *called, "--issues", "2")
    desk.do(
        *("pairing", "add", "--nature", "单位–村", "--first", "镇水利站", "--second", "松坪村"),
        *("--since", "2026-01-01", "--plan", PLAN.replace("石勇", "RY-A0002")),
    )
    assert id_ == "WT-2026-A0001"
    return desk.root


@pytest.fixture
def town(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return Desk.copied(made, tmp_path)


def edit(kind: str, word: str) -> Asked:
    return lambda session: edit_task(session, KIND[kind], word)


def new(kind: str, **typed: str | list[str]) -> Asked:
    return lambda session: add_task(session, KIND[kind], typed)


def plan(desk: Desk, id_: str = "JD-A0001") -> str:
    return (desk.root / "pairings" / f"{id_}.yaml").read_text(encoding="utf-8").partition("共建计划:\n")[2]


def test_records_stand_in_lines_by_their_names(town: Desk) -> None:
    async def whistle(screen: Screen) -> None:
        await screen.see("问题*        桥面塌了一角，拖拉机过不去、学生绕路")
        assert "报到部门" not in screen.text  # nobody can correct it
        assert "DW-" not in screen.text

    async def person(screen: Screen) -> None:
        await screen.see("履历         单位：镇水利站，职务：技术员，至：2026-03-05")
        assert "DW-" not in screen.text

    async def pairing(screen: Screen) -> None:
        for line in PLAN.splitlines():
            await screen.see(line.replace("石勇", "石勇 RY-A0002").replace("=", "："))  # two are called so

    town.do("person", "edit", "RY-A0003", "--org", "镇交通站", "-y")
    at_form(town.root, edit("person", "RY-A0003"), person)
    at_form(town.root, edit("whistle", "1"), whistle)
    at_form(town.root, edit("pairing", "1"), pairing)


def test_an_item_of_a_plan_is_changed_and_the_others_stay(town: Desk) -> None:
    before = plan(town)
    assert before.startswith("  目标:\n    - 修通水渠\n    - 人人喝上自来水\n  人员:\n    - RY-A0002\n    - RY-A0001\n")

    async def play(screen: Screen) -> None:
        await screen.see("项目：事项：修桥，资金：12000")
        screen.row("共建计划").enter()
        await screen.press("ctrl+end")
        await screen.type("，责任人=石")
        await screen.see("石勇  镇水利站 技术员")
        await screen.press("enter")  # the newer of two of that name
        await screen.see("责任人=石勇 RY-A0003")
        await screen.press("ctrl+s")
        await screen.see("就这样改吗？")
        await screen.press("y")
        await screen.written()

    at_form(town.root, edit("pairing", "1"), play, size=(80, 50))
    assert plan(town) == before.replace("资金: 12000\n", "资金: 12000\n      责任人: RY-A0003\n")


def test_a_plan_is_typed_line_by_line_and_its_people_are_picked_by_sound(town: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("F2 更多")
        await screen.press("f2")
        await screen.fill("共建计划", "目标=通水\n项目=事项=清淤，责任人=hxm", "enter")
        await screen.see("责任人=何小满")
        await screen.type("，完成时限=5月1日\n项目=事项=修桥\n\n")
        await screen.write()

    typed = {"nature": "单位–村", "first": "镇交通站", "second": "松坪村", "since": "2026-02-01"}
    id_ = at_form(town.root, new("pairing", **typed), play, size=(80, 50)).id
    assert plan(town, id_) == TYPED


def test_a_name_with_commas_in_it_is_one_of_a_list(town: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("更正理由*")
        await screen.fill("更正理由", "漏了一件")
        screen.row("问题").enter()
        await screen.type("、渠堵\n")
        await screen.see("问题*        桥面塌了一角，拖拉机过不去、学生绕路、一组的渠堵了")
        await screen.press("ctrl+s")
        await screen.see("就这样改吗？")
        await screen.press("y")
        await screen.written()

    at_form(town.root, edit("whistle", "1"), play, size=(80, 40))
    held = (town.root / "whistles" / "2026" / "CS-2026-A0001.yaml").read_text(encoding="utf-8")
    assert "新值: WT-2026-A0002、WT-2026-A0001\n" in held


def test_evidence_is_told_a_line_each(town: Desk) -> None:
    town.lay_open("WT-2026-A0001")
    assign = ("--dept", "镇水利站", "--person", "RY-A0002", "--standard", "通", "--limit", "5个工作日")
    town.do("issue", "assign", "1", *assign)
    town.do("issue", "sign", "1")

    async def play(screen: Screen) -> None:
        await screen.see("办理结果*")
        await screen.fill("办理结果", "清了")
        await screen.press("f2")
        await screen.fill("佐证", "清淤前、后照片\n验收单\n\n")
        await screen.write()

    resolve = next(step for step in STEPS if step.name == "resolve")
    at_form(town.root, lambda session: step_task(session, KIND["issue"], resolve, "1"), play)
    assert "佐证:\n      - 清淤前、后照片\n      - 验收单\n" in town.text("WT-2026-A0001")


@pytest.mark.parametrize("between", ["、", "，", ",", " "])
def test_several_units_in_one_line_are_picked_and_parted_as_people_write_lists(town: Desk, between: str) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("报到部门")
        screen.row("报到部门").enter()
        await screen.see("几个部门用顿号隔开，或一行一个")
        await screen.see("水务站，报到时限：4小时 这样")
        assert screen.english == []
        await screen.type(f"交通{between}云岭")
        await screen.see("▸云岭镇党委")
        await screen.type(f"{between}\n\n")
        await screen.press("ctrl+s")
        await screen.see("照样登记吗？")
        await screen.press("y")
        await screen.written()

    typed = {"issues": "2", "matter": "渠要三家清", "lead": "镇水利站", "by": "镇水利站"}
    id_ = at_form(town.root, new("whistle", **typed), play, size=(80, 50)).id
    held = (town.root / "whistles" / "2026" / f"{id_}.yaml").read_text(encoding="utf-8")
    assert held.count("- 部门: ") == 3
