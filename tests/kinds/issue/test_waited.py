"""The step an issue waits for: one place that headings, the first key and the reason beside it go by."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.kinds.issue.test_table import reach

from lianxin.core.declare.lifecycle import timely
from lianxin.kinds.issue.column import whose_light
from lianxin.kinds.issue.state import State, wants_whistle, whistle_next

NOW = datetime(2026, 3, 20, 9)


def test_what_was_sent_back_twice_waits_for_departments_to_be_called_together() -> None:
    story = reach("已交办").then("2026-03-02 12:00", "退回")
    assert story.life().lawful[0].label == "交办"
    story.then("2026-03-03 10:00", "交办").then("2026-03-03 11:00", "退回")
    assert story.life().lawful[0].label == "吹哨"
    story.then("2026-03-04 10:00", "交办")
    assert story.life().lawful[0].label == "签收"  # somebody has it in hand again


def test_who_cannot_be_reached_is_struck_off_once_nothing_is_missing() -> None:
    story, missed = reach("已办结"), {"接通情况": "未接通", "是否解决": None, "满意度": None}
    story.then("2026-03-05 09:00", "反馈", **missed)
    assert story.life().lawful[0].label == "反馈"
    story.then("2026-03-06 15:00", "反馈", **missed)
    assert story.life().lawful[0].label == "销号"
    story.events = [event for event in story.events if event["步骤"] != "心得体会"]
    assert story.life().lawful[0].label == "心得体会"
    assert "心得体会" in story.life().lacks()


def test_a_merged_issue_may_be_urged_and_it_is_not_offered() -> None:
    life = reach("已并案").life()
    assert "催办" in [step.label for step in life.lawful]
    assert "催办" not in [step.label for step in timely(life, NOW)]
    assert not reach("已并案").then("2026-03-02 11:00", "催办").life().faults


@pytest.mark.parametrize(
    ("light", "over", "told"), [("已逾期", None, "签收已逾期"), ("已逾期", 3, "已逾期"), ("正常", None, "正常")]
)
def test_a_light_says_whose_clock_it_is(light: str, over: int | None, told: str) -> None:
    assert whose_light(light, over) == told


def test_a_whistle_is_next_only_where_nobody_has_it_in_hand() -> None:
    assert wants_whistle(State.HANDLING, 2, None)
    assert not whistle_next(State.HANDLING, 2, None)
    assert whistle_next(State.ACCEPTED, 2, None)
    assert not whistle_next(State.ACCEPTED, 2, "CS-2026-A0001")
