"""How a county is judged: surveys, faults on the books, appraisals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bench import cases
from bench.county import County
from bench.county_work import some_day
from bench.generate import TODAY

_SCHEMES = ("先锋指数", "设岗定责")


def judge(county: County, issues: int) -> None:
    """Of each sort so many as the issues would have."""
    for each, many in ((_survey, issues // 25), (_rectification, issues // 20), (_appraisal, issues // 8)):
        for _ in range(max(many, 4)):
            each(county)


def _survey(county: County) -> None:
    random = county.random
    subject, about = random.choice(
        (
            ("村级党组织", random.choice(county.branches)),
            ("联建单位", random.choice(county.units)),
            ("党员", random.choice(county.members)[0]),
        )
    )
    day = some_day(random)
    if not county.fresh("survey", about, day):
        return
    most, fair, bad = random.randrange(30, 60), random.randrange(10), random.randrange(3)
    answers = [{"选项": "满意", "份数": most}, {"选项": "基本满意", "份数": fair}, {"选项": "不满意", "份数": bad}]
    valid = most + fair + bad
    counted = {"发放份数": valid + 4, "收回份数": valid + 2, "有效份数": valid, "答卷": answers}
    county.write("survey", {"测评对象": about, "类别": subject, "日期": day, "题目": "满意不满意", **counted})


def _step(county: County, step: str, day: date, fields: Mapping[str, Any]) -> dict[str, Any]:
    moment = f"{day} 10:00"
    head = {"编号": f"e{county.random.getrandbits(36):09x}", "步骤": step, "时间": moment, "记录时间": moment}
    return {**head, "经办人": "RY-A0001", **fields}


def _rectification(county: County) -> None:
    random = county.random
    listed = some_day(random, date(2024, 1, 1))
    village = random.choice(county.villages)
    steps: tuple[tuple[str, int, dict[str, Any]], ...] = (
        ("进展", 7, {"进展情况": "账贴出来了"}),
        ("整改完成", 20, {"整改结果": "连着三个月按时上墙"}),
        ("验收", 25, {"是否通过": "是", "验收意见": "现场看过"}),
        ("销号", 27, {}),
    )
    done = steps[: random.choice((0, 1, 2, 4, 4, 4))]
    days = [(step, listed + timedelta(days=after), fields) for step, after, fields in done]
    values = {
        "挂账日期": listed,
        "来源": random.choice(("调研", "督查", "民主生活会", "群众投诉", "其他")),
        "整改对象": village[cases.VILLAGE],
        "存在问题": "村务账目公开晚",
        "整改措施": "每季头一个月十日前上墙",
        "责任单位": village[cases.BRANCH],
        "责任人": village[cases.CADRE],
        "整改时限": listed + timedelta(days=random.randrange(18, 90)),
        "事件": [_step(county, *one) for one in days if one[1] < TODAY],
    }
    county.write("rectification", values)


def _appraisal(county: County) -> None:
    random = county.random
    (whom, org), scheme = random.choice(county.members), random.choice(_SCHEMES)
    year = random.randrange(2023, 2026)
    if not county.fresh(whom, year, scheme):
        return
    items = [
        {"项目": "参加活动", "得分": random.randrange(10, 30)},
        {"项目": "联系群众", "得分": random.randrange(20, 60)},
    ]
    best = random.random() < 0.05
    values = {
        "考核对象": whom,
        "周期": f'"{year}"',
        "方案": scheme,
        "得分项": items,
        "等次": random.choice(("好", "较好", "一般")),
        "评定人": org,
        "评定日期": date(year + 1, 1, 12),
        "评优": "是" if best else None,
        "理由": "群众都说好" if best else None,
    }
    county.write("appraisal", values)
