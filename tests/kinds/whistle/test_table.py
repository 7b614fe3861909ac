"""Every cell of both tables of a whistle's steps: the whole's, and each department's."""

from __future__ import annotations

import pytest
from tests.kinds.whistle_story import ASKED, LEAD, OTHER, Story, codes

from lianxin.kinds.whistle.state import DEPARTMENT, Stage, State
from lianxin.kinds.whistle.table import LIFECYCLE, TABLE

#: The table once more, written out from the rules rather than from the code.
RULES = {
    "待批准": "批准→已吹哨 加哨→待批准 进展→待批准 撤哨→已撤哨 更正→待批准 作废→作废",
    "已吹哨": "响应→已吹哨 报到→处置中 加哨→已吹哨 延期→已吹哨 催办→已吹哨 进展→已吹哨 撤哨→已撤哨"
    " 更正→已吹哨 作废→作废",
    "处置中": "响应→处置中 报到→处置中 处置→处置中 办结→处置中 加哨→处置中 延期→处置中 催办→处置中 进展→处置中"
    " 结哨→已办结 更正→处置中 作废→作废",
    "已办结": "评哨→已评哨 更正→已办结 作废→作废",
    "已评哨": "评哨→已评哨 更正→已评哨",
    "已撤哨": "",
    "作废": "",
}

DEPARTMENTS = {
    "待响应": "响应→已响应 报到→已报到 延期→待响应",
    "已响应": "报到→已报到 延期→已响应",
    "已报到": "处置→处置中 延期→已报到",
    "处置中": "处置→处置中 办结→已办结 延期→处置中",
    "已办结": "",
}


def expected(rules: dict[str, str], state: str, step: str) -> str | None:
    return dict(cell.split("→") for cell in rules[state].split()).get(step)


def reach(state: str) -> Story:
    """A lawful history that ends in a state."""
    story = Story(报到部门=[{"部门": LEAD}, {"部门": OTHER}])
    if state == "待批准":
        return story
    if state == "作废":
        return story.then("2026-03-02 09:05", "作废")
    if state == "已撤哨":
        return story.then("2026-03-02 09:05", "撤哨")
    story.then("2026-03-02 09:10", "批准")
    if state == "已吹哨":
        return story
    story.each("2026-03-02 10:00", "报到").each("2026-03-02 11:00", "处置")
    if state == "处置中":
        return story
    story.each("2026-03-03 10:00", "办结").then("2026-03-03 11:00", "结哨")
    return story if state == "已办结" else story.then("2026-03-03 15:00", "评哨")


def department(stage: str) -> Story:
    """A whistle whose lead department stands at a stage; the other has come, so that every step is in its row."""
    story = Story().then("2026-03-02 09:10", "批准").then("2026-03-02 09:30", "报到", 部门=OTHER)
    if stage == "待响应":
        return story
    story.then("2026-03-02 09:40", "响应")
    if stage == "已响应":
        return story
    story.then("2026-03-02 10:00", "报到")
    if stage == "已报到":
        return story
    story.then("2026-03-02 11:00", "处置")
    return story if stage == "处置中" else story.then("2026-03-02 15:00", "办结")


@pytest.mark.parametrize("state", RULES)
@pytest.mark.parametrize("step", [step.label for step in LIFECYCLE.steps])
def test_every_cell_of_the_whole(state: str, step: str) -> None:
    story = reach(state)
    assert story.life().state == state
    if state == "处置中" and step in ("响应", "报到"):  # somebody who has not come yet
        story.then("2026-03-04 08:30", "加哨", 部门="DW-A0008")
    if state == "处置中" and step == "结哨":
        story.each("2026-03-04 08:40", "办结")
    fields = {"部门": "DW-A0008"} if state == "处置中" and step in ("响应", "报到") else {}
    life = story.then("2026-03-04 09:00", step, **fields).life()
    target = expected(RULES, state, step)
    if target is None:
        assert life.state == state
        assert codes(life) == ["L001"]
        assert f"是「{state}」，不能「{step}」" in life.faults[0].message
    else:
        assert codes(life) == []
        assert life.state == target


#: Steps that move one department.
MOVING = frozenset(name for stage, row in DEPARTMENT.items() if stage is not None for name in row)


@pytest.mark.parametrize("stage", DEPARTMENTS)
@pytest.mark.parametrize("step", sorted(step.label for step in LIFECYCLE.steps if step.name in MOVING))
def test_every_cell_of_a_department(stage: str, step: str) -> None:
    story = department(stage)
    assert story.line().stage == stage
    life = story.then("2026-03-02 16:00", step).life()
    line = life.answer(LEAD)
    assert line is not None
    target = expected(DEPARTMENTS, stage, step)
    if target is None:
        assert line.stage == stage
        assert codes(life) == ["L032"]
        assert f"{LEAD} 现在是「{stage}」，不能「{step}」" in life.faults[0].message
    else:
        assert codes(life) == []
        assert line.stage == target


@pytest.mark.parametrize("state", RULES)
def test_the_steps_on_offer_are_those_of_the_row_for_which_somebody_is_ready(state: str) -> None:
    offered = {step.label for step in reach(state).life().lawful}
    lawful = {step for step in ASKED if expected(RULES, state, step)}
    if state == "处置中":
        lawful -= {"响应", "报到", "结哨"}  # both have come, neither has finished
    assert offered == lawful


def test_closing_is_on_offer_once_every_department_has_finished() -> None:
    story = reach("处置中").each("2026-03-03 10:00", "办结")
    assert {step.label for step in story.life().lawful} == {"加哨", "催办", "进展", "结哨", "更正", "作废"}


def test_the_tables_name_only_declared_states_and_steps() -> None:
    assert set(TABLE) == {None, *State}
    assert set(DEPARTMENT) == {None, *Stage}
    for row in (*(TABLE[state] for state in State), *DEPARTMENT.values()):
        assert all(LIFECYCLE.step(name) for name in row)
