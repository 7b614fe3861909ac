"""Every cell of the table of steps, the lawful ones and the others."""

from __future__ import annotations

import pytest
from tests.kinds.story import CONTEXT, Story, codes, event_of, label, refuse

from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.table import LIFECYCLE, TABLE

#: The table once more, written out from the rules rather than from the code.
RULES = {
    "待研判": "受理→已受理 上报→已上报 解释疏导→已办结 快办快结→已办结 并案→已并案",
    "已上报": "受理→已受理 上报→已上报 解释疏导→已办结 退回→待研判 并案→已并案",
    "已受理": "交办→已交办 吹哨→已交办 上报→已上报 解释疏导→已办结 快办快结→已办结 并案→已并案",
    "已交办": "签收→办理中 退回→已受理 延期→已交办 吹哨→已交办 解释疏导→已办结 上报→已上报 并案→已并案",
    "办理中": "延期→办理中 吹哨→办理中 暂缓→暂缓 退回→已受理 上报→已上报 办结→已办结 解释疏导→已办结 并案→已并案",
    "暂缓": "暂缓→暂缓 恢复→办理中 办结→已办结 解释疏导→已办结 上报→已上报 并案→已并案",
    "已办结": "反馈→已反馈 重办→办理中 销号→已销号",
    "已并案": "反馈→已反馈 重办→已受理",
    "已反馈": "反馈→已反馈 重办→办理中 销号→已销号",
    "已销号": "重办→办理中",
    "作废": "",
}
ANY_OPEN = ["进展", "催办", "举一反三", "心得体会", "更正"]
OPEN = [state for state in RULES if state not in ("已销号", "作废")]


def expected(state: str, step: str) -> str | None:
    row = dict(cell.split("→") for cell in RULES[state].split())
    if state in OPEN:
        row |= dict.fromkeys(ANY_OPEN, state) | {"撤回": "已反馈", "作废": "作废"}
    if state in OPEN and state not in ("待研判", "已并案"):
        row["补研判"] = state
    return row.get(step)


def reach(state: str) -> Story:
    """A lawful history that ends in a state, everything for closing at hand."""
    story = Story()
    if state == "待研判":
        return story
    if state == "已上报":
        return story.then("2026-03-02 10:00", "上报")
    story.then("2026-03-02 10:00", "受理")
    if state == "已受理":
        return story
    if state == "已并案":
        return story.then("2026-03-02 10:30", "并案")
    if state == "作废":
        return story.then("2026-03-02 10:30", "作废")
    story.then("2026-03-02 11:00", "交办")
    if state == "已交办":
        return story
    story.then("2026-03-02 15:00", "签收")
    if state == "办理中":
        return story
    if state == "暂缓":
        return story.then("2026-03-03 09:00", "暂缓")
    story.then("2026-03-04 09:00", "办结").then("2026-03-04 09:30", "心得体会")
    if state == "已办结":
        return story
    story.then("2026-03-05 09:00", "反馈")
    if state == "已反馈":
        return story
    return story.then("2026-03-05 10:00", "销号")


@pytest.mark.parametrize("state", RULES)
@pytest.mark.parametrize("step", [step.label for step in LIFECYCLE.steps])
def test_every_cell(state: str, step: str) -> None:
    story = reach(state)
    assert story.life().state == state
    fields = {"上报至": "示范区"} if step == "上报" and state == "已上报" else {}
    if step == "受理" and state == "已上报":
        fields = {"受理层级": "镇"}
    if step == "销号" and state == "已办结":  # a person who cannot be reached
        for at in ("2026-03-05 09:00", "2026-03-06 15:00"):
            story.then(at, "反馈", 接通情况="未接通", 是否解决=None, 满意度=None)
    if state == "暂缓" and step == "暂缓":
        fields = {"复核日期": "2026-11-01"}
    life = story.then("2026-03-06 16:00", step, **fields).life()
    target = expected(state, step)
    if (state, step) == ("已上报", "补研判"):  # admitted by the table, but this one was never taken up
        assert codes(life) == ["L029"]
        return
    if target is None:
        assert life.state == state
        assert codes(life) == ["L001"]
        assert step in life.faults[0].message
    else:
        assert codes(life) == []
        assert life.state == target


@pytest.mark.parametrize("state", RULES)
def test_the_steps_on_offer_are_those_of_the_row(state: str) -> None:
    offered = {step.label for step in reach(state).life().lawful}
    lawful = {step.label for step in LIFECYCLE.steps if expected(state, step.label)}
    if state != "已上报":
        lawful -= {"补研判"}  # nothing is missing
    if state == "已办结":
        lawful -= {"销号"}  # not before the person could not be reached
    assert offered == lawful


