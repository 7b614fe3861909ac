"""What a county does: who is paired with whom, visits, meetings, promises and projects."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from bench import cases, words
from bench.county import County
from bench.generate import FIRST, TODAY, visited
from lianxin.kinds.activity import Sort

_INDICATORS = ("慰问金", "政策宣讲", "致富信息", "技术指导", "代办服务", "连心卡", "实事", "介绍就业", "技能培训")
_WAYS = ("入户", "入户", "入户", "入户", "座谈", "接访", "下访", "回访", "电话", "微信", "蹲点")
_THEMES = (None, None, None, "组织生活联过", "服务群众联做", "城乡发展联促", "设岗定责")


def work(county: County, issues: int, visits: int) -> None:
    """Everything that is done over the years: so many visits, and of the rest in proportion to the issues."""
    _paired(county, 8 + issues // 20)
    for _ in range(visits):
        _visit(county)
    for each, many in (
        (_activity, issues // 4),
        (_promise, issues // 16),
        (_project, issues // 20),
    ):
        for _ in range(max(many, 4)):
            each(county)


def some_day(random: Random, since: date = FIRST) -> date:
    """Any day from one on."""
    return since + timedelta(days=random.randrange((TODAY - since).days + 1))


def _outcomes(random: Random) -> list[dict[str, Any]]:
    named = random.sample(_INDICATORS, random.choice((0, 0, 1, 1, 2)))
    return [{"指标": one, "数量": random.randrange(1, 9) * (100 if one == "慰问金" else 1)} for one in named]


def _paired(county: County, many: int) -> None:
    """Every village with a unit, then so many pairings of each sort between people."""
    random = county.random
    liaisons = [person for person, _unit in county.cadres]
    for number, village in enumerate(county.villages):
        unit, since = county.units[number % len(county.units)], date(2023, 3, 1 + number % 28)
        due = TODAY + timedelta(days=random.randrange(-300, 200))
        item = {
            "事项": "修一段水渠",
            "完成时限": due,
            "资金": random.randrange(5, 60) * 1000,
            "责任人": random.choice(liaisons),
            "完成日期": due if due < TODAY and random.random() < 0.7 else None,
        }
        plan = {"目标": ["支部规范，收入翻番"], "措施": ["每月集体活动一天"], "项目": [item]}
        values = {"结对性质": "单位–村", "甲方": unit, "乙方": village[cases.VILLAGE]}
        named = {
            "联络员": random.choice(liaisons),
            "开始日期": since,
            "共建计划": plan if random.random() < 0.9 else None,
        }
        id_ = county.write("pairing", {**values, **named})
        county.pairings.append((id_, unit, village[cases.VILLAGE], str(since)))
    members = [person for person, _org in county.members]
    homes = [household[cases.HOUSEHOLD] for household in county.households]
    for nature, firsts, seconds in (
        ("干部–户", liaisons, homes),
        ("党员–党员", liaisons, county.poor),
        ("师徒", liaisons, members),
        ("领导–联系点", county.leaders, county.units),
        ("领导–学生", county.leaders, homes),
        ("支部–支部", county.units, county.branches),
    ):
        for _ in range(many if len(firsts) > 30 else 2 * len(firsts)):
            first, second = random.choice(firsts), random.choice(seconds)
            if county.fresh(nature, first, second):
                since = some_day(random, date(2024, 1, 1))
                until = TODAY - timedelta(days=1) if random.random() < 0.1 and since < date(2026, 1, 1) else None
                parties = {"结对性质": nature, "甲方": first, "乙方": second}
                county.write("pairing", {**parties, "开始日期": since, "结束日期": until})


def _visit(county: County) -> None:
    random = county.random
    day, way = some_day(random), random.choice(_WAYS)
    household = visited(county, day)
    told = words.told(random, random.choice(words.TOPICS))
    visitors = [household[cases.CADRE]]
    if random.random() < 0.4:
        visitors.append(random.choice(county.cadres)[0])
    read = {"审阅人": random.choice(county.leaders), "审阅日期": day, "审阅意见": "已阅，记得回访"}
    values = {
        "日期": day,
        "截止日期": min(day + timedelta(days=random.randrange(1, 6)), TODAY) if way == "蹲点" else None,
        "走访人": list(dict.fromkeys(visitors)),
        "所属村": household[cases.VILLAGE],
        "所属组": household["〈组〉"],
        "走访户": [household[cases.HOUSEHOLD]],
        "见到人次": random.randrange(3, 20) if way in ("座谈", "接访") else None,
        "走访方式": way,
        "家庭情况": "四口人，两个在外打工",
        "所见所闻": told["经过"],
        "诉求建议": told["事由"],
        "办理情况": told["结果"],
        "帮扶": _outcomes(random),
        "未立问题原因": "当场答复了",
        "审阅": read if random.random() < 0.1 else None,
    }
    county.write("visit", values, day.year)


def _hosted(county: County) -> tuple[str | None, str, str, date]:
    """A pairing, the unit, the village, and the day from which it can be; for some only the unit and a village."""
    random = county.random
    if random.random() < 0.4:
        pairing, unit, village, since = random.choice(county.pairings)
        return pairing, unit, village, date.fromisoformat(since)
    village = random.choice(county.villages)[cases.VILLAGE]
    return None, random.choice((random.choice(county.units), random.choice(county.branches))), village, FIRST


def _activity(county: County) -> None:
    random = county.random
    pairing, unit, village, since = _hosted(county)
    day, sort, came = some_day(random, since), random.choice(tuple(Sort)), random.randrange(12, 80)
    people = random.sample(county.members, 4) + random.sample(county.cadres, 3)
    due = day + timedelta(days=30)
    decided = {
        "事项": "把水渠清到田头",
        "责任人": random.choice(county.cadres)[0],
        "完成时限": due,
        "完成日期": due if due <= TODAY and random.random() < 0.8 else None,
    }
    values = {
        "名称": f"{village[-4:]} 村{sort}",
        "类别": sort.value,
        "主题": random.choice(_THEMES),
        "日期": day,
        "主办单位": [unit],
        "结对": pairing,
        "所属村": [village],
        "参加人": [person for person, _org in people],
        "参加人次": came,
        "党员人次": came // 2,
        "学分": 2 if sort is Sort.TRAINING else None,
        "议定事项": [decided] if random.random() < 0.3 else [],
        "成效": _outcomes(random),
    }
    county.write("activity", values, day.year)


def _promise(county: County) -> None:
    random = county.random
    pairing, unit, village, since = random.choice(county.pairings)
    made = some_day(random, date.fromisoformat(since))
    due = made + timedelta(days=random.randrange(30, 300))
    kept = due - timedelta(days=random.randrange(1, 30))
    values = {
        "承诺人": unit,
        "承诺对象": village,
        "结对": pairing,
        "承诺内容": f"年内帮村里清渠 {random.randrange(100, 900)} 米",
        "公开": "是",
        "承诺日期": made,
        "完成时限": due,
        "兑现日期": kept if kept <= TODAY and random.random() < 0.8 else None,
    }
    county.write("promise", values)


def _project(county: County) -> None:
    random = county.random
    pairing, unit, village, since = random.choice(county.pairings)
    applied = some_day(random, date.fromisoformat(since))
    money = random.randrange(2, 90) * 1000
    paid = min(applied + timedelta(days=random.randrange(200)), TODAY)
    sort = random.choice(("经济项目", "基础设施", "公益项目", "帮扶项目", "示范基地", "合作社"))
    values = {
        "名称": f"{'帮扶基金' if sort == '帮扶项目' else '清渠修路'}{random.randrange(1000)}",
        "类别": sort,
        "所属村": village,
        "结对": pairing,
        "实施单位": unit,
        "责任人": random.choice(county.cadres)[0],
        "申报日期": applied,
        "工程量材料": [
            {"名目": "水泥", "数量": random.randrange(5, 50), "单位": "吨", "已核实": random.choice("是否")}
        ],
        "资金来源": ["财政资金"],
        "资金计划": [{"年份": applied.year, "金额": money, "来源": "财政资金"}],
        "拨付": [{"日期": paid, "金额": money // 2, "凭证号": f"付字{random.randrange(10000):05}号"}],
        "开工日期": applied,
        "完成时限": applied + timedelta(days=240),
        "验收日期": paid if random.random() < 0.6 else None,
        "受益户数": random.randrange(20, 200),
        "成效": _outcomes(random),
    }
    county.write("project", values)
