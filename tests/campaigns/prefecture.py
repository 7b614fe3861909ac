"""A county of 292 organisations and 491 villages for 一带三结对; the problems may be fewer by a factor."""

from __future__ import annotations

from pathlib import Path

from tests.campaigns.records import CLERK, ORG, Books

from lianxin.kinds import KIND
from lianxin.storage.write.text.writing import record_text

PACK = "一带三结对"

#: How many organisations have three, two, one villages: 60 × 3 + 79 × 2 + 153 = 491.
SHARES = (3,) * 60 + (2,) * 79 + (1,) * 153
MATCH = {"党群": "组织涣散", "政法": "矛盾复杂", "经济": "经济薄弱", "涉农": "产业专业"}
SINCE = "2026-01-05"


def _sector(n: int) -> str:
    """The first 28 of those with two villages are 党群: their 56 villages are the disorganised ones."""
    return "党群" if 60 <= n < 88 else ("政法", "经济", "涉农")[n % 3]


def county(root: Path, factor: int) -> Books:
    """The year's records; people received, problems accepted and completed are the real ones divided by a factor."""
    books = Books(root, PACK, today="2026-10-28", name="云岭县连心办", level="示范区")
    orgs, villages = _paired(books)
    _six(books, orgs)
    _staffed(books, villages)
    _served(books, villages[0], factor)
    _delegates(books, villages[0])
    _stations(books, villages[0])
    _poor_members(books, orgs)
    books.commit()
    return books


def _paired(books: Books) -> tuple[list[str], list[str]]:
    orgs = [books.org(f"第{n + 1}单位", "县", 类别=_sector(n)) for n in range(len(SHARES))]
    villages = list[str]()
    for n, (org, share) in enumerate(zip(orgs, SHARES, strict=True)):
        for _ in range(share):
            village = books.village(f"第{len(villages) + 1}村", 村情类别=MATCH[_sector(n)])
            villages.append(village)
            books.pair("单位–村", org, village, SINCE, 共建计划={"目标": ["建强支部"]})
    firms = [books.org(f"第{n + 1}企业", "村", 类别="经济") for n in range(38)]
    for n, firm in enumerate(firms):
        books.pair("企业–村", firm, villages[n % 20], SINCE)
    return orgs, villages


def _six(books: Books, orgs: list[str]) -> None:
    """All six for 290 organisations; the last two lack the study. 350 projects, 34 350 000 yuan."""
    done = [{"指标": "致富信息", "数量": "1"}, {"指标": "实事", "数量": "1"}]
    for n, org in enumerate(orgs):
        man = books.person(f"驻点{n}", org)
        books.visit("2026-03-10", man, [], 所属村="CUN-A0001", 见到的人=[f"村民{n}"], 帮扶=done)
        if n < 290:
            books.activity("2026-04-10", "调研", org)
    for n in range(350):
        amount = "148000" if n == 349 else "98000"  # 349 × 98 000 + 148 000
        first = sum(SHARES[:n]) + 1  # each village has the number of its pairing
        place = {"类别": "经济项目", "结对": f"JD-A{first:04d}", "所属村": f"CUN-A{first:04d}"}
        place = place if n < 292 else {"类别": "基础设施", "所属村": "CUN-A0001"}
        paid = [{"日期": "2026-06-20", "金额": amount}]
        started = {"申报日期": "2026-02-01", "开工日期": "2026-03-01"}
        books.put("project", 名称=f"第 {n + 1} 个项目", 拨付=paid, **place, **started)


def _staffed(books: Books, villages: list[str]) -> None:
    """491 secretaries trained in five classes, 56 first secretaries, 47 new organisations, 550 and 5 000 helpers."""
    secretaries = [books.person(f"书记{n}", ORG, "村书记") for n in range(len(villages))]
    for n in range(5):
        books.activity(f"2026-05-{n + 10}", "培训", 参加人=secretaries[n::5])
    disorganised = villages[180 : 180 + 56]
    for n, village in enumerate(disorganised):
        books.person(f"第一书记{n}", ORG, {"身份": "驻村第一书记", "驻村": village, "自": "2026-02-01"})
    for n in range(47):
        books.org(f"第{n + 1}协会", "村", 党组织情况={"成立日期": "2026-04-01", "组建方式": "联合建"})
    _listed(books, "党建指导员", 550)
    _listed(books, "联络员", 5000)


def _listed(books: Books, role: str, count: int) -> None:
    held = {"编号": "RY-A9999", "姓名": f"{role}@N", "单位": ORG, "身份": [{"身份": role, "自": "2025-01-01"}]}
    form = record_text(KIND["person"], held)
    books.copies("person", count, lambda n, id_: form.replace("RY-A9999", id_).replace("@N", str(n)))


