"""党群连心工程: a town of two villages over one year, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.campaigns.records import CLERK, Books

PACK = "党群连心工程"

TRIAGE = {"问题性质": "个性", "公共个人": "公共", "合理性": "合理", "类别": "环境卫生", "紧急程度": "一般"}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """2026: two villages with a branch each, two leaders, fifty households."""
    books = Books(tmp_path_factory.mktemp("town") / "台账", PACK, today="2026-12-31")
    pine, bridge = books.village("松坪村"), books.village("石桥村")
    haves = {"有组织管事": "是", "有钱办事": "是", "有章理事": "是"}
    full = books.org("松坪村党支部", "村", 所在村=pine, 党组织情况={**haves, "有阵地承事": "是"})
    short = books.org("石桥村党支部", "村", 所在村=bridge, 党组织情况={**haves, "有阵地承事": "否"})
    _members(books, full, short)
    _led(books, pine)
    _met(books, pine, bridge, full, short)
    _comforted(books, pine, bridge)
    _asked(books, pine)
    books.commit()
    return books


def _members(books: Books, full: str, short: str) -> None:
    joined = {"入党日期": "2010-07-01"}
    books.person("石勇", full, 技能=["油茶嫁接", "电焊"], **joined)
    books.person("石敏", full, 技能=["养蜂"], **joined)
    books.person("石磊", full, **joined)  # has no skill yet
    books.person("桥生", short, 技能=["砌墙"], **joined)
    books.person("桥妹", short, 技能=["裁缝"], **joined)


def _led(books: Books, pine: str) -> None:
    """The first leader: 40 days and a stay of 20; the second came on 1 July and went down on 25 days."""
    first = books.person("唐一舟", "DW-A0001", {"身份": "班子成员", "自": "2024-01-01"})
    second = books.person("季望", "DW-A0001", {"身份": "班子成员", "自": "2026-07-01"})
    homes = [books.household(f"甲家{n}", pine) for n in range(50)]
    for n in range(20):
        books.visit(_day("2026-01-05", n), first, homes[n])
        books.visit(_day("2026-05-06", n), first, homes[20 + n])
    books.visit("2026-06-30", first, homes[:1], 走访方式="电话")  # a call is no day in the village
    books.visit("2026-04-01", first, homes[40:], 走访方式="蹲点", 截止日期="2026-04-20")
    books.visit("2026-04-03", first, homes[40])  # within the stay: no further day, no further household
    for n in range(25):
        books.visit(_day("2026-08-01", n), second, homes[n])


def _day(first: str, days: int) -> str:
    return (date.fromisoformat(first) + timedelta(days=days)).isoformat()


def _met(books: Books, pine: str, bridge: str, full: str, short: str) -> None:
    books.activity("2026-03-12", "座谈会", full)
    for month in (3, 6, 9, 12):
        books.activity(f"2026-{month:02}-20", "村务公开", full, 名称=f"{month} 月村务、财务公开", 所属村=[pine])
    for day, name in (("2026-03-20", "村务公开"), ("2026-03-21", "财务公开"), ("2026-12-20", "村务公开")):
        books.activity(day, "村务公开", short, 名称=name, 所属村=[bridge])
    books.activity("2026-06-20", "村务公开", short, 名称="村务、财务公开", 所属村=[bridge])
    for day, village, host in (("2026-05-10", pine, full), ("2026-10-10", pine, full), ("2026-05-11", bridge, short)):
        books.activity(day, "民主说事", host, 所属村=[village])
    books.activity("2026-07-01", "集体生日", full)
    books.activity("2026-07-01", "集体生日", short)
    for village, counts in ((pine, ("80", "30", "5")), (bridge, ("60", "20", "5"))):
        valid = str(sum(map(int, counts)))
        answers = [{"选项": o, "份数": n} for o, n in zip(("满意", "基本满意", "不满意"), counts, strict=True)]
        form = {"发放份数": "120", "收回份数": "118", "有效份数": valid, "答卷": answers}
        books.put("survey", 测评对象=village, 类别="村级党组织", 日期="2026-12-10", **form)


def _comforted(books: Books, pine: str, bridge: str) -> None:
    member = [{"姓名": "某老", "标签": ["困难党员"]}]
    one, two = (books.household(f"困难党员{n}", place, 家庭成员=member) for n, place in enumerate((pine, bridge)))
    books.visit("2026-01-02", CLERK, one)
    books.visit("2026-02-10", CLERK, [one, two], 所属村=pine)  # nobody went to the second at New Year
    books.visit("2026-01-03", CLERK, two, 走访方式="微信")
    for n, way in enumerate(("接访", "接访", "约访", "下访", "回访")):
        books.visit(f"2026-05-{n + 10}", CLERK, one, 走访方式=way)


def _asked(books: Books, pine: str) -> None:
    """Seven opinions that stand, five of them answered; one entered by mistake; two heard at the door."""
    channels = ["座谈会", "座谈会", "意见征求表", "意见征求表", "意见箱", "热线", "信件", "入户走访", "入户走访"]
    for n, channel in enumerate(channels):
        day = f"2026-05-{n + 10}"
        done = {"步骤": "快办快结", "时间": f"{day} 10:00", **TRIAGE, "处理情况": f"第 {n} 件当场办好", "报备": "是"}
        told = {"步骤": "反馈", "时间": f"{day} 15:00", "反馈方式": "电话", "是否解决": "解决", "满意度": "满意"}
        books.issue(day, pine, *((done, told) if n < 5 else ()), 来源渠道=channel, 匿名="否", 反映人=f"村民{n}")
    void = {"步骤": "作废", "时间": "2026-05-30 10:00", "理由": "重复登记"}
    books.issue("2026-05-30", pine, void, 来源渠道="座谈会")


#: By hand, 2026.
FIGURES = {
    "班子走访农户数": "50 户",
    "班子走访次数": "67 次",  # 40 + the stay + one within it + 25
    "支部恳谈会次数": "1 次",
    "征求意见件数": "7 件",
    "征求意见反馈率": "71.43 %",  # 5 of 7
    "接访约访件数": "5 次",
    "公开次数": "8 次",  # 4 + 4
    "民主说事次数": "3 次",
    "有技能的农民党员": "4 人",
    "农民党员技能率": "80.00 %",  # 4 of 5
    "走访困难党员户": "2 户",
    "集体生日次数": "2 次",
    "年终群众满意率": "95.00 %",  # (80 + 30 + 60 + 20) of (115 + 85)
}

#: By hand, on 31 December 2026: whom it binds, who has done it, who has done nothing.
DUTIES = {
    "班子成员驻村天数": (2, 1, 0),  # the second owes 60 × 184 ÷ 365 = 30 days, has 25
    "班子成员走访农户": (2, 2, 0),  # and 50 × 184 ÷ 365 = 25 households, has 25
    "支部恳谈会": (2, 1, 1),
    "农民党员一技在身": (5, 4, 1),
    "两节走访困难党员": (2, 0, 2),  # of the coming New Year, which began on 25 December
    "老党员集体生日": (2, 2, 0),
    "村务按季公开": (2, 2, 0),
    "财务按季公开": (2, 1, 1),  # the last quarter
    "村务财务公开": (2, 1, 0),
    "民主说事": (2, 1, 0),
    "年终群众满意度测评": (2, 2, 0),
    "支部四有": (2, 1, 0),
}


def test_the_ledger_is_sound(books: Books) -> None:
    assert "没有问题" in books.do("check").out


def test_figures_agree_to_the_unit(books: Books) -> None:
    printed = books.figures("2026")
    assert {name: printed[name] for name in FIGURES} == FIGURES


def test_duties_are_counted_from_the_records(books: Books) -> None:
    printed = books.duties()
    assert {name: printed[name] for name in DUTIES} == DUTIES


def test_what_is_owed_is_said_by_name(books: Books) -> None:
    assert books.duty("班子成员驻村天数") == {"唐一舟": ("60", "60", "已完成"), "季望": ("30", "25", "落后")}
    assert books.duty("两节走访困难党员", "--period", "2026-01")["困难党员1"][1:] == ("0", "已欠")


def test_the_four_haves_are_scored_and_reported(books: Books) -> None:
    text = books.report("annual", "党群连心工程年报", "--period", "2026")
    assert "满意率为95.00%" in text
    assert "班子成员下村67次，走访农户50户" in text
    score = books.do("score", "四有查验", "--period", "2026", "-f", "md").out
    assert "四有齐全" in score
    assert "尚缺一项" in score
