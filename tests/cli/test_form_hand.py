"""The hand in a form: what is typed over and what is edited, what the next key finds where it was."""

from __future__ import annotations

import re

import pytest
from tests.cli.desk import ENVIRONMENT, TRIAGE, Desk
from tests.cli.screen import Asked, Screen, at_form

from lianxin.cli.form.row import Row
from lianxin.cli.form.tasks import add_task, edit_task, step_task
from lianxin.kinds import KIND
from lianxin.kinds.issue.step import STEPS

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture(autouse=True)
def _as_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def step(name: str) -> Asked:
    """The form of a step of the first issue."""
    (one,) = (one for one in STEPS if one.name == name)
    return lambda session: step_task(session, KIND["issue"], one, "1")


async def come_to(screen: Screen, label: str) -> None:
    """Put the hand in a field as a click does."""
    screen.row(label).enter()
    await screen.at(label)


@pytest.mark.parametrize("several", [False, True])
def test_words_that_are_proposed_are_typed_over(desk: Desk, several: bool) -> None:
    async def play(screen: Screen) -> None:
        await come_to(screen, "原话")
        assert screen.row("原话").text == "渠堵了想请人清"
        await screen.see("回车照用，打字换掉，按 → 接着写")
        await screen.type("渠又堵了")
        assert screen.row("原话").text == "渠又堵了"
        await come_to(screen, "事由")
        await come_to(screen, "原话")  # her own words are edited
        await screen.type("，三天了")
        assert screen.row("原话").text == "渠又堵了，三天了"

    known = {"visit": "1", **({"words": "渠堵了想请人清"} if several else {})}
    at_form(desk.root, lambda session: add_task(session, KIND["issue"], known, handed=True), play)


def test_they_are_gone_on_with_behind_an_arrow_and_taken_by_enter(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await come_to(screen, "原话")
        await screen.press("right")
        await screen.type("，快些")
        assert screen.row("原话").text == "渠堵了想请人清，快些"

    async def take(screen: Screen) -> None:
        await come_to(screen, "原话")
        await screen.press("enter")
        assert (screen.row("原话").text, screen.row("原话").has_hand) == ("渠堵了想请人清", False)

    for one in (take, play):
        at_form(desk.root, lambda session: add_task(session, KIND["issue"], {"visit": "1"}), one)


def test_what_the_record_says_in_words_is_edited_its_days_are_typed_over(heard: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.type("听错了")
        await come_to(screen, "原话")
        await screen.type("，下午更干")
        assert screen.row("原话").text == "上头那截渠淤得水都过不来，下午更干"
        await come_to(screen, "反映时间")
        await screen.type("3月1日")
        assert screen.row("反映时间").text == "3月1日"
        await screen.press("escape")

    async def again(screen: Screen) -> None:
        await screen.see("另有一份没写成的，按 F6 接着填")
        await screen.press("f6")
        await screen.see("上次没有写完")
        kept = {name: screen.row(name).text for name in ("更正理由", "原话", "反映时间")}
        assert kept == {
            "更正理由": "听错了",
            "原话": "上头那截渠淤得水都过不来，下午更干",
            "反映时间": "2026-03-01",
        }

    for one in (play, again):
        at_form(heard.root, lambda session: edit_task(session, KIND["issue"], "1"), one)


def test_no_field_comes_between_when_the_way_of_an_answer_is_chosen(taken: Desk) -> None:
    taken.do("issue", "quick", "1", "--done", "清了", "--reported", "是", "--at", "2026-03-05 10:00")

    def fields(screen: Screen) -> list[str]:
        return [row.spec.label for row in screen.app.screen.query(Row) if row.display]

    async def at_home(screen: Screen) -> None:
        await screen.press("f2")
        before = fields(screen)
        await screen.type("1")
        await screen.see("反馈方式*    入户")
        assert fields(screen) == before
        assert "接通情况*" not in screen.text
        await screen.press("f2")
        assert "接通情况" not in fields(screen)
        await screen.press("f4", "y")
        await screen.gone("反馈方式*    入户")

    async def called(screen: Screen) -> None:
        await screen.type("2")
        await screen.see("接通情况*")
        await screen.at("接通情况")
        await screen.type("2")
        await screen.gone("满意度")
        await screen.write()

    at_form(taken.root, step("feedback"), at_home)
    at_form(taken.root, step("feedback"), called)
    assert "接通情况: 未接通\n" in taken.text("WT-2026-A0001")


def test_of_a_list_told_by_two_digits_the_second_alone_finds_its_word(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await come_to(screen, "来源渠道")
        await screen.see("05 ")
        (word,) = re.findall(r"05 (\S+)", screen.text)
        await screen.type("5")
        await screen.see(f"▸05 {word}")
        await screen.press("enter")
        assert screen.row("来源渠道").text == word

    at_form(desk.root, lambda session: add_task(session, KIND["issue"], {}), play)


def test_a_day_alone_is_a_time_of_a_step(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.press("f2")
        await screen.fill("进展情况", "清了一半")
        await screen.fill("时间", "3月5日")
        await screen.see("记作 2026-03-05 15:30（没有写钟点，照现在的）")
        await screen.write()

    at_form(taken.root, step("progress"), play)
    assert "时间: 2026-03-05 15:30\n" in taken.text("WT-2026-A0001")


def test_who_leads_is_asked_for_only_where_no_whistle_says_so(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("哨单*")
        await screen.see("牵头单位")
        assert "牵头单位*" not in screen.text

    at_form(taken.root, step("whistle"), play)


def test_a_correction_begins_with_what_is_written_and_needs_another_word(heard: Desk) -> None:
    heard.do("issue", "accept", "1", *TRIAGE, "--at", "2026-03-04 10:00")

    async def play(screen: Screen) -> None:
        await screen.fill("更正哪一项", "类别（3月4日 受理）", "enter")
        await screen.at("改成")
        assert screen.row("改成").text == "道路交通"
        await screen.fill("更正理由", "听错了")
        await screen.press("ctrl+s")
        await screen.see("写着的就是这样，还没有改")
        await screen.fill("改成", "农田", "enter")
        assert screen.row("改成").text == "农田水利"
        await screen.write()

    at_form(heard.root, step("amend"), play)
    assert "字段: 类别\n" in heard.text("WT-2026-A0001")
    assert "新值: 农田水利\n" in heard.text("WT-2026-A0001")
    heard.do("check")


def test_what_is_struck_off_says_how_it_is_put_right(heard: Desk) -> None:
    heard.do("issue", "quick", "1", "--done", "清了", "--reported", "是", *TRIAGE)
    heard.do("issue", "feedback", "1", "--how", "入户", "--solved", "解决", "--satisfied", "满意")
    heard.do("issue", "reflect", "1", "--text", "早去看一眼就好了", "-y")
    heard.do("issue", "close", "1", "-y")
    for words in (
        ("issue", "amend", "1", "--field", "事由", "--value", "渠", "--why", "错字"),
        ("issue", "edit", "1", "--summary", "渠", "--why", "错字", "-y"),
    ):
        said = heard.say(*words)
        assert said.code == 3
        assert "就先撤销那一步（lianxin undo），改好再办；不然先「重办」，改好再往下办" in said.err
