from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.kinds.hamlet import columns, hamlet

VILLAGE = """编号: CUN-A0002
名称: 西岭村
乡镇: 青溪镇
历年集体收入:
  - 年份: 2025
    集体收入: 61000.5
  - 年份: 2024
    集体收入: 48000
历年等次:
  - 年份: 2024
    等次: 三类
  - 年份: 2025
    等次: 二类
"""
YOUNG = "编号: RY-A0003\n姓名: 尚青禾\n单位: DW-A0001\n出生年份: 1999\n入党日期: 2021-07-01\n"


def test_the_latest_year_counts_whatever_the_order(tmp_path: Path) -> None:
    with hamlet(tmp_path, {"villages/CUN-A0002.yaml": VILLAGE}) as book:
        rows = columns(book, "village", "最近等次", "定级年份", "集体收入", "集体收入增加")
    assert rows[0] == (None, None, None, None)
    assert [str(cell) for cell in rows[1]] == ["二类", "2025", "61000.5", "13000.5"]


def test_ages_follow_from_the_year_of_birth(tmp_path: Path) -> None:
    with hamlet(tmp_path, {"people/RY-A0003.yaml": YOUNG}, date(2026, 1, 1)) as book:
        assert columns(book, "person", "年龄", "入党年龄")[2] == (27, 22)
