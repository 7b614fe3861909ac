"""A ledger is begun: what it cannot do without is asked for until it is there."""

from __future__ import annotations

from pathlib import Path

from tests.cli.desk import lianxin
from tests.cli.terminal import ENTER, Terminal


def test_what_was_passed_over_is_asked_for_again(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "init", "台账", "--name", "云岭镇党建办")
    terminal.answer(
        ("本单位全称：", ENTER),
        ("本单位全称必须填", None),
        ("本单位全称：", "云岭镇党委" + ENTER),
        ("办事员姓名：", " " + ENTER),
        ("办事员姓名必须填", None),
        ("办事员姓名：", "何小满" + ENTER),
        ("✓ 台账建在", None),
    )
    assert terminal.end() == 0


def test_nothing_said_is_refused_where_nobody_can_be_asked(tmp_path: Path) -> None:
    words = {"--name": "云岭镇党建办", "--org": "云岭镇党委", "--clerk": "何小满"}
    for flag in words:
        given = [part for pair in (words | {flag: " "}).items() for part in pair]
        said = lianxin("init", "台账", *given, cwd=tmp_path)
        assert (said.code, f"请加 {flag}" in said.err) == (2, True), said
    assert not (tmp_path / "台账").exists()
