"""城乡互联共建: a bureau and one village over its first year, counted by hand."""

from __future__ import annotations

import pytest
from tests.campaigns.records import Books

PACK = "城乡互联共建"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Nine months of 2009: one unit of three members, one village, five households."""
    books = Books(tmp_path_factory.mktemp("bureau") / "台账", PACK, today="2009-12-31", name="云岭县测绘局", level="县")
    unit = books.org("云岭县测绘局机关", "县", 类别="其他", 负责人="RY-A0002")
    secretary = books.person("高望", unit, "班子成员", 职务="书记、局长", 入党日期="1992-07-01")
    members = [secretary, *(books.person(name, unit, 入党日期="2001-07-01") for name in ("林可", "沈一舟"))]
    village = books.village("松坪村")
    branch = books.org("松坪村党支部", "村", 所在村=village)
    books.person("石勇", branch, "村书记", 职务="书记", 入党日期="1998-07-01")
    books.person("罗小满", branch, 入党日期="2009-07-01", 出生年份="1980")  # 29 when she joined
    books.person("罗大有", branch, 入党日期="2009-07-01", 出生年份="1970")  # 39: no young member
    pairing = books.pair("单位–村", unit, village, "2009-04-01", 联络员=members[1])
    _held(books, unit, branch, members)
    _visited(books, village, members)
    _built(books, village, pairing)
    books.commit()
    return books


def _held(books: Books, unit: str, branch: str, members: list[str]) -> None:
    down = {"食宿自理": "是"}
    books.activity("2009-03-30", "动员会", unit, 参加人次="31")
    books.activity("2009-04-02", "集中走访", unit, 参加人次="12", 主持人=members[0], **down)  # led by the secretary
    books.activity("2009-04-01", "座谈会", unit)  # before 10 April, whenever it was
    books.activity("2009-04-13", "调研", unit, **down)
    books.activity("2009-06-05", "集中走访", unit, 参加人次="15", **down)
    books.activity("2009-06-30", "党课", unit, 主讲人=members[0])
    books.activity("2009-07-15", "教育活动", unit)
    books.activity("2009-09-10", "考察联谊", unit)
    books.activity("2009-11-20", "民主生活会", branch, 参加单位=[unit])
    for day, who in (("2009-06-28", members), ("2009-09-28", members), ("2009-12-25", members[:2])):
        books.activity(day, "情况报告", unit, 参加人=who)  # the third member owes the fourth quarter's
    for day, sort in (("2009-05-08", "联席会议"), ("2009-10-20", "联席会议"), ("2009-07-01", "情况通气会")):
        books.activity(day, sort, unit)
    books.activity("2009-08-01", "通报", unit)
    books.activity("2009-10-10", "督查", unit)
    books.activity("2009-12-20", "述职", unit, 参加人=members[:1])


def _visited(books: Books, village: str, members: list[str]) -> None:
    poor = [books.household(head, village, 户类别="困难") for head in ("丁有田", "丁有水")]
    plain = [books.household(head, village) for head in ("丁有山", "丁有木", "丁有石")]
    for month in (4, 5, 6, 7, 9, 10, 11, 12):  # the secretary and the village's secretary, August left out
        seen = {"所属村": village, "走访户": [], "见到的人": ["村书记石勇"], "走访方式": "下访"}
        paid = {} if month == 5 else {"食宿自理": "是"}  # May does not say
        books.visit(f"2009-{month:02}-15", members[0], plain[:1], **seen, **paid)
    money = [{"指标": "慰问金", "数量": "300"}]
    books.visit("2009-06-05", members[1], poor, 食宿自理="是", 帮扶=money)
    books.visit("2009-09-20", members[1], [poor[0], plain[0]], 食宿自理="是", 帮扶=money)
    books.visit("2009-11-03", members[2], plain[1], 走访方式="微信")


def _built(books: Books, village: str, pairing: str) -> None:
    def project(name: str, sort: str, *paid: tuple[str, str], **more: str) -> None:
        money = [{"日期": day, "金额": amount} for day, amount in paid]
        books.put(
            "project", 名称=name, 类别=sort, 所属村=village, 申报日期="2009-04-20", 结对=pairing, 拨付=money, **more
        )

    project("四个组饮水改造", "基础设施", ("2009-06-10", "18000"), ("2009-11-10", "12000"))
    project("支渠疏通", "基础设施", ("2009-11-12", "20000"))
    project("茶园加工点", "经济项目", ("2009-07-01", "8000"), 开工日期="2009-06-20")
    project("茶园双建双带基地", "示范基地", 验收日期="2009-10-30")


#: By hand, 2009.
FIGURES = {
    "共建结对单位": "1 个",
    "集中进村次数": "2 次",
    "集中进村人次": "27 人次",  # 12 + 15
    "共建走访户数": "3 户",  # two poor ones, one seen twice; 丁有山; 丁有木 by WeChat
    "共建走访困难户": "2 户",
    "共建慰问金": "600 元",
    "季度报告人次": "8 人次",  # 3 + 3 + 2
    "单位书记党课": "1 次",
    "共建学习活动": "4 次",
    "年轻党员": "1 名",
    "饮水工程资金": "30 000 元",
    "渠道疏通资金": "20 000 元",
    "共建投入资金": "58 000 元",  # 30 000 + 20 000 + 8 000
    "集体经济项目": "1 个",
    "双建双带基地": "1 个",
    # visits 10 (WeChat left out), 9 of them say so; walks and surveys 3, all of them: 12 of 13
    "食宿自理率": "92.31 %",
    "共建督查次数": "2 次",
}

#: By hand, on 31 December 2009: whom it binds, who has done it, who has done nothing.
DUTIES = {
    "共建动员会": (1, 1, 0),
    "领导首次进村": (1, 1, 0),
    "村情交流": (1, 1, 0),
    "进村调研定方案": (1, 1, 0),
    "共建启动四个节点": (1, 1, 0),
    "单位书记给村党员讲党课": (1, 1, 0),
    "参加村里的民主生活会": (1, 1, 0),
    "开展一次主题教育": (1, 1, 0),
    "请村里来单位考察联谊": (1, 1, 0),
    "集中进村走访": (1, 1, 0),
    "两头书记定期联系": (1, 1, 0),
    "机关党员季度报告": (3, 2, 1),  # the third member's last quarter
    "帮扶食宿自理": (1, 0, 0),  # 12 of 13
    "培养年轻党员": (1, 1, 0),
    "兴办集体经济项目": (1, 1, 0),
    "建双建双带基地": (1, 1, 0),
    "饮水工程投入": (1, 0, 0),  # 30 000 of 55 000, with a year to go
    "渠道疏通投入": (1, 1, 0),
    "共建联席会议": (1, 1, 0),
    "共建情况通气会": (1, 1, 0),
    "共建情况通报": (1, 1, 0),
    "书记共建述职": (1, 1, 0),
}


def test_the_ledger_is_sound(books: Books) -> None:
    assert "没有问题" in books.do("check").out


def test_figures_agree_to_the_unit(books: Books) -> None:
    printed = books.figures("2009")
    assert {name: printed[name] for name in FIGURES} == FIGURES


def test_duties_are_counted_from_the_records(books: Books) -> None:
    printed = books.duties()
    assert {name: printed[name] for name in DUTIES} == DUTIES


def test_what_is_owed_is_said_by_name(books: Books) -> None:
    assert books.duty("机关党员季度报告")["沈一舟"] == ("1", "0", "未开始")
    assert books.duty("饮水工程投入")["本单位"] == ("55000", "30000", "进行中")
    assert "前8个月缺1：8月" in books.do("duties", "两头书记定期联系", "-f", "md").out


def test_the_yearly_report_prints_the_same_figures(books: Books) -> None:
    text = books.report("annual", "城乡互联共建年报", "--period", "2009")
    assert "饮水工程30000元，渠道疏通20000元" in text
    assert "集中进村2次、27人次" in text
