"""更正说明 names the records whose change moved a figure: a household, a person, a visit, and no bystander."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import Desk

pytestmark = pytest.mark.slow  # it takes long

FIGURES = """\
  - 名称: 困难户走访
    计数: {种类: 走访, 筛选: 走访户.户类别=困难}
  - 名称: 单位走访
    计数: {种类: 走访, 筛选: 走访人.单位=DW-A0001}
  - 名称: 到过户数
    单位: 户
    计数: {种类: 走访, 计: 不同, 字段: 走访户}
  - 名称: 到过次数
    计数: {种类: 走访}
"""
OUTLINE = """\
名称: 月报
种类: 月报
标题: '{单位}{期间}情况'
节:
  - 标题: 情况
    文字: 困难户 {困难户走访}，本单位 {单位走访}，共 {到过户数}。
    分组表: {对象: 所属村, 列: 到过次数}
"""
MONTH = ("report", "monthly", "-p", "2026-03", "-f", "md", "--internal")
VISIT = ("visit", "add", "--visitors", "何小满", "--way", "入户")


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Desk(tmp_path_factory.mktemp("desk") / "台账").furnish()
    desk.do(*VISIT, "--day", "2026-03-03", "--households", "李桂兰")  # ZF-2026-A0002, the same household
    with (desk.root / "policy" / "figures.yaml").open("a", encoding="utf-8") as file:
        file.write(FIGURES)
    (desk.root / "reports").mkdir()
    (desk.root / "reports" / "月报.yaml").write_text(OUTLINE, encoding="utf-8")
    desk.do("commit")
    desk.do(*MONTH[:4], "--freeze")
    return desk.root


@pytest.fixture
def desk(furnished: Path, tmp_path: Path) -> Desk:
    return Desk.copied(furnished, tmp_path)


def test_nothing_is_told_where_nothing_moved(desk: Desk) -> None:
    desk.do("household", "edit", "李桂兰", "--phone", "13900005555")
    assert "与现在的记录不符" not in desk.do(*MONTH).out


def test_a_households_edit_is_named(desk: Desk) -> None:
    desk.do("household", "edit", "李桂兰", "--category", "困难")
    commit = desk.git("rev-parse", "HEAD")[:10]
    out = desk.do(*MONTH).out
    assert "| 困难户走访 | 0 | 2 | HU-A0001 |" in out
    assert commit in out
    assert "没有改过" not in out
    public = desk.do(*MONTH[:-1]).out  # who has become poor is not told outside
    assert ("| 困难户走访 | 0 | 2 | （内部） |" in public, "HU-A0001" in public) == (True, False)


def test_a_persons_edit_is_named(desk: Desk) -> None:
    text = (desk.root / "people" / "RY-A0001.yaml").read_text(encoding="utf-8")
    moved = text.replace("单位: DW-A0001", "单位: DW-A0002")
    (desk.root / "people" / "RY-A0001.yaml").write_text(moved, encoding="utf-8")
    desk.do("commit")
    assert "| 单位走访 | 2 | 0 | RY-A0001 |" in desk.do(*MONTH).out


def test_a_visit_whose_share_only_moved_is_not_named(desk: Desk) -> None:
    desk.do("household", "add", "--head", "白有余", "--village", "松坪村", "--group", "二组")
    desk.do("visit", "edit", "ZF-2026-A0001", "--households", "=白有余")
    desk.do(*VISIT, "--day", "2026-03-04", "--households", "李桂兰")
    desk.do("visit", "edit", "ZF-2026-A0001", "--households", "=李桂兰", "--households", "=白有余")
    out = desk.do(*MONTH).out
    assert "| 到过户数 | 1 | 2 | ZF-2026-A0001 |" in out


def test_voiding_the_first_of_two_moves_a_share_and_names_the_voided_alone(desk: Desk) -> None:
    desk.do("household", "add", "--head", "白有余", "--village", "松坪村", "--group", "二组")
    desk.do(*VISIT, "--day", "2026-03-04", "--households", "白有余")
    desk.do("visit", "void", "ZF-2026-A0001", "--why", "没有去成")
    out = desk.do(*MONTH).out
    assert "| 到过户数 | 1 | 2 | ZF-2026-A0001、ZF-2026-A0003 |" in out


def test_a_group_that_newly_appears_is_told_of(desk: Desk) -> None:
    desk.do("village", "add", "--name", "石桥村", "--town", "云岭镇")
    desk.do("household", "add", "--head", "白有余", "--village", "石桥村")
    desk.do(*VISIT, "--day", "2026-03-04", "--households", "白有余")
    out = desk.do(*MONTH).out
    assert "| 到过次数（石桥村） | — | 1 | ZF-2026-A0003 |" in out
    assert "| 到过次数 | 2 | 3 | ZF-2026-A0003 |" in out
