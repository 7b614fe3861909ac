"""连心三送: a bureau's five cadres go down to one community from June to September; eighteen households await them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.campaigns.records import Books

PACK = "连心三送"
SUMMER = "2026-06-01..2026-09-30"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """The year, a fortnight after the campaign ended."""
    return _year(tmp_path_factory.mktemp("deliveries") / "books")


def _year(root: Path) -> Books:
    books = Books(root, PACK, today="2026-10-15", name="河街区发改局", level="县")
    team = {
        "resident": books.person("石勇", "DW-A0001", "驻队员", 职务="工作队员"),
        "captain": books.person("石敏", "DW-A0001", "驻队员", 职务="驻点工作队长"),
        "leader": books.person("方敏", "DW-A0001", "班子成员", 职务="副局长"),
        "member": books.person("毛远", "DW-A0001", "联户党员"),
        "idle": books.person("叶明", "DW-A0001", "联户党员"),
    }
    books.person("卢青", "DW-A0001", {"身份": "联户党员", "自": "2025-01-01", "至": "2026-05-31"})  # left before June
    homes = _homes(books, team)
    _visits(books, team, homes)
    _stays(books, team, homes)
    _activities(books, team)
    _issues(books)
    _projects(books)
    books.commit()
    return books


def _homes(books: Books, team: Mapping[str, str]) -> list[str]:
    """Key households: five with the resident, six with the captain, three with the leader, one with the member."""
    community = books.village("河街社区", 类型="社区")
    contacts: dict[int, list[str]] = {}
    for who, numbers in (("resident", range(5)), ("captain", range(6)), ("leader", range(6, 9)), ("member", (9, 10))):
        for n in numbers:
            contacts.setdefault(n, []).append(team[who])
    sorts = ["重点"] * 9 + ["困难"] + ["一般"] * 8  # the eleventh, the member's second, is an ordinary one
    return [
        books.household(f"住户{n + 1}", community, 户类别=sort, 联系人=contacts.get(n, []))
        for n, sort in enumerate(sorts)
    ]


def _visits(books: Books, team: Mapping[str, str], homes: list[str]) -> None:
    card = {"指标": "连心卡", "数量": "1"}
    first: dict[int, list[dict[str, str]]] = {
        0: [{"指标": "调研报告", "数量": "1"}, {"指标": "慰问金", "数量": "300"}],
        1: [{"指标": "政策宣讲", "数量": "12"}, {"指标": "代办服务", "数量": "2"}],
        2: [{"指标": "慰问金", "数量": "500"}],
    }
    for n in range(10):  # the resident at ten households, the captain with him at eight
        party = [team["resident"], team["captain"]] if n < 8 else team["resident"]
        if n == 0:
            party = [team["resident"]]
            books.visit("2026-06-03", team["captain"], homes[0])
        books.visit(
            f"2026-06-{n + 2:02d}", party, homes[n], 所见所闻=f"住户{n + 1}家里的情况", 帮扶=[card, *first.get(n, [])]
        )
    for n in range(10, 15):
        books.visit(f"2026-07-{n:02d}", team["leader"], homes[n], 帮扶=[card])
    for day, n in (("2026-08-01", 10), ("2026-08-02", 11), ("2026-08-20", 11)):
        books.visit(day, team["member"], homes[n])
    books.visit("2026-08-21", team["resident"], homes[17], 走访方式="电话")  # a call is no visit
    books.visit("2026-09-01", team["leader"], homes[12], 走访方式="接访")
    for day, n in (("2026-05-20", 15), ("2026-10-05", 16)):  # before and after
        books.visit(day, team["member"], homes[n], 所见所闻="不在活动期间")


def _stays(books: Books, team: Mapping[str, str], homes: list[str]) -> None:
    """The resident stays seven days, the captain five and two (one of them noted twice), the leader three."""
    for who, first, last in (
        ("resident", "2026-06-08", "2026-06-14"),
        ("captain", "2026-06-08", "2026-06-12"),
        ("captain", "2026-06-12", "2026-06-12"),
        ("captain", "2026-07-01", "2026-07-02"),
        ("leader", "2026-08-03", "2026-08-05"),
    ):
        books.visit(first, team[who], homes[0 if who != "leader" else 10], 截止日期=last, 走访方式="蹲点")


def _activities(books: Books, team: Mapping[str, str]) -> None:
    books.activity("2026-06-25", "座谈会", 成效=[{"指标": "政策宣讲", "数量": "8"}])
    study = [{"指标": "调研报告", "数量": "2"}]
    books.activity("2026-09-05", "调研", 参加人=[team["leader"], team["member"]], 成效=study)
    cleaners = [team[who] for who in ("resident", "captain", "member")]
    books.activity("2026-06-20", "义务清洁", 参加人=cleaners, 参加人次="30")
    books.activity("2026-09-10", "义务清洁", 参加人=[team["resident"]], 参加人次="12")


def _issues(books: Books) -> None:
    """Six in the summer, four of them finished; one void; one of spring."""

    def raise_(day: str, channel: str, category: str, *steps: dict[str, str]) -> None:
        triage = {"问题性质": "个性", "公共个人": "个人", "合理性": "合理", "类别": category, "紧急程度": "一般"}
        taken = [{**(triage if step["步骤"] != "作废" else {}), **step, "时间": f"{day} 10:00"} for step in steps]
        books.issue(day, "CUN-A0001", *taken, 来源渠道=channel, 事由=f"{day} 的事")

    done = {"步骤": "快办快结", "处理情况": "当天办好", "报备": "是"}
    known: dict[str, str] = {"步骤": "受理", "受理层级": "镇", "答复": "已经记下"}
    told = {"步骤": "解释疏导", "合理性": "已有定论", "理由": "区里已有答复", "解释人": "RY-A0001"}
    raise_("2026-06-05", "群信通", "环境卫生", done)
    raise_("2026-06-06", "群信通", "环境卫生", known)
    raise_("2026-07-07", "入户走访", "矛盾纠纷", done)
    raise_("2026-07-08", "入户走访", "矛盾纠纷", known)
    raise_("2026-08-09", "电话", "社会保障", done)
    raise_("2026-08-10", "接访", "土地山林", told)
    raise_("2026-08-11", "群信通", "环境卫生", {"步骤": "作废", "理由": "重复登记"})
    raise_("2026-04-01", "群信通", "环境卫生", done)


def _projects(books: Books) -> None:
    def apply(name: str, sort: str, amount: str, *checked: str) -> None:
        bill: list[dict[str, Any]] = [
            {"名目": f"材料{n + 1}", "数量": "10", "单位": "方", "已核实": answer} for n, answer in enumerate(checked)
        ]
        plan = [{"年份": "2026", "金额": amount}]
        more = {"工程量材料": bill} if bill else {}
        books.put("project", 名称=name, 类别=sort, 所属村="CUN-A0001", 申报日期="2026-07-20", 资金计划=plan, **more)

    apply("楼道扶手", "公益项目", "24000", "是", "是")
    apply("健身点", "公益项目", "8000", "是", "否")
    apply("下水管网", "基础设施", "60000")


#: By hand, June to September.
FIGURES = {
    "三送走访户数": "15 户",
    "三送走访覆盖率": "83.33 %",  # 15 of 18
    "三送走访人次": "31 人次",  # 10 + 8 + 5 + 3 visits and five stays; a call and a reception are none
    "三送蹲点天数": "12 天",  # 8–14 June, 1–2 July, 3–5 August
    "三送民情日记": "10 篇",
    "三送连心卡": "15 张",
    "三送政策宣讲": "20 人次",  # 12 on a visit, 8 at a meeting
    "三送调研报告": "3 篇",
    "三送接访": "1 次",
    "三送群信通": "2 件",
    "三送受理诉求": "6 件",
    "三送办结诉求": "4 件",
    "三送诉求办结率": "66.67 %",
    "三送调处矛盾": "1 件",
    "三送公益项目": "2 个",
    "三送公益项目资金": "32 000 元",
    "三送慰问金": "800 元",
    "三送代办服务": "2 件",
    "三送义务清洁": "2 次",
    "三送义务清洁人次": "42 人次",
}

#: By hand: how many are bound, how many have done it, how many have done nothing.
DUTIES = {
    "走访户数": (5, 2, 1),
    "蹲点一周": (5, 2, 2),
    "服务户走遍": (18, 15, 3),
    "连心卡到户": (18, 15, 3),
    "一篇调研报告": (5, 3, 2),
    "联系重点户": (5, 2, 1),
    "参加义务清洁": (5, 3, 2),
    "五本台账": (1, 1, 0),
    "公益项目量料核实": (1, 0, 0),  # one of two
}


def test_the_figures_are_those_counted_by_hand(books: Books) -> None:
    figures = books.figures(SUMMER)
    assert {name: figures[name] for name in FIGURES} == FIGURES


def test_the_duties_stand_as_counted_by_hand(books: Books) -> None:
    duties = books.duties()
    assert {name: duties[name] for name in DUTIES} == DUTIES


def test_residents_owe_ten_households_and_others_five(books: Books) -> None:
    assert books.duty("走访户数") == {
        "石勇": ("10", "10", "已完成"),
        "石敏": ("10", "8", "已欠"),
        "方敏": ("5", "5", "已完成"),
        "毛远": ("5", "2", "已欠"),
        "叶明": ("5", "0", "已欠"),
    }


def test_days_of_a_stay_are_counted_once(books: Books) -> None:
    days = {who: done for who, (_asked, done, _status) in books.duty("蹲点一周").items()}
    assert days == {"石勇": "7", "石敏": "7", "方敏": "3", "毛远": "0", "叶明": "0"}


def test_key_households_go_by_rank(books: Books) -> None:
    assert {who: row[:2] for who, row in books.duty("联系重点户").items()} == {
        "石勇": ("5", "5"),
        "石敏": ("10", "6"),
        "方敏": ("3", "3"),
        "毛远": ("2", "1"),
        "叶明": ("2", "0"),
    }


def test_no_household_is_left_out_unseen(books: Books) -> None:
    seen = books.duty("服务户走遍")
    assert {home for home, (_asked, done, _status) in seen.items() if done == "0"} == {"住户16", "住户17", "住户18"}


@pytest.mark.parametrize(
    ("name", "lines"),
    [("民情台账", 10), ("诉求办理台账", 6), ("公益项目台账", 2), ("矛盾调处台账", 2), ("帮扶台账", 15)],
)
def test_five_books_are_kept(books: Books, name: str, lines: int) -> None:
    assert len(books.do("--json", "ledger", name, "--period", SUMMER).json["data"]["items"]) == lines


def test_the_summary_covers_the_campaign_s_own_days(books: Books) -> None:
    told = books.report("annual", "三送总结")
    for phrase in ("走访联系户15户", "83.33%", "办结率66.67%", "32000元", "走访31人次"):
        assert phrase in told


def test_cadres_are_scored_over_the_summer(books: Books) -> None:
    rows = books.do("--json", "--internal", "score", "三送考评", "--period", SUMMER).json["data"]["items"]
    # households × 4 (40 at most) + days × 3 (21) + diaries × 2 (20) + 10 for a study + 9 for a clean-up
    assert {row["subject_name"]: row["total"] for row in rows} == {
        "石勇": 40 + 21 + 20 + 10 + 9,
        "石敏": 8 * 4 + 21 + 7 * 2 + 9,
        "方敏": 5 * 4 + 3 * 3 + 10,
        "毛远": 2 * 4 + 10 + 9,
        "叶明": 0,
    }
