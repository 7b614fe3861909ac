"""What the source documents ask for beyond the plain counts, in small ledgers reckoned by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.campaigns.records import CLERK, ORG, Books

pytestmark = pytest.mark.slow  # it takes long

Ledger = Callable[..., Books]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger of one pack, on the last day of 2026 unless another is given."""

    def made(pack: str, today: str = "2026-12-31", **more: str) -> Books:
        return Books(tmp_path / pack, pack, today=today, **more)

    return made


def test_groups_and_task_forces_have_their_posts(ledger: Ledger) -> None:
    books = ledger("城乡互联共建", "2009-12-31", level="县")
    unit, other = books.org("测绘局", "县"), books.org("气象局", "县")
    village = books.village("松坪村")
    branch = books.org("松坪村党支部", "村", 所在村=village)
    books.pair("单位–村", unit, village, "2009-04-01")
    books.pair("单位–村", other, village, "2009-04-01")
    seat = {"身份": "领导小组成员", "组织": "共建领导小组", "自": "2009-03-30"}
    books.person("高望", unit, {**seat, "组内职务": "组长"})
    books.person("林可", unit, {**seat, "组内职务": "成员"}, {"身份": "专班成员", "自": "2009-03-30"})
    books.person("沈一舟", unit, {**seat, "组内职务": "副组长", "至": "2009-06-30"})  # left in June
    books.person("石敏", branch, {"身份": "后备干部", "自": "2009-09-01"})
    books.person("唐川", unit, {"身份": "后备干部", "自": "2009-09-01"})  # not the village's
    made = [{"指标": "党员示范户", "数量": "3"}, {"指标": "农家书屋", "数量": "1"}, {"指标": "示范标兵", "数量": "2"}]
    books.activity("2009-10-01", "其他", unit, 成效=made)
    books.activity("2009-11-20", "民主生活会", branch, 参加单位=[unit])
    books.activity("2009-11-25", "民主生活会", other)  # its own is not the village's
    books.commit()
    printed = books.figures("2009")
    assert {name: printed[name] for name in ("共建领导小组成员", "共建专班成员", "村级后备干部")} == {
        "共建领导小组成员": "2 人",
        "共建专班成员": "1 人",
        "村级后备干部": "1 名",
    }
    assert (printed["党员示范户"], printed["建农家书屋"], printed["双建双带标兵"]) == ("3 户", "1 个", "2 名")
    duties = books.duties()
    assert duties["成立领导小组"] == (1, 1, 0)
    assert duties["成立工作专班"] == (2, 1, 1)
    assert duties["培养后备干部"] == (1, 1, 0)
    assert books.duty("参加村里的民主生活会")["气象局"][1:] == ("0", "未开始")
    assert books.duty("参加村里的民主生活会")["测绘局"][1:] == ("1", "已完成")
    told = books.do("--internal", "ledger", "领导小组名单", "-f", "csv").out
    assert [line.split(",")[2] for line in told.splitlines()[1:4]] == ["组长", "副组长", "成员"]


def test_the_first_visit_is_led_and_the_young_are_told_by_birthday(ledger: Ledger) -> None:
    books = ledger("城乡互联共建", "2009-12-31", level="县")
    village = books.village("松坪村")
    branch = books.org("松坪村党支部", "村", 所在村=village)
    books.pair("单位–村", ORG, village, "2009-04-01")
    books.activity("2009-04-02", "集中走访", 参加人=[CLERK])  # nobody led it
    books.activity("2009-04-09", "座谈会")
    books.person("罗小满", branch, 入党日期="2009-07-01", 出生日期="1973-07-02")  # 35 on that day, 36 on the next
    books.person("罗大有", branch, 入党日期="2009-07-01", 出生日期="1973-07-01", 出生年份="1980")  # 36
    books.commit()
    duties = books.duties()
    assert duties["领导首次进村"] == (1, 0, 1)
    assert duties["村情交流"] == (1, 1, 0)
    assert books.figures("2009")["年轻党员"] == "1 名"


def test_veterans_get_their_subsidy_every_quarter(ledger: Ledger) -> None:
    books = ledger("党群连心工程")
    veterans = [books.person(name, ORG, "建国前老党员") for name in ("冉大爷", "冉大妈")]
    for month in (2, 5, 8, 11):
        paid = [{"指标": "生活补贴", "数量": "600"}]
        books.activity(f"2026-{month:02}-10", "发放补贴", 参加人=veterans[: 1 if month == 11 else 2], 成效=paid)
    books.commit()
    printed = books.figures("2026")
    assert (printed["建国前老党员人数"], printed["老党员生活补贴"]) == ("2 人", "2 400 元")
    assert books.duties()["建国前老党员生活补贴"] == (2, 1, 1)  # one was left out in November


