"""互助共建: two pairs of branches, one that keeps the four ones and one that began in May and lags."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.campaigns.records import Books

PACK = "互助共建"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """The year, up to 20 December."""
    return _year(tmp_path_factory.mktemp("mutual") / "books")


def _year(root: Path) -> Books:
    books = Books(root, PACK, today="2026-12-20", name="云岭县委组织部", level="县")
    office, farm = (books.org(name, "县") for name in ("县发改局党支部", "县农业局党支部"))
    pine, bamboo = (books.org(name, "村") for name in ("松坪村党支部", "竹溪村党支部"))
    liaison = books.person("石勇", office, "联络员")
    keen = books.pair(
        *("支部–支部", office, pine, "2025-11-01"),
        联络员=liaison,
        共建计划={"目标": ["修好活动室", "办一期养殖培训"]},
    )
    late = books.pair("支部–支部", farm, bamboo, "2026-05-10")
    village = books.village("松坪村")
    other = books.pair("单位–村", office, village, "2025-11-01")

    # 集体活动日: the keen pair each month from January to November and twice in March; the late one in June and August
    for month in (1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11):
        books.activity(f"2026-{month:02d}-{10 + month}", "集体活动日", office, 结对=keen, 党员人次="20", 参加人次="25")
    for month in (6, 8):
        books.activity(f"2026-{month:02d}-05", "集体活动日", farm, 结对=late, 党员人次="11", 参加人次="11")
    # 联席会议: the keen pair in quarters 1, 2 and 3, the late one in quarter 3
    for day in ("2026-02-03", "2026-06-30", "2026-07-01"):
        books.activity(day, "联席会议", office, 结对=keen, 党员人次="6", 参加人次="8")
    books.activity("2026-09-09", "联席会议", farm, 结对=late, 党员人次="5", 参加人次="6")
    books.activity("2026-06-20", "党建互检", office, 结对=keen, 党员人次="4", 参加人次="4")
    books.activity("2026-04-02", "交叉学习", office, 结对=keen, 党员人次="2", 参加人次="2")
    # deeds: 3 and 1 at activities, 2 on a visit
    done = [{"指标": "实事", "数量": "3"}, {"指标": "咨询服务", "数量": "40"}, {"指标": "捐款", "数量": "3600"}]
    books.activity("2026-05-04", "其他", office, 结对=keen, 党员人次="18", 参加人次="30", 成效=done)
    done = [{"指标": "实事", "数量": "1"}, {"指标": "咨询服务", "数量": "25"}, {"指标": "捐款", "数量": "1250"}]
    books.activity("2026-10-12", "其他", farm, 结对=late, 党员人次="9", 参加人次="12", 成效=done)
    home = books.household("李桂兰", village)
    books.visit("2026-08-15", liaison, home, 帮扶=[{"指标": "实事", "数量": "2"}])
    # 党建互助: the keen pair twice in quarter 1 and once in quarter 4
    for day, times in (("2026-03-20", "2"), ("2026-11-20", "1")):
        helped = [{"指标": "党建互助", "数量": times}]
        books.activity(day, "其他", office, 结对=keen, 党员人次="3", 参加人次="3", 成效=helped)
    # of another kind of pairing, of no pairing, of last year: none of them counts
    books.activity("2026-04-11", "集体活动日", office, 结对=other, 党员人次="50", 参加人次="50")
    books.activity("2026-04-12", "集体活动日", office, 党员人次="50", 参加人次="50")
    books.activity("2025-12-12", "集体活动日", office, 结对=keen, 党员人次="50", 参加人次="50")
    books.commit()
    return books


#: By hand, 2026.
FIGURES = {
    "互助结对": "2 对",
    "互助共建单位": "4 个",
    "互助集体活动日": "14 次",  # 12 + 2; the 50 members of three others do not count below either
    "互助联席会议": "4 次",  # 3 + 1
    "互助交叉学习": "1 次",
    "互助党建互检": "1 次",
    "互助日常党建": "3 次",  # 2 + 1
    "互助参加党员": "324 人次",  # 12 × 20 + 2 × 11 + 3 × 6 + 5 + 4 + 2 + 18 + 9 + 2 × 3
    "互助办实事": "6 件次",  # 3 + 1 at activities, 2 on a visit
    "互助咨询服务": "65 人次",
    "互助捐款": "4 850 元",
}

KEEN, LATE = "县发改局党支部 / 松坪村党支部", "县农业局党支部 / 竹溪村党支部"


def test_the_figures_are_those_counted_by_hand(books: Books) -> None:
    figures = books.figures("2026")
    assert {name: figures[name] for name in FIGURES} == FIGURES


def test_the_year_before_is_apart(books: Books) -> None:
    figures = books.figures("2025")
    assert (figures["互助结对"], figures["互助集体活动日"], figures["互助参加党员"]) == ("1 对", "1 次", "50 人次")


def test_the_four_ones_stand_as_counted_by_hand(books: Books) -> None:
    duties = books.duties()
    assert {name: duties[name] for name in ("每月一次集体活动日", "每季一次联席会议")} == {
        "每月一次集体活动日": (2, 0, 2),  # December has none yet
        "每季一次联席会议": (2, 0, 2),  # nor has the fourth quarter
    }
    assert duties["党建互检"] == (2, 1, 1)
    assert duties["每年办一件实事"] == (2, 2, 0)
    # of four things the keen pair has done two, the late one only the deed
    assert books.duty("四个一") == {LATE: ("4", "1", "进行中"), KEEN: ("4", "2", "进行中")}


def test_months_missed_are_named(books: Books) -> None:
    told = books.do("duties", "每月一次集体活动日", "--internal", "-f", "csv").out
    assert "前 11 个月都做到了" in told
    assert "前 7 个月缺 5" in told  # May, July, September, October, November


def test_the_five_institutions_and_the_plan(books: Books) -> None:
    duties = books.duties()
    assert duties["交叉学习"] == (2, 1, 1)
    assert duties["日常党建互助"] == (2, 1, 1)
    assert duties["有联络员"] == (2, 1, 1)
    assert duties["有共建计划"] == (2, 1, 1)


def test_the_year_report_tells_them(books: Books) -> None:
    told = books.report("annual", "互助共建年报", "--period", "2026")
    for phrase in ("324人次", "6件次", "65人次", "4850元", "集体活动日14次"):
        assert phrase in told
    assert "互助共建工作汇报" in told


def test_mutual_checks_may_be_asked_for_each_half_year(tmp_path: Path) -> None:
    books = _year(tmp_path / "books")
    path = books.root / "campaigns" / PACK / "duties.yaml"
    text = path.read_text(encoding="utf-8")
    head, name, rest = text.partition("名称: 党建互检")
    path.write_text(head + name + rest.replace("每: 年", "每: 半年", 1), encoding="utf-8")
    # the keen pair checked in June: the first half is done, the second is not
    assert books.duty("党建互检") == {LATE: ("1", "0", "未开始"), KEEN: ("1", "0", "未开始")}


def test_pairs_are_scored_from_the_records(books: Books) -> None:
    rows = books.do("--json", "score", "互助共建评比", "--period", "2026").json["data"]["items"]
    # 12 × 3 + 3 × 5 + 10 + 3 × 6 + 4 + 3 × 2; 2 × 3 + 5 + 6
    assert {row["subject_name"]: (row["total"], row["grade"]) for row in rows} == {KEEN: (89, "好"), LATE: (17, "差")}
