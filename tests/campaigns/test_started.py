"""A ledger begun on 1 September: nothing is owed of the days before, and nothing has grown since then."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.campaigns.records import CLERK, Books

pytestmark = pytest.mark.slow  # it takes long

DUTIES = """
  - {名称: 每月走访, 计数: {种类: 走访}, 至少: 1, 每: 月}
  - {名称: 每季走访, 计数: {种类: 走访}, 至少: 9, 每: 季度}
  - {名称: 全年六十, 计数: {种类: 走访}, 至少: 60, 每: 年}
  - {名称: 全年一次, 计数: {种类: 走访}, 至少: 1, 每: 年}
  - {名称: 春天走访, 计数: {种类: 走访}, 至少: 1, 每: 时段, 时段: [{自: 2026-03-01, 至: 2026-03-31}]}
  - 名称: 一步一步
    计数: {种类: 走访}
    至少: 73
    每: 年
    里程碑: [{到: 2026-06-30, 至少: 30}, {到: 2026-09-30, 至少: 40}]
"""

FIGURES = """
  - {名称: 走访比上年, 单位: 次, 计数: {种类: 走访}, 比: 上年同期}
  - {名称: 走访比上期, 单位: 次, 计数: {种类: 走访}, 比: 上期}
"""


def _ledger(root: Path, started: str) -> Books:
    root.mkdir(exist_ok=True)
    books = Books(root / "台账", today="2026-10-31", started=started)
    home = books.household("李桂兰", books.village("松坪村"))
    for day in ("2025-10-08", "2026-08-30", "2026-09-01", "2026-10-09"):
        books.visit(day, CLERK, home)
    for name, text in (("duties", DUTIES), ("figures", FIGURES)):
        path = books.root / "policy" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    books.commit()
    return books


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return _ledger(tmp_path, "2026-09-01")


def test_cycles_before_it_began_are_not_asked_for(books: Books, tmp_path: Path) -> None:
    missed = books.do("--json", "--internal", "duties", "每月走访").out
    assert books.duty("每月走访") == {"本单位": ("1", "1", "已完成")}
    assert "8 月" not in missed
    assert books.do("duties", "春天走访").out.count("已欠") == 0
    assert "7 月" in _ledger(tmp_path / "别处", "2026-01-01").do("--json", "--internal", "duties", "每月走访").out


def test_the_cycle_it_began_in_asks_for_its_part(books: Books) -> None:
    asked = {name: books.duty(name)["本单位"][0] for name in ("全年六十", "全年一次")}
    assert asked == {"全年六十": "20", "全年一次": "1"}  # 60 × 122 ÷ 365
    assert books.duty("每季走访", "--period", "2026Q3")["本单位"][:2] == (
        "3",
        "1",
    )  # 9 × 30 ÷ 92; 30 August is not asked
    assert books.duty("每季走访")["本单位"][0] == "9"


def test_milestones_ask_for_their_part(books: Books) -> None:
    said = books.do("duties", "一步一步", "-f", "md").out
    for day in range(10, 13):
        books.visit(f"2026-09-{day}", CLERK, "HU-A0001")
    books.commit()
    enough = books.do("duties", "一步一步", "-f", "md").out
    assert "2026-06-30的节点" not in said
    assert "2026-09-30的节点没赶上" in said  # 40 × 30 ÷ 273 = 4 were wanted, 1 was there
    assert "没赶上" not in enough


def test_nothing_has_grown_since_before_it_began(books: Books) -> None:
    rows = {row["figure"]: row for row in books._rows("figures", "--period", "2026Q4")}
    assert rows["走访比上年"]["change"] == "—"
    assert rows["走访比上期"]["change"] == "—"  # the third quarter began before the ledger


def test_a_new_ledger_begins_today_or_on_the_day_told(tmp_path: Path, books: Books) -> None:
    assert "启用日期: 2026-09-01" in (books.root / "lianxin.yaml").read_text(encoding="utf-8")
    words = ("init", str(tmp_path / "x"), "--name", "办", "--org", "镇", "--clerk", "何小满")
    assert books.say(*words, "--started", "九月").code == 2
    assert books.say(*words).code == 0
    assert "启用日期: 2026-10-31" in (tmp_path / "x" / "lianxin.yaml").read_text(encoding="utf-8")