@pytest.mark.parametrize(
    ("today", "asked"),
    [("2026-02-10", "2026 年春节"), ("2026-01-05", "2026 年元旦"), ("2027-01-30", "2027 年春节")],
)
def test_the_two_festivals_lie_where_the_moon_says(ledger: Ledger, today: str, asked: str) -> None:
    """Spring Festival: 17 February 2026, 6 February 2027; its window opens 16 days before."""
    books = ledger("党群连心工程", today)
    member = [{"姓名": "某老", "标签": ["困难党员"]}]
    books.household("丁有田", books.village("松坪村"), 家庭成员=member)
    books.commit()
    assert asked in books.do("duties", "两节走访困难党员").out


def test_any_sort_of_party_organisation_counts_as_what_it_is(ledger: Ledger) -> None:
    books = ledger("党群连心工程", name="云岭镇人民政府")
    for name in ("云岭镇党委", "水利局党组", "机关党总支", "松坪村党支部", "第一党小组", "农技站"):
        books.org(name)
    books.org("两河商会联合支部")
    books.org("茶叶协会联合体", 党组织情况={"类型": "党支部"})
    books.commit()
    listed = books.do("org", "list", "党组织种类=党支部,党总支", "-f", "csv").out
    assert listed.count("DW-") == 4
    assert books.duties()["支部恳谈会"] == (4, 0, 4)


def test_delegates_propose_and_liaison_people_are_chosen(ledger: Ledger) -> None:
    books = ledger("一带三结对", level="县")
    keen, slack = (books.person(n, ORG, {"身份": "党代表", "级别": "县"}) for n in ("向远", "韦青"))
    books.activity("2026-05-01", "调研", 参加人=[keen], 成效=[{"指标": "提案提议", "数量": "2"}])
    books.activity("2026-06-01", "调研", 参加人=[slack], 成效=[{"指标": "特色基地", "数量": "300"}])
    for n, way in enumerate(("组织推荐", "群众推荐", "群众推荐", "自荐")):
        books.person(f"联络员{n}", ORG, {"身份": "联络员", "自": "2026-01-01", "产生方式": way})
    for name, sort, homes in (("茶叶协会", "协会", "400"), ("油茶协会", "协会", "250"), ("合作社", "合作社", "80")):
        books.org(name, "村", 经济组织={"种类": sort, "带动户数": homes})
    books.person("鲁平", ORG, {"身份": "驻村第一书记", "自": "2026-01-01"})  # a bulletin is not made of nothing
    books.commit()
    printed = books.figures("2026")
    names = ("组织推荐的联络员", "群众推荐的联络员", "自荐的联络员", "代表提案提议", "新建特色基地", "协会覆盖农户")
    assert [printed[name] for name in names] == ["1 人", "2 人", "1 人", "2 件", "300 亩", "650 户"]
    assert books.duty("党代表提案提议") == {"向远": ("1", "2", "已完成"), "韦青": ("1", "0", "未开始")}
    assert books.duties()["党代表专题调研"] == (2, 2, 0)
    last = books.do("report", "bulletin", "--name", "连心简报", "--period", "2026", "-f", "md").out
    assert "共印30份" in last


def test_units_help_homes_and_students_and_projects_reach_several_villages(ledger: Ledger) -> None:
    books = ledger("连心县推进", level="县")
    villages = [books.village(f"第{n}村", 户数="100") for n in range(3)]
    homes = [
        books.household(f"农户{n}", villages[n % 3], **({"致富项目": "养蜂"} if n < 17 else {})) for n in range(20)
    ]
    for n in range(3):
        unit = books.org(f"第{n}局党委", "县")
        books.pair("单位–户", unit, homes[n], "2026-03-01")
        if n < 2:
            books.pair("单位–学生", unit, homes[n + 5], "2026-03-01")
    books.org("茶叶合作社", "村", 经济组织={"种类": "合作社", "参与党员数": "12", "带动户数": "90"})
    first = {"名称": "人畜饮水一期", "类别": "基础设施", "申报日期": "2026-04-01", "村组数": "14"}
    books.put("project", **first, 所属村=villages[:2])
    books.put("project", **{**first, "名称": "饮水二期", "村组数": "10"}, 所属村=villages[1:])
    seat = {"身份": "领导小组成员", "组织": "连心领导小组"}
    books.person("方敏", ORG, {**seat, "组内职务": "组长"})
    books.person("叶明", ORG, {**seat, "组内职务": "办公室主任"})
    books.commit()
    assert "没有问题" in books.do("check").out
    printed = books.figures("2026")
    assert (printed["包保的单位"], printed["单位包保户"], printed["单位包保学生"]) == ("3 个", "3 户", "2 名")
    assert (printed["有致富项目的户"], printed["有致富项目的户占比"]) == ("17 户", "85.00 %")
    assert (printed["经济组织带动户"], printed["经济组织带动户占比"]) == ("90 户", "30.00 %")
    assert (printed["饮水项目涉及的村"], printed["饮水项目涉及的屯"]) == ("3 个", "24 个")
    assert books.duties()["县里成立领导小组"] == (1, 1, 0)
    assert "第0村、第1村" in books.do("project", "list", "-f", "csv").out


