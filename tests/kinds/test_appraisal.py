from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.kinds.hamlet import columns, faults, hamlet

from lianxin.kinds.appraisal import APPRAISAL

PLAIN = {"编号": "KH-A0001", "考核对象": "RY-A0002", "周期": "2025", "方案": "先锋指数"}
INDEX = """编号: KH-A0001
考核对象: RY-A0002
周期: "2025"
方案: 先锋指数
得分项:
  - 项目: 参加组织生活
    得分: 20
  - 项目: 带头调解
    得分: 12.5
    佐证: 调解登记本
    手工: 是
  - 项目: 迟报
    得分: -3
    依据: 周报迟两次
    手工: 是
"""


def test_points_are_added_up_by_hand_and_in_all(tmp_path: Path) -> None:
    with hamlet(tmp_path, {"appraisals/KH-A0001.yaml": INDEX}) as book:
        rows = columns(book, "appraisal", "总分", "手工分", "得分情况")
        assert book.title("KH-A0001") == "2025 先锋指数"
    assert [str(cell) for cell in rows[0]] == ["29.5", "9.5", "参加组织生活 20、带头调解 12.5、迟报 -3"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"评优": "是"}, [("F029", ("评优",))]),
        ({"问责": "是"}, [("F029", ("问责",))]),
        ({"评优": "否", "问责": "否"}, []),
        ({"评优": "是", "理由": "办得快"}, []),
        ({"评优": "是", "问责": "是", "理由": "两头都占"}, [("F030", ("问责",))]),
        ({"得分项": [{"项目": "调解", "得分": "5", "手工": "是"}]}, [("F029", ("得分项", 0))]),
        ({"得分项": [{"项目": "调解", "得分": "5", "手工": "否"}]}, []),
    ],
)
def test_reward_blame_and_points_by_hand_want_reasons(more: dict[str, Any], expected: list[Any]) -> None:
    assert faults(APPRAISAL, PLAIN | more) == expected
