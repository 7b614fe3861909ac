"""基层组织建设年: a county of ten villages, graded, inspected, put right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.campaigns.records import CLERK, ORG, Books


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """The year, up to 20 December."""
    return _year(tmp_path_factory.mktemp("building") / "books")


#: Name, town, grade of last year, grade of this year.
_VILLAGES = (
    ("松坪村", "云岭镇", "一类", "示范"),  # up
    ("竹溪村", "云岭镇", "一类", "一类"),
    ("柳湾村", "云岭镇", "二类", "一类"),  # up
    ("槐坝村", "云岭镇", "二类", "二类"),
    ("桑洲村", "云岭镇", "三类", "二类"),  # up
    ("榆垭村", "石桥乡", "二类", "二类"),
    ("枫坡村", "石桥乡", "一类", "二类"),  # down
    ("桂塘村", "石桥乡", "三类", "三类"),
    ("梅岗村", "石桥乡", "四类", "三类"),  # up
    ("兰岭村", "石桥乡", "四类", "四类"),
)
_QUESTIONS = ("设置是否合理", "班子是否健全", "制度是否完善", "保障是否落实", "作用是否充分")


def _year(root: Path) -> Books:
    books = Books(root, "基层组织建设年", today="2026-12-20", name="云岭县委组织部", level="县")
    villages = [
        books.village(
            name,
            乡镇=town,
        )
        for name, town, _before, _now in _VILLAGES
    ]
    community = books.village("河街社区", 类型="社区")
    firms = [
        books.village(name, 乡镇="云岭镇", 类型="两新") for name in ("云岭米业", "石桥合作社", "河街商会", "新发砖厂")
    ]
    branches = _branches(books, villages[0], firms)
    _leaders(books, villages, community, firms)
    _judged(books, villages, branches)
    _graded(books, community, villages)
    _rectifications(books, villages)
    _trained(books)
    books.commit()
    return books


def _branches(books: Books, village: str, firms: list[str]) -> list[str]:
    """Three of four firms have a branch, one founded last year; one branch lacks an answer of the five."""
    answers = dict.fromkeys(_QUESTIONS, "是")
    founded = (("单独建", "2026-03-08"), ("挂靠建", "2026-05-20"), ("联合建", "2025-09-01"))
    found = []
    for firm, (how, day) in zip(firms, founded, strict=False):
        party = {"成立日期": day, "组建方式": how, "党员数": "5", **answers}
        found.append(books.org(f"{how}党支部", "村", 所在村=firm, 党组织情况=party))
    party = {"成立日期": "1998-07-01", "党员数": "31", **answers, "保障是否落实": "否"}
    found.append(books.org("松坪村党支部", "村", 所在村=village, 党组织情况=party))
    del answers["作用是否充分"]
    party = {"成立日期": "2001-07-01", "党员数": "22", **answers}
    found.append(books.org("机关党支部", "县", 党组织情况=party))
    return found


def _leaders(books: Books, villages: list[str], community: str, firms: list[str]) -> None:
    """Of two committee secretaries one has all three points, the other only a village that does not lag."""
    keen = books.person("方敏", ORG, "党委书记")
    slack = books.person("叶明", ORG, "党委书记")
    leader = books.person("毛远", ORG, "班子成员")
    books.person("卢青", ORG, "班子成员")  # pairs with nothing
    for who, point in ((keen, villages[9]), (keen, community), (keen, firms[0]), (slack, villages[0])):
        books.pair("领导–联系点", who, point, "2026-02-01")
    books.pair("领导–联系点", leader, villages[7], "2026-02-01")
    books.pair("领导–联系点", leader, villages[6], "2024-02-01", 结束日期="2026-06-30", 终止原因="分工调整")


def _judged(books: Books, villages: list[str], branches: list[str]) -> None:
    def judge(whom: str, scheme: str, day: str = "2026-11-20", period: str = "2026", **more: object) -> None:
        books.put("appraisal", 考核对象=whom, 周期=period, 方案=scheme, 评定日期=day, 评定人=ORG, **more)

    points = {"领导班子好": 18, "党员队伍好": 17, "工作机制好": 16, "工作业绩好": 15}
    items = [{"项目": name, "得分": str(given), "依据": "考核组评分", "手工": "是"} for name, given in points.items()]
    for village, (_name, _town, _before, now) in zip(villages[:8], _VILLAGES, strict=False):
        judge(village, "五个好定级", 得分项=items, 等次=now)  # 8 of 15 places graded, 4 of 5 branches
    for branch in branches[:4]:
        judge(branch, "五个好定级", 得分项=items)
    judge(villages[8], "五个好定级", "2025-11-20", "2025", 等次="四类")  # last year's
    # model sites: two in one town, one in the other, one of them a branch
    for whom in (villages[0], villages[2], villages[5], branches[0]):
        judge(whom, "党建示范点", 评优="是", 理由="标准化建设过硬")
    members = [books.person(name, ORG) for name in ("白洁", "宁安", "伍川")]
    for member in members:
        judge(member, "党员干部标兵", 评优="是", 理由="岗位上叫得响")
    judge(members[0], "党员干部标兵", "2026-07-01", "2026H1", 评优="是", 理由="又评一次也只算一名")
    posted = [books.person(name, ORG, {"身份": "新提拔干部", "自": "2026-01-10"}) for name in ("向阳", "安然")]
    judge(posted[0], "驻村帮扶考核", 等次="好")


def _graded(books: Books, community: str, villages: list[str]) -> None:
    """The grades of last year, and those of this year that were given by another scheme."""

    def grade(whom: str, year: str, given: str) -> None:
        books.put(
            "appraisal", 考核对象=whom, 周期=year, 方案="村级定级", 等次=given, 评定日期=f"{year}-12-01", 评定人=ORG
        )

    for n, (village, (_name, _town, before, now)) in enumerate(zip(villages, _VILLAGES, strict=True)):
        grade(village, "2025", before)
        if n >= 8:
            grade(village, "2026", now)
    grade(community, "2026", "一类")


def _rectifications(books: Books, villages: list[str]) -> None:
    """Nine: five struck off, one put right but not yet accepted, one overdue, one due next year, one void."""
    for n in range(5):
        _rectification(books, n, villages[n], "2026-06-30", "进展", "整改完成", "验收", "销号")
    _rectification(books, 5, villages[5], "2026-12-31", "进展", "整改完成")
    _rectification(books, 6, villages[6], "2026-09-30", "进展")
    _rectification(books, 7, villages[7], "2027-03-31")
    _rectification(books, 8, villages[8], "2026-06-30", "作废")


#: What each step says, beyond who and when.
_SAID: Mapping[str, Mapping[str, str]] = {
    "进展": {"进展情况": "已经开会定了人"},
    "整改完成": {"整改结果": "制度上墙，议事有记录"},
    "验收": {"是否通过": "是", "验收意见": "查看了记录"},
    "销号": {},
    "作废": {"理由": "登记重复"},
}


def _rectification(books: Books, n: int, about: str, limit: str, *steps: str) -> None:
    events = [
        {"编号": f"z{n}{m:06d}", "步骤": step, "时间": f"2026-0{m + 4}-10 10:00", "记录时间": f"2026-0{m + 4}-10 10:00"}
        | {"经办人": CLERK}
        | dict(_SAID[step])
        for m, step in enumerate(steps)
    ]
    books.put(
        "rectification",
        挂账日期="2026-03-20",
        来源="调研",
        整改对象=about,
        存在问题=f"第{n + 1}项：议事没有记录",
        整改措施="定议事日，专人记录",
        责任单位=ORG,
        整改时限=limit,
        事件=events,
    )


def _trained(books: Books) -> None:
    secretaries = [books.person(name, ORG, "村书记") for name in ("汤平", "阮松", "狄云", "易山")]
    books.activity("2026-03-15", "培训", ORG, 参加人=secretaries[:2], 参加人次="2", 学分="2")
    books.activity("2026-09-15", "培训", ORG, 参加人=[*secretaries[1:3], CLERK], 参加人次="3", 学分="1")
    for day in ("2026-05-05", "2026-10-10"):
        books.activity(day, "督查", ORG)
    books.activity("2026-10-20", "通报", ORG)


#: By hand, 2026.
FIGURES = {
    "建设年村数": "10 个",
    "建设年示范村": "1 个",
    "建设年一类村": "2 个",
    "建设年二类村": "4 个",
    "建设年三类村": "2 个",
    "建设年四类村": "1 个",
    "建设年二类以上村占比": "70.00 %",  # 7 of 10
    "建设年四类村占比": "10.00 %",
    "建设年晋级村": "4 个",
    "建设年示范点": "4 个",
    "建设年标兵": "3 名",
    "建设年两新单独建": "1 个",
    "建设年两新联合建": "0 个",  # founded last year
    "建设年两新挂靠建": "1 个",
    "建设年两新覆盖率": "75.00 %",  # 3 of 4
    "建设年领导联系点": "5 个",  # 兰岭村, the community, a firm, 松坪村, 桂塘村
    "建设年督查": "2 次",
    "建设年通报": "1 次",
    "建设年村书记轮训": "3 人",
    "建设年整改挂账": "8 件",  # nine, one of them void
    "建设年整改销号": "5 件",
    "建设年整改销号率": "62.50 %",  # 5 of 8
    "建设年整改逾期": "1 件",
}

#: By hand: how many are bound, how many have done it, how many have done nothing.
DUTIES = {
    "一二类以上的村占七成": (1, 1, 0),
    "四类村不超过百分之二": (1, 0, 0),
    "村分类定级": (15, 8, 7),  # ten villages, a community, four firms
    "支部分类定级": (5, 4, 1),
    "党组织调研五问": (5, 4, 1),
    "每个乡镇两到三个五个好示范点": (2, 1, 0),  # two in one town, one in the other
    "一百个党建示范点": (1, 0, 0),
    "一百名党员干部标兵": (1, 0, 0),
    "党委书记包一个后进村": (2, 1, 1),
    "党委书记包一个社区": (2, 1, 1),
    "党委书记包一个两新组织": (2, 1, 1),
    "党委书记三个联系点": (2, 1, 1),
    "其他领导包一个村": (2, 1, 1),
    "整改事项销号": (1, 0, 0),
    "新提拔干部驻村考核": (2, 1, 1),
    "村书记轮训": (4, 3, 1),
    "两新组织党组织全覆盖": (1, 0, 0),
}


def test_the_records_are_sound(books: Books) -> None:
    assert books.say("check").code == 0


def test_the_figures_are_those_counted_by_hand(books: Books) -> None:
    figures = books.figures("2026")
    assert {name: figures[name] for name in FIGURES} == FIGURES


def test_grades_belong_to_the_year_they_were_given_in(books: Books) -> None:
    figures = books.figures("2025")
    assert (figures["建设年一类村"], figures["建设年四类村"]) == ("3 个", "2 个")


def test_the_duties_stand_as_counted_by_hand(books: Books) -> None:
    duties = books.duties()
    assert {name: duties[name] for name in DUTIES} == DUTIES


def test_more_than_two_in_a_hundred_is_too_many(books: Books) -> None:
    assert books.duty("四类村不超过百分之二") == {"本单位": ("2", "10.00 %", "超出")}


def test_whoever_is_at_nothing_is_named(books: Books) -> None:
    trained = books.duty("村书记轮训")
    assert {name for name, (_asked, done, _status) in trained.items() if done == "0"} == {"易山"}
    assert books.duty("党委书记三个联系点")["叶明"][:2] == ("3", "0")


def test_what_is_due_by_now_must_be_struck_off(books: Books) -> None:
    # six fell due by 20 December, five of them are struck off; one falls due on the 31st, one next year
    assert books.duty("整改事项销号") == {"本单位": ("100", "83.33 %", "落后")}


def test_the_books_show_what_is_not_struck_off(books: Books) -> None:
    told = books.do("--internal", "ledger", "建设年挂账销号台账", "--where", "状态!=已销号", "-f", "csv").out
    assert [line.split(",")[2] for line in told.splitlines()[1:4]] == ["枫坡村", "榆垭村", "桂塘村"]


def test_the_year_report_tells_them(books: Books) -> None:
    told = books.report("annual", "建设年年报", "--period", "2026")
    for phrase in ("70.00%", "10.00%", "销号率62.50%", "轮训村书记3人", "党建示范点4个"):
        assert phrase in told
