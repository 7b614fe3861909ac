"""Scores added up by hand: every item, the cap, the sign, the grade, the rank, and who is on which list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.reports.parish import Parish, scheme

from lianxin.core.day.period import parse_period
from lianxin.core.document import Document, Table
from lianxin.core.error import UsageError
from lianxin.policies.score import Scheme
from lianxin.reports.score.page import explained_page, score_page
from lianxin.reports.score.scored import Scored, scored
from lianxin.storage.book import LedgerBook

PIONEER = """
名称: 先锋指数
对象: {种类: 党员干部, 展开: 身份, 筛选: 身份.身份=联户党员}
项目:
  - {名称: 走访, 计数: {种类: 走访, 计: 不同, 字段: 走访户, 归属: 走访人}, 每: 4, 满分: 10}
  - {名称: 日记, 计数: {种类: 走访, 筛选: 走访体会!=, 归属: 走访人}, 起计: 2, 满分: 5}
  - {名称: 组织生活, 满分: 20}
  - {名称: 调解, 类别: 加分, 满分: 12}
  - {名称: 电话走访, 类别: 扣分, 计数: {种类: 走访, 筛选: 走访方式=电话, 归属: 走访人}, 每: 2, 满分: 3}
等次:
  - {等次: 优秀, 不低于: 30}
  - {等次: 合格, 不低于: 10}
  - {等次: 待提高, 不低于: 0}
一票否决:
  - {名称: 受处分}
