"""Lines of the desk's lists: made when they are looked at, and told so that each cell says what it is."""

from __future__ import annotations

from pathlib import Path

from tests.reports.parish import Parish

from lianxin.reports.desk.item import Item, Lines, part, window
from lianxin.reports.desk.records import records


def test_only_lines_that_are_looked_at_are_made() -> None:
    made: list[int] = []

    def make(n: int) -> Item:
        made.append(n)
        return Item(f"WT-{n}", "")

    whole = [part("已超期", Lines(range(2000), make)), part("今天到期", Lines(range(2000, 2800), make))]
    assert [one.many for one in whole] == [2000, 800]
    assert not made
    (first,) = window(whole, 0, 3)
    assert ([one.id for one in first.items], first.many, made) == (["WT-0", "WT-1", "WT-2"], 2000, [0, 1, 2])
    made.clear()
    late, today = window(whole, 1999, 2)
    assert (late.items[0].id, today.items[0].id, made) == ("WT-1999", "WT-2000", [1999, 2000])
    assert whole[1].items[-1].id == "WT-2799"


def test_an_amount_and_one_of_two_days_are_told_with_what_they_are(tmp_path: Path) -> None:
    parish = Parish(tmp_path)
    plan = [{"年份": "2026", "金额": "30000"}]
    parish.put("project", 名称="修渠", 类别="公益项目", 所属村=[parish.village], 申报日期="2026-01-05", 资金计划=plan)
    with parish.book("2026-03-06") as book:
        ((line,),) = (one.items for one in records(book, ["project"], 0, 9))
    assert line.told == ("公益项目", "上湾村", "计划资金 30 000", "已付资金 0")
