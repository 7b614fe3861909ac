"""No walk leaves the table, whatever is told in whatever order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kinds.story import ASKED, CONTEXT, Story, stored

from lianxin.kinds.issue.conduct import attempt
from lianxin.kinds.issue.life import Life
from lianxin.kinds.issue.record import ISSUE
from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.table import LIFECYCLE, TABLE

STEPS = [step.label for step in LIFECYCLE.steps]

VARIANTS: dict[str, list[dict[str, Any]]] = {
    "受理": [{"受理层级": level} for level in ("村", "镇", "示范区")],
    "上报": [{"上报至": "镇"}, {"上报至": "示范区"}],
    "交办": [{}, {"办理时限": "待定"}, {"办理时限": "2小时", "责任人": None}],
    "签收": [{}, {"办理时限": "5个工作日", "责任人": "RY-A0004", "工作标准": "通车"}],
    "退回": [{}, {"退回单位": "DW-A0001"}],
    "延期": [{"办理时限": f"{n}个工作日"} for n in (6, 12, 40)] + [{"办理时限": "2026-08-01"}],
    "暂缓": [{"复核日期": day} for day in ("2026-04-01", "2027-09-01", "2030-01-01")],
    "反馈": [{}, {"满意度": "不满意"}, {"接通情况": "未接通", "是否解决": None, "满意度": None}, {"接通情况": "拒评"}],
    "销号": [{}, {"书面说明": "已无法可想"}],
    "更正": [
        {},
        {"字段": "办理时限", "新值": "7个工作日", "事件编号": "e2"},
        {"字段": "时间", "新值": "2026-03-05 10:00", "事件编号": "e3"},
    ],
}

MOVES = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 9), st.integers(0, 60 * 24 * 150)), min_size=1, max_size=25
)


def sound(life: Life) -> None:
    """What holds of every life."""
    states = [interval.state for interval in life.intervals]
    assert states[0] == State.COLLECTED
    assert all(state in TABLE for state in states)
    assert states[-1] == life.state
    assert all(one.until == two.since for one, two in zip(life.intervals, life.intervals[1:], strict=False))
    assert {step.name for step in life.lawful} <= set(TABLE[life.state])
    assert (life.missing is None) == all(have.present for have in life.haves)
    assert (life.wakes is not None) == (life.state is State.SUSPENDED)
    assert (life.closed_at is not None) == (life.state is State.CLOSED)
    if life.state is State.CLOSED:
        assert life.missing is None
        assert life.closed_how is not None


def told(label: str, variant: int) -> dict[str, Any]:
    variants = VARIANTS.get(label, [{}])
    return {**ASKED[label], **variants[variant % len(variants)]}


@settings(max_examples=120, deadline=None)
@given(MOVES)
def test_whatever_is_told_the_fold_stays_on_the_table(moves: list[tuple[int, int, int]]) -> None:
    story = Story()
    for step, variant, minutes in moves:
        label = STEPS[step % len(STEPS)]
        at = datetime(2026, 3, 2, 9, 0) + timedelta(minutes=minutes)
        story.then(f"{at:%Y-%m-%d %H:%M}", label, **told(label, variant))
    sound(story.life())


@settings(max_examples=60, deadline=None)
@given(MOVES)
def test_a_walk_along_what_is_offered_never_makes_a_fault(moves: list[tuple[int, int, int]]) -> None:
    story = Story()
    at = datetime(2026, 3, 2, 9, 0)
    for choice, variant, minutes in moves:
        at += timedelta(minutes=minutes % (60 * 24 * 12))
        before = story.life(now=at)
        if not before.lawful:
            assert before.state is State.VOID
            break
        step = before.lawful[choice % len(before.lawful)]
        moment = f"{at:%Y-%m-%d %H:%M}"
        common = {"编号": f"n{len(story.events)}", "时间": moment, "记录时间": moment, "经办人": "RY-A0001"}
        values = {key: value for key, value in {**common, **told(step.label, variant)}.items() if value is not None}
        tried = attempt(step.name, story.issue(), values, CONTEXT)
        event = tried.event
        if tried.refusal:
            continue
        story.events.append(event.model_dump(mode="json", by_alias=True, exclude_none=True))
        after = story.life(now=at)
        sound(after)
        assert stored(ISSUE, tried.stands) == stored(ISSUE, story.life())
        assert after.faults == before.faults
        target = TABLE[before.state][step.name]
        assert target not in list(State) or after.state == target
