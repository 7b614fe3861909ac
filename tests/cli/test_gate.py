"""What ``check`` would call an error is not written, by whatever command; nor what nobody can see, nor half of what
was typed.
"""

from __future__ import annotations

import pytest
from tests.cli.desk import TRIAGE, Desk

PAIR = ("pairing", "add", "--nature", "领导–学生", "--second", "李桂兰", "--since", "2026-03-01")
PROJECT = ("project", "add", "--name", "上渠清淤", "--sort", "基础设施", "--village", "松坪村")


def refused(desk: Desk, *words: str) -> str:
    """What a command says that must not write."""
    head = desk.git("rev-parse", "HEAD")
    said = desk.say(*words)
    assert said.code in (2, 3), said
    assert (desk.git("rev-parse", "HEAD"), desk.git("status", "--porcelain")) == (head, "")
    return said.err


def test_a_rule_across_records_holds_when_one_is_added_and_when_it_is_changed(desk: Desk) -> None:
    assert "「领导–学生」的甲方应是党员干部，这里写的是单位" in refused(desk, *PAIR, "--first", "镇水利站")
    desk.do(*PAIR, "--first", "何小满")
    assert "甲方应是单位" in refused(desk, "pairing", "edit", "JD-A0001", "--nature", "单位–村")
    assert desk.do("check").code == 0


def test_an_indicator_nobody_counts_is_refused(desk: Desk) -> None:
    (desk.root / "policy").mkdir(exist_ok=True)
    (desk.root / "policy" / "indicators.yaml").write_text("指标:\n  - 指标: 实事\n    单位: 件\n", encoding="utf-8")
    desk.do("commit")
    assert "没有「实事儿」这个指标" in refused(desk, *PROJECT, "--outcomes", "指标=实事儿，数量=1")
    desk.do(*PROJECT, "--outcomes", "指标=实事，数量=1")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*PROJECT, "--households", "-3"), "受益户数 -3 是负的"),
        ((*PROJECT, "--planned", "年份=2026，金额=-5"), "金额 -5 是负的"),
        (("village", "edit", "松坪村", "--population", "-1"), "人口 -1 是负的"),
        (("village", "edit", "松坪村", "--groups", "+38户"), "村组：写的是门牌或户，不是组"),
        (("household", "edit", "李桂兰", "--address", "一组，找 139 0000 1235"), "住址：里面有电话"),
        (("village", "edit", "松坪村", "--incomes", "+年份=2025，集体收入=-100"), "集体收入 -100 是负的"),
        (("visit", "edit", "ZF1", "--attendance", "-2"), "见到人次 -2 是负的"),
    ],
)
def test_money_and_counts_are_not_below_nothing(desk: Desk, words: tuple[str, ...], told: str) -> None:
    assert told in refused(desk, *words)


def test_money_given_back_is_below_nothing(desk: Desk) -> None:
    money = ("--applied", "2026-02-01", "--payments", "日期=2026-03-01，金额=500", "--payments")
    desk.do(*PROJECT, *money, "日期=2026-03-02，金额=-200")
    assert desk.do("check").code == 0


def test_the_cost_of_an_issue_is_not_below_nothing(desk: Desk) -> None:
    id_ = desk.take_down()
    told = refused(desk, "issue", "quick", id_, *TRIAGE, "--done", "换了", "--cost", "-50", "--reported", "是")
    assert "费用 -50 是负的" in told


def test_a_unit_that_undertakes_nothing_is_not_assigned_to(desk: Desk) -> None:
    desk.do("org", "add", "--name", "县司法局", "--level", "县")
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, *TRIAGE, "--level", "村")
    assert "县司法局（DW-A0003）不承办" in refused(desk, "issue", "assign", id_, "--dept", "县司法局")
    desk.do("issue", "assign", id_, "--dept", "镇水利站")
    assert f"{id_}：镇水利站（DW-A0002）不承办" in refused(desk, "org", "edit", "镇水利站", "--department", "否")


def test_the_own_unit_may_be_assigned_to(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, *TRIAGE, "--level", "村")
    desk.do("issue", "assign", id_, "--dept", "DW-A0001")
    assert desk.do("check").code == 0


def test_who_will_not_be_named_leaves_no_telephone(desk: Desk) -> None:
    words = ("issue", "add", "--channel", "电话", "--raised", "2026-03-05", "--village", "松坪村", "--anonymous", "是")
    told = ("--summary", "渠堵了", "--words", "水过不来")
    assert "写了匿名，又留了联系电话" in refused(desk, *words, *told, "--phone", "13900005678")
    desk.do(*words, *told)


def test_what_check_only_warns_of_is_told(desk: Desk) -> None:
    desk.do(*PROJECT, "--planned", "年份=2026，金额=500")
    said = desk.do("project", "edit", "XM-A0001", "--payments", "日期=2026-03-01，金额=600")
    assert "提醒：已付 600 元，计划只有 500 元" in said.out


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ((*PROJECT, "--name", "下渠"), "--name"),
        (("village", "edit", "松坪村", "--households", "3", "--households=4"), "--households"),
        (("silence", "H004", "ZF1", "--why", "甲", "--why", "乙"), "--why"),
        (("--as", "何小满", *PROJECT, "--as", "石勇"), "--as"),
        (("visit", "list", "-p", "2026", "--period", "2025"), "-p、--period"),
        (("走访", "列表", "--期间", "2026", "--期间", "2025"), "--期间"),
    ],
)
def test_an_option_of_one_value_is_given_once(desk: Desk, words: tuple[str, ...], option: str) -> None:
    assert f"{option} 写了 2 次，它只能有一个值" in refused(desk, *words)


def test_an_edit_by_hand_is_held_to_the_same(desk: Desk) -> None:
    desk.do(*PAIR, "--first", "何小满")
    path = desk.root / "pairings" / "JD-A0001.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("领导–学生", "单位–村"), encoding="utf-8")
    head = desk.git("rev-parse", "HEAD")
    said = desk.say("commit")
    assert (said.code, "JD-A0001：「单位–村」的甲方应是单位" in said.err) == (3, True), said
    assert desk.git("rev-parse", "HEAD") == head
    path.write_text(path.read_text(encoding="utf-8").replace("单位–村", "领导–学生") + "备注: 好\n", encoding="utf-8")
    desk.do("commit")


@pytest.mark.parametrize("odd", ["\x1b", "\x07", "\u202e", "\u2066", "\u200f", "\ufeff", "\x85", "\r"])
def test_what_nobody_sees_is_not_taken(desk: Desk, odd: str) -> None:
    id_ = desk.take_down()
    for words in (
        ("household", "edit", "李桂兰", "--notes"),
        ("issue", "progress", id_, "--text"),
        ("silence", "H004", id_, "--why"),
        ("village", "add", "--town", "云岭镇", "--name"),
    ):
        assert f"看不见的字符 U+{ord(odd):04X}" in refused(desk, *words, f"看{odd}过")


def test_what_the_other_fields_call_for_is_asked_of_a_pipe_too(desk: Desk) -> None:
    coop = ("org", "add", "--name", "松坪村合作社", "--level", "村")
    lacking = "村一级的，要写所在村；还缺 --village 所在村"
    said = desk.say(*coop)
    assert (said.code, lacking in said.err) == (2, True), said
    desk.do(*coop, "--village", "松坪村")
    said = desk.say("org", "edit", "松坪村合作社", "--village", "-")
    assert (said.code, lacking in said.err) == (2, True), said
    desk.do("org", "edit", "松坪村合作社", "--phone", "0690-8650123")
