"""Duties counted by hand: who owes what, what was done, what is missing, how it can be caught up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.reports.parish import Parish, campaign, duty

from lianxin.core.day.period import parse_period
from lianxin.core.error import UsageError
from lianxin.policies.duty import Duty
from lianxin.reports.duty.count import Counter
from lianxin.reports.duty.fulfilment import fulfilment
from lianxin.reports.duty.stand import Fulfilment, Stand
from lianxin.storage.book import LedgerBook

MEMBER = "{种类: 党员干部, 展开: 身份, 筛选: 身份.身份=联户党员, 期间字段: 身份.自, 止于字段: 身份.至}"
SEEN = "{种类: 走访, 计: 不同, 字段: 走访户, 归属: 走访人}"


@pytest.fixture
def parish(tmp_path: Path) -> Parish:
    return Parish(tmp_path)


def visits(least: int, every: str, more: str = "") -> Duty:
    return duty(f"名称: 走访\n谁: {MEMBER}\n计数: {SEEN}\n至少: {least}\n单位: 户\n每: {every}\n{more}")


def held(book: LedgerBook, owed: Duty, **more: object) -> Fulfilment:
    return fulfilment(book, owed, None, book.today, **more)  # type: ignore[arg-type]


def told(*values: Any) -> Any:
    """Amounts beside plain numbers."""
    return values


def by_name(book: LedgerBook, found: Fulfilment) -> dict[str, Stand]:
    return {book.title(one.subject): one for one in found.stands}


def test_counts_each_household_once_and_hides_nobody_who_did_nothing(parish: Parish) -> None:
    wu, tan, mo = parish.members("吴冬生", "谭秋月", "莫远")
    one, two, three = parish.households(3)
    parish.visit("2026-04-02", wu, one)
    parish.visit("2026-04-09", wu, one, two)  # the first of them again
    parish.visit("2026-05-20", wu, three)
    parish.visit("2026-05-21", tan, one)
    parish.visit("2026-03-31", tan, one, two, three)  # the quarter before
    with parish.book("2026-05-22") as book:
        found = held(book, visits(3, "季度"))
        stands = by_name(book, found)
        # 51 of 91 days gone: an even pace would have brought 3 × 51 ÷ 91 = 1.68, so 1
        assert [told(one.subject, one.amount, one.gap, one.status.value) for one in found.stands] == [
            (mo, 0, 3, "落后"),
            (tan, 1, 2, "进行中"),
            (wu, 3, 0, "已完成"),
        ]
        assert [one.subject for one in found.idle] == [mo]
        # 40 days are left, today counted: 3 × 7 ÷ 40 is less than one a week, 3 × 30.44 ÷ 40 = 2.3 a month
        assert stands["莫远"].pace == "每月 3 户"
        assert stands["谭秋月"].missed == ()
        assert stands["莫远"].missed == ("一季度",)


def test_what_is_counted_is_what_it_opens_to(parish: Parish) -> None:
    (wu,) = parish.members("吴冬生")
    homes = parish.households(4)
    parish.visit("2026-01-05", wu, homes[0], homes[1])
    parish.visit("2026-02-05", wu, homes[1], homes[2])
    with parish.book("2026-03-01") as book:
        owed = visits(3, "年")
        found = held(book, owed)
        assert found.cycle is not None
        rows = Counter(book, owed, book.today).rows(found.cycle, wu)
        assert [told(row.key, row.amount) for row in rows] == [
            (homes[0], 1),
            (homes[1], 1),
            (homes[1], 0),
            (homes[2], 1),
        ]
        assert sum(row.amount for row in rows) == found.stands[0].amount == 3


def test_a_role_for_part_of_the_year_is_prorated_only_if_the_duty_says_so(parish: Parish) -> None:
    parish.person("全年", {"身份": "联户党员", "自": "2020-01-01"})
    parish.person("下半年来", {"身份": "联户党员", "自": "2026-07-01"})  # 184 of 365 days
    parish.person("有始有终", {"身份": "联户党员", "自": "2026-04-01", "至": "2026-12-31"})  # 275 days
    with parish.book("2026-12-31") as book:
        least = {name: one.claim.least for name, one in by_name(book, held(book, visits(12, "年", "折算: 是"))).items()}
        assert least == {"全年": 12, "下半年来": 6, "有始有终": 9}  # 6.05 and 9.04, rounded
        least = {name: one.claim.least for name, one in by_name(book, held(book, visits(12, "年"))).items()}
        assert least == {"全年": 12, "下半年来": 12, "有始有终": 12}


def test_who_has_left_owes_nothing_at_the_end_but_what_he_owed_within(parish: Parish) -> None:
    parish.person("三月离任", {"身份": "联户党员", "自": "2020-01-01", "至": "2026-03-31"})
    with parish.book("2026-11-30") as book:
        assert held(book, visits(12, "年")).stands == ()
        within = duty(
            f"名称: 走访\n谁: {MEMBER[:-1]}, 时点: 期内}}\n计数: {SEEN}\n至少: 12\n单位: 户\n每: 年\n折算: 是"
        )
        (stand,) = held(book, within).stands
        assert stand.claim.least == 3  # 12 × 90 ÷ 365 = 2.96


def test_a_campaign_cuts_the_year_and_is_prorated_only_if_the_duty_says_so(parish: Parish) -> None:
    (wu,) = parish.members("吴冬生")
    homes = parish.households(3)
    parish.visit("2026-06-30", wu, homes[0])  # before it began
    parish.visit("2026-07-01", wu, homes[1])
    runs = campaign("2026-07-01", "2026-12-31")
    with parish.book("2026-07-10") as book:
        whole = fulfilment(book, visits(12, "年"), runs, book.today)
        part = fulfilment(book, visits(12, "年", "折算: 是"), runs, book.today)
        assert whole.cycle is not None
        assert (whole.cycle.since, whole.cycle.last) == (date(2026, 7, 1), date(2026, 12, 31))
        assert [told(one.claim.least, one.amount) for one in whole.stands] == [(12, 1)]
        assert [told(one.claim.least, one.amount) for one in part.stands] == [(6, 1)]  # 12 × 184 ÷ 365
    with parish.book("2026-06-01") as book:
        early = fulfilment(book, visits(12, "年"), runs, book.today)
        assert [one.status.value for one in early.stands] == ["未开始"]
    with parish.book("2027-02-01") as book:
        assert fulfilment(book, visits(12, "年"), runs, book.today).cycle is None


def test_months_before_are_looked_back_on_and_only_those_in_office_missed_them(parish: Parish) -> None:
    parish.person("老支委", {"身份": "联户党员"})
    parish.person("新支委", {"身份": "联户党员", "自": "2026-03-10"})
    first, second = "RY-A0001", "RY-A0002"
    home = parish.households(1)[0]
    parish.visit("2026-01-15", first, home)
    parish.visit("2026-03-31", second, home)
    with parish.book("2026-05-20") as book:
        stands = by_name(book, held(book, visits(1, "月")))
        assert (stands["老支委"].missed, stands["老支委"].past) == (("2 月", "3 月", "4 月"), 4)
        assert (stands["新支委"].missed, stands["新支委"].past) == (("4 月",), 2)
        last = held(book, visits(1, "月"), span=parse_period("2025Q4", book.today))
        assert by_name(book, last)["老支委"].missed == ("2025 年 10 月", "2025 年 11 月")


def test_weeks_are_calendar_weeks_and_a_week_without_a_working_day_owes_nothing(parish: Parish) -> None:
    weekly = duty("名称: 周报\n计数: {种类: 活动, 筛选: 类别=通报}\n至少: 1\n每: 周")
    parish.activity("2026-02-02", "通报")  # Monday of week 6
    parish.activity("2026-02-14", "通报")  # Saturday of week 7, a make-up workday
    parish.activity("2026-02-28", "通报")  # Saturday of week 9, a make-up workday
    with parish.book("2026-03-03") as book:
        span = parse_period("2026-02-02..2026-03-08", book.today)
        (plain,) = held(book, weekly, span=span).stands
        assert plain.missed == ("第 8 周",)  # 16 to 22 February: Spring Festival, the whole week
        (known,) = held(book, weekly, span=span, calendar=book.context.calendar).stands
        assert (known.missed, known.past) == ((), 3)
        assert known.status.value == "未开始"


def test_windows_come_one_after_the_other(parish: Parish) -> None:
    festivals = visits(1, "时段", "时段:\n  - {自: 2026-02-10, 至: 2026-02-20}\n  - {自: 2026-09-20, 至: 2026-09-30}")
    (wu,) = parish.members("吴冬生")
    home = parish.households(1)[0]
    parish.visit("2026-02-21", wu, home)  # a day late
    parish.visit("2026-09-30", wu, home)
    for today, word, missed in (
        ("2026-02-01", "未开始", ()),
        ("2026-02-20", "未开始", ()),  # it runs, and he has not begun
        ("2026-06-01", "已欠", ()),
        ("2026-09-30", "已完成", ("2026-02-10 至 2026-02-20",)),
    ):
        with parish.book(max("2026-09-30", today)) as book:
            (stand,) = fulfilment(book, festivals, None, date.fromisoformat(today)).stands
            assert (today, stand.status.value, stand.missed) == (today, word, missed)


def test_milestones_are_behind_caught_up_or_ahead(parish: Parish) -> None:
    owed = visits(6, "年", "里程碑:\n  - {到: 2026-03-31, 至少: 2}\n  - {到: 2026-09-30, 至少: 4}")
    wu, tan = parish.members("吴冬生", "谭秋月")
    homes = parish.households(3)
    parish.visit("2026-03-31", wu, homes[0], homes[1])
    parish.visit("2026-04-10", tan, homes[0], homes[1])
    with parish.book("2026-03-31") as book:  # the day itself: there is still time
        stands = by_name(book, held(book, owed))
        assert (stands["谭秋月"].status.value, stands["谭秋月"].pace) == ("未开始", "今天 2 户")
    with parish.book("2026-04-05") as book:
        stands = by_name(book, held(book, owed))
        assert stands["谭秋月"].status.value == "落后"
        assert stands["吴冬生"].status.value == "进行中"
    with parish.book("2026-09-20") as book:
        stands = by_name(book, held(book, owed))
        assert [told(name, one.milestones[0].met, one.milestones[0].then) for name, one in stands.items()] == [
            ("吴冬生", True, 2),
            ("谭秋月", False, 0),
        ]
        assert stands["谭秋月"].status.value == "进行中"  # caught up with the first
        assert stands["谭秋月"].pace == "每周 2 户"  # 2 in 11 days
    with parish.book("2026-10-01") as book:
        assert {one.status.value for one in held(book, owed).stands} == {"落后"}


def test_a_milestone_alone_says_how_much(parish: Parish) -> None:
    owed = duty("名称: 动员\n计数: {种类: 活动, 筛选: 类别=动员会}\n每: 年\n里程碑:\n  - {到: 2026-03-30, 至少: 1}")
    with parish.book("2026-04-01") as book:
        (stand,) = held(book, owed).stands
        assert told(stand.claim.least, stand.status.value) == (1, "落后")


def test_shares_show_both_numbers_and_divide_by_nothing_gives_none(parish: Parish) -> None:
    graded = "{种类: 考核, 筛选: [方案=定级%s], 计: 不同, 字段: 考核对象}"
    share = "名称: %s\n计数: " + graded % ", '等次=一类,二类'" + "\n分母: " + graded % "" + "\n每: 年\n单位: 个村\n%s"
    with parish.book("2026-06-30") as book:
        (nothing,) = held(book, duty(share % ("达标", "至少: 70"))).stands
        assert (nothing.done, nothing.status.value) == (None, "—")
    for n, grade in enumerate(("一类", "二类", "三类", "三类")):
        village = parish.put("village", 名称=f"第{n}村", 乡镇="竹坪镇")
        parish.grade(village, "定级", "2025", "2026-01-10", 等次=grade)
    with parish.book("2026-06-30") as book:
        (short,) = held(book, duty(share % ("达标", "至少: 70"))).stands
        assert told(short.done, short.amount, short.total) == (50, 2, 4)
        assert told(short.status.value, short.gap) == ("落后", 1)  # 70 % of 4 is 2.8: three are wanted
        (over,) = held(book, duty(share % ("不超", "至多: 45"))).stands
        assert told(over.status.value, over.gap) == ("超出", 1)  # 45 % of 4 is 1.8: one may be
        (within,) = held(book, duty(share % ("不超", "至多: 50"))).stands
        assert within.status.value == "已完成"


def test_the_first_grading_that_fits_counts(parish: Parish) -> None:
    parish.person("省代表", {"身份": "党代表", "级别": "省"}, {"身份": "党代表", "级别": "县"})
    parish.person("县代表", {"身份": "党代表", "级别": "县"})
    parish.person("镇代表", {"身份": "党代表", "级别": "乡镇"}, {"身份": "联户党员"})
    owed = duty(
        "名称: 代表走访\n谁: {种类: 党员干部, 展开: 身份, 筛选: 身份.身份=党代表}\n"
        f"计数: {SEEN}\n单位: 户\n每: 全程\n分级:\n"
        "  - {筛选: '身份.级别=省,州市', 至少: 15}\n  - {筛选: 身份.级别=县, 至少: 30}\n"
        "  - {筛选: 身份.级别=乡镇, 至少: 50}"
    )
    with parish.book("2026-06-30") as book:
        found = held(book, owed)
        assert {name: one.claim.least for name, one in by_name(book, found).items()} == {
            "省代表": 15,
            "县代表": 30,
            "镇代表": 50,
        }
        assert {one.pace for one in found.stands} == {"还要 15 户", "还要 30 户", "还要 50 户"}  # no end is named


def test_days_count_once_and_a_stay_counts_each_of_its_days(parish: Parish) -> None:
    owed = duty(
        f"名称: 驻村\n谁: {MEMBER}\n计数: {{种类: 走访, 计: 天, 字段: 日期, 止于字段: 截止日期, 归属: 走访人}}\n"
        "至少: 3\n单位: 天\n每: 月"
    )
    (wu,) = parish.members("吴冬生")
    home = parish.households(1)[0]
    parish.visit("2026-01-30", wu, home, 截止日期="2026-02-02")  # two days in each month
    parish.visit("2026-01-30", wu, home)  # the same day again
    parish.visit("2026-02-20", wu, home)
    with parish.book("2026-04-30") as book:
        (stand,) = held(book, owed).stands
        assert stand.missed == ("1 月", "3 月")
        assert stand.pace == "只剩 1 天，补不齐"


def test_a_duty_made_of_others_is_done_when_each_is_with_the_months_gone_by(parish: Parish) -> None:
    wu, tan = parish.members("吴冬生", "谭秋月")
    home = parish.households(1)[0]
    for month in (1, 2, 3):
        parish.visit(f"2026-{month:02}-05", wu, home)
    parish.visit("2026-03-06", tan, home)  # January and February are missing
    parish.activity("2026-03-01", "动员会")
    office = duty("名称: 动员\n计数: {种类: 活动, 筛选: 类别=动员会}\n至少: 1\n每: 年")
    whole = duty("名称: 两件\n包括: [走访, 动员]\n每: 年")
    known = {"走访": (visits(1, "月"), None), "动员": (office, None), "两件": (whole, None)}
    with parish.book("2026-03-20") as book:
        stands = by_name(book, held(book, whole, others=known))
        assert {name: told(one.amount, one.claim.least, one.status.value) for name, one in stands.items()} == {
            "吴冬生": (2, 2, "已完成"),
            "谭秋月": (1, 2, "落后"),
        }
        assert dict(stands["谭秋月"].pieces) == {"走访": "已欠", "动员": "已完成"}
        with pytest.raises(UsageError, match="「走访」不在用"):
            held(book, whole, others={"两件": (whole, None)})


def test_what_the_office_owes_is_counted_whoever_did_it(parish: Parish) -> None:
    (wu,) = parish.members("吴冬生")
    homes = parish.households(2)
    parish.visit("2026-01-05", wu, homes[0])
    parish.visit("2026-01-06", parish.person("路过", {"身份": "村官"}), homes[0], homes[1])
    owed = duty(f"名称: 全镇\n计数: {SEEN}\n至少: 5\n单位: 户\n每: 年")
    with parish.book("2026-01-31") as book:
        (stand,) = held(book, owed).stands
        assert told(stand.subject, stand.amount, stand.gap) == ("", 2, 3)
