"""Picking from a list: what is typed is looked for in it, and what is in no line of it is no answer."""

from __future__ import annotations

from tests.cli.desk import Desk
from tests.cli.terminal import ENTER, Terminal


def test_what_is_typed_is_looked_for_and_a_stray_line_is_no_yes(desk: Desk) -> None:
    id_ = desk.take_down()
    terminal = Terminal(desk, "issue", "urge", id_)
    terminal.answer(
        ("方式：", "督" + ENTER),
        ("督办", None),
        ("就这样记下吗？", "石勇" + ENTER + "n" + ENTER),
        ("已中断，没有写入。", None),
    )
    assert terminal.end() == 130
    assert "方式: 督办" not in desk.text(id_)


def test_a_step_is_shown_in_words_before_it_is_taken(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.lay_open(id_)
    terminal = Terminal(desk, "issue", "assign", id_, "--dept", "镇水利站", "--limit", "5个工作日")
    terminal.answer(
        ("经办人    何小满（RY-A0001）", None),
        ("责任部门  镇水利站（DW-A0002）", None),
        ("办结期限 2026-03-13", None),
        ("就这样记下吗？", ENTER),
    )
    terminal.wait_for("✓")
    assert terminal.end() == 0
    assert "撤销" in terminal.shown
    assert "办结期限" not in terminal.shown.split("撤销")[0]  # told once
