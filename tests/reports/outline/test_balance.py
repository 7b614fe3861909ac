"""The weekly arithmetic holds whatever the histories are, and counts things where they happened."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kinds.issue.test_walk import MOVES, STEPS, told
from tests.kinds.story import Story

from lianxin.core.book import Query
from lianxin.core.day.period import Cycle, Period, parse_period
from lianxin.core.filter import parse_filters
from lianxin.core.measure import Part
from lianxin.kinds.issue.record import ISSUE
from lianxin.kinds.issue.state import OFF
from lianxin.policies.outline import Term
from lianxin.reports.origin import period_text
from lianxin.reports.outline.balance import SIGNS, Balance, balance, histories, net
from lianxin.storage.book import LedgerBook, open_book
from lianxin.storage.write.text.writing import record_text

pytestmark = pytest.mark.slow  # it takes long

NOW = datetime(2026, 12, 30, 9, 0)
FRIDAY_NOON = Cycle(4, datetime(2026, 1, 1, 12).time(), 19, "周五中午起")

#: Walks that come to an end more often than by chance: the way to 销号, and back.
ENDS = ("快办快结", "反馈", "心得体会", "销号", "重办", "办结", "作废", "撤回", "并案")
WALK = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(STEPS), st.sampled_from(ENDS)), st.integers(0, 9), st.integers(0, 60 * 24 * 60)
    ),
    max_size=14,
)
#: Per issue: its walk, the days from the first of March to when it was raised, those until it was typed in, and
#: by how many days each step was written down late.
ISSUES = st.lists(st.tuples(WALK, st.integers(0, 50), st.integers(0, 20), st.integers(0, 30)), min_size=1, max_size=5)


def stories(found: list[tuple[list[tuple[str, int, int]], int, int, int]]) -> list[Story]:
    """Issues with their histories, in time or late, lawful or not."""
    made = []
    for number, (walk, raised, typed, late) in enumerate(found, 1):
        day = datetime(2026, 3, 1, 9, 0) + timedelta(days=raised)
        story = Story(
            编号=f"WT-2026-A{number:04d}",
            反映时间=f"{day:%Y-%m-%d}",
            登记时间=f"{day + timedelta(days=typed):%Y-%m-%d %H:%M}",
        )
        at = day
        for label, variant, minutes in walk:
            at += timedelta(minutes=minutes % (60 * 24 * 8))
            written = f"{at + timedelta(days=late):%Y-%m-%d %H:%M}"
            story.then(f"{at:%Y-%m-%d %H:%M}", label, **{**told(label, variant), "记录时间": written})
        made.append(story)
    return made


def weeks(cycle: Cycle) -> list[Period]:
    return [parse_period(f"2026-W{week:02d}", NOW.date(), cycle) for week in range(8, 30)]


def written(folder: Path, told_: list[Story]) -> Path:
    """The issues as files of a data folder without git."""
    (folder / "issues" / "2026").mkdir(parents=True)
    (folder / "lianxin.yaml").write_text("名称: 云岭镇党建办\n", encoding="utf-8")
    for story in told_:
        issue = story.issue()
        (folder / ISSUE.path_of(issue.id)).write_text(record_text(ISSUE, issue), encoding="utf-8")
    return folder


@contextmanager
def opened(folder: Path, told_: list[Story], today: date | None = None) -> Iterator[LedgerBook]:
    with open_book(written(folder, told_), today=today or NOW.date(), now=NOW) as book:
        yield book


def started(story: Story) -> datetime:
    """When an issue came on the books: by hand, from what the fold says."""
    life = story.life()
    noon = datetime.combine(life.record.raised, time(12))
    return min([noon, *(stay.since for stay in life.intervals if stay.state in OFF)])


def open_then(told_: list[Story], moment: datetime) -> set[str]:
    """The issues on the books just before a moment, by walking through their states."""
    found = set()
    for story in told_:
        life = story.life()
        state = next((stay.state for stay in reversed(life.intervals) if stay.since < moment), life.intervals[0].state)
        if started(story) < moment and state not in OFF:
            found.add(life.record.id)
    return found


def start_of(period: Period) -> datetime:
    return datetime.combine(period.since, period.cut)


@settings(max_examples=40, deadline=None)
@given(ISSUES, st.sampled_from([Cycle(), FRIDAY_NOON]))
def test_it_balances_over_any_history(
    found: list[tuple[list[tuple[str, int, int]], int, int, int]], cycle: Cycle
) -> None:
    told_ = stories(found)
    with (
        tempfile.TemporaryDirectory() as name,
        open_book(written(Path(name), told_), today=NOW.date(), now=NOW) as book,
    ):
        before: Balance | None = None
        for week in weeks(cycle):
            one = balance(histories(book), week)
            assert one.even
            assert one.opening == open_then(told_, start_of(week))
            assert one.count(Term.OPENING) + net(one.moves) == one.count(Term.CLOSING)
            assert before is None or before.closing == one.opening
            assert all(start_of(week) <= datetime.fromisoformat(move.at) for move in one.moves)
            assert sorted(move.term for move in one.moves) == sorted(t for t in SIGNS for _ in one.of(t))
            before = one
        assert sum(balance(histories(book), week).count(Term.ADDED) for week in weeks(cycle)) == len(told_)


@settings(max_examples=60, deadline=None)
@given(MOVES)
def test_an_issue_is_new_once_and_struck_off_as_often_as_it_came_back_or_once_more(
    moves: list[tuple[int, int, int]],
) -> None:
    walk = [(STEPS[step % len(STEPS)], variant, minutes) for step, variant, minutes in moves]
    told_ = stories([(walk, 0, 0, 0)])
    with (
        tempfile.TemporaryDirectory() as name,
        open_book(written(Path(name), told_), today=NOW.date(), now=NOW) as book,
    ):
        year = balance(histories(book), parse_period("2026", NOW.date()))
    assert year.count(Term.OPENING) == 0
    assert year.count(Term.ADDED) == 1
    assert year.count(Term.CLOSED) + year.count(Term.VOIDED) - year.count(Term.REOPENED) in (0, 1)


def _closed(story: Story, day: str) -> Story:
    """Dealt with on the spot and struck off on one day."""
    for hour, label in ((9, "快办快结"), (10, "反馈"), (11, "心得体会"), (14, "销号")):
        story.then(f"{day} {hour:02d}:30", label)
    return story


def test_a_week_by_hand(tmp_path: Path) -> None:
    """Monday 9 to Sunday 15 March. On the books before: A1, A2 (A3 was struck off on the 5th)."""
    told_ = [
        Story(编号="WT-2026-A0001"),
        _closed(Story(编号="WT-2026-A0002"), "2026-03-11"),
        _closed(Story(编号="WT-2026-A0003"), "2026-03-05").then("2026-03-12 09:00", "重办"),
        Story(编号="WT-2026-A0004", 反映时间="2026-03-10", 登记时间="2026-03-10 10:00"),
        # raised in the week and typed in after it: it belongs to the week
        Story(编号="WT-2026-A0005", 反映时间="2026-03-13", 登记时间="2026-03-17 10:00"),
        Story(编号="WT-2026-A0006", 反映时间="2026-03-14", 登记时间="2026-03-14 10:00").then(
            "2026-03-15 09:00", "作废"
        ),
        Story(编号="WT-2026-A0007", 反映时间="2026-03-16", 登记时间="2026-03-16 00:00"),
    ]
    with opened(tmp_path / "data", told_, date(2026, 3, 20)) as book:
        week = balance(histories(book), parse_period("2026-W11", book.today))
        after = balance(histories(book), parse_period("2026-W12", book.today))
    assert [week.count(term) for term in Term] == [2, 3, 1, 1, 1, 4]
    assert week.closing == {f"WT-2026-A000{n}" for n in (1, 3, 4, 5)}
    assert [(move.record, move.term) for move in after.late] == [("WT-2026-A0005", Term.ADDED)]
    assert after.count(Term.OPENING) == 4


def counted(book: LedgerBook, period: Period, **part: str) -> list[str]:
    """The records a figure counts in a period."""
    one = Part.model_validate({"种类": "问题", **part}, by_alias=True, by_name=False)
    return sorted(found.record for found in book.counted((one,), period))


def listed(book: LedgerBook, period: Period, field: str) -> list[str]:
    """The records a ledger lists in a period."""
    return sorted(book.select(Query(ISSUE, ("编号",), (), period, field))[1])


@pytest.mark.parametrize(
    ("hour", "friday", "moments"),
    [
        # the week ends at noon: Friday's own noon lies in the next, and so does what was done at noon
        ("12:00", "2026-W12", {"11:59": "2026-W11", "12:00": "2026-W12", "16:59": "2026-W12", "17:00": "2026-W12"}),
        # it ends at five: Friday still belongs to it, and so does what was done before five
        ("17:00", "2026-W11", {"11:59": "2026-W11", "12:00": "2026-W11", "16:59": "2026-W11", "17:00": "2026-W12"}),
    ],
)
def test_lists_figures_and_labels_have_one_boundary(
    tmp_path: Path, hour: str, friday: str, moments: dict[str, str]
) -> None:
    told_ = [
        Story(编号=f"WT-2026-A{n:04d}", 反映时间="2026-03-13", 登记时间="2026-03-13 08:00").then(
            f"2026-03-13 {at}", "快办快结"
        )
        for n, at in enumerate(moments, 1)
    ]
    ids = [story.issue().id for story in told_]
    folder = written(tmp_path / "data", told_)
    (folder / "policy").mkdir()
    policy = f"名称: 周五起\n周起: 周五\n钟点: {hour}\n月起: 19\n"
    (folder / "policy" / "reports.yaml").write_text(policy, encoding="utf-8")
    with open_book(folder, today=date(2026, 3, 20), now=NOW) as book:
        for words in ("2026-W11", "2026-W12"):
            period = parse_period(words, book.today, book.cycle())
            raised = ids if words == friday else []
            assert (date(2026, 3, 13) in period) is bool(raised)
            assert counted(book, period) == listed(book, period, "反映时间") == raised
            assert balance(histories(book), period).records(Term.ADDED) == raised
            filtered = Query(ISSUE, ("编号",), parse_filters([f"反映时间={words}"]))
            assert sorted(book.select(filtered)[1]) == raised
            done = [id_ for id_, week in zip(ids, moments.values(), strict=True) if week == words]
            assert counted(book, period, 期间字段="办结时间") == listed(book, period, "办结时间") == done
            assert period_text(period).startswith(f"{words}（{period.since} {hour} 至 {period.until} {hour}")
        # a month that begins on the 19th does so for typed filters, too
        march = Query(ISSUE, ("编号",), parse_filters(["反映时间=2026-03"]))
        april = Query(ISSUE, ("编号",), parse_filters(["反映时间=2026-04"]))
        assert (len(book.select(march)[1]), len(book.select(april)[1])) == (len(ids), 0)
