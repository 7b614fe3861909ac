"""What is worked out when asked: the woken state, the light, the days overdue, the leader of merged issues."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from tests.kinds.story import CONTEXT, Story

from lianxin.kinds.issue.conduct import fold
from lianxin.kinds.issue.record import ISSUE

FACTS = [spec.name for spec in ISSUE.fields]
STORED = [column.name for column in ISSUE.derived if column.sql is None]


def text(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return None if value is None else str(value)


def asked(now: str, *stories: Story) -> list[Mapping[str, Any]]:
    """The query-time columns of some issues, as of a minute."""
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    quoted = [f'"{name}"' for name in (*FACTS, *STORED)]
    connection.execute(f"CREATE TABLE issue ({', '.join(quoted)})")
    connection.execute("CREATE TABLE event (record, n, at, data)")  # what was said of causes is read from the steps
    for story in stories:
        life = fold(story.issue(), CONTEXT)
        row = [text(getattr(life.record, name)) for name in FACTS] + [text(getattr(life, name)) for name in STORED]
        connection.execute(f"INSERT INTO issue VALUES ({', '.join('?' * len(row))})", row)
    columns = ", ".join(f"({column.sql}) AS {column.name}" for column in ISSUE.derived if column.sql)
    rows = connection.execute(f"SELECT id, {columns} FROM issue", {"now": now, "today": now[:10]}).fetchall()
    connection.close()
    return [dict(row) for row in rows]


def handled() -> Story:
    return Story().then("2026-03-02 10:00", "受理").then("2026-03-02 11:00", "交办").then("2026-03-02 12:00", "签收")


@pytest.mark.parametrize(
    ("now", "light", "overdue"),
    [
        ("2026-03-04 09:00", "正常", None),
        ("2026-03-05 09:00", "即将到期", None),  # due Mon 9; two working days before is Thu 5
        ("2026-03-09 23:59", "即将到期", None),
        ("2026-03-10 08:00", "已逾期", 1),
        ("2026-03-19 08:00", "已逾期", 10),
    ],
)
def test_the_light_turns_with_the_days(now: str, light: str, overdue: int | None) -> None:
    (row,) = asked(now, handled())
    assert (row["light"], row["overdue"]) == (light, overdue)


def test_what_is_not_signed_for_in_time_is_overdue() -> None:
    story = Story().then("2026-03-02 10:00", "受理").then("2026-03-02 11:00", "交办")
    assert asked("2026-03-02 14:00", story)[0]["light"] == "正常"
    assert asked("2026-03-02 15:01", story)[0]["light"] == "已逾期"


def test_no_light_burns_where_no_clock_runs() -> None:
    for story in (Story(), handled().then("2026-03-03 10:00", "办结"), handled().then("2026-03-03 10:00", "退回")):
        (row,) = asked("2026-04-10 09:00", story)
        assert (row["light"], row["overdue"]) == (None, None)


def test_a_suspension_that_is_used_up_wakes() -> None:
    story = handled().then("2026-03-03 10:00", "暂缓")
    asleep, awake = asked("2027-03-02 09:00", story)[0], asked("2027-03-03 09:00", story)[0]
    assert (asleep["state"], asleep["light"]) == ("暂缓", None)
    assert (awake["state"], awake["light"]) == ("办理中", "正常")


def test_a_merged_issue_has_the_result_of_the_last_it_follows() -> None:
    first = Story().then("2026-03-02 10:00", "并案", 并入="WT-2026-A0002")
    second = Story(编号="WT-2026-A0002").then("2026-03-02 10:00", "并案", 并入="WT-2026-A0003")
    third = handled().then("2026-03-05 10:00", "办结", 办理结果="铺好了")
    third.intake["编号"] = "WT-2026-A0003"
    rows = asked("2026-03-06 09:00", first, second, third)
    assert [row["leader"] for row in rows] == ["WT-2026-A0003", "WT-2026-A0003", None]
    assert [row["final_result"] for row in rows] == ["铺好了"] * 3
    assert [row["final_at"] for row in rows] == ["2026-03-05 10:00"] * 3


def test_a_circle_of_merges_does_not_hang() -> None:
    first = Story().then("2026-03-02 10:00", "并案", 并入="WT-2026-A0002")
    second = Story(编号="WT-2026-A0002").then("2026-03-02 10:00", "并案", 并入="WT-2026-A0001")
    assert all(row["leader"] for row in asked("2026-03-06 09:00", first, second))
