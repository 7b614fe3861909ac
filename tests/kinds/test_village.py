from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.kinds.hamlet import columns, hamlet

from lianxin.core.day.period import parse_period
from lianxin.core.measure import Part

VILLAGE = """编号: CUN-A0002
名称: 西岭村
乡镇: 青溪镇
历年集体收入:
  - 年份: 2025
    集体收入: 61000.5
  - 年份: 2024
    集体收入: 48000
"""
#: Of 2025 twice: the one decided later counts.
APPRAISALS = {
    f"appraisals/KH-A000{n}.yaml": f"编号: KH-A000{n}\n考核对象: CUN-A0002\n周期: {period}\n方案: {scheme}\n"
    f"等次: {grade}\n评定日期: {decided}\n"
    for n, (period, scheme, grade, decided) in enumerate(
        (
            ("2025", "村级定级", "二类", "2026-01-20"),
            ("2024", "村级定级", "三类", "2025-01-08"),
            ("2025H1", "五个好定级", "四类", "2025-07-08"),
            ("2026", "先锋指数", "良好", "2026-02-08"),
        ),
        1,
    )
}
YOUNG = "编号: RY-A0003\n姓名: 尚青禾\n单位: DW-A0001\n出生年份: 1999\n入党日期: 2021-07-01\n"


def test_the_latest_year_counts_whatever_the_order(tmp_path: Path) -> None:
    with hamlet(tmp_path, {"villages/CUN-A0002.yaml": VILLAGE, **APPRAISALS}) as book:
        rows = columns(book, "village", "最近等次", "定级年份", "等次变化", "集体收入", "集体收入增加")
        part = {"种类": "村", "展开": "历年等次", "筛选": "历年等次.等次=二类,三类", "期间字段": "历年等次.年份"}
        one = Part.model_validate(part, by_alias=True, by_name=False)
        counts = [book.totals((one,), parse_period(year, book.today)) for year in ("2024", "2025", "2026")]
    assert rows[0] == (None, None, None, None, None)
    assert [str(cell) for cell in rows[1]] == ["二类", "2025", "升", "61000.5", "13000.5"]
    assert counts == [{"": 1}, {"": 1}, {}]


def test_ages_follow_from_the_year_of_birth(tmp_path: Path) -> None:
    with hamlet(tmp_path, {"people/RY-A0003.yaml": YOUNG}, date(2026, 1, 1)) as book:
        assert columns(book, "person", "年龄", "入党年龄")[2] == (27, 22)
