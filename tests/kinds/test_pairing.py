from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.kinds.hamlet import columns, hamlet

PAIRING = """编号: JD-A0001
结对性质: 单位–村
甲方: DW-A0002
乙方: CUN-A0001
开始日期: 2026-01-10
共建计划:
  项目:
    - 事项: 修水沟
      立项: XM-A0001
      资金: 50000
      完成时限: 2026-06-01
    - 事项: 办一期培训
      资金: 3000
      完成时限: 2026-05-01
      完成日期: 2026-04-28
    - 事项: 送树苗
      完成时限: 2026-12-01
"""
PROJECT = """编号: XM-A0001
名称: 二组水沟硬化
类别: 公益项目
所属村: CUN-A0001
结对: JD-A0001
资金计划:
  - 年份: 2026
    金额: 42000
拨付:
  - 日期: 2026-04-20
    金额: 12000
  - 日期: 2026-05-20
    金额: 8000.5
"""
FAMILY = """编号: JD-A0001
结对性质: 干部–户
甲方: RY-A0002
乙方: HU-A0001
开始日期: 2026-01-10
"""


def test_an_item_that_became_a_project_is_counted_once(tmp_path: Path) -> None:
    files = {"pairings/JD-A0001.yaml": PAIRING, "projects/XM-A0001.yaml": PROJECT}
    with hamlet(tmp_path, files) as book:
        rows = columns(book, "pairing", "投入资金", "已付资金", "逾期项数", "结对单位", "结对村")
    assert [str(cell) for cell in rows[0]] == ["45000", "20000.5", "1", "青溪镇水利站", "东湾村"]


def test_without_plan_or_project_there_is_no_money_and_a_household_is_no_village(tmp_path: Path) -> None:
    with hamlet(tmp_path, {"pairings/JD-A0001.yaml": FAMILY}) as book:
        assert columns(book, "pairing", "投入资金", "已付资金", "结对单位", "结对村") == [(None, None, None, None)]


@pytest.mark.parametrize(
    ("lines", "today", "state"),
    [
        ("", "2026-01-09", "未开始"),
        ("", "2026-01-10", "结对中"),
        ("结束日期: 2026-03-31\n", "2026-03-31", "结对中"),
        ("结束日期: 2026-03-31\n", "2026-04-01", "已结束"),
        ("终止原因: 户主外迁\n", "2026-02-01", "已结束"),
    ],
)
def test_a_pairing_runs_from_its_first_day_through_its_last(tmp_path: Path, lines: str, today: str, state: str) -> None:
    with hamlet(tmp_path, {"pairings/JD-A0001.yaml": FAMILY + lines}, date.fromisoformat(today)) as book:
        assert columns(book, "pairing", "状态") == [(state,)]
