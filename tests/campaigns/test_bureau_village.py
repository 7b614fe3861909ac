"""百局联百村: four bureaus and five villages over one year; the city itself is in ``test_city``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.campaigns.records import ORG, Books

PACK = "百局联百村"
_THEMES = ("组织生活联过", "党员队伍联建", "活动载体联创", "服务群众联做", "党建资源联享", "城乡发展联促")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """The year, up to 20 December."""
    return _year(tmp_path_factory.mktemp("bureaus") / "books")


def _year(root: Path) -> Books:
    books = Books(root, PACK, today="2026-12-20", name="云岭市委组织部", level="县")
    farm, water, school = (books.org(f"市{name}局", "县") for name in ("农业", "水利", "教育"))
    names = ("松坪村", "竹溪村", "柳湾村", "槐坝村", "桑洲村")
    pine, bamboo, willow, locust, mulberry = (books.village(name) for name in names)
    books.village("河街社区", 类型="社区")
    ours = books.pair("单位–村", ORG, pine, "2025-03-01")
    theirs = books.pair("单位–村", farm, bamboo, "2025-03-01")
    # the water bureau has two villages, the school bureau's pairing ended in summer, nobody is with 桑洲村
    books.pair("单位–村", water, willow, "2025-03-01")
    books.pair("单位–村", water, locust, "2026-04-01")
    books.pair("单位–村", school, mulberry, "2025-03-01", 结束日期="2026-06-30", 终止原因="机构合并")

    for n, theme in enumerate(_THEMES):
        books.activity(f"2026-0{n + 2}-10", "集体活动日", 主题=theme, 结对=ours)
    for n, theme in enumerate((*_THEMES[:4], _THEMES[0])):
        books.activity(f"2026-0{n + 2}-11", "组织生活会", farm, 主题=theme, 结对=theirs)
    books.activity("2025-05-11", "党课", farm, 主题=_THEMES[4], 结对=theirs)  # last year's
    _promises(books, {"承诺人": ORG, "结对": ours}, {"承诺人": farm, "结对": theirs})
    _visits(books, pine)
    _judged(books, farm, pine, bamboo)
    books.commit()
    return books


def _promises(books: Books, ours: Mapping[str, str], theirs: Mapping[str, str]) -> None:
    """Of ours three, two kept; of theirs two, one kept; due by now: three, two of them kept."""
    for n, (whose, due, kept) in enumerate(
        (
            (ours, "2026-06-30", "2026-06-15"),
            (ours, "2026-09-30", "2026-10-08"),  # late, but kept
            (ours, "2026-12-31", ""),
            (theirs, "2026-11-30", ""),
            (theirs, "", "2026-12-01"),
        )
    ):
        days = {label: day for label, day in (("完成时限", due), ("兑现日期", kept)) if day}
        told = {"对象说明": "全体村民", "承诺内容": f"第{n + 1}件", "承诺日期": "2026-03-01"}
        books.put("promise", **whose, **told, **days)


def _visits(books: Books, village: str) -> None:
    sorts = ("低保", "困难", "五保", "一般")
    homes = [books.household(f"农户{n + 1}", village, 户类别=sort) for n, sort in enumerate(sorts)]
    cadre, leader = books.person("石勇", ORG), books.person("方敏", ORG, "县领导")
    for day, home in (("2026-02-01", homes[0]), ("2026-02-02", homes[1]), ("2026-09-01", homes[1])):
        books.visit(day, cadre, home, 帮扶=[{"指标": "慰问金", "数量": "200"}])
    books.visit("2026-05-01", [leader, cadre], homes[3], 走访方式="下访")


def _judged(books: Books, farm: str, pine: str, bamboo: str) -> None:
    for whom, subject, counts in (
        (pine, "村级党组织", ("80", "15", "5")),
        (bamboo, "村级党组织", ("30", "18", "2")),
        (ORG, "联建单位", ("35", "4", "1")),
    ):
        valid = str(sum(map(int, counts)))
        answers = [{"选项": o, "份数": c} for o, c in zip(("满意", "基本满意", "不满意"), counts, strict=True)]
        form = {"发放份数": valid, "收回份数": valid, "有效份数": valid, "答卷": answers}
        books.put("survey", 测评对象=whom, 类别=subject, 日期="2026-07-20", **form)
    items = [{"项目": "组织领导", "得分": "9", "手工": "是", "依据": "查阅台账"}]
    for whom in (ORG, farm):
        books.put("appraisal", 考核对象=whom, 周期="2026", 方案=PACK + "考核", 评定日期="2026-12-10", 得分项=items)


#: By hand, 2026; what is not named here is nothing.
FIGURES = {
    "联村单位": "3 个",
    "联村村数": "4 个",
    "联村覆盖率": "80.00 %",  # 4 of 5, the community apart
    "联村领导到联系点": "1 人次",
    "联村党组织活动": "11 场次",  # 6 + 5
    "联村承诺": "5 项",
    "联村承诺兑现": "3 项",
    "联村承诺兑现率": "60.00 %",
    "联村走访贫困户": "2 户",  # one of them twice, the third not at all
    "联村慰问金": "600 元",
    "联村党组织满意率": "95.33 %",  # (80 + 15 + 30 + 18) of (100 + 50)
    "联村单位满意率": "97.50 %",  # (35 + 4) of 40
}


def test_the_figures_are_those_counted_by_hand(books: Books) -> None:
    figures = books.figures("2026")
    assert {name: figures[name] for name in FIGURES} == FIGURES
    others = [printed for name, printed in figures.items() if name.startswith("联村") and name not in FIGURES]
    assert {printed.split()[0] for printed in others} == {"0"}


def test_the_duties_stand_as_counted_by_hand(books: Books) -> None:
    duties = books.duties()
    assert duties["一个单位联一个村"] == (4, 2, 1)  # one has two villages, one has none
    assert duties["村村有单位联"] == (5, 4, 1)
    assert duties["六联共建"] == (4, 1, 2)
    assert duties["联村单位考核"] == (4, 2, 2)
    assert books.duty("一个单位联一个村")["市水利局"] == ("1", "2", "超出")
    assert books.duty("六联共建")["市农业局 / 竹溪村"][:2] == ("6", "4")


def test_promises_due_by_now_are_to_be_kept(books: Books) -> None:
    assert books.duty("联村承诺到期兑现")["本单位"][1] == "66.67 %"  # two of three


def test_the_year_report_tells_them(books: Books) -> None:
    told = books.report("annual", "联村年报", "--period", "2026")
    for phrase in ("3个单位", "4个行政村", "80.00%", "5项，已兑现3项", "97.50%"):
        assert phrase in told


def test_units_are_scored_from_the_records(books: Books) -> None:
    rows = books.do("--json", "score", "百局联百村考核", "--period", "2026").json["data"]["items"]
    totals = {row["subject_name"]: row["total"] for row in rows}
    # 9 by hand + 6 themes × 5 + 20 × 2/3 promises kept + 3 households × 2 + 20 × 39/40 satisfied
    assert totals["云岭市委组织部"] == 77.83
    # 9 by hand + 4 themes × 5 + promises, half of them kept, of 40 (nobody was asked) − 2 for one overdue
    assert totals["市农业局"] == 47


def test_the_campaign_has_limits_for_its_own_categories(tmp_path: Path) -> None:
    books = Books(tmp_path / "books", PACK, today="2026-03-10", level="镇")
    station, pine = books.org("镇农技站", 可承办="是"), books.village("松坪村")
    triage = {"问题性质": "个性", "公共个人": "个人", "合理性": "合理", "类别": "技术需求", "紧急程度": "一般"}
    accept = {"步骤": "受理", "时间": "2026-03-09 10:00", "受理层级": "镇", **triage, "答复": "请农技站来看"}
    issue = books.issue("2026-03-09", pine, accept)
    books.commit()
    books.do("issue", "assign", issue, "--dept", station, "--yes")
    # seven working days from Wednesday 11 March end on Thursday 19 March
    assert "2026-03-19" in books.do("show", issue).out
