"""Limits worked out by hand on the calendars of 2024 to 2026. Counted days in brackets, days off named."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime

import pytest
from msgspec.structs import replace
from tests.kinds.story import CONTEXT, Story, codes

from lianxin.core.day.calendar import Calendar
from lianxin.core.day.limit import Limits
from lianxin.core.declare.lifecycle import Context


def assigned(at: str, rule: str | None) -> Story:
    day = at[:10]
    story = Story(反映时间=day, 登记时间=f"{day} 08:00").then(f"{day} 08:30", "受理")
    return story.then(at, "交办", 办理时限=rule)


def end(text: str) -> datetime:
    return datetime.fromisoformat(text if len(text) > 10 else f"{text} 23:59")


@pytest.mark.parametrize(
    ("at", "rule", "due"),
    [
        # Mon 2 Mar; 3(1) 4(2) 5(3) 6(4), weekend, 9(5)
        ("2026-03-02 09:30", "5个工作日", "2026-03-09"),
        # Tue 30 Sep; 1-8 Oct National Day and Mid-Autumn; 9(1) 10(2) Sat 11 made up (3)
        ("2025-09-30 10:00", "3个工作日", "2025-10-11"),
        # Fri 26 Apr; Sun 28 made up (1) 29(2) 30(3); 1-5 May Labour Day; 6(4) 7(5)
        ("2024-04-26 10:00", "5个工作日", "2024-05-07"),
        # Thu 12 Feb; 13(1) Sat 14 made up (2); 15-23 Feb Spring Festival; 24(3) 25(4) 26(5)
        ("2026-02-12 16:00", "5个工作日", "2026-02-26"),
        # Wed 31 Dec; 1-3 Jan New Year; Sun 4 made up (1) 5(2)
        ("2025-12-31 10:00", "2个工作日", "2026-01-05"),
        # Thu 30 Apr 17:00, half an hour to go; 1-5 May off; 6 May from 08:30 one hour and a half
        ("2026-04-30 17:00", "2小时", "2026-05-06 10:00"),
        # 28 Sep + 10 days, the holiday counted like any other
        ("2025-09-28 10:00", "10天", "2025-10-08"),
        ("2026-03-02 09:30", "2026-03-20 17:00", "2026-03-20 17:00"),
    ],
)
def test_a_limit_starts_the_working_day_after_assignment(at: str, rule: str, due: str) -> None:
    life = assigned(at, rule).life()
    assert life.due == life.first_due == end(due)
    assert life.provisional is False
    assert codes(life) == []


def test_an_extension_counts_from_the_assignment_and_keeps_the_first_limit() -> None:
    # Mon 30 Mar; 31(1) 1(2) 2(3) 3(4); 4-6 Apr Qingming; 7(5)
    story = assigned("2026-03-30 09:00", "5个工作日").then("2026-03-30 10:00", "签收")
    assert story.life().due == end("2026-04-07")
    # on the last day: 8(6) 9(7) 10(8) 13(9) 14(10)
    life = story.then("2026-04-07 17:00", "延期", 办理时限="10个工作日").life()
    assert (life.due, life.first_due, life.extensions) == (end("2026-04-14"), end("2026-04-07"), 1)
    life = story.then("2026-04-10 10:00", "办结").life()
    assert (life.on_time, life.on_time_first) == (True, False)


def test_the_clock_stands_still_while_suspended() -> None:
    # Wed 22 Apr; 23(1) 24(2) 27(3) 28(4) 29(5) 30(6); 1-5 May; 6(7) 7(8) 8(9) Sat 9 made up (10)
    story = assigned("2026-04-22 09:00", "10个工作日").then("2026-04-22 10:00", "签收")
    assert story.life().due == end("2026-05-09")
    # suspended Tue 28 Apr, resumed Thu 7 May: 28, 29, 30 Apr and 6 May stood still, 4 working days
    story.then("2026-04-28 10:00", "暂缓").then("2026-05-07 09:00", "恢复")
    # 9 May + 4: 11(1) 12(2) 13(3) 14(4)
    life = story.life()
    assert (life.due, life.first_due) == (end("2026-05-14"), end("2026-05-09"))
    assert "2026-05-09 顺延到 2026-05-14" in life.limits[-1].reason
    # in time by the clock that stood still, so also by the first limit
    life = story.then("2026-05-14 17:00", "办结").life()
    assert (life.on_time, life.on_time_first) == (True, True)


def test_extension_then_suspension_over_a_holiday() -> None:
    # Thu 25 Sep; 26(1) Sun 28 made up (2) 29(3) 30(4); 1-8 Oct; 9(5)
    story = assigned("2025-09-25 09:00", "5个工作日").then("2025-09-25 10:00", "签收")
    assert story.life().due == end("2025-10-09")
    # 10(6) Sat 11 made up (7) Mon 13(8)
    story.then("2025-09-30 10:00", "延期", 办理时限="8个工作日")
    assert story.life().due == end("2025-10-13")
    # suspended Thu 9, resumed Tue 14: 9, 10, 11, 13 stood still; 13 + 4: 14(1) 15(2) 16(3) 17(4)
    story.then("2025-10-09 09:00", "暂缓").then("2025-10-14 09:00", "恢复")
    assert story.life().due == end("2025-10-17")


def test_suspension_then_extension_the_days_stood_still_are_added() -> None:
    # Mon 2 Mar, 5: Mon 9. Suspended Wed 4, resumed Fri 6: 4 and 5 stood still: 10(1) 11(2)
    story = assigned("2026-03-02 09:00", "5个工作日").then("2026-03-02 10:00", "签收")
    story.then("2026-03-04 10:00", "暂缓").then("2026-03-06 10:00", "恢复")
    assert story.life().due == end("2026-03-11")
    # 10 from 2 Mar: 10(6) 11(7) 12(8) 13(9) 16(10); the two days again: 17(1) 18(2)
    life = story.then("2026-03-11 10:00", "延期", 办理时限="10个工作日").life()
    assert life.due == end("2026-03-18")
    assert codes(life) == []


def test_a_limit_in_hours_stands_still_by_the_hour() -> None:
    # Mon 2 Mar 09:00 + 8 office hours: 9-12 and 14-17:30 are 6.5; 1.5 on Tuesday from 08:30: 10:00
    story = assigned("2026-03-02 09:00", "8小时").then("2026-03-02 09:30", "签收")
    assert story.life().due == end("2026-03-03 10:00")
    # suspended 11:00 to 15:00: 11-12 and 14-15, two hours; 10:00 + 2 = 12:00
    story.then("2026-03-02 11:00", "暂缓").then("2026-03-02 15:00", "恢复")
    assert story.life().due == end("2026-03-03 12:00")


def test_a_limit_in_days_of_the_calendar_stands_still_by_such_days() -> None:
    # Mon 28 Sep + 20 days, holidays counted: 18 Oct. Suspended 30 Sep, resumed 8 Oct: 8 days, of which 1-7 Oct are off
    story = assigned("2026-09-28 09:00", "20天").then("2026-09-28 10:00", "签收")
    assert story.life().due == end("2026-10-18")
    story.then("2026-09-30 10:00", "暂缓", 复核日期="2026-10-08").then("2026-10-08 09:00", "恢复")
    life = story.life()
    assert (life.due, life.first_due, codes(life)) == (end("2026-10-26"), end("2026-10-18"), [])
    # counted anew for an extension the days stood still are the same: 28 Sep + 30 + 8 = 5 Nov
    longer = deepcopy(story).then("2026-10-20 10:00", "延期", 办理时限="30天").life()
    assert (longer.due, codes(longer)) == (end("2026-11-05"), [])
    # in working days from 28 Sep: 29(1) 30(2), 1-7 Oct, 8(3) 9(4) Sat 10 made up (5) 12(6) … 16(10) 19(11) … 23(15)
    # 26(16) 27(17) 28(18) 29(19) 30(20); only 30 Sep stood still as a working day: Mon 2 Nov
    switched = deepcopy(story).then("2026-10-20 10:00", "延期", 办理时限="20个工作日").life()
    assert (switched.due, codes(switched)) == (end("2026-11-02"), [])
    # in time by the clock that stood still, so also by the first limit
    life = story.then("2026-10-26 17:00", "办结").life()
    assert (life.on_time, life.on_time_first) == (True, True)


def test_the_first_limit_stands_still_by_its_own_rule() -> None:
    # Mon 28 Sep + 10 days: 8 Oct; put off at once to 20 working days: 30 Oct
    story = assigned("2026-09-28 09:00", "10天").then("2026-09-28 10:00", "签收")
    story.then("2026-09-29 09:00", "延期", 办理时限="20个工作日")
    assert story.life().due == end("2026-10-30")
    # suspended 30 Sep, resumed 8 Oct: one working day for the one, 8 days for the other: 2 Nov and 16 Oct
    story.then("2026-09-30 10:00", "暂缓", 复核日期="2026-10-08").then("2026-10-08 09:00", "恢复")
    assert story.life().due == end("2026-11-02")
    assert deepcopy(story).then("2026-10-16 17:00", "办结").life().on_time_first is True
    assert story.then("2026-10-17 09:00", "办结").life().on_time_first is False


def test_days_of_the_calendar_need_no_published_year() -> None:
    # suspended Sat 20 Dec 2098 for 20 days; 10 Dec + 30 days = 9 Jan, + 20 = 29 Jan
    story = Story(反映时间="2098-12-10", 登记时间="2098-12-10 08:00").then("2098-12-10 08:30", "受理")
    story.then("2098-12-10 09:00", "交办", 办理时限="30天").then("2098-12-10 10:00", "签收")
    story.then("2098-12-20 10:00", "暂缓", 复核日期="2099-01-09").then("2099-01-09 09:00", "恢复")
    life = story.life()
    assert (life.due, life.provisional) == (end("2099-01-29"), False)


def test_a_deadline_named_by_its_day_stands_still_by_working_days() -> None:
    # Sun 18 Oct; suspended 30 Sep, resumed 8 Oct, one working day: Mon 19
    story = assigned("2026-09-28 09:00", "2026-10-18").then("2026-09-28 10:00", "签收")
    story.then("2026-09-30 10:00", "暂缓", 复核日期="2026-10-08").then("2026-10-08 09:00", "恢复")
    assert story.life().due == end("2026-10-19")


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        # Mon 2 Mar; the limit begins on Tue 3, which alone stands still: 4(1) 5(2) 6(3) 9(4) 10(5)
        ("5个工作日", "2026-03-10"),
        # 4(1) and so on, every day alike
        ("10天", "2026-03-13"),
        # Fri 6 Mar and the one working day that was lost
        ("2026-03-06", "2026-03-09"),
        # hours run at once: 9 to 10, then three hours from 09:00 on
        ("4小时", "2026-03-04 12:00"),
    ],
)
def test_a_suspension_before_the_limit_runs_takes_nothing_from_it(rule: str, due: str) -> None:
    story = assigned("2026-03-02 09:00", rule).then("2026-03-02 09:30", "签收")
    life = story.then("2026-03-02 10:00", "暂缓").then("2026-03-04 09:00", "恢复").life()
    assert (life.due, codes(life)) == (end(due), [])
    story.then(f"{due[:10]} 12:00", "办结")
    assert (story.life().on_time, story.life().on_time_first) == (True, True)


@pytest.mark.parametrize(
    ("rule", "at", "left"),
    [
        ("5个工作日", "2026-03-02 10:00", "剩 5 个工作日"),  # on the day of assignment
        ("5个工作日", "2026-03-04 10:00", "剩 4 个工作日"),  # 4 5 6 9
        ("5个工作日", "2026-03-09 16:00", "剩 1 个工作日"),  # the last day
        ("10天", "2026-03-04 10:00", "剩 9 天"),  # 4 to 12
        ("2026-03-06", "2026-03-05 10:00", "剩 2 个工作日"),
        ("2026-03-06 12:00", "2026-03-05 15:30", "剩 5 个办公小时 30 分钟"),  # 15:30-17:30, 08:30-12:00
        ("待定", "2026-03-05 15:30", None),
    ],
)
def test_while_suspended_an_issue_has_what_is_left_and_no_date(rule: str, at: str, left: str | None) -> None:
    story = assigned("2026-03-02 09:00", rule).then("2026-03-02 09:30", "签收")
    life = story.then(at, "暂缓").life()
    assert (life.due, life.left) == (None, left)
    resumed = story.then(f"{at[:10]} 17:00", "恢复").life()
    assert (resumed.left, resumed.due is None) == (None, rule == "待定")


def test_the_deadline_stored_on_resuming_is_the_truth() -> None:
    story = assigned("2026-09-28 09:00", "20天").then("2026-09-28 10:00", "签收")
    story.then("2026-09-30 10:00", "暂缓", 复核日期="2026-10-08")
    assert story.then("2026-10-08 09:00", "恢复", 办结期限="2026-10-19").life().due == end("2026-10-19")


def test_what_had_run_out_stays_so() -> None:
    story = assigned("2026-03-02 09:00", "1个工作日").then("2026-03-02 10:00", "签收")
    story.then("2026-03-05 10:00", "暂缓")
    assert (story.life().due, story.life().left) == (end("2026-03-03"), "时限已过")
    story.then("2026-03-12 10:00", "恢复")
    assert story.life().due == end("2026-03-03")
    assert story.then("2026-03-12 11:00", "办结").life().on_time is False


def test_reopening_starts_a_new_limit_and_the_old_ones_are_kept() -> None:
    story = assigned("2026-06-01 09:00", "5个工作日").then("2026-06-01 10:00", "签收").then("2026-06-05 10:00", "办结")
    # Fri 12 Jun; 15(1) 16(2) 17(3) 18(4); 19-21 Dragon Boat; Mon 22(5)
    life = story.then("2026-06-12 10:00", "重办", 办理时限="5个工作日").life()
    assert (life.due, life.first_due) == (end("2026-06-22"), end("2026-06-08"))
    assert [limit.step for limit in life.limits] == ["交办", "重办"]
    assert life.limits[-1].reason == "5 个工作日，跳过端午节 3 天"
    life = story.then("2026-06-20 10:00", "办结").life()
    assert (life.on_time, life.on_time_first) == (True, False)


def test_a_limit_owed_is_named_on_signing_and_counts_from_the_assignment() -> None:
    story = Story().then("2026-03-02 09:30", "受理").then("2026-03-02 10:00", "交办", 办理时限="待定", 工作标准=None)
    life = story.life()
    assert (life.due, life.owed) == (None, ("办理时限", "工作标准"))
    life = story.then("2026-03-04 10:00", "签收", 办理时限="5个工作日", 工作标准="路面平整").life()
    assert (life.due, life.first_due, life.owed) == (end("2026-03-09"), end("2026-03-09"), ())
    assert codes(life) == []


def test_signing_without_what_is_owed_is_a_fault() -> None:
    story = Story().then("2026-03-02 09:30", "受理").then("2026-03-02 10:00", "交办", 办理时限="待定", 责任人=None)
    life = story.then("2026-03-02 11:00", "签收").life()
    assert codes(life) == ["L019"]
    assert "责任人、办理时限" in life.faults[0].message
    assert life.state == "办理中"


def test_a_second_limit_on_signing_does_not_count() -> None:
    life = assigned("2026-03-02 09:00", "5个工作日").then("2026-03-02 10:00", "签收", 办理时限="20个工作日").life()
    assert codes(life) == ["L026"]
    assert life.due == end("2026-03-09")


@pytest.mark.parametrize(
    ("at", "rule", "code"),
    [
        ("2026-03-10 00:10", "10个工作日", "L003"),  # the limit was 9 March
        ("2026-03-05 10:00", "5个工作日", "L005"),
        ("2026-03-05 10:00", "2026-03-06", "L005"),
        ("2026-03-05 10:00", "待定", "L006"),
        ("2026-03-05 10:00", "再过几天", "L021"),
    ],
)
def test_extensions_that_do_not_count(at: str, rule: str, code: str) -> None:
    life = (
        assigned("2026-03-02 09:00", "5个工作日")
        .then("2026-03-02 10:00", "签收")
        .then(at, "延期", 办理时限=rule)
        .life()
    )
    assert code in codes(life)
    assert (life.due, life.extensions) == (end("2026-03-09"), 0)


def test_at_most_two_extensions_of_one_assignment() -> None:
    story = assigned("2026-03-02 09:00", "5个工作日").then("2026-03-02 10:00", "签收")
    story.then("2026-03-03 10:00", "延期", 办理时限="6个工作日").then("2026-03-04 10:00", "延期", 办理时限="7个工作日")
    assert "extend" not in {step.name for step in story.life().lawful}
    life = story.then("2026-03-05 10:00", "延期", 办理时限="8个工作日").life()
    assert codes(life) == ["L004"]
    assert (life.due, life.extensions) == (end("2026-03-11"), 2)


def test_a_return_ends_the_clock_and_the_next_assignment_starts_a_new_one() -> None:
    story = assigned("2026-03-02 09:00", "5个工作日").then("2026-03-03 09:00", "退回", 退回单位="DW-A0001")
    life = story.life()
    assert (life.due, life.dept, life.first_due) == (None, None, end("2026-03-09"))
    assert [(refusal.by, refusal.why) for refusal in life.refusals] == [("DW-A0001", "不归我们管")]
    life = story.then("2026-03-04 09:00", "交办", 责任部门="DW-A0002", 办理时限="3个工作日").life()
    # Wed 4; 5(1) 6(2) 9(3)
    assert (life.due, life.dept, life.first_due, life.returns) == (end("2026-03-09"), "DW-A0002", end("2026-03-09"), 1)


def test_only_the_department_or_one_that_helps_it_may_send_back() -> None:
    story = Story().then("2026-03-02 09:30", "受理").then("2026-03-02 10:00", "交办", 配合单位=["DW-A0005"])
    assert codes(story.then("2026-03-02 11:00", "退回", 退回单位="DW-A0009").life()) == ["L014"]
    assert story.then("2026-03-02 12:00", "退回", 退回单位="DW-A0005").life().state == "已受理"


def test_the_limit_for_signing_is_two_office_hours_unless_said_otherwise() -> None:
    assert assigned("2026-03-02 16:30", "5个工作日").life().sign_due == datetime(2026, 3, 3, 9, 30)
    story = Story().then("2026-03-02 09:30", "受理").then("2026-03-02 10:00", "交办", 签收时限="1个工作日")
    assert story.life().sign_due == end("2026-03-03")


def test_the_stored_deadline_is_the_truth() -> None:
    story = Story().then("2026-03-02 09:30", "受理").then("2026-03-02 10:00", "交办", 办结期限="2026-03-12")
    assert story.life().due == end("2026-03-12")


# Tue 30 Dec 2098; 31(1); Thu 1 Jan off; Fri 2(2) Mon 5(3)
FAR = {"反映时间": "2098-12-30", "登记时间": "2098-12-30 08:00"}


def test_a_provisional_deadline_is_counted_anew_once_the_year_is_published() -> None:
    story = Story(**FAR).then("2098-12-30 09:00", "受理").then("2098-12-30 10:00", "交办", 办理时限="3个工作日")
    first = story.life()
    assert (first.due, first.provisional) == (end("2099-01-05"), True)
    story.events[-1] |= {"办结期限": "2099-01-05", "暂定": "是"}
    assert story.life().due == end("2099-01-05")
    assert story.life().recomputed == ()
    # published: Thu 1 Jan off, Sun 4 made up: 31(1) 2(2) 4(3)
    table = {"放假": [{"名称": "元旦", "自": "2099-01-01"}], "补班": ["2099-01-04"]}
    policy = {"年份": {"2098": {"规则": "仅周末"}, "2099": table}}
    life = story.life(Context(Calendar(policy), Limits()))
    assert (life.due, life.provisional) == (end("2099-01-04"), False)
    assert codes(life) == ["L028"]
    assert "2099-01-05" in life.recomputed[0]
    assert "2099-01-04" in life.recomputed[0]


def test_a_provisional_limit_for_signing_is_counted_anew_too() -> None:
    # Wed 31 Dec 2098 17:00, half an hour left; Thu 1 Jan off; Fri 2 from 08:30 one hour and a half
    story = Story(反映时间="2098-12-30", 登记时间="2098-12-30 08:00").then("2098-12-30 09:00", "受理")
    first = story.then("2098-12-31 17:00", "交办").life()
    assert (first.sign_due, first.sign_provisional) == (end("2099-01-02 10:00"), True)
    story.events[-1] |= {"签收时限": "2小时", "签收期限": "2099-01-02 10:00", "签收暂定": "是"}
    assert story.life().sign_due == end("2099-01-02 10:00")
    # once 2 and 3 Jan are off as well and Sun 4 is made up
    table = {"放假": [{"名称": "元旦", "自": "2099-01-01", "至": "2099-01-03"}], "补班": ["2099-01-04"]}
    known = replace(CONTEXT, calendar=Calendar({"年份": {"2098": {"规则": "仅周末"}, "2099": table}}))
    life = story.life(known)
    assert (life.sign_due, life.sign_provisional, codes(life)) == (end("2099-01-04 10:00"), False, ["L028"])
    assert life.recomputed == ("「交办」时暂定的签收期限 2099-01-02 10:00，按公布的放假安排重算为 2099-01-04 10:00",)
    story.events[-1] |= {"签收暂定": "否"}
    assert story.life(known).sign_due == end("2099-01-02 10:00")


def test_a_suspension_wakes_up_by_itself_after_a_year_in_all() -> None:
    story = assigned("2024-03-04 09:00", "5个工作日").then("2024-03-04 10:00", "签收")
    # 100 days: 5 Mar to 13 Jun
    story.then("2024-03-05 10:00", "暂缓", 复核日期="2024-04-01").then("2024-06-13 09:00", "恢复")
    story.then("2024-07-01 10:00", "暂缓", 复核日期="2024-08-01")
    life = story.life()
    # 1 Jul + the 265 days that are left
    assert (life.state, life.wakes, life.review_on) == ("暂缓", date(2025, 3, 23), date(2024, 8, 1))
    assert story.life(now=datetime(2025, 3, 22, 23, 59)).state == "暂缓"
    woken = story.life(now=datetime(2025, 3, 23, 0, 0))
    assert woken.state == "办理中"
    assert woken.due == life.due
    assert "suspend" not in {step.name for step in woken.lawful}
    assert codes(story.then("2025-03-24 09:00", "暂缓", 复核日期="2025-05-01").life()) == ["L017"]
    assert codes(story.then("2025-03-25 09:00", "恢复").life()) == ["L017", "L001"]
    assert story.then("2025-03-26 09:00", "办结").life().state == "已办结"


def test_a_new_suspension_while_suspended_sets_a_new_review_date() -> None:
    story = assigned("2026-03-02 09:00", "5个工作日").then("2026-03-02 10:00", "签收")
    story.then("2026-03-03 10:00", "暂缓", 复核日期="2026-04-01")
    wakes = story.life().wakes
    life = story.then("2026-04-01 10:00", "暂缓", 复核日期="2026-05-01").life()
    assert (life.review_on, life.wakes) == (date(2026, 5, 1), wakes)
    assert len(life.suspensions) == 1
    assert codes(story.then("2026-05-01 10:00", "暂缓", 复核日期="2026-05-01").life()) == ["L018"]


def test_the_days_of_suspension_come_from_the_policy() -> None:
    context = replace(CONTEXT, limits=Limits(suspension=30))
    story = assigned("2026-03-02 09:00", "5个工作日").then("2026-03-02 10:00", "签收").then("2026-03-03 10:00", "暂缓")
    assert story.life(context).wakes == date(2026, 4, 2)


def test_the_warning_starts_two_working_days_before() -> None:
    # due Sat 11 Oct, a working day; back: Fri 10(1) Thu 9(2)
    assert assigned("2025-09-30 10:00", "3个工作日").life().warn_on == date(2025, 10, 9)
