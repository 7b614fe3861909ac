"""What she said yes to is what is written; what was typed to change a record is kept until it is."""

from __future__ import annotations

from tests.cli.desk import Desk
from tests.cli.terminal import CLEAR, ENTER, INTERRUPT, WRITE, Terminal

VILLAGE = "villages/CUN-A0001.yaml"


def test_a_record_changed_while_she_looked_is_shown_again(desk: Desk) -> None:
    terminal = Terminal(desk, "edit", "松坪村", "--groups", "2:下组")
    terminal.wait_for("就这样改吗？")
    desk.do("edit", "松坪村", "--groups", "+三组")
    terminal.type(ENTER)
    terminal.answer(
        ("CUN-A0001 在您看的时候又改过了，没有写入；请看现在的样子再定", None),
        ("三组", None),
        ("就这样改吗？", "n" + ENTER),
    )
    assert terminal.end() == 130
    assert "村组:\n  - 一组\n  - 二组\n  - 三组\n" in (desk.root / VILLAGE).read_text(encoding="utf-8")


def test_a_record_changed_before_it_is_voided_is_told_of(desk: Desk) -> None:
    desk.do("household", "add", "--head", "赵水生", "--village", "松坪村")
    terminal = Terminal(desk, "household", "void", "HU-A0002", "--why", "登错了")
    terminal.wait_for("就这样作废吗？")
    desk.do("edit", "HU-A0002", "--address", "村头")
    terminal.type(ENTER)
    terminal.answer(("HU-A0002 在您看的时候又改过了", None), ("就这样作废吗？", ENTER), ("（HU-A0002）作废", None))
    assert terminal.end() == 0


def test_a_change_broken_off_is_offered_again(desk: Desk) -> None:
    terminal = Terminal(desk, "village", "edit", "松坪村", lines=24)
    terminal.see("村组         一组、二组")
    terminal.reach("村组")
    terminal.type("、四组")
    terminal.fill(("一组、二组、四组", INTERRUPT + INTERRUPT))
    terminal.wait_for("再运行 lianxin village edit CUN-A0001，按 F6 接着填")
    assert terminal.end() == 130
    terminal = Terminal(desk, "village", "edit", "松坪村", lines=24)
    terminal.fill(
        ("另有一份没写成的，按 F6 接着填", "\x1b[17~"),
        ("上次没有写完，填过的还在这里", ""),
        ("村组         一组、二组、四组", WRITE),
        ("就这样改吗？", "n"),
        ("Ctrl-S 写入", ""),
    )
    assert "四组" not in (desk.root / VILLAGE).read_text(encoding="utf-8")
    terminal.reach("村组")
    terminal.type(CLEAR + "一组、二组、五组" + WRITE)
    terminal.see("就这样改吗？")
    assert any("五组" in line and line.startswith("添") for line in terminal.lines)
    terminal.type("y")
    terminal.wait_for("（CUN-A0001）已改 村组")
    assert terminal.end() == 0
    assert "  - 二组\n  - 五组\n" in (desk.root / VILLAGE).read_text(encoding="utf-8")
    assert not list((desk.root / ".git" / "lianxin").glob("*.draft/*.json"))
