"""A day's visits typed as a table: a row a record, what they share above, written and taken back at once."""

from __future__ import annotations

from tests.cli.desk import Desk
from tests.cli.terminal import ENTER, ESCAPE, WRITE, Terminal


def visits(desk: Desk) -> list[str]:
    return sorted(path.stem for path in (desk.root / "visits" / "2026").glob("*.yaml"))


def test_a_row_is_a_record_and_all_are_one_command(desk: Desk) -> None:
    desk.do("household", "add", "--head", "赵水生", "--village", "松坪村", "--group", "二组")
    terminal = Terminal(desk, "走访", "新增", "--表", lines=24)
    terminal.fill(("走访户", "李桂"), ("李桂兰", ENTER + "秧栽了" + ENTER + "渠要修" + ENTER))
    terminal.fill(("渠要修", "李桂花" + ENTER + WRITE), ("第 2 行：", ESCAPE))
    terminal.wait_for("填过的没有丢，再运行 lianxin 走访 新增 --表 就能接着填")
    assert terminal.end() == 130
    assert visits(desk) == ["ZF-2026-A0001"]
    terminal = Terminal(desk, "走访", "新增", "--表", lines=24)
    terminal.see("秧栽了")
    terminal.see("李桂花")
    terminal.type("\x1b[A\x15" + "赵水" + ENTER + "鱼塘满了" + WRITE)
    terminal.fill(("写入这 2 条吗？", "y"))
    terminal.wait_for("（ZF-2026-A0002）")
    terminal.wait_for("要立问题：lianxin 问题 新增 --来自走访 ZF-2026-A0002")
    terminal.wait_for("（ZF-2026-A0003）")
    assert terminal.end() == 0
    first, second = ((desk.root / "visits" / "2026" / f"{id_}.yaml").read_text("utf-8") for id_ in visits(desk)[1:])
    assert "走访人:\n  - RY-A0001\n所属村: CUN-A0001\n所属组: 一组\n走访户:\n  - HU-A0001\n走访方式: 入户\n" in first
    assert "所见所闻: 秧栽了\n诉求建议: 渠要修\n" in first
    assert "所属组: 二组\n走访户:\n  - HU-A0002\n" in second
    assert "所见所闻: 鱼塘满了\n" in second
    desk.do("undo", "--yes")
    assert visits(desk) == ["ZF-2026-A0001"]


def test_a_pipe_types_no_table(desk: Desk) -> None:
    said = desk.say("visit", "add", "--table")
    assert (said.code, "--表 要在终端上用" in said.err) == (2, True)