def test_causes_and_remedies_are_considered(ledger: Ledger) -> None:
    books = ledger("连心工作机制")
    village = books.village("松坪村")
    triage = {"问题性质": "共性", "公共个人": "公共", "合理性": "合理", "类别": "道路交通", "紧急程度": "一般"}
    judged = {"成因研判": "雨季冲刷", "办法研判": "先清沟再硬化"}
    for day, said in (("2026-12-01", judged), ("2026-12-02", {"成因研判": "年久失修"}), ("2026-12-03", {})):
        step = {"步骤": "受理", "时间": f"{day} 09:30", "受理层级": "镇", **triage, **said}
        books.issue(day, village, step)
    books.commit()
    assert books.figures("2026")["成因办法研判率"] == "33.33 %"  # 1 of 3
    assert books.duty("剖析成因商定办法") == {"本单位": ("100", "33.33 %", "落后")}
    listed = books.do("--internal", "issue", "list", "成因研判~雨季", "-f", "csv").out
    assert listed.count("WT-") == 1


def test_a_matter_is_settled_in_six_steps(ledger: Ledger) -> None:
    books = ledger("基层组织建设年", level="县")
    pine, bridge = books.village("松坪村"), books.village("石桥村")
    steps = ("支委会提议", "两委商议", "党员大会审议", "村民代表会议决议", "决议公开", "结果公开")
    for village, name, taken in ((pine, "修村道", 6), (pine, "卖林木", 6), (bridge, "建水塔", 4)):
        chain = [{"步骤": step, "日期": f"2026-0{n + 3}-01"} for n, step in enumerate(steps[:taken])]
        books.activity("2026-03-01", "四议两公开", 名称=name, 所属村=[village], 议事步骤=chain)
    books.commit()
    printed = books.figures("2026")
    assert (printed["建设年四议两公开"], printed["建设年四议两公开走完"]) == ("3 件", "2 件")
    stands = books.duty("四议两公开走完")
    assert stands["松坪村"][1:] == ("100.00 %", "已完成")
    assert stands["石桥村"][1:] == ("0.00 %", "落后")
    assert books.do("ledger", "四议两公开台账", "-f", "csv").out.count("决议公开") >= 3


def test_communities_rise_by_stars_and_branches_are_graded_by_score(ledger: Ledger) -> None:
    books = ledger("基层组织建设年", level="县")
    river, hill = (books.village(name, 类型="社区") for name in ("河街社区", "山前社区"))
    branch = books.org("松坪村党支部", "村", 所在村=books.village("松坪村"))

    def judge(whom: str, scheme: str, period: str, **more: object) -> None:
        day = f"{period}-11-20"
        books.put("appraisal", 考核对象=whom, 周期=period, 方案=scheme, 评定日期=day, 评定人=ORG, **more)

    for whom, before, now in ((river, "三星", "四星"), (hill, "五星", "四星")):
        judge(whom, "社区评星", "2025", 等次=before)
        judge(whom, "社区评星", "2026", 等次=now)
    goods = ("领导班子好", "党员队伍好", "工作机制好", "工作业绩好", "群众反映好")
    items = [{"项目": name, "得分": "18", "依据": "考核组评分", "手工": "是"} for name in goods]
    judge(branch, "支部五个好定级", "2026", 得分项=items)
    books.commit()
    printed = books.figures("2026")
    assert (printed["建设年四星社区"], printed["建设年五星社区"], printed["建设年晋级社区"]) == ("2 个", "0 个", "1 个")
    assert books.duties()["社区评星定级"] == (2, 2, 0)
    score = books.do("score", "支部五个好定级", "--period", "2026", "-f", "md").out
    assert "先进" in score  # 90 of 100


