"""The pace at which a gap can be closed, and the two ways of looking back: both must come to the same."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.parish import campaign, duty

from lianxin.core.day.period import Period
from lianxin.core.measure import Aggregate, Counted, Part
from lianxin.reports.duty.count import days_in_force, sorted_out
from lianxin.reports.duty.cycle import cycles
from lianxin.reports.duty.pace import Claim, amount_text, pace, prorated, status

TODAY = date(2026, 6, 1)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1), "2026")


@pytest.mark.parametrize(
    ("gap", "days", "told"),
    [
        (0, 30, ""),
        (2, 1, "今天 2 户"),
        (3, 7, "7 天内 3 户"),
        (4, 14, "每周 2 户"),
        (5, 14, "每周 3 户"),
        (3, 61, "每月 2 户"),
        (1, 61, "7月31日前 1 户"),
        (40200, 14, "每周 20 100 户"),
    ],
)
def test_a_pace_is_told_in_the_largest_unit_that_still_asks_for_one(gap: int, days: int, told: str) -> None:
    assert pace(Decimal(gap), "户", TODAY, TODAY + timedelta(days=days - 1)) == told


def test_a_day_cannot_bring_more_than_one_day() -> None:
    assert pace(Decimal(10), "天", TODAY, TODAY + timedelta(days=8), daily=True) == "只剩 9 天，补不齐"
    assert pace(Decimal(9), "天", TODAY, TODAY + timedelta(days=8), daily=True) == "每周 7 天"


@given(gap=st.integers(1, 500), weeks=st.integers(2, 60))
def test_who_keeps_the_pace_is_done_in_time(gap: int, weeks: int) -> None:
    told = pace(Decimal(gap), "户", TODAY, TODAY + timedelta(days=weeks * 7 - 1))
    number = int(told.split(" ")[-2])
    if told.startswith("每周"):
        assert number * weeks >= gap
        assert (number - 1) * weeks < gap  # and no faster than needed
    elif told.startswith("每月"):
        assert Decimal(number) * weeks * 7 / Decimal("30.44") >= gap
    else:
        assert number == gap


@given(least=st.integers(1, 100), gone=st.integers(0, 364), done=st.integers(0, 120))
def test_one_word_follows_from_what_was_done_and_how_much_of_the_year_is_gone(least: int, gone: int, done: int) -> None:
    today = date(2026, 1, 1) + timedelta(days=gone)
    word = status(Claim(Decimal(least)), Decimal(done), YEAR, today).value
    if done >= least:
        assert word == "已完成"
    elif done < least * gone // 365:
        assert word == "落后"
    else:
        assert word == ("进行中" if done else "未开始")
    over = status(Claim(Decimal(least)), Decimal(done), YEAR, date(2027, 1, 1)).value
    assert over == ("已完成" if done >= least else "已欠")


@given(first=st.integers(0, 364), length=st.integers(0, 400), again=st.integers(0, 364), more=st.integers(0, 400))
def test_days_in_force_are_the_days_of_the_year_in_any_of_the_spans(
    first: int, length: int, again: int, more: int
) -> None:
    spans = [(first, length), (again, more)]
    new_year = date(2026, 1, 1)
    days = {
        new_year + timedelta(days=start + n) for start, long in spans for n in range(long + 1)
    }  # every one of them, one by one
    rows = [
        Counted(
            "", "RY-A0001", Decimal(1), since=str(new_year + timedelta(days=start)),
            until=str(new_year + timedelta(days=start + long)),
        )
        for start, long in spans
    ]  # fmt: skip
    assert days_in_force(rows, YEAR) == sum(day in YEAR for day in days)


@given(st.lists(st.tuples(st.integers(0, 180), st.sampled_from("甲乙"), st.sampled_from("子丑寅")), max_size=40))
def test_rows_sorted_into_months_count_as_each_month_would(rows: list[tuple[int, str, str]]) -> None:
    months = cycles(duty("名称: x\n计数: {种类: 走访}\n至少: 1\n每: 月"), None, None, TODAY)
    told: set[tuple[str, str]] = set()
    counted: list[Counted] = []
    for day, subject, key in sorted(rows):
        amount = Decimal((subject, key) not in told)  # over the whole year the first one counts
        told.add((subject, key))
        since = str(date(2026, 1, 1) + timedelta(days=day))
        counted.append(Counted(subject, "ZF-2026-A0001", amount, key, since))
    measure = (Part.model_validate({"种类": "走访", "计": Aggregate.DISTINCT, "字段": "走访户"}),)
    for month, found in zip(months, sorted_out(counted, measure, months), strict=True):
        own = {(row.subject, row.key) for row in counted if date.fromisoformat(row.since) in month}
        assert found == {who: sum(one == who for one, _key in own) for who in {one for one, _key in own}}


def test_a_part_of_a_cycle_is_rounded_to_what_can_be_done() -> None:
    assert prorated(Decimal(12), 100, 365) == 3
    assert prorated(Decimal(1), 182, 365) == 0
    assert prorated(Decimal(1), 183, 365) == 1
    assert prorated(Decimal("5000.50"), 73, 365) == Decimal("1000.10")


def test_cycles_are_cut_by_the_campaign_and_named_without_this_year() -> None:
    monthly = duty("名称: x\n计数: {种类: 走访}\n至少: 1\n每: 月")
    found = cycles(monthly, campaign("2026-03-15", "2026-05-10"), None, TODAY)
    assert [(one.label, str(one.since), str(one.last)) for one in found] == [
        ("3 月", "2026-03-15", "2026-03-31"),
        ("4 月", "2026-04-01", "2026-04-30"),
        ("5 月", "2026-05-01", "2026-05-10"),
    ]


def test_numbers_have_thousands_apart_and_no_idle_zeros() -> None:
    assert [amount_text(Decimal(one)) for one in ("40200", "2.50", "3.00", "1000.05", "0")] == [
        "40 200",
        "2.5",
        "3",
        "1 000.05",
        "0",
    ]
