"""What people type is understood: days, hours, sums, limits, telephones, identity numbers, groups."""

from __future__ import annotations

import pytest
from tests.cli.desk import TRIAGE, Desk


def held(desk: Desk, folder: str, id_: str) -> str:
    return (desk.root / folder / f"{id_}.yaml").read_text(encoding="utf-8")


def test_days_sums_and_numbers(desk: Desk) -> None:
    words = ("project", "add", "--name", "上渠", "--sort", "基础设施", "--village", "松坪村", "--applied", "2月16日")
    payment = ("--payments", "日期：3/2，金额：1.5万，凭证号：拨１号", "--payments", "日期=昨天，金额=１,２００")
    desk.do(*words, "--started", "上周五", "--households", "３８户", *payment)
    text = held(desk, "projects", "XM-A0001")
    for line in ("申报日期: 2026-02-16", "开工日期: 2026-02-27", "受益户数: 38", "金额: 15000", "日期: 2026-03-02"):
        assert line in text
    assert "日期: 2026-03-05\n    金额: 1200\n" in text
    assert "凭证号: 拨１号" in text  # words stay as they were written


def test_hours_and_limits(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, *TRIAGE, "--level", "村", "--at", "昨天下午3点")
    desk.do("issue", "assign", id_, "--dept", "镇水利站", "--limit", "五个工作日", "--at", "昨天 15：20")
    desk.do("issue", "extend", id_, "--limit", "3月27日", "--why", "挖机坏了", "--approved", "石勇")
    text = desk.text(id_)
    for line in ("时间: 2026-03-05 15:00", "时间: 2026-03-05 15:20", "办理时限: 5个工作日", "办结期限: 2026-03-27"):
        assert line in text
    said = desk.say("issue", "progress", id_, "--text", "看过", "--at", "2026-03-06 下午33点")
    assert (said.code, "「2026-03-06 下午33点」" in said.err) == (2, True), said


@pytest.mark.parametrize("period", ["今年", "3月", "这个月", "本周一", "2026/3/2", "3月1日至3月6日", "一季度"])
def test_periods(desk: Desk, period: str) -> None:
    assert "ZF-2026-A0001" in desk.do("visit", "list", "-p", period, "-f", "csv").out


def test_periods_that_hold_nothing(desk: Desk) -> None:
    for period in ("上个月", "去年", "昨天", "上周五"):
        assert "ZF-2026-A0001" not in desk.do("visit", "list", "-p", period, "-f", "csv").out


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("11010119900307123", "应为 18 位，这里是 17 位"),
        ("110101199013071234", "出生年月日不对"),
        ("110101199003071235", "校验不对"),
        ("110101l99003078033", "只能有数字"),
    ],
)
def test_an_identity_number_that_is_none_is_refused(desk: Desk, typed: str, why: str) -> None:
    said = desk.say("household", "edit", "李桂兰", "--identity", typed)
    assert (said.code, why in said.err, typed in said.err) == (2, True, False), said


def test_an_identity_number_is_kept_bare_and_one_on_two_households_is_told_of(desk: Desk) -> None:
    desk.do("household", "edit", "李桂兰", "--identity", "110101 19900307 803x")
    assert "身份证号: 11010119900307803X" in held(desk, "households", "HU-A0001").replace('"', "")
    said = desk.do("household", "add", "--head", "周满", "--village", "松坪村", "--identity", "11010119900307803X")
    assert "写的是同一个身份证号" in said.err
    assert "D014" in desk.say("check").out


def test_groups_in_one_line_are_several_and_only_those_are_taken(desk: Desk) -> None:
    desk.do("village", "add", "--name", "坎村", "--town", "云岭镇", "--groups", "坎上组、坎下组")
    assert "村组:\n  - 坎上组\n  - 坎下组\n" in held(desk, "villages", "CUN-A0002")
    words = ("household", "add", "--head", "周满", "--village", "坎村", "--group")
    said = desk.say(*words, "坎中组")
    assert (said.code, "坎村没有这里写的组，有 坎上组、坎下组" in said.err) == (2, True), said
    desk.do(*words, "坎上组")
    issue = (
        "issue",
        "add",
        "--household",
        "周满",
        "--raised",
        "今天",
        "--channel",
        "电话",
        "--summary",
        "渠堵",
        "--words",
        "堵",
    )
    assert "坎村没有这里写的组" in desk.say(*issue, "--group", "三组").err
    desk.do(*issue)
    said = desk.say("village", "edit", "坎村", "--groups", "-坎上组")
    assert (said.code, "HU-A0002：坎村没有" in said.err) == (2, True), said
    assert "没有问题" in desk.do("check").out
