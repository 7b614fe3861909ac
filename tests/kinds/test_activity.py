from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.kinds.hamlet import columns, faults, hamlet

from lianxin.kinds.activity import ACTIVITY, Sort

MEETING = """编号: HD-2026-A0001
名称: 二季度联席会
类别: 联席会议
日期: 2026-06-18
截止日期: 2026-06-20
主办单位:
  - DW-A0001
  - DW-A0002
所属村:
  - CUN-A0001
参加人:
  - RY-A0001
  - RY-A0002
参加人次: 23
学分: 1.5
议定事项:
  - 事项: 水沟放线
    责任人: RY-A0002
    完成时限: 2026-06-25
  - 事项: 备料
    完成时限: 2026-07-10
  - 事项: 张榜公布
    完成时限: 2026-06-22
    完成日期: 2026-06-21
成效:
  - 指标: 征求意见
    数量: 14
  - 指标: 实事
    数量: 1
    说明: 定下修沟
"""
PLAIN = {"编号": "HD-2026-A0001", "名称": "清沟", "类别": "义务清洁", "日期": "2026-06-18", "主办单位": ["DW-A0001"]}


def test_what_the_ledger_prints_is_computed(tmp_path: Path) -> None:
    with hamlet(tmp_path, {"activities/2026/HD-2026-A0001.yaml": MEETING}) as book:
        rows = columns(book, "activity", "天数", "未落实", "逾期未落实", "总学分", "议定情况", "成效情况")
    assert [str(cell) for cell in rows[0]] == [
        *("3", "2", "1", "34.5"),
        "水沟放线（彭大河）；备料；张榜公布",
        "征求意见 14、实事 1（定下修沟）",
    ]


def test_credits_are_counted_by_the_list_where_no_number_is_given(tmp_path: Path) -> None:
    text = MEETING.replace("参加人次: 23\n", "")
    with hamlet(tmp_path, {"activities/2026/HD-2026-A0001.yaml": text}) as book:
        assert [float(cell) for (cell,) in columns(book, "activity", "总学分")] == [3.0]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"截止日期": "2026-06-17"}, [("F020", ("截止日期",))]),
        ({"主办单位": []}, [("F010", ("主办单位",))]),
        ({"参加人次": "-1"}, [("F027", ("参加人次",))]),
        ({"参加人": ["RY-A0001", "RY-A0002"], "参加人次": "1"}, [("F028", ("参加人次",))]),
        ({"参加人": ["RY-A0001", "RY-A0001"], "参加人次": "1"}, []),
        ({"参加人次": "5", "党员人次": "6"}, [("F028", ("党员人次",))]),
        (
            {"议定事项": [{"事项": "备料", "完成日期": "2026-06-01"}]},
            [("F020", ("议定事项", 0, "完成日期"))],
        ),
    ],
)
def test_counts_and_days_must_agree(more: dict[str, Any], expected: list[Any]) -> None:
    assert faults(ACTIVITY, PLAIN | more) == expected


def test_every_sort_has_its_own_word() -> None:
    assert len({sort.value for sort in Sort}) == len(Sort)
