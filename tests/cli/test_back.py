"""``import --back`` at her hands: nothing unasked off a terminal, a row at a time at one, nobody named in a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.actions.back.office import Department
from tests.cli.desk import Desk
from tests.cli.terminal import ENTER, Terminal


@pytest.fixture
def back(taken: Desk, tmp_path: Path) -> tuple[Desk, Path]:
    """A sheet in which a unit has said what was done, and given another telephone."""
    path = tmp_path / "交回.xlsx"
    words = ("--to", "镇水利站", "-w", "编号=WT-2026-A0001", "-o", str(path))
    said = taken.do("--internal", "ledger", "问题台账", *words)
    assert f"填好发回来以后：lianxin import --back {path}" in said.err + said.out
    department = Department(path)
    department.fill("WT-2026-A0001", "本次进展", "挖机到了")
    department.fill("WT-2026-A0001", "联系电话", "13900007777")
    department.done()
    return taken, path


def test_off_a_terminal_it_is_looked_at_and_taken_only_where_so_told(back: tuple[Desk, Path]) -> None:
    desk, path = back
    said = desk.say("import", str(path))  # it is known without the word
    assert (said.code, "确要收没有疑问的就加 --yes" in said.err) == (3, True)
    said = desk.do("import", "--back", str(path), "--dry-run")
    assert "挖机到了" in said.out
    assert "13900007777" not in said.out
    found = desk.do("--json", "import", "--back", str(path), "--dry-run").json["data"]
    assert [(one["heading"], one["standing"], one["taken"]) for one in found["cells"]] == [
        ("联系电话", "可收", True),
        ("本次进展", "可收", True),
    ]
    assert "back" not in found["cells"][0]
    row = str(found["cells"][0]["row"])
    said = desk.say("import", str(path), "--accept", "99")
    assert (said.code, "第 99 行没有要收的，什么也没有收" in said.err) == (2, True)
    said = desk.do("导入", "--回收", str(path), "--收", row, "--来自", "松坪村")
    assert "✓ 已收 1 条，2 处" in said.out
    assert "理由: 松坪村回填的表" in desk.text("WT-2026-A0001")
    head = desk.git("rev-parse", "HEAD")
    desk.do("导入", "--回收", str(path), "--不问")
    assert desk.git("rev-parse", "HEAD") == head
    desk.do("undo", "--yes")
    assert "挖机到了" not in desk.text("WT-2026-A0001")


def test_at_a_terminal_each_row_is_asked_about_and_each_column_where_she_likes(back: tuple[Desk, Path]) -> None:
    desk, path = back
    terminal = Terminal(desk, "导入", "--回收", str(path))
    terminal.wait_for("（1/1）第")
    terminal.wait_for("一栏一栏问")
    terminal.type("3" + ENTER)
    terminal.wait_for("收这一栏吗？")
    terminal.type("n" + ENTER)
    terminal.wait_for("挖机到了　记成进展")
    terminal.wait_for("收这一栏吗？")
    terminal.type(ENTER)
    terminal.wait_for("✓ 已收 1 条，1 处")
    assert terminal.end() == 0
    assert "进展情况: 挖机到了" in desk.text("WT-2026-A0001")
    assert "13900007777" not in desk.text("WT-2026-A0001")
