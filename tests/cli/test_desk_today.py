"""The desk on a morning: what is to be done stands there by itself, and Enter does the step a record waits for."""

from __future__ import annotations

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Screen, at_desk

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture(autouse=True)
def _as_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def test_the_list_the_record_and_its_steps_stand_there_by_themselves(heard: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("新登记的，等着研判（1 件）")
        await screen.see("1   一组的渠堵了")
        await screen.see("问题 WT-2026-A0001")
        await screen.see("回车/l 受理")
        assert screen.english == []

    at_desk(heard.root, play)
    at_desk(heard.root, play, size=(120, 40))


def test_the_last_command_is_shown_before_it_is_taken_back(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("回车/j 交办")
        await screen.press("u")
        await screen.see("WT-2026-A0001 受理")
        await screen.press("n")
        await screen.gone("就这样撤销吗？")
        assert taken.state("WT-2026-A0001") == "已受理"
        await screen.press("u")
        await screen.see("就这样撤销吗？")
        await screen.press("y")
        await screen.see("已撤销：WT-2026-A0001 受理")
        await screen.see("回车/l 受理")
        assert screen.english == []

    at_desk(taken.root, play)
    assert taken.state("WT-2026-A0001") == "待研判"


def test_what_others_write_is_seen_while_the_mark_stays(heard: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("回车/l 受理")
        heard.lay_open("WT-2026-A0001")
        await screen.see("受理了还没交办（1 件）")
        await screen.see("回车/j 交办")

    at_desk(heard.root, play)


def test_what_is_typed_in_the_box_is_found_wherever_it_stands(taken: Desk) -> None:
    taken.do("issue", "progress", "1", "--text", "挖机进不去，改用人工")

    async def play(screen: Screen) -> None:
        await screen.see("回车/j 交办")
        await screen.press("slash", *"挖机")
        await screen.see("找到（1 条）")
        await screen.see("进展 进展情况：【挖机】进不去，改用人工")
        await screen.press("ctrl+u", *"slz")
        await screen.see("镇【水利站】")
        await screen.press("ctrl+u", *"zf1")
        await screen.see("走访 ZF-2026-A0001")
        await screen.press("ctrl+u", *"松平村")
        await screen.see("没有找到（0 条）")
        await screen.see("名字相近的（1 条）")
        await screen.press("down")
        await screen.see("村 CUN-A0001")
        await screen.press("slash", *"周报")
        await screen.see("报表（1 种）")
        await screen.see("报表：周报")
        await screen.press("escape")
        await screen.see("受理了还没交办")
        await screen.see("回车/j 交办")
        assert screen.english == []

    at_desk(taken.root, play)
