from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.core.day.calendar import Calendar
from lianxin.core.error import LianxinError

CALENDAR = Calendar()
DAYS = st.dates(date(2010, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 9, 28), True),  # a Sunday made up for National Day
        (date(2025, 10, 1), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),  # a Saturday made up
        (date(2025, 10, 12), False),
        (date(2024, 2, 4), True),
        (date(2024, 2, 9), True),  # the eve was no day off in 2024
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),
        (date(2026, 3, 2), True),
    ],
)
def test_which_days_are_worked(day: date, works: bool) -> None:
    assert CALENDAR.is_workday(day) is works


@pytest.mark.parametrize(
    ("start", "n", "end", "reason"),
    [
        (date(2025, 9, 30), 3, date(2025, 10, 11), "3 个工作日，跳过国庆节、中秋节 8 天，10 月 11 日补班"),
        (date(2024, 9, 30), 5, date(2024, 10, 12), "5 个工作日，跳过国庆节 7 天，10 月 12 日补班"),
        (date(2026, 2, 12), 5, date(2026, 2, 26), "5 个工作日，跳过春节 9 天，2 月 14 日补班"),
        (date(2025, 4, 3), 2, date(2025, 4, 8), "2 个工作日，跳过清明节 3 天"),
        (date(2024, 6, 7), 1, date(2024, 6, 11), "1 个工作日，跳过端午节 3 天"),
        (date(2026, 3, 2), 5, date(2026, 3, 9), "5 个工作日"),
        (date(2024, 9, 13), 2, date(2024, 9, 18), "2 个工作日，跳过中秋节 3 天，9 月 14 日补班"),
    ],
)
def test_counting_is_shown_with_its_reasons(start: date, n: int, end: date, reason: str) -> None:
    assert CALENDAR.add_workdays(start, n) == end
    assert CALENDAR.explain(start, n) == reason


@given(DAYS, st.integers(0, 300))
def test_counting_agrees_with_walking_day_by_day(start: date, n: int) -> None:
    day, left = start, n
    while left:
        day += timedelta(days=1)
        left -= CALENDAR.is_workday(day)
    assert CALENDAR.add_workdays(start, n) == day


@given(DAYS, st.integers(1, 300))
def test_counting_back_agrees_with_walking_back(start: date, n: int) -> None:
    day, left = start, n
    while left:
        day -= timedelta(days=1)
        left -= CALENDAR.is_workday(day)
    assert CALENDAR.add_workdays(start, -n) == day


@given(DAYS, st.integers(0, 800))
def test_days_between_are_those_counted(since: date, length: int) -> None:
    until = since + timedelta(days=length)
    walked = sum(CALENDAR.is_workday(since + timedelta(days=n)) for n in range(length))
    assert CALENDAR.workdays_between(since, until) == walked
    assert CALENDAR.workdays_between(until, since) == 0


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (datetime(2026, 3, 2, 9, 0), 2, datetime(2026, 3, 2, 11, 0)),
        (datetime(2026, 3, 2, 11, 0), 2, datetime(2026, 3, 2, 15, 0)),  # an hour, lunch, an hour
        (datetime(2026, 3, 2, 12, 30), 1, datetime(2026, 3, 2, 15, 0)),
        (datetime(2026, 3, 2, 17, 0), 2, datetime(2026, 3, 3, 10, 0)),
        (datetime(2026, 3, 6, 17, 30), 1, datetime(2026, 3, 9, 9, 30)),  # over a weekend
        (datetime(2026, 4, 30, 17, 0), 2, datetime(2026, 5, 6, 10, 0)),  # over Labour Day
        (datetime(2026, 3, 2, 5, 0), 7, datetime(2026, 3, 2, 17, 30)),
        (datetime(2026, 3, 8, 10, 0), 8, datetime(2026, 3, 10, 9, 30)),  # from a Sunday
    ],
)
def test_hours_are_office_hours(start: datetime, hours: int, end: datetime) -> None:
    assert CALENDAR.add_hours(start, hours) == end


@given(st.datetimes(datetime(2024, 1, 1), datetime(2026, 6, 1)), st.integers(1, 6000))
def test_minutes_between_undo_minutes_added(start: datetime, minutes: int) -> None:
    start = start.replace(second=0, microsecond=0)
    assert CALENDAR.minutes_between(start, CALENDAR.add_minutes(start, minutes)) == minutes


def test_office_hours_come_from_the_policy() -> None:
    summer = Calendar({"办公时间": ["08:00-12:00", "15:00-18:00"]})
    assert summer.add_hours(datetime(2026, 7, 1, 11, 0), 2) == datetime(2026, 7, 1, 16, 0)


def test_a_year_without_arrangement_is_provisional_until_the_office_settles_it() -> None:
    assert not CALENDAR.published(2099)
    assert CALENDAR.provisional(date(2098, 12, 30), date(2099, 1, 4))
    assert not CALENDAR.provisional(date(2025, 12, 30), date(2026, 1, 4))
    assert "2099 年放假安排未公布，期限暂定" in CALENDAR.explain(date(2098, 12, 30), 5)
    settled = Calendar({"年份": {"2099": {"规则": "仅周末"}}})
    assert settled.published(2099)
    assert settled.is_workday(date(2099, 1, 1))


