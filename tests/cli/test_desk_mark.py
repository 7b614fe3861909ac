"""Where the mark stands after something was done, what is told there, and what two marked records can become."""

from __future__ import annotations

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Screen, at_desk

#: A household that is there already, under a name that is nearly its own.
_TWICE = ("household", "add", "--head", "李桂蓝", "--village", "松坪村", "--group", "一组", "--contacts", "何小满")

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture(autouse=True)
def _as_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def test_the_mark_stays_on_what_is_called_otherwise_now_and_what_was_told_goes_with_the_next_line(desk: Desk) -> None:
    for name in ("青篙村", "响水坪村"):
        desk.do("village", "add", "--name", name, "--town", "云岭镇")

    async def play(screen: Screen) -> None:
        await screen.press("9")
        await screen.see("村 CUN-A0003")
        await screen.press("down")
        await screen.see("村 CUN-A0002")
        await screen.press("g")
        await screen.see("CUN-A0002 青篙村：更名")
        await screen.press(*"青蒿村", "ctrl+s")
        await screen.see("就这样更名吗？")
        await screen.press("y")
        await screen.see("2   青蒿村")
        await screen.see("村 CUN-A0002")
        await screen.press("e")
        await screen.see("类型         村")
        await screen.fill("名称", "大青蒿村", "ctrl+s")
        await screen.see("就这样改吗？")
        await screen.press("y")
        await screen.see("2   大青蒿村")
        await screen.see("✓ ")
        await screen.see("村 CUN-A0002")
        await screen.press("u")
        await screen.see("就这样撤销吗？")
        await screen.press("y")
        await screen.see("✓ 已撤销")
        await screen.see("村 CUN-A0002")
        await screen.press("down")
        await screen.gone("✓ 已撤销")
        await screen.press("space")
        await screen.see("选中 1 条")
        await screen.press("up")
        await screen.see("选中 1 条")
        await screen.press("2")
        await screen.gone("选中 1 条")

    at_desk(desk.root, play)


def test_a_correction_leaves_the_mark_where_it_is_today(taken: Desk) -> None:
    taken.lay_open(taken.take_down())

    async def play(screen: Screen) -> None:
        await screen.see("受理了还没交办（2 件）")
        await screen.see("问题 WT-2026-A0001")
        await screen.press("e")
        await screen.see("更正理由*")
        await screen.fill("更正理由", "说错了", "enter")
        await screen.fill("事由", "二组的渠堵了", "ctrl+s")
        await screen.see("就这样改吗？")
        await screen.press("y")
        await screen.see("✓ ")
        await screen.see("二组的渠堵了", 5)
        await screen.see("问题 WT-2026-A0001")

    at_desk(taken.root, play)


def test_two_that_are_marked_become_one(taken: Desk) -> None:
    taken.do(*_TWICE)
    before = taken.git("rev-parse", "HEAD")

    async def play(screen: Screen) -> None:
        await screen.press("5")
        await screen.see("联系户（2 条）")
        await screen.press("space", "space")
        await screen.see("别的按 . 再按 2 合并")
        await screen.press("full_stop", "2")
        await screen.see("HU-A0001 李桂兰 松坪村 一组 电话尾号 1234")
        await screen.press("2")
        await screen.see("「户主」用哪一份的？")
        await screen.press("1")
        await screen.see("就这样合并吗？")
        assert screen.english == []
        await screen.press("y")
        await screen.see("✓ HU-A0002 李桂蓝 松坪村")
        await screen.see("联系户（1 条）")

    at_desk(taken.root, play)
    assert taken.git("rev-parse", "HEAD~1") == before
    assert "作废" in (taken.root / "households" / "HU-A0002.yaml").read_text(encoding="utf-8")


def test_two_of_a_kind_are_asked_for_from_the_list_of_what_is_seldom_done(taken: Desk) -> None:
    taken.do(*_TWICE)

    async def play(screen: Screen) -> None:
        await screen.see("回车/j 交办")
        await screen.press("m")
        await screen.see("c 重登：")
        await screen.press("c")
        await screen.see("哪一样登了两份？")
        await screen.see("4 联系户")
        await screen.press("4")
        await screen.see("哪几个联系户")
        await screen.type("李桂兰、李桂蓝")
        await screen.press("ctrl+s")
        await screen.see("留下哪一份？")
        assert screen.english == []

    at_desk(taken.root, play)
