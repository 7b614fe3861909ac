"""A city like the one that joined every bureau to a village: random records whose totals are known beforehand.

Each total is split at random over bureaus, villages, days and kinds of record, and strewn with records that must not be
counted: last year's, ended ones, other sorts. Everything in it is invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

from tests.campaigns import city_people, city_work
from tests.campaigns.records import Books

#: What the year's table must print, unit by unit.
PRINTED: Mapping[str, str] = {
    "联村单位": "76",
    "联村村数": "76",
    "联村覆盖率": "100.00 %",
    "联村帮扶对子": "144",
    "联村领导到联系点": "38",
    "联村督查": "16",
    "联村健全制度": "11",
    "联村联席会议制度": "76",
    "联村民主生活会": "76",
    "联村党组织活动": "66",
    "联村承诺": "231",
    "联村承诺兑现": "182",
    "联村承诺兑现率": "78.79 %",  # 182 ÷ 231
    "联村入党积极分子": "450",
    "联村走访贫困户": "201",
    "联村慰问金": "40 200",
    "联村解决问题": "242",
    "联村代办服务": "127",
    "联村争取项目资金": "1 280 000",
    "联村引进项目": "10",
    "联村建设资金": "803 500",
    "联村农业贷款": "2 870 000",
    "联村发展规划": "37",
    "联村技术下乡": "32",
    "联村致富信息": "350",
    "联村转移就业": "1 560",
    "联村示范基地": "16",
    "联村合作组织": "11",
    "联村党组织满意率": "97.63 %",  # 4120 ÷ 4220
    "联村单位满意率": "98.55 %",  # 2720 ÷ 2760
}
#: More activists than a year before: 250 stayed, 58 left, 200 came.
MORE_ACTIVISTS = "+142"


def build(root: Path, seed: int = 1) -> Books:
    """The whole city, committed."""
    books = Books(root, "百局联百村", today="2026-12-20", name="云岭市委组织部", level="县")
    city = city_people.City(books, Random(seed))
    city_people.places(city)
    city_people.pairings(city)
    city_people.activists(city)
    city_work.visits(city)
    city_work.activities(city)
    city_work.promises(city)
    city_work.projects(city)
    city_work.issues(city)
    city_work.surveys(city)
    books.commit()
    return books
