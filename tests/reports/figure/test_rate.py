"""The rates of issues, each reckoned by hand on a few histories."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tests.kinds.story import TRIAGE, Story
from tests.reports.outline.test_balance import written

from lianxin.actions.policy.definition import definitions
from lianxin.core.asset import asset
from lianxin.core.book import Query
from lianxin.core.day.period import parse_period
from lianxin.kinds import KIND
from lianxin.reports.figure.figured import by_subject, evaluate
from lianxin.storage.book import LedgerBook, open_book

NOW = datetime(2026, 4, 1, 9, 0)
MARCH = parse_period("2026-03", NOW.date())
NONE = dict.fromkeys(TRIAGE)
UNRATED = {"是否解决": None, "满意度": None}


@contextmanager
def ledger(folder: Path, *stories: Story) -> Iterator[LedgerBook]:
    """A book with these issues and the shipped figures."""
    root = written(folder, list(stories))
    (root / "policy").mkdir()
    shutil.copy(asset("policy/figures.yaml"), root / "policy")
    with open_book(root, today=NOW.date(), now=NOW) as book:
        assert [one for one in book.problems() if one.path.startswith("issues/")] == []
        yield book


def story(number: int) -> Story:
    """Raised and accepted on Monday 2 March."""
    return Story(编号=f"WT-2026-A{number:04d}").then("2026-03-02 09:00", "受理")


def assigned(number: int) -> Story:
    """Assigned at 10:00: to be signed for by noon, to be done by Monday 9 March."""
    return story(number).then("2026-03-02 10:00", "交办")


def signed(number: int) -> Story:
    return assigned(number).then("2026-03-02 11:00", "签收")


def figures(book: LedgerBook, *names: str) -> dict[str, str]:
    known = definitions(book).figures
    return {name: evaluate(book, known[name], MARCH).text for name in names}


LIMITED = ("应办结问题", "办结率", "首次期限办结率", "按期办结率", "首次期限按期办结率")


def test_withdrawn_is_completed_and_merged_leaves_what_was_due(tmp_path: Path) -> None:
    with ledger(
        tmp_path,
        signed(1).then("2026-03-06 09:00", "办结"),
        signed(2).then("2026-03-10 09:00", "办结"),  # late
        signed(3).then("2026-03-05 09:00", "撤回"),  # in time
        signed(4).then("2026-03-11 09:00", "撤回"),  # late
        signed(5),  # not done
        signed(6).then("2026-03-05 09:00", "并案", 并入="WT-2026-A0001", **NONE),
        signed(7).then("2026-03-12 09:00", "并案", 并入="WT-2026-A0001", **NONE),  # after its limit
        signed(8).then("2026-03-03 09:00", "延期", 办理时限="10个工作日").then("2026-03-12 09:00", "办结"),
        signed(9).then("2026-03-03 09:00", "退回").then("2026-03-04 09:00", "撤回"),  # first limit only
    ) as book:
        # to 16 March at the latest: 1 2 3 4 5 8; done all but 5; in time 1 3 8
        # by the first limit besides 9, done and in time; 8 was late by it
        assert figures(book, *LIMITED) == {
            "应办结问题": "6",
            "办结率": "83.33 %",
            "首次期限办结率": "85.71 %",
            "按期办结率": "50.00 %",
            "首次期限按期办结率": "42.86 %",
        }


def test_every_assignment_counts_once_in_what_was_signed_and_sent_back(tmp_path: Path) -> None:
    again = {"责任部门": "DW-A0002"}
    with ledger(
        tmp_path,
        signed(1),
        assigned(2).then("2026-03-02 15:00", "签收"),  # late, and stays so
        assigned(3).then("2026-03-03 09:00", "退回"),  # never signed for
        signed(4).then("2026-03-03 09:00", "退回").then("2026-03-03 10:00", "交办", **again),
        signed(5).then("2026-03-03 09:00", "上报"),
        assigned(6)
        .then("2026-03-02 15:00", "签收")
        .then("2026-03-03 09:00", "退回")
        .then("2026-03-03 10:00", "交办", **again)
        .then("2026-03-03 11:00", "签收"),
        signed(7).then("2026-03-05 09:00", "并案", 并入="WT-2026-A0001", **NONE),
    ) as book:
        # nine assignments: in time 1, 4 once, 5, 6 once, 7; sent back 3, 4, 6
        assert figures(book, "响应率", "退回率", "交办问题") == {
            "响应率": "55.56 %",
            "退回率": "33.33 %",
            "交办问题": "7",
        }
        units = by_subject(book, definitions(book).figures["响应率"], "责任部门", MARCH)
        assert {unit: one.text for unit, one in units.items()} == {"DW-A0001": "57.14 %", "DW-A0002": "50.00 %"}


def test_every_reopening_counts_once_when_it_was(tmp_path: Path) -> None:
    def told(number: int) -> Story:
        return signed(number).then("2026-03-05 09:00", "办结").then("2026-03-05 15:00", "反馈")

    twice = told(1).then("2026-03-06 09:00", "重办").then("2026-03-09 09:00", "办结").then("2026-03-10 09:00", "重办")
    struck = told(2).then("2026-03-05 16:00", "心得体会").then("2026-03-05 17:00", "销号")
    with ledger(tmp_path, twice, struck.then("2026-04-01 09:00", "重办"), told(3)) as book:
        assert figures(book, "重办问题", "重办率") == {"重办问题": "2", "重办率": "66.67 %"}
        april = evaluate(book, definitions(book).figures["重办问题"], parse_period("2026-04", NOW.date()))
        assert april.text == "1"
        units = by_subject(book, definitions(book).figures["重办问题"], "责任部门", MARCH)
        assert {unit: one.text for unit, one in units.items()} == {"DW-A0001": "2"}


def test_a_verdict_counts_though_a_try_without_one_follows(tmp_path: Path) -> None:
    def told(number: int) -> Story:
        return signed(number).then("2026-03-05 09:00", "办结").then("2026-03-05 15:00", "反馈")

    with ledger(
        tmp_path,
        told(1).then("2026-03-06 09:00", "反馈", 接通情况="未接通", **UNRATED),
        told(2).then("2026-03-06 09:00", "反馈", 接通情况="拒评", **UNRATED),
        told(3).then("2026-03-06 09:00", "反馈", 反馈方式="公示", 公示地点="村口", **UNRATED),
        signed(4).then("2026-03-05 09:00", "办结").then("2026-03-05 15:00", "反馈", 接通情况="拒评", **UNRATED),
    ) as book:
        assert figures(book, "有效回访", "拒评", "回访率", "满意率", "解决率") == {
            "有效回访": "3",
            "拒评": "1",
            "回访率": "75.00 %",
            "满意率": "100.00 %",
            "解决率": "100.00 %",
        }


def test_while_suspended_a_list_shows_what_is_left_and_no_date(tmp_path: Path) -> None:
    columns = ("编号", "状态", "办结期限")
    with ledger(
        tmp_path,
        signed(1).then("2026-03-04 09:00", "暂缓"),
        signed(2),
        story(3).then("2026-03-02 10:00", "解释疏导", **{**NONE, "合理性": "已有定论"}),
        signed(4).then("2026-03-10 09:00", "暂缓"),  # had run out before
    ) as book:
        printed, _ = book.select(Query(KIND["issue"], columns, spoken=len(columns)))
        assert printed == [
            ("WT-2026-A0001", "暂缓", "暂缓，剩 4 个工作日"),
            ("WT-2026-A0002", "办理中", datetime(2026, 3, 9, 23, 59)),
            ("WT-2026-A0003", "已办结（解释）", None),
            ("WT-2026-A0004", "暂缓", "暂缓，时限已过"),
        ]
        raw, _ = book.select(Query(KIND["issue"], columns))
        assert [row[1:] for row in raw[:3:2]] == [("暂缓", None), ("已办结", None)]
        assert raw[3][2] == datetime(2026, 3, 9, 23, 59)
        # the limit that had run out is still due; the one that stands still is not
        assert figures(book, "应办结问题", "按期办结率") == {"应办结问题": "2", "按期办结率": "0.00 %"}
        told = str(definitions(book).figures["应办结问题"].definition)
        assert "没过期限就暂缓的，暂缓时不在内，过了期限才暂缓的照算" in told
    with open_book(tmp_path, today=datetime(2027, 6, 1).date(), now=datetime(2027, 6, 1)) as book:
        printed, _ = book.select(Query(KIND["issue"], columns, spoken=len(columns)))
        # a year of suspension is the most there is: from 4 March 2027 it runs again, four working days
        assert printed[0] == ("WT-2026-A0001", "办理中", datetime(2027, 3, 9, 23, 59))
