"""Before an issue is written, those of its village that may be about the same are told of, though in other words."""

from __future__ import annotations

import pytest
from tests.cli.desk import Desk, Said
from tests.cli.terminal import ENTER, Terminal

ADD = ("issue", "add", "--channel", "电话", "--reporter", "石有田")


def _add(desk: Desk, summary: str, words: str, *more: str, raised: str = "2026-03-05") -> Said:
    return desk.do(*ADD, "--village", "松坪村", "--raised", raised, "--summary", summary, "--words", words, *more)


def test_a_neighbour_says_the_same_in_other_words(heard: Desk) -> None:
    said = _add(heard, "一组上渠淤死了，堵得水过不来", "渠里都是泥")
    assert "请留意：WT-2026-A0001 同村、相隔不到三个月，可能说的是同一件事。" in said.err
    assert "一组的渠堵了" not in said.err  # it may be somebody's own, and this is a pipe
    said = _add(heard, "上头那截渠淤了水过不来", "急得很", "--internal")
    assert "WT-2026-A0001「一组的渠堵了」同村" in said.err


def test_what_was_said_is_compared_too(heard: Desk) -> None:
    said = _add(heard, "请来看看", "上头那截渠淤得厉害，水都过不来了")
    assert "WT-2026-A0001" in said.err


@pytest.mark.parametrize(
    ("summary", "words", "raised"),
    [("一组的路灯坏了", "晚上看不见路", "2026-03-05"), ("一组的渠堵了", "淤泥太多，没人清", "2025-11-20")],
)
def test_another_matter_and_one_of_long_ago_are_not_told_of(heard: Desk, summary: str, words: str, raised: str) -> None:
    assert "请留意" not in _add(heard, summary, words, raised=raised).err


def test_nor_one_of_another_village_nor_one_that_is_void(heard: Desk) -> None:
    heard.do("village", "add", "--name", "竹坪村", "--town", "云岭镇")
    told = ("--raised", "2026-03-05", "--summary", "一组的渠堵了", "--words", "淤泥太多，没人清")
    assert "请留意" not in heard.do(*ADD, "--village", "竹坪村", *told).err
    heard.do("issue", "void", "1", "--why", "登错了")
    assert "请留意" not in heard.do(*ADD, "--village", "松坪村", *told).err


def test_at_a_terminal_she_is_asked(heard: Desk) -> None:
    words = ("--raised", "2026-03-05", "--summary", "一组上渠又堵了", "--words", "水过不来，田都干了")
    elements = ("--who", "一组", "--when", "今年", "--where", "上渠", "--cause", "淤了", "--course", "没人清")
    terminal = Terminal(heard, *ADD, "--village", "松坪村", *words, *elements)
    terminal.answer(("WT-2026-A0001「一组的渠堵了」", None), ("照样登记吗？", "y" + ENTER))
    terminal.wait_for("（WT-2026-A0002）")
    assert terminal.end() == 0


def test_of_many_that_are_like_it_a_few_are_told_of_and_the_rest_counted(heard: Desk) -> None:
    for place in ("东头", "西头", "南边", "北边"):
        _add(heard, f"一组上渠{place}淤死了，堵得水过不来", f"渠里{place}都是泥")
    told = _add(heard, "一组上渠淤死了，堵得水过不来", "渠里都是泥").err
    assert told.count("请留意：") == 3
    assert "还有 2 件也像，没有列出；都看：lianxin check" in told
