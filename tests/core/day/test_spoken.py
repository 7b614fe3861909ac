from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.core.day import spoken
from lianxin.core.day.period import parse_period
from lianxin.core.day.span import lasting_text
from lianxin.core.day.time_limit import parse_limit
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType, read_text

#: A Sunday.
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((one, "2026-11-16") for one in ("11-16", "11/16", "11.16", "11月16日", "11月16号", "十一月十六日", "16日")),
        *((one, "2026-11-16") for one in ("2026-11-16", "2026/11/16", "2026.11.16", "20261116", "2026年11月16日")),
        *((one, "2026-11-16") for one in ("２０２６－１１－１６", "周一", "星期一", "本周一", " 11 月 16 日 ")),
        *((one, "2026-11-13") for one in ("上周五", "上个星期五", "上礼拜5")),
        ("前天", "2026-11-20"),
        ("大前天", "2026-11-19"),
        ("三天前", "2026-11-19"),
        ("今日", "2026-11-22"),
        ("星期天", "2026-11-22"),
        ("2026-3-2", "2026-03-02"),
        ("1-5", "2027-01-05"),
        *((one, "2026-11-30") for one in ("月底", "本月底", "11月底", "十一月末")),
        ("下个月底", "2026-12-31"),
        ("上月底", "2026-10-31"),
        ("2月底", "2027-02-28"),
        *((one, one) for one in ("11月31日", "2026-13-01", "昨儿个", "139", "")),
    ],
)
def test_days(typed: str, meant: str) -> None:
    assert spoken.day(typed, TODAY) == meant


def test_a_day_without_its_year_is_the_nearest_one() -> None:
    assert spoken.day("12-28", date(2027, 1, 3)) == "2026-12-28"
    assert spoken.day("2-29", date(2028, 3, 1)) == "2028-02-29"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((one, "2026-11-22 15:20") for one in ("15：20", "15:20", "下午3:20", "15点20分", "下午三点二十")),
        *((one, "2026-11-16 15:00") for one in ("2026-11-16 下午3点", "11月16日15时", "周一下午3点", "20261116 15时")),
        *((one, "2026-11-20 09:30") for one in ("11月20日 9点半", "11月20日9:30左右", "20日 9点30", "20号九点半")),
        ("昨天 9:05", "2026-11-21 09:05"),
        ("昨天晚上8点半", "2026-11-21 20:30"),
        ("中午12点", "2026-11-22 12:00"),
        ("昨天", "2026-11-21"),
        *((one, one) for one in ("2026-11-16 25:00", "下午13点70分", "昨天 很晚")),
    ],
)
def test_moments(typed: str, meant: str) -> None:
    assert spoken.moment(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((one, "15000") for one in ("1.5万", "1万5", "１５０００", "15,000", "15，000元", "￥15000", "1.5 万元")),
        *((one, "38") for one in ("３８", "38户", "三十八")),
        *((one, "1200") for one in ("一千二", "一千二百", "一千二百元")),
        ("三千", "3000"),
        ("一千零二", "1002"),
        ("一百五", "150"),
        ("一百二十五", "125"),
        ("两万三", "23000"),
        ("-5000", "-5000"),
        ("1.255万", "12550"),
        ("12345.50", "12345.50"),
        ("0.1亿", "10000000"),
        *((one, one) for one in ("几百", "1.5.2", "1-2", "12万3千4", "")),
    ],
)
def test_numbers(typed: str, meant: str) -> None:
    assert spoken.number(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((one, "5个工作日") for one in ("五个工作日", "5个工作日", "５个工作日", "5 个工作日")),
        *((one, "2026-12-05") for one in ("12月5日", "12-5", "12月5日前")),
        ("11-16", "2027-11-16"),
        *((one, "15天") for one in ("半个月", "半个月内", "15日内", "十五天", "半月")),
        *((one, "14天") for one in ("两周", "两个星期", "2个礼拜", "14天", "两周之内")),
        *((one, "30天") for one in ("一个月", "1个月内", "三十天")),
        ("一个半月", "45天"),
        ("十个工作日", "10个工作日"),
        ("1月5日", "2027-01-05"),
        ("25日", "2026-11-25"),
        ("5日", "2026-12-05"),
        ("10日前", "2026-12-10"),
        ("下周五 17点", "2026-11-27 17:00"),
        ("周一", "2026-11-23"),
        ("两小时", "2小时"),
        ("待定", "待定"),
    ],
)
def test_limits(typed: str, meant: str) -> None:
    assert spoken.limit(typed, TODAY) == meant
    parse_limit(meant)


