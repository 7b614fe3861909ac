"""A long list at a terminal: a page at a time, the first at once; in pipes and files it is whole."""

from __future__ import annotations

import re

import pytest
from tests.cli.desk import Desk
from tests.cli.terminal import ENTER, Terminal

from lianxin.cli.say.leaf import ROWS


@pytest.fixture
def many(desk: Desk) -> Desk:
    """Exactly as many units as are laid out together, the last of them at the end of a part."""
    there = desk.do("org", "list", "-f", "csv").out.count("DW-")
    for n in range(ROWS - there):
        text = f"编号: DW-A{n + 500:04d}\n名称: 第{n}站\n层级: 镇\n类别: 其他\n"
        (desk.root / "orgs" / f"DW-A{n + 500:04d}.yaml").write_text(text, encoding="utf-8")
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "many")
    return desk


def test_a_long_list_is_leafed_through(many: Desk) -> None:
    whole = re.findall(r"DW-A\d+", many.do("org", "list", "-f", "csv").out)
    terminal = Terminal(many, "org", "list", lines=24)
    terminal.see("空格 下一页")
    assert terminal.shown.count("DW-A") < 24
    assert "共" not in terminal.shown
    pages = 1
    terminal.type(ENTER)
    while pages <= ROWS:
        while (going := terminal._read()) and terminal.shown.count("空格") == pages:
            pass
        if not going:
            break
        pages += 1
        terminal.type(" ")
    assert terminal.end() == 0
    assert pages > ROWS // 24
    assert re.findall(r"DW-A\d+", terminal.shown) == whole
    assert f"共 {ROWS} 条" in terminal.shown


def test_who_has_seen_enough_is_not_shown_more(many: Desk) -> None:
    terminal = Terminal(many, "org", "list", lines=24)
    terminal.see("空格 下一页")
    terminal.type("q")
    assert terminal.end() == 0
    assert "空格" not in "".join(terminal.lines)
