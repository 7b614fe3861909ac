"""连心县推进: a county that asked everybody; 8 310 opinions become 319, all of them counted to the unit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.campaigns.records import CLERK, ORG, Books

from lianxin.kinds import KIND
from lianxin.storage.write.text.writing import record_text

pytestmark = pytest.mark.slow  # it takes long

PACK = "连心县推进"

ABOUT_ORGANISATIONS, ABOUT_MEMBERS, TOLD = 187, 132, 8310
KEPT = ABOUT_ORGANISATIONS + ABOUT_MEMBERS


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    books = Books(tmp_path_factory.mktemp("county") / "台账", PACK, today="2026-10-31", name="云岭县连心办", level="县")
    weak = books.repeat("village", 36, lambda n: {"名称": f"弱村{n}", "乡镇": "云岭镇", "村情类别": "经济薄弱"})
    plain = books.repeat("village", 103, lambda n: {"名称": f"平村{n}", "乡镇": "云岭镇"})
    _asked(books, weak[0])
    _told(books, weak[0])
    _contacted(books, weak, [*weak, *plain])
    _cared(books, weak[0])
    books.commit()
    return books


def _asked(books: Books, village: str) -> None:
    """83 meetings, at 50 of them 55 forms each; 300 rounds of 10 households, 43 homes where four were met."""
    for n in range(83):
        forms = [{"指标": "意见征求表", "数量": "55"}] if n < 50 else []
        books.activity(f"2026-05-{n % 28 + 1:02}", "座谈会", 名称=f"第 {n + 1} 场座谈会", 成效=forms)
    homes = books.repeat("household", 100, lambda n: {"户主": f"农户{n}", "所属村": village})
    for n in range(343):
        round_, more = [homes[(n * 10 + k) % 100] for k in range(10)], {}
        if n >= 300:
            round_, more = homes[n % 100 : n % 100 + 1], {"见到人次": "4"}
        day = date(2026, 3, 1) + timedelta(days=n // 5)
        books.visit(day.isoformat(), CLERK, round_, 所属村=village, **more)
    for way in ("电话", "微信", "接访", "座谈"):  # nobody came to the door
        books.visit("2026-05-08", CLERK, homes[:1], 所属村=village, 走访方式=way, 见到人次="9")


def _told(books: Books, village: str) -> None:
    """The first 319 are kept; every other one is merged into one of them."""
    intake = {
        "登记时间": "2026-06-30 09:00",
        "登记人": CLERK,
        "反映时间": "2026-06-20",
        "来源渠道": "意见征求表",
        "登记层级": "镇",
        "匿名": "是",
        "所属村": village,
        "事由": "意见@N",
        "原话": "第@N条意见",
        "涉及对象": "@A",
    }
    merge = {"编号": "m1", "步骤": "并案", "时间": "2026-07-01 09:00", "记录时间": "2026-07-01 09:00", "经办人": CLERK}
    form = {**intake, "编号": "WT-2026-A9999", "涉及对象": "党员", "事件": [{**merge, "并入": "WT-2026-A9998"}]}
    follower = record_text(KIND["issue"], form)
    kept = follower.partition("事件:\n")[0]

    def text(n: int, id_: str) -> str:
        about = "党组织" if n % KEPT < ABOUT_ORGANISATIONS else "党员"
        own = (kept if n < KEPT else follower).replace("涉及对象: 党员", f"涉及对象: {about}").replace("@N", str(n))
        return own.replace("WT-2026-A9999", id_).replace("WT-2026-A9998", f"WT-2026-A{n % KEPT + 1:04d}")

    books.copies("issue", TOLD, text, "2026")


def _contacted(books: Books, weak: list[str], villages: list[str]) -> None:
    """20 county leaders with a village, a household and a student each; 228 points of other leaders."""
    since = "2026-05-28"
    homes = books.repeat("household", 118, lambda n: {"户主": f"困难户{n}", "所属村": weak[n % 36], "户类别": "困难"})
    students = books.repeat("household", 123, lambda n: {"户主": f"学生家{n}", "所属村": weak[n % 36]})
    county = [books.person(f"县领导{n}", ORG, "县领导") for n in range(20)]
    others = [books.person(f"班子{n}", ORG, "班子成员") for n in range(228)]
    for n, leader in enumerate(county):
        if n < 19:  # the twentieth has no village yet
            books.pair("领导–联系点", leader, weak[n], since)
    for n, leader in enumerate(others):
        books.pair("领导–联系点", leader, villages[n % len(villages)], since)
    for n, home in enumerate(homes):
        books.pair("干部–户", county[n] if n < 20 else others[n], home, since)
    for n, home in enumerate(students):
        books.pair("领导–学生", county[n] if n < 20 else others[n], home, since)
    made = [("连心站", "18"), ("连心点", "155"), ("连心卡", "1100"), ("民情日记本", "500")]
    books.activity("2026-06-08", "动员会", 成效=[{"指标": name, "数量": count} for name, count in made])


def _cared(books: Books, village: str) -> None:
    old = [{"姓名": "某老", "标签": ["老党员"]}]
    homes = books.repeat("household", 60, lambda n: {"户主": f"老党员{n}", "所属村": village, "家庭成员": old})
    for n in range(89):  # two homes a time: 178
        books.visit(
            f"2026-07-0{n // 60 + 1}", CLERK, [homes[n % 60], homes[(n + 1) % 60]], 所属村=village, 走访方式="下访"
        )
    relief = [{"指标": "党内救助", "数量": "16"}, {"指标": "党内救助金", "数量": "32000"}]
    books.activity("2026-07-01", "节日慰问", 成效=relief)
    for n in range(100):
        man = books.person(f"窗口{n}")
        books.put("promise", 承诺人=man, 承诺内容=f"第 {n} 号窗口一次办好", 公开="是", 承诺日期="2026-06-10")


#: By hand, 2026.
FIGURES = {
    "征求意见座谈会": "83 场次",
    "发放意见征求表": "2 750 份",  # 50 × 55
    "入户征求意见": "3 350 人次",  # 300 × 10, 43 × 4, and 89 × 2 old members
    "意见建议": "8 310 条",
    "归并后意见建议": "319 条",
    "对党组织的意见": "187 条",
    "对党员的意见": "132 条",
    "县领导联系点": "19 个",
    "乡局级领导联系点": "228 个",
    "联系薄弱村": "36 个",  # the points of other leaders reach every one of them
    "联系贫困户": "118 户",
    "联系贫困学生": "123 名",  # 20 + 103
    "连心站": "18 个",
    "连心点": "155 个",
    "发放连心卡": "1 100 张",
    "发放民情日记本": "500 本",
    "慰问老党员": "178 人次",  # 89 × 2
    "党内救助": "16 人次",
    "党内救助金额": "32 000 元",
    "重点岗位承诺": "100 人",
}

#: By hand, on 31 October 2026: whom it binds, who has done it, who has done nothing.
DUTIES = {
    "县领导联系薄弱村": (20, 19, 1),
    "县领导联系贫困户": (20, 20, 0),
    "县领导联系贫困学生": (20, 20, 0),
    "县领导三个一": (20, 19, 0),
    "连心卡双方各持一张": (1, 1, 0),  # 1 100 cards; 19 + 228 + 118 + 123 pairs want 976
}


def test_the_ledger_is_sound(books: Books) -> None:
    assert "没有问题" in books.do("check").out


def test_figures_agree_to_the_unit(books: Books) -> None:
    printed = books.figures("2026")
    assert {name: printed[name] for name in FIGURES} == FIGURES


def test_duties_are_counted_from_the_records(books: Books) -> None:
    printed = books.duties()
    assert {name: printed[name] for name in DUTIES} == DUTIES


def test_the_yearly_report_prints_the_same_figures(books: Books) -> None:
    text = books.report("annual", "连心县推进年报", "--period", "2026")
    assert "意见建议8310条" in text
    assert "归并为319条：对党组织187条，对党员132条" in text
