"""A record that was not named: picked from a list at a terminal, asked for anywhere else."""

from __future__ import annotations

import pytest
from tests.cli.desk import TRIAGE, Desk
from tests.cli.terminal import ENTER, INTERRUPT, Terminal


@pytest.mark.parametrize("words", ["issue accept", "show", "issue show", "next", "log", "issue void", "village edit"])
def test_off_a_terminal_it_must_be_named(desk: Desk, words: str) -> None:
    said = desk.say(*words.split())
    assert (said.code, said.err) == (2, f"没有写「编号」\n运行 lianxin {words} --help 看用法。\n")


def test_at_a_terminal_those_that_can_take_the_step_are_listed(desk: Desk) -> None:
    waiting, taken_up = desk.take_down(), desk.take_down()
    desk.do("issue", "accept", taken_up, "--level", "村", *TRIAGE)
    terminal = Terminal(desk, "issue", "accept", lines=24)
    terminal.answer((f"1 {waiting}  一组的渠堵了", None), ("2 别的，写编号或名称", None), ("写号码：", "1" + ENTER))
    terminal.see(f"{waiting} 一组的渠堵了：受理")
    assert taken_up not in terminal.shown
    terminal.type(INTERRUPT + INTERRUPT)
    assert terminal.end() == 130


def test_another_may_be_typed(desk: Desk) -> None:
    id_ = desk.take_down()
    terminal = Terminal(desk, "show", lines=24)
    terminal.answer(
        ("哪一个记录？", None), ("写号码：", "别的" + ENTER), ("编号或名称：", "松坪村" + ENTER), ("CUN-A0001", None)
    )
    assert terminal.end() == 0
    terminal = Terminal(desk, "issue", "show", lines=24)
    terminal.answer((f"1 {id_}", None), ("写号码：", "1" + ENTER), ("上头那截渠淤得水都过不来", None))
    assert terminal.end() == 0


def test_where_none_can_take_the_step_it_is_said(desk: Desk) -> None:
    terminal = Terminal(desk, "issue", "close", lines=24)
    terminal.wait_for("眼下没有能「销号」的问题")
    assert terminal.end() == 3