def test_secretaries_tell_villagers_judge_and_everybody_has_his_credits(ledger: Ledger) -> None:
    books = ledger("基层组织建设年", name="云岭县政府", level="县")
    committee = books.org("云岭县委员会党委", "县")
    branch = books.org("松坪村党支部", "村", 所在村=books.village("松坪村"))
    teller, silent = books.person("汤平", branch, "村书记"), books.person("阮松", branch, "党支部书记")
    leaders = [books.person(name, ORG, "班子成员") for name in ("方敏", "叶明")]
    books.activity("2026-02-20", "动员会", committee)
    books.activity("2026-12-01", "述职", 主题="述党建", 参加人=[teller])
    books.activity("2026-12-02", "述职", 参加人=[silent])  # of something else
    books.activity("2026-03-15", "培训", 参加人=leaders, 学分="6")
    books.activity("2026-09-15", "培训", 参加人=leaders[:1], 学分="4.5")
    answers = [{"选项": "满意", "份数": "40"}]
    form = {"发放份数": "40", "收回份数": "40", "有效份数": "40", "答卷": answers}
    books.put("survey", 测评对象=branch, 类别="村级党组织", 日期="2026-12-05", **form)
    books.put("appraisal", 考核对象=branch, 周期="2026", 方案="党建考核", 评定日期="2026-12-10", 评定人=ORG)
    books.commit()
    duties = books.duties()
    assert {name: duties[name] for name in ("动员部署会", "书记述党建", "群众评议党建", "组织考核党建")} == {
        "动员部署会": (1, 1, 0),
        "书记述党建": (2, 1, 1),
        "群众评议党建": (1, 1, 0),
        "组织考核党建": (2, 1, 1),  # the committee and the branch
    }
    stands = books.duty("班子成员培训学分")
    assert {who: done for who, (_asked, done, _status) in stands.items()} == {"方敏": "10.5", "叶明": "6"}
    assert books.figures("2026")["建设年培训学分"] == "16.5 分"  # 6 × 2 + 4.5


def test_tasks_have_their_times_and_persons(ledger: Ledger) -> None:
    books = ledger("连心三送", "2026-09-30")
    tasks = [
        {"事项": "走访河街", "责任人": CLERK, "完成时限": "2026-07-31", "完成日期": "2026-07-20"},
        {"事项": "清理背街", "责任人": CLERK, "完成时限": "2026-08-31"},
        {"事项": "写调研报告", "完成时限": "2026-10-31"},  # nobody's
    ]
    books.activity("2026-06-02", "其他", 名称="三送任务清单", 主题="任务清单", 议定事项=tasks)
    done = [
        {"指标": "调解纠纷", "数量": "3"},
        {"指标": "义务劳动", "数量": "15"},
        {"指标": "慰问品折价", "数量": "800"},
    ]
    books.activity("2026-07-01", "其他", 成效=done)
    books.commit()
    printed = books.figures("2026")
    assert (printed["三送任务"], printed["三送任务完成"]) == ("3 项", "1 项")
    assert [printed[n] for n in ("三送调解纠纷", "三送义务劳动", "三送慰问品折价")] == ["3 件", "15 人次", "800 元"]
    assert books.duty("列出任务清单")["本单位"][1] == "2"
    assert books.duty("任务有人有时限")["本单位"][1] == "66.67 %"
    assert books.duty("任务到期完成")["本单位"][1] == "50.00 %"
    assert "写调研报告" in books.do("ledger", "任务清单", "-f", "csv").out


def test_deeds_and_dredging_are_counted(ledger: Ledger) -> None:
    books = ledger("百局联百村", level="县")
    village = books.village("松坪村")
    pairing = books.pair("单位–村", ORG, village, "2026-01-05")
    done = [{"指标": name, "数量": n} for name, n in (("清淤", "1000"), ("疏通", "1500"), ("实事", "7"))]
    books.activity("2026-03-01", "其他", 成效=done, 结对=pairing)
    books.activity("2026-05-01", "民主生活会", 结对=pairing)
    books.activity("2026-05-02", "民主生活会")  # the bureau's own
    books.commit()
    printed = books.figures("2026")
    assert [printed[n] for n in ("联村清淤", "联村疏通", "联村实事", "联村民主生活会")] == [
        "1 000 方",
        "1 500 米",
        "7 件",
        "1 次",
    ]


def test_an_unknown_indicator_is_told_of(ledger: Ledger) -> None:
    books = ledger("互助共建")
    books.activity("2026-03-01", "其他", 成效=[{"指标": "办好事", "数量": "3"}])
    books.commit()
    said = books.say("check")
    assert said.code == 1
    assert "没有「办好事」这个指标" in said.out + said.err
