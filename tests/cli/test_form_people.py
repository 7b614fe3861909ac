"""People in a form: found by their posts as by their names, those of the unit first, who did it among the usual."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Asked, Screen, at_form

from lianxin.cli.form.picks import Picks
from lianxin.cli.form.tasks import add_task, step_task
from lianxin.kinds import KIND

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture(scope="module")
def made(with_accepted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with people of several posts, an issue that a station has, and a whistle to which it was called."""
    desk = Desk.copied(with_accepted, tmp_path_factory.mktemp("people"))
    for name, org, post in (
        ("梁启明", "云岭镇党委", "镇长"),
        ("单文秀", "云岭镇党委", "党委委员、副镇长"),
        ("郝建国", "云岭镇党委", "党委书记"),
        ("韦大山", "镇水利站", "技术员"),
    ):
        desk.do("person", "add", "--name", name, "--org", org, "--post", post)
    desk.do("org", "add", "--name", "松坪村党支部", "--level", "村", "--village", "松坪村")
    for name in ("陶冬", "陶秋"):  # the newest, whom a list without an order shows first
        desk.do("person", "add", "--name", name, "--org", "松坪村党支部", "--post", "村委委员")
    desk.do("org", "edit", "镇水利站", "--secretary", "石勇")
    desk.do("issue", "assign", "1", "--dept", "镇水利站", "--limit", "5个工作日", "--standard", "通水")
    whistle = ("--blown", "2026-03-05 09:00", "--by", "镇水利站", "--matter", "渠要两家清", "--lead", "镇水利站")
    desk.do("whistle", "add", *whistle, "--summoned", "镇水利站", "--issues", "1")
    return desk.root


@pytest.fixture
def town(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return Desk.copied(made, tmp_path)


def step(kind: str, name: str, **typed: str | list[str]) -> Asked:
    (one,) = (one for one in KIND[kind].lifecycle.steps if one.name == name)  # type: ignore[union-attr]
    return lambda session: step_task(session, KIND[kind], one, "1", typed)


def shown(screen: Screen, label: str) -> list[str]:
    return [one.shown for one in screen.row(label).query_one(Picks).choices]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("镇长", "梁启明"),
        ("分管副镇长", "单文秀"),
        ("党委书记", "郝建国"),
        ("郝书记", "郝建国"),
        ("水利站负责人", "石勇"),
        ("zhenzhang", "梁启明"),
        ("dwsj", "郝建国"),
        ("石", "石勇"),
    ],
)
def test_who_approves_is_found_by_his_post(town: Desk, typed: str, found: str) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("批准人", typed)
        assert shown(screen, "批准人")[0] == found
        await screen.press(
            *(["down"] if typed == "分管副镇长" else []), "enter"
        )  # a near one is marked before it counts
        assert screen.row("批准人").text == found

    at_form(town.root, step("whistle", "approve"), play)


def test_a_post_of_several_is_nobodys_until_one_is_marked(town: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("批准人", "村委委员")
        assert sorted(shown(screen, "批准人")) == ["陶冬", "陶秋"]
        await screen.press("enter")
        await screen.see("没有叫「村委委员」的党员干部")

    at_form(town.root, step("whistle", "approve"), play)


def test_a_name_comes_before_a_post_that_sounds_alike(town: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("批准人", "t")
        assert shown(screen, "批准人")[:2] == ["陶秋", "陶冬"]

    at_form(town.root, step("whistle", "approve"), play)


def test_who_came_is_of_the_unit_that_was_called_first(town: Desk) -> None:
    town.do("whistle", "approve", "1", "--at", "2026-03-05 10:00", "-y")

    async def respond(screen: Screen) -> None:
        await screen.see("响应人       石勇")
        await screen.see("照部门")

    async def arrive(screen: Screen) -> None:
        screen.row("到场人").enter()
        await screen.pilot.pause()
        assert shown(screen, "到场人")[:2] == ["石勇", "韦大山"]
        await screen.fill("到场人", "陶秋", "enter")
        await screen.see("陶秋是松坪村党支部的，不是镇水利站的人")

    at_form(town.root, step("whistle", "respond"), respond)
    at_form(town.root, step("whistle", "arrive"), arrive)


def test_who_signs_is_the_one_who_answers_for_it(town: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("签收人       石勇")
        await screen.see("照责任部门")
        await screen.fill("责任人", "韦大山", "enter")
        await screen.see("签收人       韦大山")
        await screen.see("照责任人")
        await screen.write()

    at_form(town.root, step("issue", "sign"), play)
    assert "签收人: RY-A0006\n    责任人: RY-A0006\n" in town.text("WT-2026-A0001")


def test_who_told_him_and_who_explained_is_whoever_fills_it_in(town: Desk) -> None:
    async def explain(screen: Screen) -> None:
        await screen.see("解释人       何小满")
        await screen.see("经办人")

    async def feedback(screen: Screen) -> None:
        await screen.see("反馈人       何小满")
        await screen.fill("反馈方式", "1")
        await screen.type("11")
        await screen.fill("反馈人", "党委书记", "enter")
        await screen.write()

    at_form(town.root, step("issue", "explain"), explain)
    town.do("issue", "sign", "1", "--person", "石勇", "-y")
    town.do("issue", "resolve", "1", "--result", "挖机清了六十米", "-y")
    at_form(town.root, step("issue", "feedback"), feedback)
    assert "反馈人: RY-A0005\n" in town.text("WT-2026-A0001")


def test_a_letter_behind_what_was_picked_begins_another_word(town: Desk) -> None:
    town.do("org", "add", "--name", "镇司法所", "--level", "镇", "--department", "是")

    async def play(screen: Screen) -> None:
        await screen.fill("报到部门", "水利", "enter")
        await screen.type("司法\n")  # it stands on a line of its own
        assert screen.row("报到部门").text == "镇水利站\n镇司法所\n"
        await screen.press("backspace")
        await screen.type("松坪")
        assert screen.row("报到部门").text == "镇水利站\n松坪"
        await screen.type("\n\n")
        assert screen.row("报到部门").text.split() == ["镇水利站", "松坪村党支部"]
        for label, typed, other in (("牵头部门", "水利", "司法"), ("问题", "渠堵", "桥"), ("紧急程度", "紧急", "特")):
            await screen.fill(label, typed, "enter")
            screen.row(label).enter()
            await screen.type(other)
            assert screen.row(label).text == other

    at_form(town.root, lambda session: add_task(session, KIND["whistle"], {}), play, size=(80, 40))


def test_a_category_that_was_picked_is_typed_over(town: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("类别", "道路", "enter")
        assert screen.row("类别").text == "道路交通"
        screen.row("类别").enter()
        await screen.type("水")
        assert screen.row("类别").text == "水"

    at_form(town.root, step("issue", "explain"), play, size=(80, 40))
