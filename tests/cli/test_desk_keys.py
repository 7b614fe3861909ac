"""Keys of the desk: one letter for one step word, a word for each key that does nothing, no Ctrl-C without a word."""

from __future__ import annotations

import asyncio

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Screen, at_desk
from textual.events import Key

from lianxin.cli.desk.act.menu import Rare
from lianxin.cli.desk.app import Desk as DeskApp
from lianxin.cli.desk.keys import LETTERS, MORE, key_of, letters
from lianxin.cli.form.base import Full
from lianxin.cli.form.question import Question
from lianxin.core.called import OF_A_KIND
from lianxin.kinds import KIND
from lianxin.kinds.fate import FATES


@pytest.fixture(autouse=True)
def _as_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def test_one_letter_is_one_word_over_the_steps_and_fates_of_all_kinds() -> None:
    lives = [kind.lifecycle for kind in KIND.values() if kind.lifecycle]
    words = {step.label for life in lives for step in life.steps} | {OF_A_KIND[name] for name in FATES}
    assert {*letters()} <= words
    assert len({*letters().values()}) == len(letters())
    assert {*letters().values()} <= {*LETTERS}
    awaited = {step.label for life in lives for name in life.awaited.values() if (step := life.step(name))}
    assert awaited <= {*letters()}
    assert {key_of(word) for word in words - {*letters()}} == {MORE}
    usual = {"受理": "l", "交办": "j", "签收": "s", "进展": "z", "办结": "b", "反馈": "f", "销号": "x", "延期": "y"}
    assert usual.items() <= letters().items()