@pytest.mark.parametrize("typed", ["一月", "半周", "一个半星期", "个把月", "半年"])
def test_what_is_no_limit_stays_as_it_was_typed(typed: str) -> None:
    assert spoken.limit(typed, TODAY) == typed


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from("一二三四五六日"))
def test_a_weekday_to_come_is_within_the_week_ahead_and_one_gone_by_in_that_behind(today: date, weekday: str) -> None:
    coming = date.fromisoformat(spoken.day(f"周{weekday}", today, since=today))
    gone = date.fromisoformat(spoken.day(f"周{weekday}", today))
    assert 0 <= (coming - today).days < 7
    assert 0 <= (today - gone).days < 7
    assert (coming - gone).days in (0, 7)


@pytest.mark.parametrize(
    ("typed", "since", "meant"),
    [
        ("周五", date(2026, 11, 2), "2026-11-27"),  # counted from the day it is typed on
        ("11月20日", TODAY, "2027-11-20"),
        ("11月20日", date(2026, 10, 1), "2026-11-20"),  # a paper that is entered late
        ("6月30日", date(2026, 11, 1), "2027-06-30"),
        ("12月31日", date(2025, 1, 1), "2026-12-31"),
        ("31日", TODAY, "2026-12-31"),
    ],
)
def test_a_day_to_come_does_not_lie_before_that_it_runs_from(typed: str, since: date, meant: str) -> None:
    assert spoken.day(typed, TODAY, since=since) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(
            (one, ("2026-11-20", True))
            for one in ("周五下午3点", "周五 15:00", "前天下午3点", "11月20日上午", "前天晚上")
        ),
        ("11月16日下午3点半", ("2026-11-16", True)),
        ("11月16日", ("2026-11-16", False)),
        *((one, (one, False)) for one in ("9", "15:20", "11月16日3", "下午", "昨天 很晚")),
    ],
)
def test_a_day_alone_leaves_the_hour_out(typed: str, meant: tuple[str, bool]) -> None:
    assert spoken.day_alone(typed, TODAY) == meant


def test_a_rule_in_a_file_may_be_in_chinese_numerals() -> None:
    assert str(parse_limit("十五个工作日")) == "15个工作日"


@pytest.mark.parametrize(
    ("typed", "since", "last"),
    [
        ("今年", "2026-01-01", "2026-12-31"),
        ("去年", "2025-01-01", "2025-12-31"),
        *((one, "2026-11-01", "2026-11-30") for one in ("11月", "十一月份", "这个月", "2026年11月", "2026/11")),
        *((one, "2026-10-01", "2026-10-31") for one in ("上个月", "上月", "10月")),
        ("12月", "2025-12-01", "2025-12-31"),
        *((one, "2026-11-09", "2026-11-15") for one in ("上个星期", "上一周", "上周")),
        *((one, "2026-07-01", "2026-09-30") for one in ("三季度", "第3季度", "2026年第三季度", "上个季度")),
        ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("上周五", "2026-11-13", "2026-11-13"),
        ("2026/11/16", "2026-11-16", "2026-11-16"),
        *((one, "2026-11-01", "2026-11-15") for one in ("11月1日至11月15日", "11-01到11-15", "11.1..11.15")),
    ],
)
def test_periods(typed: str, since: str, last: str) -> None:
    found = parse_period(typed, TODAY)
    assert (str(found.since), str(found.last)) == (since, last)


@pytest.mark.parametrize("typed", ["13月", "2026-13", "前阵子", "11月1日至", "五季度"])
def test_what_is_no_period_is_refused_as_it_was_typed(typed: str) -> None:
    with pytest.raises(UsageError, match=f"看不懂期间「{typed}」"):
        parse_period(typed, TODAY)


def test_a_period_that_is_kept_means_the_same_for_ever() -> None:
    assert [lasting_text(one, TODAY) for one in ("今年", "10月", "2026H1", "随便")] == [
        "2026",
        "2026-10",
        "2026H1",
        "随便",
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *((one, "0690-8650123") for one in ("(0690)8650123", "（0690）8650123", "0690-8650123")),
        *((one, "13900001117") for one in ("139-0000-1117", "+86 139 0000 1117", "１３９０００01117")),
        *((one, "0690-8650123-801") for one in ("0690-8650123转801", "(0690)8650123 转 801")),
        ("400-820-8820", "4008208820"),
        ("661234", "661234"),
        ("12345", "12345"),
        ("8650123", "8650123"),
    ],
)
def test_telephones_in_the_field(typed: str, kept: str) -> None:
    assert read_text(FieldType.PHONE, typed) == kept
    assert read_text(FieldType.PHONE, kept) == kept


def test_just_now_is_the_minute_it_is_told_in() -> None:
    now = datetime(2026, 3, 6, 9, 40)
    for word in ("刚才", "现在", "今天"):
        assert spoken.moment(word, now.date(), now=now) == "2026-03-06 09:40"
    assert spoken.moment("刚才", now.date()) == "刚才"
    assert spoken.moment("昨天", now.date(), now=now) == "2026-03-05"
