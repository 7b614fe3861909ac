"""Weeks and months tile the calendar whatever day they begin on, and every period can be written down for good."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.core.day.period import CALENDAR, Cycle, lasting, parse_period
from lianxin.core.error import UsageError
from lianxin.core.problem import Fault
from lianxin.policies.cycle import Reporting, check_reporting, cycle_of

CYCLES = st.builds(Cycle, st.integers(0, 6), st.sampled_from([time(), time(9), time(12), time(17)]), st.integers(1, 28))
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
FRIDAY = Cycle(4, time(12), 19)


@given(CYCLES, DAYS, st.sampled_from(["周", "月"]))
def test_every_day_is_in_one_week_and_one_month_and_the_last_one_ends_where_it_begins(
    cycle: Cycle, day: date, unit: str
) -> None:
    this, last = (parse_period(f"{word}{unit}", day, cycle) for word in "本上")
    assert day in this
    assert day not in last
    assert last.until == this.since
    assert last.bounds[1] == this.bounds[0]
    assert this.before().bounds == last.bounds
    assert this.since.weekday() == cycle.weekday if unit == "周" else this.since.day == cycle.day


@given(CYCLES, DAYS, st.sampled_from(["本周", "上周", "本月", "上月", "本季度", "上半年", "本年"]))
def test_what_is_written_down_means_the_same_days_whoever_reads_it(cycle: Cycle, day: date, words: str) -> None:
    period = parse_period(words, day, cycle)
    for reader in (date(2001, 1, 1), date(2040, 6, 15)):
        again = parse_period(lasting(period), reader)
        assert again.bounds == period.bounds
        assert again.cut == period.cut


@given(CYCLES, st.integers(2021, 2029), st.integers(1, 52))
def test_weeks_by_number_follow_one_another(cycle: Cycle, year: int, week: int) -> None:
    one = parse_period(f"{year}-W{week:02d}", date(2026, 1, 1), cycle)
    monday = date.fromisocalendar(year, week, 1) + timedelta(days=7)
    following = monday.isocalendar()
    two = parse_period(f"{following.year}-W{following.week:02d}", date(2026, 1, 1), cycle)
    assert one.until == two.since


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("2026-W11", ("2026-03-06 12:00", "2026-03-13 12:00")),
        ("2026-03", ("2026-02-19", "2026-03-19")),
        ("2026-01", ("2025-12-19", "2026-01-19")),
        ("2026Q1", ("2026-01-01", "2026-04-01")),
        ("2026", ("2026-01-01", "2027-01-01")),
    ],
)
def test_a_week_from_friday_noon_is_named_after_the_one_it_ends_in(words: str, bounds: tuple[str, str]) -> None:
    assert parse_period(words, date(2026, 3, 10), FRIDAY).bounds == bounds


def test_the_hours_of_a_range_must_be_the_same() -> None:
    with pytest.raises(UsageError):
        parse_period("2026-03-06 12:00..2026-03-13 09:00", date(2026, 3, 10))


def test_a_policy_that_is_not_sound_leaves_the_calendar_as_it_is() -> None:
    assert cycle_of(None) == CALENDAR
    assert cycle_of({"周起": "周一"}) == CALENDAR
    assert cycle_of({"周起": "礼拜五"}) == CALENDAR
    assert cycle_of({"周起": "周五", "钟点": "25:00"}) == CALENDAR
    policy = {"名称": "周五起", "版本": "3", "周起": "周五", "钟点": "12:00", "月起": "19"}
    assert cycle_of(policy) == Cycle(4, time(12), 19, "周五起（第 3 版）")
    faults = check_reporting(Reporting.model_validate({"月起": "31"}, by_alias=True, by_name=False))
    assert faults == [Fault("P046", ("月起",), "「31」不行，一月的起日只能是 1 到 28 日，每个月都有的")]
