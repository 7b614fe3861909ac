from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from lianxin.core.day.calendar import Calendar
from lianxin.core.day.limit import Limits
from lianxin.core.day.time_limit import TimeLimit, Unit, due, parse_limit
from lianxin.core.error import LianxinError, UsageError
from lianxin.storage.read.reading import read_yaml

CALENDAR = Calendar()
POLICY = Path(__file__).parents[3] / "templates" / "policy"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("5个工作日", TimeLimit(Unit.WORKDAYS, 5)),
        ("5 个工作日内", TimeLimit(Unit.WORKDAYS, 5)),
        ("\uff15个工作日", TimeLimit(Unit.WORKDAYS, 5)),  # full-width digit
        ("2小时", TimeLimit(Unit.HOURS, 2)),
        ("10天", TimeLimit(Unit.DAYS, 10)),
        ("2026-03-10", TimeLimit(Unit.UNTIL, until=datetime(2026, 3, 10, 23, 59))),
        ("2026-03-10 17:00", TimeLimit(Unit.UNTIL, until=datetime(2026, 3, 10, 17, 0))),
        ("待定", TimeLimit(Unit.OPEN)),
    ],
)
def test_rules_are_read(text: str, rule: TimeLimit) -> None:
    assert parse_limit(text) == rule


@pytest.mark.parametrize("text", ["5个工作日", "2小时", "10天", "2026-03-10", "2026-03-10 17:00", "待定"])
def test_a_rule_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_limit(text)) == text


@pytest.mark.parametrize("text", ["", "尽快", "0天", "2026-02-30", "2026-03-10 25:00", "5个月", "1000天"])
def test_what_is_no_rule_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(UsageError, match=f"「{text}」"):
        parse_limit(text)


@pytest.mark.parametrize(
    ("rule", "start", "end"),
    [
        ("5个工作日", datetime(2026, 3, 2, 9, 0), datetime(2026, 3, 9, 23, 59)),
        ("1个工作日", datetime(2026, 3, 6, 17, 0), datetime(2026, 3, 9, 23, 59)),
        ("10天", datetime(2025, 9, 28, 9, 0), datetime(2025, 10, 8, 23, 59)),
        ("2小时", datetime(2026, 3, 2, 11, 0), datetime(2026, 3, 2, 15, 0)),
        ("2026-03-10 17:00", datetime(2026, 3, 2, 9, 0), datetime(2026, 3, 10, 17, 0)),
    ],
)
def test_when_a_rule_runs_out(rule: str, start: datetime, end: datetime) -> None:
    counted = due(parse_limit(rule), start, CALENDAR)
    assert counted is not None
    assert counted.moment == end
    assert not counted.provisional


def test_an_open_rule_never_runs_out() -> None:
    assert due(parse_limit("待定"), datetime(2026, 3, 2, 9, 0), CALENDAR) is None


def test_hours_from_outside_the_office_say_from_when_they_run() -> None:
    counted = due(parse_limit("2小时"), datetime(2026, 3, 7, 20, 0), CALENDAR)
    assert counted is not None
    assert counted.moment == datetime(2026, 3, 9, 10, 30)
    assert counted.reason == "2 个办公小时，2026-03-09 08:30 上班起算"


def test_a_rule_at_the_end_of_time_does_not_break_it() -> None:
    counted = due(parse_limit("999个工作日"), datetime(9999, 12, 30, 9, 0), CALENDAR)
    assert counted is not None
    assert counted.provisional
    assert due(parse_limit("999天"), datetime(9999, 12, 30, 9, 0), CALENDAR) is not None


def test_without_a_policy_the_defaults_stand() -> None:
    limits = Limits.of(None)
    assert limits == Limits()
    assert str(limits.sign) == "2小时"
    assert [str(limits.rule(category, None)) for category in ("咨询", "求助", "投诉", None)] == [
        "2个工作日",
        "5个工作日",
        "15个工作日",
        "5个工作日",
    ]
    assert (limits.warn, limits.circular, limits.suspension, limits.extensions) == (2, 5, 365, 2)


def test_the_first_line_that_fits_counts() -> None:
    limits = Limits.of(
        {
            "办理": [
                {"紧急程度": "特急", "时限": "1个工作日"},
                {"类别": ["道路", "水利"], "紧急程度": "一般", "时限": "20个工作日"},
                {"类别": "道路", "时限": "10个工作日"},
            ]
        }
    )
    assert str(limits.rule("道路", "特急")) == "1个工作日"
    assert str(limits.rule("水利", "一般")) == "20个工作日"
    assert str(limits.rule("道路", "紧急")) == "10个工作日"
    assert limits.rule("水利", "紧急").open


def test_departments_whistled_for_have_limits_by_urgency_the_first_line_that_fits() -> None:
    lines = [
        {"紧急程度": ["特急", "紧急"], "响应": "1小时", "报到": "2小时", "办结": "3个工作日"},
        {"紧急程度": "一般", "响应": "4小时", "报到": "1个工作日", "办结": "待定"},
    ]
    limits = Limits.of({"吹哨": lines})
    assert str(limits.call("紧急").arrive) == "2小时"
    assert limits.call("一般").finish.open
    assert limits.call(None).respond.open
    assert [str(rule) for rule in (Limits().call("一般").respond, Limits().call("特急").finish)] == [
        "4小时",
        "5个工作日",
    ]


def test_what_is_left_out_keeps_its_default() -> None:
    limits = Limits.of({"联系不上": {"次数": "3"}, "暂缓最长": "180", "预警": "3个工作日", "签收": "4小时"})
    assert (limits.tries, limits.try_days, limits.suspension, limits.warn) == (3, 2, 180, 3)
    assert str(limits.sign) == "4小时"


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ({"签收时限": "2小时"}, "签收时限"),
        ({"签收": "马上"}, "马上"),
        ({"预警": "2天"}, "预警"),
        ({"暂缓最长": "一年"}, "一年"),
        ({"办理": [{"类别": "道路"}]}, "时限"),
        ({"办理": "5个工作日"}, "一条一条"),
        ({"联系不上": "2次"}, "次数和天数"),
        ({"吹哨": "2小时"}, "一条一条"),
        ({"吹哨": [{"响应": "2小时"}]}, "响应、报到、办结"),
        ({"吹哨": [{"响应": "2小时", "报到": "快", "办结": "5天"}]}, "快"),
    ],
)
def test_a_policy_that_cannot_be_read_is_refused_by_name(policy: dict[str, object], told: str) -> None:
    with pytest.raises(LianxinError, match=told):
        Limits.of(policy)


def _shipped(name: str) -> dict[str, Any]:
    return read_yaml((POLICY / f"{name}.yaml").read_bytes())


def test_the_shipped_policy_can_be_read_and_fits_the_shipped_categories() -> None:
    limits = Limits.of(_shipped("limits"))
    Calendar(_shipped("calendar"))
    categories = {entry["名称"] for entry in _shipped("categories")["类别"]}
    named = {name for line in limits.handling for name in line.categories}
    assert named <= categories
    assert str(limits.rule("政策咨询", "一般")) == "2个工作日"
    assert str(limits.rule("道路交通", "一般")) == "5个工作日"
    assert str(limits.rule("作风投诉", "一般")) == "15个工作日"
    assert limits.calls == Limits().calls


def test_every_shipped_indicator_has_a_unit_and_its_own_name() -> None:
    indicators = _shipped("indicators")["指标"]
    names = [entry["指标"] for entry in indicators]
    assert len(names) == len(set(names))
    assert all(entry["单位"] for entry in indicators)