def test_the_office_s_own_table_counts_over_the_library_s() -> None:
    table = {"放假": [{"名称": "国庆节", "自": "2026-10-01", "至": "2026-10-03"}], "补班": ["2026-10-04"]}
    own = Calendar({"年份": {"2026": table}})
    # 09-30 Wed; off 1-3; 4 Sun made up (1), 5 Mon (2), 6 Tue (3)
    assert own.add_workdays(date(2026, 9, 30), 3) == date(2026, 10, 6)
    assert own.explain(date(2026, 9, 30), 3) == "3 个工作日，跳过国庆节 3 天，10 月 4 日补班"


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ({"年分": {}}, "年分"),
        ({"年份": "2027"}, "一年一年"),
        ({"年份": {"二六": {}}}, "二六"),
        ({"年份": {"2026": {"规则": "随便"}}}, "随便"),
        ({"年份": {"2026": {"放假": [{"名称": "国庆节"}]}}}, "名称、自、至"),
        ({"年份": {"2026": {"放假": [{"名称": "国庆节", "自": "10月1日"}]}}}, "10月1日"),
        ({"年份": {"2026": {"放假": [{"名称": "国庆节", "自": "2026-10-07", "至": "2026-10-01"}]}}}, "起止"),
        ({"年份": {"2026": "仅周末"}}, "2026"),
        ({"办公时间": ["8点到12点"]}, "8点到12点"),
        ({"办公时间": ["14:00-17:30", "08:30-12:00"]}, "先后"),
        ({"办公时间": ["08:30-25:00"]}, "25:00"),
    ],
)
def test_a_policy_that_cannot_be_read_is_refused_by_name(policy: dict[str, object], told: str) -> None:
    with pytest.raises(LianxinError, match=told):
        Calendar(policy)


def test_the_ends_of_time_do_not_break_it() -> None:
    assert CALENDAR.add_workdays(date(9999, 12, 30), 50) == date.max
    assert CALENDAR.add_workdays(date(1, 1, 2), -50) == date.min
    assert CALENDAR.add_hours(datetime(9999, 12, 31, 17, 0), 5) == datetime(9999, 12, 31, 17, 30)


def test_the_library_is_not_imported_before_a_day_is_asked_about() -> None:
    program = (
        "import sys; from lianxin.core.day.calendar import Calendar; Calendar(); import lianxin.kinds;"
        " sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_year_learned_once_is_known_without_the_library() -> None:
    asked = Calendar()
    days = [asked.add_workdays(date(2026, 9, 18), n) for n in range(-30, 30)]
    knowing = Calendar(None, asked.learned)
    assert [knowing.add_workdays(date(2026, 9, 18), n) for n in range(-30, 30)] == days
    assert knowing.published(2026) == asked.published(2026)
    assert knowing.explain(date(2026, 9, 18), 9) == asked.explain(date(2026, 9, 18), 9)
    assert knowing.learned == {}


def test_years_another_process_learned_are_taken_over() -> None:
    asked, told = Calendar(), Calendar()
    days = [asked.add_workdays(date(2026, 9, 18), n) for n in range(-30, 30)]
    told.learn({2026: asked.learned[2026].replace("国庆节", "假日")})
    assert [told.add_workdays(date(2026, 9, 18), n) for n in range(-30, 30)] == days
    assert "、假日 7 天" in told.explain(date(2026, 9, 18), 9)
    assert told.learned.keys() == {2026}


def test_a_day_is_added_and_one_moved_and_the_rest_is_the_nations() -> None:
    more = {
        "增放": [{"名称": "三月三", "自": "2026-04-20"}, {"名称": "火把节", "自": "2026-08-06", "至": "2026-08-07"}]
    }
    own = Calendar({"年份": {"2026": {**more, "增班": ["2026-04-26", "2026-10-07"]}}})
    assert not own.is_workday(date(2026, 4, 20))
    assert not own.is_workday(date(2026, 8, 7))
    assert own.is_workday(date(2026, 4, 26))  # a Sunday
    assert own.is_workday(date(2026, 10, 7))  # the last day of National Day is worked here
    assert not own.is_workday(date(2026, 10, 6))
    assert own.is_workday(date(2026, 10, 10))  # made up, as everywhere
    assert own.add_workdays(date(2026, 9, 28), 5) == date(2026, 10, 9)
    assert own.explain(date(2026, 4, 17), 2) == "2 个工作日，跳过三月三 3 天"
    assert list(own.incomplete()) == []


def test_a_day_added_does_not_publish_a_year() -> None:
    own = Calendar({"年份": {"2031": {"增放": [{"名称": "三月三", "自": "2031-03-25"}]}}})
    assert not own.published(2031)
    assert not own.is_workday(date(2031, 3, 25))
    assert not own.is_workday(date(2031, 10, 2))


def test_a_year_of_ones_own_without_the_national_days_is_told_of() -> None:
    festival = [{"名称": "三月三", "自": "2026-04-20"}]
    all_of_them = ["元旦", "农历除夕", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"]
    assert list(Calendar({"年份": {"2026": {"放假": festival}}}).incomplete()) == [(2026, all_of_them)]
    assert list(Calendar({"年份": {"2026": {"规则": "仅周末"}}}).incomplete()) == [(2026, all_of_them)]
    assert (
        list(Calendar({"年份": {"2031": {"规则": "仅周末"}}}).incomplete()) == []
    )  # not published: a rule, not a slip
    [(year, missing)] = Calendar({"年份": {"2031": {"放假": [{"名称": "国庆节", "自": "2031-10-01"}]}}}).incomplete()
    assert (year, "国庆节" in missing, "春节" in missing) == (2031, False, True)


def test_a_day_both_added_and_worked_is_refused() -> None:
    both = {"增放": [{"名称": "三月三", "自": "2026-04-20"}], "增班": ["2026-04-20"]}
    with pytest.raises(LianxinError, match="既写了增放"):
        Calendar({"年份": {"2026": both}})


@pytest.mark.parametrize(
    ("year", "day"), [(2024, date(2024, 2, 10)), (2026, date(2026, 2, 17)), (2031, date(2031, 1, 23))]
)
def test_spring_festival_is_the_first_of_the_first_month(year: int, day: date) -> None:
    assert CALENDAR.festival(year, "春节") == day
