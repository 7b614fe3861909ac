"""No walk leaves the tables of a whistle, whatever is told in whatever order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kinds.story import CONTEXT, stored
from tests.kinds.whistle_story import ASKED, LATE, LEAD, OTHER, STRANGER, Story

from lianxin.kinds.whistle.conduct import attempt
from lianxin.kinds.whistle.life import Life
from lianxin.kinds.whistle.record import WHISTLE
from lianxin.kinds.whistle.state import DEPARTMENT, RUNNING, Stage, State
from lianxin.kinds.whistle.table import LIFECYCLE, TABLE

STEPS = [step.label for step in LIFECYCLE.steps]
DEPTS = (LEAD, OTHER, LATE, STRANGER)
BEGIN = datetime(2026, 3, 2, 9, 0)

VARIANTS: dict[str, list[dict[str, Any]]] = {
    "延期": [{"办结时限": f"{n}个工作日"} for n in (12, 30, 60)] + [{"办结时限": "2026-05-01"}],
    "更正": [
        {},
        {"字段": "处置措施", "新值": "疏散", "事件编号": "e3"},
        {"字段": "时间", "新值": "2026-03-05 10:00", "事件编号": "e2"},
        {"字段": "牵头部门", "新值": OTHER},
    ],
    "评哨": [{}, {"部门": OTHER, "评价": "不满意"}],
    "催办": [{}, {"部门": LEAD}],
}

MOVES = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 9), st.integers(0, 3), st.integers(0, 60 * 24 * 60)),
    min_size=1,
    max_size=30,
)


def told(label: str, variant: int, dept: str) -> dict[str, Any]:
    fields = {**ASKED[label], **VARIANTS.get(label, [{}])[variant % len(VARIANTS.get(label, [{}]))]}
    return {**fields, **({"部门": dept} if "部门" in ASKED[label] else {})}


def sound(life: Life) -> None:
    """What holds of every life."""
    states = [interval.state for interval in life.intervals]
    assert states[0] == State.ASKED
    assert states[-1] == life.state
    assert all(state in TABLE for state in states)
    assert all(one.until == two.since for one, two in zip(life.intervals, life.intervals[1:], strict=False))
    assert {step.name for step in life.lawful} <= set(TABLE[life.state])
    assert (life.called, life.finished) == (len(life.answers), sum(a.stage is Stage.FINISHED for a in life.answers))
    for answer in life.answers:
        assert answer.stage in DEPARTMENT
        assert (answer.arrived is not None) == (answer.stage not in (Stage.CALLED, Stage.RESPONDED))
        assert (answer.finished is not None) == (answer.stage is Stage.FINISHED)
        assert answer.responded is None or answer.arrived is None or answer.responded <= answer.arrived
    if life.state in (State.FINISHED, State.RATED):
        assert all(answer.stage is Stage.FINISHED for answer in life.answers)
    if life.state is State.CANCELLED:
        assert not any(answer.arrived for answer in life.answers)
    assert (life.next_due is None) or life.state in RUNNING
    assert bool(life.waiting) <= (life.state in RUNNING)


@settings(max_examples=100, deadline=None)
@given(MOVES)
def test_whatever_is_told_the_fold_stays_on_the_tables(moves: list[tuple[int, int, int, int]]) -> None:
    story = Story()
    for step, variant, dept, minutes in moves:
        label = STEPS[step % len(STEPS)]
        at = BEGIN + timedelta(minutes=minutes)
        story.then(f"{at:%Y-%m-%d %H:%M}", label, **told(label, variant, DEPTS[dept]))
    sound(story.life())


@settings(max_examples=60, deadline=None)
@given(MOVES)
def test_a_walk_along_what_is_offered_never_makes_a_fault(moves: list[tuple[int, int, int, int]]) -> None:
    story = Story(报到部门=[{"部门": LEAD}, {"部门": OTHER}])
    at = BEGIN
    for choice, variant, dept, minutes in moves:
        at += timedelta(minutes=minutes % (60 * 24 * 4))
        before = story.life()
        if not before.lawful:
            assert before.state in (State.VOID, State.CANCELLED)
            break
        step = before.lawful[choice % len(before.lawful)]
        moment = f"{at:%Y-%m-%d %H:%M}"
        common = {"编号": f"n{len(story.events)}", "时间": moment, "记录时间": moment, "经办人": "RY-A0001"}
        values = {**common, **told(step.label, variant, DEPTS[dept])}
        tried = attempt(step.name, story.whistle(), values, CONTEXT)
        event = tried.event
        if tried.refusal:
            continue
        story.events.append(event.model_dump(mode="json", by_alias=True, exclude_none=True))
        after = story.life()
        sound(after)
        assert stored(WHISTLE, tried.stands) == stored(WHISTLE, after)
        assert after.faults == before.faults
        target = TABLE[before.state][step.name]
        assert target not in list(State) or after.state == target


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60))
def test_following_the_offers_of_each_department_ends_rated(choices: list[int]) -> None:
    story = Story(报到部门=[{"部门": LEAD}, {"部门": OTHER}]).then("2026-03-02 09:05", "批准")
    at = BEGIN + timedelta(minutes=10)
    forward = {"respond", "arrive", "dispose", "finish"}
    for choice in (*choices, *range(40)):
        at += timedelta(minutes=1)
        life = story.life()
        moves = [
            (step, answer.dept)
            for answer in life.answers
            for step in DEPARTMENT[answer.stage]
            if step in forward and step in TABLE[life.state]
        ]
        if not moves:
            break
        name, dept = moves[choice % len(moves)]
        step = LIFECYCLE.step(name)
        assert step is not None
        story.then(f"{at:%Y-%m-%d %H:%M}", step.label, 部门=dept)
        if step.name == "dispose":
            story.then(f"{at:%Y-%m-%d %H:%M}", "办结", 部门=dept)
    story.then("2026-03-03 15:00", "结哨").then("2026-03-03 16:00", "评哨")
    assert story.life().state is State.RATED
    assert story.life().faults == ()