def test_the_table_names_only_declared_states_and_steps() -> None:
    assert set(TABLE) == {None, *State}
    assert TABLE[None] == {"collect": State.COLLECTED}
    for state in State:
        assert all(LIFECYCLE.step(name) for name in TABLE[state])


def test_a_person_not_reached_leaves_the_state_as_it_is() -> None:
    for state in ("已办结", "已并案", "已反馈"):
        life = reach(state).then("2026-03-06 09:00", "反馈", 接通情况="未接通", 是否解决=None, 满意度=None).life()
        assert life.state == state
        assert life.attempts == 1


def test_one_who_declines_to_rate_was_reached() -> None:
    life = reach("已办结").then("2026-03-05 09:00", "反馈", 接通情况="拒评", 是否解决=None, 满意度=None).life()
    assert life.state == "已反馈"
    assert life.missing is None


def test_reopening_what_was_never_signed_for_leads_back_to_accepted() -> None:
    story = Story().then("2026-03-02 10:00", "快办快结").then("2026-03-03 10:00", "重办")
    assert story.life().state == "已受理"
    assert story.life().due is None


def test_a_signature_that_was_returned_no_longer_counts_on_reopening() -> None:
    story = reach("办理中").then("2026-03-03 09:00", "退回").then("2026-03-03 10:00", "快办快结")
    life = story.then("2026-03-04 10:00", "重办").life()
    assert life.state == "已受理"
    assert life.dept is None


def test_an_escalation_sent_back_restores_state_department_and_limit() -> None:
    before = reach("办理中").life()
    story = reach("办理中").then("2026-03-03 09:00", "上报")
    above = story.life()
    assert (above.state, above.level_now, above.dept, above.due) == ("已上报", "镇", None, None)
    story.then("2026-03-03 15:00", "退回", 理由="村里能办")
    life = story.life()
    assert (life.state, life.level_now, life.dept, life.due) == ("办理中", "村", before.dept, before.due)
    assert [(refusal.level, refusal.why) for refusal in life.refusals] == [("镇", "村里能办")]


def test_two_escalations_are_sent_back_one_at_a_time() -> None:
    story = reach("已上报").then("2026-03-03 09:00", "上报", 上报至="示范区")
    assert story.life().level_now == "示范区"
    assert "escalate" not in {step.name for step in story.life().lawful}
    story.then("2026-03-04 09:00", "退回")
    assert (story.life().state, story.life().level_now) == ("已上报", "镇")
    story.then("2026-03-05 09:00", "退回")
    assert (story.life().state, story.life().level_now) == ("待研判", "村")
    assert story.life().returns == 2


@pytest.mark.parametrize(("start", "to"), [("村", "示范区"), ("镇", "村"), ("示范区", "示范区")])
def test_levels_are_climbed_one_at_a_time(start: str, to: str) -> None:
    life = Story(登记层级=start).then("2026-03-02 10:00", "上报", 上报至=to).life()
    assert codes(life) == ["L015"]
    assert life.state == "待研判"


def test_an_issue_is_accepted_at_the_level_where_it_is() -> None:
    assert codes(Story().then("2026-03-02 10:00", "受理", 受理层级="镇").life()) == ["L016"]
    assert codes(Story(登记层级="镇").then("2026-03-02 10:00", "受理", 受理层级="镇").life()) == []


def test_what_was_never_sent_up_may_be_left_to_the_village() -> None:
    life = Story(登记层级="镇").then("2026-03-02 10:00", "受理", 受理层级="村").life()
    assert (codes(life), life.level_now) == ([], "村")
    sent = Story(登记层级="村").then("2026-03-02 10:00", "上报", 上报至="镇")
    assert codes(sent.then("2026-03-02 11:00", "受理", 受理层级="村").life()) == ["L016"]


def test_what_is_not_in_the_row_is_refused_with_what_could_be_done() -> None:

    issue = reach("已受理").issue()
    fault = refuse(issue, event_of("办结", 时间="2026-03-03 09:00"), CONTEXT)
    assert fault is not None
    assert "这件是「已受理」，不能「办结」" in fault.message
    assert label("assign") in fault.message
    assert refuse(issue, event_of("交办", 时间="2026-03-03 09:00"), CONTEXT) is None
