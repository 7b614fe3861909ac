"""What the morning page says of the duties: just missed, behind, or soon due, a line a duty."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reports.parish import Parish, duty

from lianxin.core.declare.field import Privacy
from lianxin.core.document import Heading, Table
from lianxin.reports.duty.agenda import arrears_section, pressing_first
from lianxin.reports.duty.owing import owing

QUARTERLY = duty(
    "名称: 走访\n谁: {种类: 党员干部, 展开: 身份, 筛选: 身份.身份=联户党员}\n"
    "计数: {种类: 走访, 归属: 走访人}\n至少: 1\n每: 季度"
)


@pytest.fixture
def parish(tmp_path: Path) -> Parish:
    found = Parish(tmp_path)
    wu, _tan = found.members("吴冬生", "谭秋月")
    home = found.households(1)[0]
    found.visit("2026-01-20", wu, home)
    found.visit("2026-05-20", wu, home)
    return found


@pytest.mark.parametrize(
    ("today", "told"),
    [
        ("2026-02-10", []),  # there is time
        ("2026-03-16", []),  # sixteen days left: a sixth of the quarter is fifteen
        ("2026-03-17", [("快到期", "谭秋月", "差 1 次", "2026-03-31", "3月31日前 1 次")]),
        ("2026-04-10", [("已欠", "谭秋月", "差 1 次", "2026-03-31", "")]),
        ("2026-04-17", []),
        ("2026-06-30", [("快到期", "谭秋月", "差 1 次", "2026-06-30", "今天 1 次")]),
    ],
)
def test_a_quarter_is_due_in_its_last_days_and_owed_in_the_first_of_the_next(
    parish: Parish, today: str, told: list[tuple[str, ...]]
) -> None:
    with parish.book(today) as book:
        found = list(owing(book, QUARTERLY, None, book.today))
        assert [(one.status, one.who, one.gap, one.until, one.pace) for one in found] == told


def test_the_most_pressing_come_first_and_villagers_names_are_private(parish: Parish) -> None:
    for _ in range(4):
        parish.households(1)
    homes = duty("名称: 全覆盖\n谁: {种类: 联系户}\n计数: {种类: 走访, 归属: 走访户}\n至少: 1\n每: 年\n提前: 60")
    over = duty("名称: 不超\n计数: {种类: 走访}\n至多: 1\n每: 年")
    with parish.book("2026-12-20") as book:
        found = [one for each in (homes, over) for one in owing(book, each, None, book.today)]
        assert [one.duty for one in pressing_first(found)] == ["不超", "全覆盖"]
        heading, table = arrears_section(found)
        assert isinstance(heading, Heading)
        assert heading.text == "走访和职责欠账（2 项）"
        assert isinstance(table, Table)
        assert table.rows[1][2] == "户主0、户主0、户主0 等 4 户"
        assert next(column for column in table.columns if column.name == "who").privacy is Privacy.NAME


def test_nothing_owed_is_no_section() -> None:
    assert arrears_section([]) == []
