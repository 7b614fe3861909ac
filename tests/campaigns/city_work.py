"""What the city did in its year, each total split at random, with what must not be counted strewn in between."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.campaigns.city_people import City, Pair, split
from tests.campaigns.records import CLERK, ORG

_PARTY_LIFE = ("集体活动日", "组织生活会", "党课", "教育活动", "交叉学习", "观摩")
_THEMES = ("组织生活联过", "党员队伍联建", "活动载体联创", "服务群众联做", "党建资源联享", "城乡发展联促")
_POOR = ("困难", "低保", "五保")


def visits(city: City) -> None:
    books, rng = city.books, city.rng
    poor = [books.household(city.name(1200 + n), rng.choice(city.villages), 户类别=_POOR[n % 3]) for n in range(230)]
    plain = [books.household(city.name(1500 + n), rng.choice(city.villages)) for n in range(40)]
    proxy = split(rng, 60, 241)
    comfort = [50 * part for part in split(rng, 40_200 // 50, 201)]
    for n, household in enumerate(poor[:201]):
        _visit(city, [household], {"慰问金": comfort[n], "代办服务": proxy[n]})
    for household in rng.sample(poor[:201], 59):  # seen again, with nothing in hand
        _visit(city, [household], {})
    for n, household in enumerate(plain):
        _visit(city, [household], {"代办服务": proxy[201 + n]})
    for household in poor[:30]:  # last year's
        _visit(city, [household], {"慰问金": 200}, year=2025)
    leaders = [city.person(1600 + n, "县领导") for n in range(9)]
    for n in range(30):  # 8 visits of two leaders, 22 of one: 38
        party = [*rng.sample(leaders, 2 if n < 8 else 1), rng.choice(city.cadres)]
        books.visit(city.day(), party, rng.choice(plain), 走访方式="下访", 所见所闻=f"看了第{n}个点的台账")
    gone = city.books.person("卸任领导", ORG, {"身份": "县领导", "至": "2025-12-31"})
    books.visit(city.day(), gone, plain[0], 走访方式="下访")  # no leader any more
    books.visit(city.day(), leaders[0], plain[0], 走访方式="电话")  # did not go there


def _visit(city: City, households: list[str], helped: Mapping[str, int], year: int = 2026) -> None:
    helps = [{"指标": name, "数量": str(amount)} for name, amount in helped.items() if amount]
    city.books.visit(city.day(year), city.rng.choice(city.cadres), households, 帮扶=helps, 走访方式="入户")


def activities(city: City) -> None:
    rng = city.rng
    for n in range(16):
        _activity(city, "督查", n)
    for n, pair in enumerate(city.pairs):
        _activity(city, "民主生活会", n, pair)
        _activity(city, "联席会议", n, pair, 成效=[{"指标": "联席会议制度", "数量": "1"}])
    for n in range(66):
        _activity(city, _PARTY_LIFE[n % 6], n, rng.choice(city.pairs), 主题=rng.choice(_THEMES))
    for n in range(20):  # last year's
        _activity(city, ("督查", "党课", "民主生活会")[n % 3], 100 + n, year=2025)
    outcomes = {
        "健全制度": 11,
        "代办服务": 67,
        "农业贷款": 2_870_000,
        "发展规划": 37,
        "技术下乡": 32,
        "致富信息": 350,
        "转移就业": 1560,
        "示范基地": 16,
        "合作组织": 11,
    }
    for name, total in outcomes.items():
        for n, part in enumerate(split(rng, total, 9)):
            if part:
                _activity(
                    city,
                    "其他",
                    n,
                    rng.choice(city.pairs),
                    名称=f"{name}（{n + 1}）",
                    成效=[{"指标": name, "数量": str(part)}],
                )


def _activity(city: City, sort: str, n: int, pair: Pair | None = None, year: int = 2026, **more: Any) -> None:
    host = pair.bureau if pair else city.rng.choice(city.bureaus)
    joined = {"结对": pair.id, "所属村": [pair.village]} if pair else {}
    city.books.activity(city.day(year), sort, host, **{"名称": f"{sort}（{n + 1}）", **joined, **more})


def promises(city: City) -> None:
    for n in range(231):
        made = city.day()
        kept = {"兑现日期": min("2026-12-18", _later(made, n % 90))} if n < 182 else {}
        _promise(city, n, made, kept)
    for n in range(12):
        _promise(city, 231 + n, city.day(2025), {"兑现日期": "2026-01-15"})


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _promise(city: City, n: int, made: str, kept: Mapping[str, str]) -> None:
    pair = city.rng.choice(city.pairs)
    city.books.put(
        "promise",
        承诺人=pair.bureau,
        结对=pair.id,
        对象说明="全体村民",
        承诺内容=f"第{n + 1}件承诺",
        **{"承诺日期": made, **kept},
    )


def projects(city: City) -> None:
    rng = city.rng
    paid = split(rng, 700_000, 10, 10_000)
    more = split(rng, 1_280_000 - 700_000 - 10 * 5_000, 10)
    for n in range(10):
        applied = _day_of(rng, 1, 120)
        payments = [
            {"日期": _later(applied, 60), "金额": str(paid[n]), "来源": "帮扶单位"},
            {"日期": _later(applied, 90), "金额": "5000", "来源": "财政资金"},
        ]
        _project(city, n, applied, paid[n] + 5_000 + more[n], payments)
    # applied for last year: this year's instalments count, the project does not
    payments = [
        {"日期": "2025-09-01", "金额": "60000", "来源": "帮扶单位"},
        {"日期": "2026-03-01", "金额": "105000", "来源": "帮扶单位"},
        {"日期": "2026-05-01", "金额": "-1500", "来源": "帮扶单位"},  # given back: 700 000 + 105 000 − 1 500 = 803 500
    ]
    _project(city, 10, "2025-06-01", 180_000, payments)


def _day_of(rng: Random, first: int, last: int) -> str:
    return (date(2026, 1, 1) + timedelta(days=rng.randint(first, last))).isoformat()


def _project(city: City, n: int, applied: str, planned: int, payments: list[dict[str, str]]) -> None:
    pair = city.rng.choice(city.pairs)
    city.books.put(
        "project",
        名称=f"第{n + 1}号项目",
        类别="基础设施",
        所属村=pair.village,
        结对=pair.id,
        申报日期=applied,
        资金计划=[{"年份": applied[:4], "金额": str(planned)}],
        拨付=payments,
    )


def issues(city: City) -> None:
    for n in range(242):
        _issue(city, n, "快办快结", {"处理情况": f"第{n}件当场办了", "报备": "是"})
    for n in range(15):
        _issue(city, 300 + n, "解释疏导", {"合理性": "不合理", "理由": f"第{n}件按规定不能办", "解释人": CLERK})
    for n in range(9):
        _issue(city, 400 + n, "", {})
    for n in range(6):
        _issue(city, 500 + n, "快办快结", {"处理情况": f"上年第{n}件办了", "报备": "是"}, year=2025)


def _issue(city: City, n: int, step: str, fields: Mapping[str, str], year: int = 2026) -> None:
    day = city.day(year)
    triage = {"问题性质": "个性", "公共个人": "个人", "合理性": "合理", "类别": "其他", "紧急程度": "一般"}
    event = {"编号": f"e{n:07d}", "步骤": step, "时间": f"{day} 10:00", "记录时间": f"{day} 10:00", "经办人": CLERK}
    city.books.put(
        "issue",
        登记时间=f"{day} 09:00",
        登记人=CLERK,
        反映时间=day,
        来源渠道="电话",
        反映人=city.name(n),
        所属村=city.rng.choice(city.villages),
        事由=f"第{n}件事",
        原话=f"第{n}件，请管一管",
        **dict.fromkeys(("何人", "何时", "何地", "何因", "经过"), f"第{n}件"),
        **({"事件": [{**event, **triage, **fields}]} if step else {}),
    )


def surveys(city: City) -> None:
    for sort, subjects, valid, unhappy in (
        ("村级党组织", city.villages, 4220, 100),
        ("联建单位", city.bureaus, 2760, 40),
    ):
        sizes = split(city.rng, valid, 76, 12)
        bad = split(city.rng, unhappy, 76)
        while any(no > size for no, size in zip(bad, sizes, strict=True)):
            city.rng.shuffle(bad)
        for subject, size, no in zip(subjects, sizes, bad, strict=True):
            fairly = city.rng.randint(0, size - no)
            answers = {"满意": size - no - fairly, "基本满意": fairly, "不满意": no}
            city.books.put(
                "survey",
                测评对象=subject,
                类别=sort,
                日期=_day_of(city.rng, 180, 210),
                发放份数=str(size + 5),
                收回份数=str(size + 2),
                有效份数=str(size),
                答卷=[{"选项": option, "份数": str(count)} for option, count in answers.items()],
            )