评优前: 2
问责: 待提高
最少: 2
"""


@pytest.fixture
def parish(tmp_path: Path) -> Parish:
    """Four members with what the comments say."""
    found = Parish(tmp_path)
    wu, tan, mo, bai = found.members("吴冬生", "谭秋月", "莫远", "白描")
    homes = found.households(3)
    found.visit("2026-01-05", wu, homes[0], homes[1], 走访体会="她家的路要修")
    found.visit("2026-02-05", wu, homes[2], 走访体会="渠水到了田头")
    found.visit("2026-03-05", wu, homes[0], 走访方式="电话")
    found.visit("2026-03-06", wu, homes[0], 走访方式="电话")
    found.visit("2026-02-07", tan, homes[0], 走访体会="老人要人陪")
    found.visit("2025-12-31", tan, homes[1], homes[2])  # last year
    given = ({"项目": "组织生活", "得分": "18", "依据": "十二次到十次"},)
    mediated = ({"项目": "调解", "得分": "15", "佐证": "协议书三份", "手工": "是"},)
    found.grade(wu, "先锋指数", "2026H1", "2026-07-01", *given, *mediated)
    found.grade(tan, "先锋指数", "2026", "2026-12-01", {"项目": "组织生活", "得分": "20", "依据": "全到"})
    found.grade(mo, "先锋指数", "2026", "2026-12-01", {"项目": "组织生活", "得分": "9", "依据": "五次"})
    found.grade(mo, "别的办法", "2026", "2026-12-01", {"项目": "组织生活", "得分": "20", "依据": "不算在这里"})
    found.grade(bai, "先锋指数", "2025", "2026-01-08", {"项目": "组织生活", "得分": "20", "依据": "去年的"})
    return found


def made(book: LedgerBook, one: Scheme, period: str = "2026") -> Scored:
    return scored(book, one, parse_period(period, book.today))


def totals(book: LedgerBook, found: Scored) -> dict[str, tuple[Any, str, int | None]]:
    return {book.title(line.subject): (line.total, line.grade, line.rank) for line in found.lines}


def test_every_point_is_counted_capped_signed_and_explained(parish: Parish) -> None:
    with parish.book("2026-12-31") as book:
        wu = next(line for line in made(book, scheme(PIONEER)).lines if book.title(line.subject) == "吴冬生")
        points: list[tuple[str, Any, str]] = [(point.item.name, point.points, point.why) for point in wu.points]
        assert points == [
            ("走访", 10, "3 × 4 = 12，最多 10"),
            ("日记", 5, "2，够起计的 2，得 5"),
            ("组织生活", 18, "手工 18（KH-A0001，十二次到十次），得 18"),
            ("调解", 12, "手工 15（KH-A0001，协议书三份），最多 12"),
            ("电话走访", -3, "2 × 2 = 4，最多 -3"),
        ]
        assert wu.total == 10 + 5 + 18 + 12 - 3 == 42


def test_ranks_grades_and_lists(parish: Parish) -> None:
    with parish.book("2026-12-31") as book:
        found = made(book, scheme(PIONEER))
        # 谭: one household 4, one diary is not two, 组织生活 20. 莫: only what was given. 白: nothing this year
        assert totals(book, found) == {
            "吴冬生": (42, "优秀", 1),
            "谭秋月": (24, "合格", 2),
            "莫远": (9, "", None),
            "白描": (0, "", None),
        }
        assert [book.title(line.subject) for line in found.commended] == ["吴冬生", "谭秋月"]
        assert found.accountable == ()  # too little is known of 莫远 and 白描 to grade them
        lenient = made(book, scheme(PIONEER.replace("最少: 2", "最少: 1")))
        assert totals(book, lenient)["莫远"] == (9, "待提高", 3)
        assert [book.title(line.subject) for line in lenient.accountable] == ["莫远"]


def test_a_veto_bars_the_highest_grade_and_commendation(parish: Parish) -> None:
    punished = ({"项目": "受处分", "得分": "1", "依据": "党内警告", "手工": "是"},)
    parish.grade("RY-A0001", "先锋指数", "2026Q4", "2026-12-20", *punished)
    with parish.book("2026-12-31") as book:
        found = made(book, scheme(PIONEER))
        assert totals(book, found)["吴冬生"] == (42, "合格", 1)
        assert [book.title(line.subject) for line in found.commended] == ["谭秋月"]


def test_what_an_appraisal_decides_stands(parish: Parish) -> None:
    parish.grade("RY-A0002", "先锋指数", "2026", "2026-12-30", 等次="优秀", 评优="是", 理由="带富十二户")
    parish.grade("RY-A0001", "先锋指数", "2026", "2026-12-30", 问责="是", 理由="服务不及时")
    with parish.book("2026-12-31") as book:
        found = made(book, scheme(PIONEER))
        assert totals(book, found)["谭秋月"] == (24, "优秀", 2)
        assert [book.title(line.subject) for line in found.commended] == ["谭秋月"]
        assert [book.title(line.subject) for line in found.accountable] == ["吴冬生"]


def test_the_same_total_shares_a_rank_and_both_are_commended(parish: Parish) -> None:
    hand = scheme("名称: 先锋指数\n对象: {种类: 党员干部}\n项目:\n  - {名称: 组织生活, 满分: 18}\n评优前: 1\n最少: 1\n")
    with parish.book("2026-12-31") as book:
        found = made(book, hand)
        # 18 and 20 are both cut to 18
        assert totals(book, found) == {
            "吴冬生": (18, "", 1),
            "谭秋月": (18, "", 1),
            "莫远": (9, "", 3),
            "白描": (None, "", None),
        }
        assert len(found.commended) == 2


def test_rates_are_weighted_and_what_cannot_be_divided_takes_nothing_away(parish: Parish) -> None:
    seen = "计数: {种类: 走访, 筛选: %s, 归属: 走访人}, 分母: {种类: 走访, 筛选: %s, 归属: 走访人}"
    rates = scheme(
        "名称: 比率\n对象: {种类: 党员干部}\n项目:\n"
        f"  - {{名称: 入户率, {seen % ('走访方式=入户', '走访方式!=')}, 满分: 60}}\n"
        f"  - {{名称: 电话体会率, {seen % ('[走访方式=电话, 走访体会!=]', '走访方式=电话')}, 满分: 40}}\n"
    )
    with parish.book("2026-12-31") as book:
        found = made(book, rates)
        # 吴: 2 of 4 at home, 30; 0 of 2 by telephone, 0. 谭: 1 of 1, 60, and no telephone: 60 × 100 ÷ 60
        assert totals(book, found) == {
            "谭秋月": (100, "", 1),
            "吴冬生": (30, "", 2),
            "莫远": (None, "", None),
            "白描": (None, "", None),
        }
        table = tables(score_page(book, found))[0]
        cells = {row[1]: row[3:] for row in table.rows}
        assert cells["谭秋月"] == (60, "—", 100)
        assert cells["白描"] == ("—", "—", "—")
        assert any("折算" in note for note in table.notes)


def test_the_table_has_the_customary_columns(parish: Parish) -> None:
    with parish.book("2026-12-31") as book:
        table = tables(score_page(book, made(book, scheme(PIONEER))))[0]
        labels = [column.label for column in table.columns]
        assert labels == ["名次", "姓名", "支部", "周期", "基本项", "加分项", "扣分项", "总分", "等次"]
        assert table.rows[0] == (1, "吴冬生", "竹坪镇党委", "2026", 33, 12, -3, 42, "优秀")
        assert table.rows[2] == ("—", "莫远", "竹坪镇党委", "2026", 9, "—", 0, 9, "—")


def test_the_explanation_opens_to_the_records_counted(parish: Parish) -> None:
    with parish.book("2026-12-31") as book:
        found = made(book, scheme(PIONEER))
        points, *opened = tables(explained_page(book, found, "RY-A0001"))
        assert points.totals[2] == 42
        assert [(table.caption, table.totals[-1]) for table in opened] == [
            ("走访：数到的记录", 3),
            ("日记：数到的记录", 2),
            ("电话走访：数到的记录", 2),
        ]
        with pytest.raises(UsageError, match="不评"):
            explained_page(book, found, parish.village)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]