def _served(books: Books, village: str, factor: int) -> None:
    """Received 18 800: 18 000 at the centres in ten months, and 800 by name or number; 15 600 done of 16 400."""
    centre, named = 18_000 // factor // 10, 800 // factor
    for month in range(1, 11):
        count = [{"指标": "接待群众", "数量": str(centre)}]
        books.activity(f"2026-{month:02}-25", "其他", 名称=f"{month} 月便民服务", 成效=count)
    for n in range(0, named, 8):
        met = [f"来访人{n + k}" for k in range(min(8, named - n))]
        told = {"见到的人": met[:1], "见到人次": str(len(met))} if n % 16 else {"见到的人": met}
        books.visit("2026-05-06", CLERK, [], 所属村=village, 走访方式="接访", **told)
    accepted, done = 16_400 // factor, 15_600 // factor
    triage = {"问题性质": "个性", "公共个人": "个人", "合理性": "合理", "类别": "社会保障", "紧急程度": "一般"}
    at = {"时间": "2026-05-06 10:00", "记录时间": "2026-05-06 10:00", "经办人": CLERK}
    form = {
        "编号": "WT-2026-A9999",
        "登记时间": "2026-05-06 09:00",
        "登记人": CLERK,
        "反映时间": "2026-05-06",
        "来源渠道": "接访",
        "登记层级": "镇",
        "匿名": "是",
        "所属村": village,
        "事由": "事项@N",
        "原话": "第@N件事",
    }
    quick = {"编号": "q1", "步骤": "快办快结", **at, **triage, "处理情况": "窗口办好第@N件", "报备": "是"}
    accept = {"编号": "a1", "步骤": "受理", **at, **triage, "受理层级": "镇"}
    settled, waiting = (record_text(KIND["issue"], {**form, "事件": [event]}) for event in (quick, accept))

    def text(n: int, id_: str) -> str:
        return (settled if n < done else waiting).replace("WT-2026-A9999", id_).replace("@N", str(n))

    books.copies("issue", accepted, text, "2026")


def _delegates(books: Books, village: str) -> None:
    """Six delegates and the households each has seen; the prefecture's is one short, one of the county's too."""
    homes = books.repeat("household", 50, lambda n: {"户主": f"选民{n}", "所属村": village})
    seen = (("省", 15), ("州市", 14), ("县", 30), ("县", 29), ("乡镇", 50), ("乡镇", 50))
    members = [books.person(f"党员{n}") for n in range(10)]
    for n, (level, count) in enumerate(seen):
        one = books.person(f"代表{n}", ORG, {"身份": "党代表", "级别": level, "自": "2025-01-01"})
        for k in range(0, count, 10):
            books.visit("2026-06-15", one, homes[k : min(k + 10, count)])
        for member in members[: {"省": 10, "州市": 9, "县": 5, "乡镇": 2}[level]]:
            books.pair("党员–党员", one, member, SINCE)
        books.pair("干部–户", one, homes[n], SINCE)
        books.activity("2026-07-10", "述职", 参加人=[one])


def _stations(books: Books, village: str) -> None:
    """24 kinds of post in four sorts for 48 members without office; two more have none."""
    branch = books.org("第1村党支部", "村", 所在村=village)
    sorts = ("政策宣传", "治安调解", "致富带动", "村务监督")
    held = [
        books.person(f"无职{n}", branch, "无职党员", 设岗=f"岗位{n % 24}", 岗位类别=sorts[n % 4]) for n in range(48)
    ]
    for n in range(2):
        books.person(f"待岗{n}", branch, "无职党员")
    for month in range(1, 11):
        who = held if month != 8 else held[1:]  # the first did not report in August
        books.activity(f"2026-{month:02}-26", "情况报告", branch, 主题="设岗定责", 参加人=who)
    for month in (3, 6, 9):
        books.activity(f"2026-{month:02}-27", "党员大会", branch)
    books.activity("2026-06-28", "村民代表会", branch, 所属村=[village])


def _poor_members(books: Books, orgs: list[str]) -> None:
    """Three county leaders, one of whom leads one unit only; four of five poor members are helped; the fund."""
    leaders = [books.person(f"县领导{n}", ORG, "县领导") for n in range(3)]
    for leader, unit in ((0, 0), (0, 1), (1, 2), (1, 3), (2, 4)):
        books.pair("领导–联系点", leaders[leader], orgs[unit], SINCE)
    poor = [books.person(f"困难{n}", ORG, "困难党员") for n in range(5)]
    for n in range(4):
        books.pair("党员–党员", books.person(f"帮手{n}", orgs[n]), poor[n], SINCE)
    fund = [{"年份": "2026", "金额": "320000"}]
    books.put(
        "project", 名称="困难党员帮扶基金", 类别="帮扶项目", 所属村="CUN-A0001", 申报日期="2026-01-10", 资金计划=fund
    )
    books.activity("2026-02-10", "节日慰问", 成效=[{"指标": "慰问金", "数量": "380000"}])


def figures(factor: int) -> dict[str, str]:
    """By hand, 2026."""

    def spaced(count: int, unit: str) -> str:
        return f"{count:,}".replace(",", " ") + f" {unit}"

    return {
        "结对党组织": "292 个",
        "结对村数": "491 个",
        "结对覆盖率": "100.00 %",
        "企业结对村": "20 个",
        "落实项目": "350 个",
        "项目投入资金": "34 350 000 元",
        "接待群众": spaced(18_800 // factor, "人次"),
        "受理事项": spaced(16_400 // factor, "件"),
        "办结事项": spaced(15_600 // factor, "件"),
        "事项办结率": "95.12 %",  # 156 of 164
        "轮训村书记": "491 人",
        "村书记轮训率": "100.00 %",
        "在任第一书记": "56 人",
        "新建党组织": "47 个",
        "在任党建指导员": "550 人",
        "连心联络员": "5 000 人",
        "党代表走访户": "50 户",
        "代表接待日意见": "0 件",
        "设岗党员": "48 人",
        "困难党员慰问金": "380 000 元",
        "帮扶基金规模": "320 000 元",
    }