@pytest.mark.slow  # it takes long
def test_what_has_no_letter_is_listed_by_one_key_and_picked_by_what_is_typed_behind_it(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("别的按 . 再按 1 吹哨  4 撤回")
        for key, character in (("ideographic_full_stop", "。"), ("4", "4")):  # at once, where Chinese is being typed
            screen.app.post_message(Key(key, character))
        await screen.see("一组的渠堵了：撤回")
        await screen.press("escape")
        await screen.gone("Ctrl-S")
        await screen.press("full_stop")
        await screen.see("办哪一步？")
        await screen.see("作废")
        assert screen.english == []

    at_desk(taken.root, play)


def test_a_question_longer_than_its_place_is_read_to_its_end_before_it_is_answered() -> None:
    app: Full[bool] = Full()

    async def read() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(Question("要撤销的是：", [f"第 {n} 行" for n in range(40)], "就这样撤销吗？"), app.exit)
            screen = Screen(app, pilot)
            await screen.see("第 0 行")
            await screen.press("end")
            await screen.see("第 39 行")
            await screen.press("y")

    asyncio.run(read())
    assert app.return_value is True


@pytest.mark.slow  # it takes long
def test_a_letter_works_where_enter_does_too_and_as_a_capital_and_from_the_page(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("回车/j 交办")
        for key in ("j", "J", "ｊ", "enter"):
            await screen.press(key)
            await screen.see("一组的渠堵了：交办")
            await screen.press("escape")
            await screen.gone("：交办")
        await screen.press("tab", "enter")  # from the page beside the list
        await screen.see("一组的渠堵了：交办")
        await screen.press("escape")
        await screen.gone("：交办")
        await screen.press("x")
        await screen.see("x 是「销号」，这一条现在办不了")
        await screen.press("down", "pagedown", "up")  # these work, though nothing moves
        assert "没有用" not in screen.text
        await screen.press("f5")
        await screen.see("这个键在这里没有用")
        assert screen.english == []

    at_desk(taken.root, play)


@pytest.mark.slow  # it takes long
def test_enter_behind_an_answer_is_no_answer_to_what_follows(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("回车/j 交办")
        await screen.press("n")
        await screen.see("2 走访")
        await screen.press("2", "enter")
        await screen.see("新增走访")
        await screen.see("李桂兰  松坪村")
        await screen.at("走访户")
        await screen.press("f9")
        await screen.see("这个键在这里没有用，能按的写在下面")
        await screen.type("李桂兰\n")
        await screen.fill("诉求建议", "想修渠")
        await screen.press("ctrl+s")
        await screen.see("现在立一件问题吗？")
        await screen.press("y", "enter")
        await screen.see("新增问题")
        await screen.see("一句话，不写群众姓名")
        await screen.at("事由")

    at_desk(taken.root, play)


@pytest.mark.slow  # it takes long
def test_ctrl_c_closes_nothing_without_a_word(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("z 进展")
        await screen.press("z")
        await screen.see("进展情况*")
        await screen.type("挖机明天到")
        await screen.press("ctrl+c")
        await screen.see("或者再按一次 Ctrl-C；填过的留着")
        await screen.type("两台")
        await screen.press("ctrl+c")  # a first one again
        await screen.see("挖机明天到两台")
        await screen.press("shift+home", "ctrl+c")
        assert screen.app.clipboard == "挖机明天到两台"
        await screen.press("ctrl+c")
        await screen.see("没有写入；填过的留着")
        await screen.press("ctrl+c")
        await screen.see("离开工作台按 q，或者再按一次 Ctrl-C")
        assert screen.english == []
        assert screen.app.is_running

    at_desk(taken.root, play)


@pytest.mark.slow  # it takes long
def test_a_period_that_will_not_do_is_told_where_it_is_written(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("1 今日")
        await screen.press("8")
        await screen.see("要出的：周报")
        await screen.press("slash", *"周报", "enter", "end")
        await screen.see("报表：周报")
        await screen.press("enter")
        await screen.see("出文件：周报")
        await screen.press("tab", "tab", "ctrl+u", *"下下周")
        await screen.press("enter")
        await screen.see("看不懂期间「下下周」")
        assert screen.english == []
        await screen.press("ctrl+u", *"上周", "enter")
        await screen.see("✓ 已做成")

    at_desk(taken.root, play)


def test_who_sits_there_is_told_and_may_change(desk: Desk) -> None:
    desk.do("person", "add", "--name", "罗启明", "--org", "云岭镇党委", "--post", "干事")

    async def play(screen: Screen) -> None:
        await screen.see("经办人 何小满（A 台）")
        await screen.press("m")
        await screen.see("r 换人：")
        await screen.press("r")
        await screen.see("2 罗启明")
        await screen.press("2")
        await screen.see("✓ 往下记的都算 罗启明 办的")
        await screen.see("经办人 罗启明（A 台）")
        assert screen.english == []
        await screen.press("9")
        await screen.see("村 CUN-A0001")
        await screen.press("e")
        await screen.fill("乡镇", "清河镇", "ctrl+s")
        await screen.see("就这样改吗？")
        await screen.press("y")
        await screen.see("✓ ")

    at_desk(desk.root, play)
    assert desk.git("log", "-1", "--format=%an").strip() == "罗启明"


def test_what_closes_by_a_key_closes_once_though_the_key_comes_twice(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("回车/j 交办")
        await screen.type("mmmj")
        await screen.see("上下键看，别的键回去")
        await screen.type("zz")
        await screen.gone("上下键看，别的键回去")
        await screen.press("m")
        await screen.see("还能办：")
        await screen.type("jj")
        await screen.see("上下键看，别的键回去")
        await screen.type("\n\n")
        await screen.gone("上下键看，别的键回去")
        await screen.press("u")
        await screen.see("就这样撤销吗")
        await screen.type("nn")
        await screen.gone("就这样撤销吗")
        await screen.see("回车/j 交办")

    at_desk(taken.root, play)


def test_a_page_up_over_the_first_line_stays_on_it(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("回车/j 交办")
        assert isinstance(screen.app, DeskApp)
        for _ in range(3):
            await screen.press("2", "1", "end", "pageup")
            await screen.see("回车/j 交办")
            assert screen.app.panes.listed.item is not None
        await screen.press("pageup", "pagedown", "pagedown")
        assert screen.app.panes.listed.item is not None
        assert "没有要办的" not in screen.text

    at_desk(taken.root, play)


def test_what_is_seldom_done_has_keys_of_its_own() -> None:
    told = {"检查": "j", "备份": "b", "日历": "l", "收进": "s", "撤销": "u", "回收": "h", "导入": "d", "粘贴": "z"}
    told |= {"登记": "f", "撤并": "g", "重登": "c", "同步": "t", "合并": "x", "换人": "r"}
    assert {one.partition("：")[0]: one.key for one in Rare} == told
