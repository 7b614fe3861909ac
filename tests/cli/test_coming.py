"""A deadline in words is the day to come, and the answer says which day that is."""

from __future__ import annotations

from tests.cli.desk import Desk
from tests.cli.terminal import ENTER, ESCAPE, Terminal

#: A Monday.
MONDAY = "2026-03-09"


def test_deadlines_by_flags_are_read_forwards_and_told(desk: Desk) -> None:
    listed = (
        "rectification",
        "add",
        "--listed",
        "3月2日",
        "--source",
        "督查",
        "--about",
        "松坪村",
        "--fault",
        "账不全",
    )
    said = desk.do(*listed, "--measure", "补齐", "--dept", "镇水利站", "--limit", "周五", today=MONDAY)
    assert "  挂账日期 记作 2026-03-02\n  整改时限 记作 2026-03-13\n" in said.out

    extend = ("整改", "延期", "A1", "--limit", "五个工作日", "--why", "雨天", "--approved", "石勇")
    assert "新期限 记作 2026-03-20（从 2026-03-13 起，5 个工作日）" in desk.do(*extend, today=MONDAY).out
    shown = desk.do("--json", "rectification", "show", "A1", today=MONDAY).json["data"]["item"]
    assert (shown["limit"], shown["due"], shown["light"]) == ("2026-03-13", "2026-03-20", "正常")


def test_an_hour_behind_a_day_is_left_out_and_told(desk: Desk) -> None:
    visit = ("visit", "add", "--visitors", "何小满", "--households", "李桂兰", "--way", "入户", "--requests", "想修路")
    said = desk.do(*visit, "--day", "周五下午3点", today=MONDAY)
    assert "日期 记作 2026-03-06（只记日子，钟点没有记）" in said.out
    made = desk.do("visit", "edit", "ZF-2026-A0002", "--day", "3月7日下午3点半", today=MONDAY)
    assert "日期 记作 2026-03-07（只记日子，钟点没有记）" in made.out


def test_a_time_of_which_only_the_day_is_told_is_at_this_hour_of_it_and_told(desk: Desk) -> None:
    issue = desk.take_down()
    whistle = ("whistle", "add", "--by", "镇水利站", "--matter", "修渠", "--issues", issue, "--lead", "镇水利站")
    said = desk.do(*whistle, "--blown", "周五", "--summoned", "镇水利站", today=MONDAY)
    assert "吹哨时间 记作 2026-03-06 15:30（没有写钟点，照现在的）" in said.out


def test_in_a_form_a_limit_is_counted_from_the_day_answered_before(desk: Desk) -> None:
    words = ("rectification", "add", "--source", "督查", "--about", "松坪村", "--fault", "账不全", "--dept", "镇水利站")
    terminal = Terminal(desk, *words, "--listed", "3月2日", today=MONDAY, lines=24)
    terminal.fill(
        ("记作 2026-03-02", ""),
        ("整改措施*", "补齐" + ENTER),
        ("整改措施*    补齐", ENTER),  # the unit is told already
        ("整改时限*    ", "五个工作日" + ENTER),
        ("记作 2026-03-09（从 2026-03-02 起，5 个工作日）", ESCAPE),
    )
    assert terminal.end() == 130
