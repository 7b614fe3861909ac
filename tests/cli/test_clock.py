"""What is written down bears the machine's time: ``--today`` is the day looked at, and the day of what happened."""

from __future__ import annotations

from tests.cli.desk import TODAY, TRIAGE, Desk

EARLIER = "2026-03-04"
CLOCK = {"LIANXIN_CLOCK": TODAY}


def test_the_day_looked_at_is_not_the_day_of_writing(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE, today=EARLIER, env=CLOCK)
    text = desk.text(id_)
    assert f"时间: {EARLIER} " in text
    assert "记录时间: 2026-03-06 " in text
    stamps = desk.git("log", "-1", "--date=format:%Y-%m-%d", "--format=%ad %cd")
    assert stamps == "2026-03-06 2026-03-06\n"


def test_when_an_issue_was_taken_down_is_the_clocks_too(desk: Desk) -> None:
    added = ("issue", "add", "--visit", "ZF-2026-A0001", "--channel", "电话", "--summary", "渠堵了", "--words", "堵了")
    id_ = desk.do("--json", *added, today=EARLIER, env=CLOCK).json["data"]["id"]
    assert "登记时间: 2026-03-06 " in desk.text(id_)


def test_what_has_not_happened_by_the_clock_is_not_written(desk: Desk) -> None:
    id_ = desk.take_down()
    refused = desk.say("issue", "accept", id_, "--level", "村", *TRIAGE, today="2026-03-09", env=CLOCK)
    assert refused.code == 2
    assert "还没到" in refused.err


def test_what_somebody_else_wrote_a_minute_ahead_of_us_is_not_held_against_a_step(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE, today="2026-03-09 10:01")
    words = ("--field", "事由", "--value", "渠堵死了", "--why", "写错了")
    desk.do("issue", "amend", id_, *words, today="2026-03-09 10:00")
    assert desk.text(id_).count("记录时间: 2026-03-09 10:0") == 2


def test_looking_at_an_earlier_day_finds_no_fault_in_what_was_written_since(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    assert desk.do("check", today="2026-03-03", env=CLOCK).code == 0


def test_a_clock_for_tests_is_said_in_every_answer_and_commit(desk: Desk) -> None:
    answer = desk.do("--json", "village", "edit", "松坪村", "--households", "41").json
    assert answer["clock"].startswith("2026-03-06 ")
    assert "Clock: LIANXIN_CLOCK 2026-03-06" in desk.git("log", "-1", "--format=%B")
    real = desk.do("--json", "village", "edit", "松坪村", "--households", "42", today="").json
    assert "clock" not in real
    assert "Clock:" not in desk.git("log", "-1", "--format=%B")


def test_a_clock_that_tells_no_time_is_refused(desk: Desk) -> None:
    refused = desk.say("today", env={"LIANXIN_CLOCK": "昨天"})
    assert refused.code == 2
    assert "LIANXIN_CLOCK" in refused.err


def test_a_minute_of_another_zone_is_refused(desk: Desk) -> None:
    refused = desk.say("today", today="2026-03-06 09:40+08:00")
    assert refused.code == 2
    assert "--today 要写成" in refused.err
