from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.kinds.hamlet import columns, faults, hamlet

from lianxin.kinds.project import PROJECT
from lianxin.rules.project.money import check

DITCH = """编号: XM-A0001
名称: 二组水沟硬化
类别: 公益项目
所属村: CUN-A0001
申报日期: 2025-11-03
工程量材料:
  - 名目: 水泥
    数量: 12.5
    单位: 吨
    已核实: 是
  - 名目: 砂石
    数量: 40
    单位: 方
资金计划:
  - 年份: 2025
    金额: 30000
  - 年份: 2026
    金额: 20000.50
拨付:
  - 日期: 2026-01-20
    金额: 30000
    凭证号: 拨一
  - 日期: 2026-03-02
    金额: -1200.5
    凭证号: 退一
"""
PLAIN = {"编号": "XM-A0001", "名称": "二组水沟硬化", "类别": "公益项目", "所属村": "CUN-A0001"}


def test_money_is_added_up_from_the_lines(tmp_path: Path) -> None:
    with hamlet(tmp_path, {"projects/XM-A0001.yaml": DITCH}) as book:
        rows = columns(book, "project", "计划资金", "已付资金", "余额", "未核实项数", "工程量", "凭证")
    assert rows == [(50000.5, 28799.5, 21201, 1, "水泥 12.5吨、砂石 40方", "拨一、退一")]


def test_cents_add_up_to_the_cent(tmp_path: Path) -> None:
    text = "".join(f"{label}: {value}\n" for label, value in PLAIN.items())
    text += "资金计划:\n  - 年份: 2026\n    金额: 0.30\n拨付:\n"
    text += "".join(f"  - 日期: 2026-03-0{n}\n    金额: 0.10\n" for n in (1, 2, 3))
    with hamlet(tmp_path, {"projects/XM-A0001.yaml": text}) as book:
        assert [str(cell) for cell in columns(book, "project", "已付资金", "余额")[0]] == ["0.3", "0"]
        assert list(check(book)) == []


def test_a_project_without_money_has_none_left(tmp_path: Path) -> None:
    text = "".join(f"{label}: {value}\n" for label, value in PLAIN.items())
    with hamlet(tmp_path, {"projects/XM-A0001.yaml": text}) as book:
        assert columns(book, "project", "计划资金", "已付资金", "余额", "凭证") == [(0, 0, 0, None)]


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ("", "未开工"),
        ("开工日期: 2026-02-01\n", "实施中"),
        ("开工日期: 2026-02-01\n完成时限: 2026-06-30\n", "实施中"),
        ("开工日期: 2026-02-01\n完成时限: 2026-06-29\n", "逾期未完"),
        ("开工日期: 2026-02-01\n完成时限: 2026-03-01\n验收日期: 2026-04-01\n", "已验收"),
        ("终止原因: 占地谈不下来\n", "已终止"),
    ],
)
def test_where_a_project_stands_follows_from_its_days(tmp_path: Path, lines: str, state: str) -> None:
    with hamlet(tmp_path, {"projects/XM-A0001.yaml": DITCH + lines}, date(2026, 6, 30)) as book:
        assert columns(book, "project", "状态") == [(state,)]


def test_days_follow_each_other_and_amounts_are_not_negative() -> None:
    values = PLAIN | {
        "申报日期": "2026-03-01",
        "验收日期": "2026-02-01",
        "受益户数": "-1",
        "资金计划": [{"年份": "2026", "金额": "-5"}],
        "工程量材料": [{"名目": "砂", "数量": "-2", "单位": "方"}],
    }
    assert faults(PROJECT, values) == [
        ("F020", ("验收日期",)),
        ("F027", ("受益户数",)),
        ("F027", ("工程量材料", 0, "数量")),
        ("F027", ("资金计划", 0, "金额")),
    ]
