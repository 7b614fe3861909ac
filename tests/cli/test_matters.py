"""Several matters heard on one visit: each is asked about, each issue has its own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Screen, at_desk
from tests.cli.terminal import ENTER, ESCAPE, WRITE, Terminal

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture(autouse=True)
def _as_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def visit(desk: Desk, id_: str = "ZF-2026-A0002") -> str:
    return (desk.root / "visits" / "2026" / f"{id_}.yaml").read_text(encoding="utf-8")


def issues(desk: Desk) -> list[Path]:
    return sorted((desk.root / "issues").rglob("*.yaml"))


def owing(desk: Desk) -> list[str]:
    found = desk.say("--json", "check", "--hints").json["data"]
    return [one["message"] for one in found["problems"] if one["code"] == "H007"]


def test_each_matter_is_asked_about_and_has_its_own_words(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("1 今日")
        await screen.press("3", "n")
        await screen.see("新增走访")
        await screen.fill("走访户", "李桂兰", "enter")
        await screen.fill("所见所闻", "渠里都是泥，路灯杆歪了")
        await screen.fill("诉求建议", "渠堵了想请人清", "enter")
        await screen.type("路灯不亮想修一修\n村里的账想看一看\n井盖响")
        await screen.press("ctrl+s")
        await screen.see("听到了 4 件诉求，第 1 件：渠堵了想请人清")
        await screen.see("y 是    n 不立，写明原因    Esc 以后再说")
        await screen.press("y")
        await screen.see("新增问题")
        await screen.at("事由")
        assert screen.row("原话").text == "渠堵了想请人清"
        assert screen.row("经过").text == ""
        await screen.fill("事由", "一组的渠要清")
        await screen.press("ctrl+s")
        await screen.see("第 2 件：路灯不亮想修一修")
        await screen.press("y")
        await screen.see("新增问题")
        await screen.at("事由")
        assert screen.row("原话").text == "路灯不亮想修一修"
        assert screen.row("事由").text == ""
        await screen.fill("事由", "一组的路灯要修")
        await screen.press("ctrl+s")
        await screen.see("第 3 件：村里的账想看一看")
        await screen.press("n")
        await screen.see("为什么不立")
        await screen.type("账目当场拿给她看了\n")
        await screen.see("第 4 件：井盖响")
        await screen.press("n")
        await screen.see("为什么不立")
        await screen.type("已垫平\n")
        await screen.see("已改 未立问题原因")

    at_desk(desk.root, play)
    assert "诉求建议: |-\n  渠堵了想请人清\n  路灯不亮想修一修\n  村里的账想看一看\n  井盖响\n" in visit(desk)
    assert "未立问题原因: 「村里的账想看一看」账目当场拿给她看了；「井盖响」已垫平\n" in visit(desk)
    assert [one.read_text(encoding="utf-8").partition("原话: ")[2].split()[0] for one in issues(desk)] == [
        "渠堵了想请人清",
        "路灯不亮想修一修",
    ]


def test_what_is_left_for_later_stays_owing(desk: Desk) -> None:
    before = owing(desk)

    async def play(screen: Screen) -> None:
        await screen.see("1 今日")
        await screen.press("3", "n")
        await screen.see("新增走访")
        await screen.fill("走访户", "李桂兰", "enter")
        await screen.fill("诉求建议", "渠堵了；路灯不亮")
        await screen.press("ctrl+s")
        await screen.see("第 1 件：渠堵了")
        await screen.press("escape")
        await screen.see("第 2 件：路灯不亮")
        await screen.press("y")
        await screen.see("新增问题")
        await screen.at("事由")
        await screen.fill("事由", "路灯要修")
        await screen.press("ctrl+s")
        await screen.see("✓ 已新增问题：路灯要修")

    at_desk(desk.root, play)
    assert owing(desk) == [*before, "记了 2 件诉求，只登记了 1 件问题，也没有写「未立问题原因」"]


def test_a_matter_added_later_is_asked_about_alone(desk: Desk) -> None:
    words = ("--summary", "渠要清", "--words", "渠堵了想请人清")
    desk.do("issue", "add", "--visit", "1", "--channel", "入户走访", *words)

    async def play(screen: Screen) -> None:
        await screen.see("1 今日")
        await screen.press("3")
        await screen.see("走访（")
        await screen.press("e")
        await screen.see("修改")
        screen.row("诉求建议").enter()
        await screen.press("ctrl+end", "enter")
        await screen.type("路灯不亮")
        await screen.press("ctrl+s")
        await screen.see("就这样改吗？")
        await screen.press("y")
        await screen.see("新添的一件：路灯不亮")
        await screen.press("y")
        await screen.see("新增问题")
        await screen.at("事由")
        assert screen.row("原话").text == "路灯不亮"
        await screen.press("escape")

    at_desk(desk.root, play)
    assert "诉求建议: |-\n  渠堵了想请人清\n  路灯不亮\n" in visit(desk, "ZF-2026-A0001")


def test_at_a_terminal_too(desk: Desk) -> None:
    terminal = Terminal(desk, "visit", "add", "--households", "李桂兰")
    terminal.reach("诉求建议")
    terminal.type("渠堵了" + ENTER + "路灯不亮" + WRITE)
    terminal.answer(
        ("第 1 件：渠堵了", "l" + ENTER),
        ("第 2 件：路灯不亮", "n" + ENTER),
        ("为什么不立", "电力所当天就修了" + ENTER),
    )
    terminal.wait_for("要立问题：lianxin issue add --visit ZF-2026-A0002")
    assert terminal.end() == 0
    assert "未立问题原因: 「路灯不亮」电力所当天就修了\n" in visit(desk)


def test_the_next_one_of_a_visit_is_the_first_that_is_left(desk: Desk) -> None:
    heard = ("--visitors", "何小满", "--households", "李桂兰", "--way", "入户", "--heard", "泥很深")
    desk.do("visit", "add", "--day", "2026-03-05", *heard, "--requests", "1.渠堵了 2.路灯不亮")
    desk.do("issue", "add", "--visit", "2", "--channel", "入户走访", "--summary", "渠要清", "--words", "渠堵了")
    terminal = Terminal(desk, "issue", "add", "--visit", "2")
    terminal.fill(("原话*        路灯不亮", ""))
    terminal.reach("经过")
    assert terminal.row("经过") == ""
    terminal.type(ESCAPE)
    terminal.end()
