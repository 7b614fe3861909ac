"""What is written down bears the machine's time: ``--today`` is the day looked at, and the day of what happened."""

from __future__ import annotations

from tests.cli.desk import MINUTE, TODAY, TRIAGE, Desk
from tests.cli.terminal import ENTER, Terminal

EARLIER = "2026-03-04"
CLOCK = {"LIANXIN_CLOCK": f"{TODAY} {MINUTE}"}


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
    real = desk.do("--json", "village", "edit", "松坪村", "--households", "42", "-y", today="").json
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


FAR = "2028-03-06 10:00"


def test_a_clock_that_has_jumped_is_asked_about_before_anything_is_written(desk: Desk) -> None:
    edit = ("village", "edit", "松坪村", "--households", "41")
    for clock, word in ((FAR, "走快了"), ("2026-03-05", "走慢了")):
        refused = desk.say(*edit, today=clock)
        assert (refused.code, word in refused.err, "--yes" in refused.err) == (3, True, True), refused
    assert desk.do("today", today=FAR).code == 0
    assert desk.do(*edit, "--dry-run", today=FAR).code == 0
    desk.do(*edit, "--yes", today="2026-05-20")
    desk.do(*edit[:-1], "42", today="2026-07-01")  # an office may rest for a month


def test_at_a_terminal_the_clock_is_doubted_and_asked_about(desk: Desk) -> None:
    edit = ("village", "edit", "松坪村", "--households", "41")
    wary = Terminal(desk, *edit, today=FAR)
    wary.answer(("是准的吗？", ENTER))  # no is what a mere Enter means
    assert wary.end() == 130
    assert desk.git("log", "-1", "--format=%ad", "--date=format:%Y") == "2026\n"
    sure = Terminal(desk, *edit, today=FAR)
    sure.answer(("是准的吗？", "y" + ENTER), ("就这样改吗？", ENTER))
    assert sure.end() == 0
    assert desk.git("log", "-1", "--format=%ad", "--date=format:%Y") == "2028\n"


def test_what_a_clock_gone_wrong_has_written_is_corrected_and_the_issue_goes_on(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE, "-y", today=FAR)
    desk.do("issue", "assign", id_, "--dept", "镇水利站", "--limit", "5个工作日", "-y", today="2028-03-06 11:00")
    sign = ("issue", "sign", id_, "--person", "石勇", "--standard", "不堵")
    for at in ("2026-03-06 09:00", "2026-03-06 09:30"):
        refused = desk.say(*sign, "-y", today="2026-03-07 10:00")
        assert (refused.code, "时钟走快过" in refused.err) == (3, True), refused
        words = refused.err.rpartition("请先更正：lianxin ")[2].split()
        words[words.index("实际的时间")] = at
        desk.do(*words, "-y", today="2026-03-07 10:00")
    assert desk.do("check", today="2026-03-07 10:00").out.endswith("没有问题\n")
    desk.do(*sign, today="2026-03-07 10:05")
    assert desk.state(id_) == "办理中"
    assert "办结期限: 2028" in desk.text(id_)  # what was written stays
    assert "2026-03-13" in desk.do("issue", "show", id_).out


def test_only_what_lay_ahead_can_have_its_recorded_minute_corrected(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE, "--at", "2026-03-05 09:00", "-y", today=FAR)
    event = next(line for line in desk.text(id_).splitlines() if "- 编号" in line).split(": ")[1]
    amend = ("issue", "amend", id_, "--event", event, "--field", "记录时间", "--why", "时钟错了", "-y", "--value")
    refused = desk.say(*amend, "2026-03-04 09:00", today="2026-03-07 10:00")
    assert (refused.code, "早于" in refused.err) == (3, True), refused
    desk.do(*amend, "2026-03-06 09:00", today="2026-03-07 10:00")
    assert desk.do("check", today="2026-03-07 10:00").out.endswith("没有问题\n")
    desk.do("issue", "assign", id_, "--dept", "镇水利站", "--limit", "5个工作日", today="2026-03-07 10:01")
    event = [line for line in desk.text(id_).splitlines() if "- 编号" in line][-1].split(": ")[1]
    refused = desk.say(*amend[:4], event, *amend[5:], "2026-03-06 09:00", today="2026-03-07 10:02")
    assert (refused.code, "「记录时间」不能更正" in refused.err) == (3, True), refused
