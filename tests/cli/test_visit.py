"""Visits: whom they met, in names or in numbers."""

from __future__ import annotations

from tests.cli.desk import Desk


def test_of_a_meeting_the_number_who_came_says_enough(desk: Desk) -> None:
    visit = ("visit", "add", "--day", "2026-03-03", "--visitors", "何小满", "--village", "松坪村")
    desk.do(*visit, "--way", "座谈", "--attendance", "30人", "--heard", "都说渠该清了")
    assert "见到人次: 30\n" in (desk.root / "visits/2026/ZF-2026-A0002.yaml").read_text(encoding="utf-8")
    told = desk.say(*visit, "--way", "接访").err
    assert "走访户、见到的人、见到人次至少要写一样" in told
    assert "走访户和见到的人至少要写一样" in desk.say(*visit, "--way", "入户", "--attendance", "30").err
    told = desk.say(*visit, "--way", "座谈", "--people", "30多人").err
    assert "写的是人数，不是姓名；来了多少人写到「见到人次」（--attendance 30）" in told
    assert desk.do("--json", "check").json["data"]["problems"] == []


def test_a_request_heard_leads_to_an_issue_and_one_written_twice_to_the_command_that_joins(desk: Desk) -> None:
    visit = ("visit", "add", "--day", "2026-03-03", "--visitors", "何小满", "--households", "李桂兰", "--way", "入户")
    said = desk.do(*visit, "--requests", "灯不亮")
    assert "  要立问题：lianxin issue add --visit ZF-2026-A0002\n" in said.out
    told = desk.do(*visit)
    assert "lianxin visit join ZF-2026-A0002 ZF-2026-A0003 合成一份" in told.err
    assert "要立问题" not in told.out
    assert "lianxin visit join ZF-2026-A0002 ZF-2026-A0003 合成一份" in desk.say("check").out
