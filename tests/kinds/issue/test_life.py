"""The five haves, feedback, merging, closing and the rounds of an issue."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.kinds.story import TRIAGE, Story, codes

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Derived
from lianxin.kinds.issue.haves import HaveName
from lianxin.kinds.issue.record import ISSUE
from lianxin.kinds.issue.state import Closing, How


def resolved() -> Story:
    story = Story().then("2026-03-02 10:00", "受理", 答复="五天内给你回话").then("2026-03-02 11:00", "交办")
    return story.then("2026-03-02 15:00", "签收").then("2026-03-06 09:00", "办结", 费用="1200.50", 佐证=["验收单"])


def unreached(story: Story, *ats: str) -> Story:
    for at in ats:
        story.then(at, "反馈", 接通情况="未接通", 是否解决=None, 满意度=None)
    return story


def missing(story: Story, name: HaveName) -> str:
    return story.life().have(name).missing


def test_a_whole_life() -> None:
    story = (
        resolved()
        .then("2026-03-06 16:00", "反馈")
        .then("2026-03-06 16:30", "心得体会")
        .then("2026-03-06 17:00", "销号")
    )
    life = story.life()
    assert (life.state, life.closed_how, life.missing, codes(life)) == ("已销号", Closing.SOLVED, None, [])
    assert [interval.state for interval in life.intervals] == [
        *("待研判", "已受理", "已交办", "办理中", "已办结", "已反馈", "已销号"),
    ]
    assert all(one.until == two.since for one, two in zip(life.intervals, life.intervals[1:], strict=False))
    assert life.intervals[0].since == datetime(2026, 3, 2, 9, 0)
    assert life.intervals[-1].until is None
    assert (life.accepted_at, life.accepted_by) == (datetime(2026, 3, 2, 10, 0), "RY-A0001")
    assert (life.resolved_how, str(life.cost), life.evidence) == (How.RESOLVED, "1200.50", ("验收单",))
    assert (life.told_how, life.told_by, life.solved, life.satisfied) == ("电话", "RY-A0001", "解决", "满意")
    assert life.last_at == datetime(2026, 3, 6, 17, 0)


def test_every_stored_column_is_derived() -> None:
    life = resolved().life()
    assert all(hasattr(life, derived.name) for derived in ISSUE.derived if derived.sql is None)
    assert life.base_state == "已办结"
    assert life.missing == "有结果反馈、有心得体会"
    assert life.on_time is True
    assert life.reply == "五天内给你回话"


def test_columns_have_names_and_labels_of_their_own() -> None:
    columns: list[FieldSpec | Derived] = [*ISSUE.fields, *ISSUE.derived]
    assert len({column.name for column in columns}) == len(columns)
    assert len({column.label for column in columns}) == len(columns)


def test_a_fresh_issue_misses_four() -> None:
    life = Story().life()
    assert life.missing == "有受理情况、有办理状态、有结果反馈、有心得体会"
    assert [have.missing for have in life.haves] == [
        "",
        "还没有受理",
        "还没有办理结果",
        "还没有反馈",
        "还没有写心得体会",
    ]


def test_what_the_description_lacks_is_named() -> None:
    assert missing(Story(何因=None, 经过=None), HaveName.DESCRIBED) == "没写何因、经过"
    assert missing(Story(匿名="是", 反映人=None, 何因=None), HaveName.DESCRIBED) == ""


def test_triage_not_given_on_acceptance_is_missing_and_may_be_given_later() -> None:
    story = Story().then("2026-03-02 10:00", "受理", 类别=None, 合理性=None)
    assert codes(story.life()) == []
    assert missing(story, HaveName.ACCEPTED) == "没有判定合理性、类别"
    story.then("2026-03-02 11:00", "快办快结", **dict.fromkeys(TRIAGE)).then(
        "2026-03-02 11:30", "更正", 事件编号="e1", 字段="类别", 新值="道路"
    )
    assert missing(story, HaveName.ACCEPTED) == "没有判定合理性"


def test_triage_is_inherited_and_a_later_judgement_replaces_it() -> None:
    story = Story().then("2026-03-02 10:00", "受理")
    later = {**dict.fromkeys(TRIAGE), "合理性": "已有定论"}
    life = story.then("2026-03-03 10:00", "解释疏导", **later).life()
    assert (life.state, life.merit, life.category, life.urgency) == ("已办结", "已有定论", "道路", "一般")
    assert life.accepted_at == datetime(2026, 3, 2, 10, 0)
    assert missing(story, HaveName.ACCEPTED) == ""


def test_a_reasonable_claim_is_not_explained_away() -> None:
    life = Story().then("2026-03-02 10:00", "解释疏导", 合理性="合理").life()
    assert (codes(life), life.state) == (["L023"], "待研判")
    kept = {**dict.fromkeys(TRIAGE)}
    assert codes(Story().then("2026-03-02 10:00", "受理").then("2026-03-02 11:00", "解释疏导", **kept).life()) == [
        "L023"
    ]


def test_a_quick_case_must_be_reported_to_the_branch() -> None:
    story = Story().then("2026-03-02 10:00", "快办快结", 报备="否")
    assert missing(story, HaveName.HANDLED) == "快办快结还没有向村党支部报备"
    assert story.life().resolved_how is How.QUICK
    assert missing(Story().then("2026-03-02 10:00", "快办快结"), HaveName.HANDLED) == ""


def test_a_history_with_an_unlawful_step_is_not_whole() -> None:
    story = resolved().then("2026-03-06 10:00", "签收")
    assert missing(story, HaveName.HANDLED) == "办理过程里有 1 步不合规"


def test_what_the_feedback_lacks_is_named() -> None:
    story = resolved().then("2026-03-06 16:00", "反馈", 满意度=None)
    assert story.life().state == "已反馈"
    assert missing(story, HaveName.ANSWERED) == "没记满意度"


def test_an_anonymous_issue_is_answered_by_publication() -> None:
    anonymous = {"匿名": "是", "反映人": None}
    story = Story(**anonymous).then("2026-03-02 10:00", "快办快结")
    bare = {"是否解决": None, "满意度": None}
    assert "公示" in missing(story.then("2026-03-03 10:00", "反馈", **bare), HaveName.ANSWERED)
    story.then("2026-03-03 11:00", "反馈", 反馈方式="公示", **bare)
    assert missing(story, HaveName.ANSWERED) == "公示了结果，没写公示地点"
    story.then("2026-03-03 12:00", "反馈", 反馈方式="公示", 公示地点="村务公开栏", **bare)
    life = story.then("2026-03-03 13:00", "心得体会").then("2026-03-03 14:00", "销号").life()
    assert (life.state, life.missing) == ("已销号", None)


def test_a_rating_without_a_connection_is_a_fault() -> None:
    assert codes(resolved().then("2026-03-06 16:00", "反馈", 接通情况="未接通").life()) == ["L020"]


@pytest.mark.parametrize(
    ("tries", "closes"),
    [
        ((), False),
        (("2026-03-06 15:00",), False),
        (("2026-03-06 15:00", "2026-03-06 19:00"), False),  # one day only
        (("2026-03-06 15:00", "2026-03-07 19:00"), True),
    ],
)
def test_one_who_cannot_be_reached_is_struck_off_after_two_days(tries: tuple[str, ...], closes: bool) -> None:
    story = unreached(resolved().then("2026-03-06 09:30", "心得体会"), *tries)
    assert ("close" in {step.name for step in story.life().lawful}) is closes
    life = story.then("2026-03-09 10:00", "销号").life()
    if closes:
        assert (life.state, life.closed_how, codes(life)) == ("已销号", Closing.UNREACHED, [])
        assert (life.reached, life.told_at, life.attempts) == ("未接通", None, 2)
    else:
        assert (life.state, codes(life)) == ("已办结", ["L009"])


def test_tries_before_a_reopening_do_not_count_after_it() -> None:
    story = unreached(resolved().then("2026-03-06 09:30", "心得体会"), "2026-03-06 15:00", "2026-03-07 15:00")
    story.then("2026-03-09 10:00", "重办").then("2026-03-10 10:00", "办结")
    assert codes(story.then("2026-03-10 11:00", "销号").life()) == ["L009"]
    assert story.life().attempts == 0


def test_closing_with_something_missing_is_a_fault_that_names_it() -> None:
    life = resolved().then("2026-03-06 16:00", "反馈").then("2026-03-06 17:00", "销号").life()
    assert (life.state, codes(life)) == ("已反馈", ["L007"])
    assert life.faults[0].message == (
        "五有还缺：有心得体会（还没有写心得体会）；心得体会请运行 lianxin issue reflect WT-2026-A0001 写上"
    )
    assert life.faults[0].loc == ("事件", 5, "步骤")


@pytest.mark.parametrize("answer", [{"满意度": "不满意"}, {"是否解决": "未解决", "满意度": "基本满意"}])
def test_striking_off_against_the_person_s_word_asks_for_a_reason(answer: dict[str, str]) -> None:
    story = resolved().then("2026-03-06 16:00", "反馈", **answer).then("2026-03-06 16:30", "心得体会")
    assert story.life().needs_reason
    assert codes(story.then("2026-03-06 17:00", "销号").life()) == ["L008"]
    story.events.pop()
    life = story.then("2026-03-06 17:00", "销号", 书面说明="桥归县里管，已报计划").life()
    assert (life.state, life.close_reason, codes(life)) == ("已销号", "桥归县里管，已报计划", [])


def test_a_second_feedback_replaces_the_first() -> None:
    story = resolved().then("2026-03-06 16:00", "反馈", 满意度="不满意").then("2026-03-07 16:00", "反馈", 满意度="满意")
    assert (story.life().satisfied, story.life().needs_reason) == ("满意", False)


UNRATED = {"是否解决": None, "满意度": None}


@pytest.mark.parametrize(
    "later",
    [
        {"接通情况": "未接通"},
        {"接通情况": "拒评"},
        {"反馈方式": "公示", "公示地点": "村务公开栏"},
        {"反馈方式": "入户"},
    ],
)
def test_a_verdict_stays_whatever_without_one_follows(later: dict[str, str]) -> None:
    story = resolved().then("2026-03-06 16:00", "反馈", 是否解决="部分解决", 满意度="不满意")
    life = story.then("2026-03-07 09:00", "反馈", **{**UNRATED, **later}).life()
    assert (life.solved, life.satisfied, life.reached, life.needs_reason) == ("部分解决", "不满意", "已接通", True)
    assert (life.told_at, life.told_how) == (datetime(2026, 3, 6, 16, 0), "电话")
    assert life.have(HaveName.ANSWERED).present
    life = story.then("2026-03-08 09:00", "反馈", 是否解决="解决", 满意度="满意").life()
    assert (life.solved, life.satisfied, life.told_at) == ("解决", "满意", datetime(2026, 3, 8, 9, 0))


def test_a_publication_followed_by_a_talk_is_still_an_answer() -> None:
    story = resolved().then("2026-03-06 16:00", "反馈", 反馈方式="公示", 公示地点="村务公开栏", **UNRATED)
    life = story.then("2026-03-07 09:00", "反馈", 反馈方式="入户", **UNRATED).life()
    assert life.have(HaveName.ANSWERED).present
    assert (life.told_how, life.told_at) == ("入户", datetime(2026, 3, 7, 9, 0))
    bare = resolved().then("2026-03-06 16:00", "反馈", 反馈方式="公示", **UNRATED)
    assert missing(bare.then("2026-03-07 09:00", "反馈", **UNRATED), HaveName.ANSWERED) == "没记是否解决、满意度"


def test_every_assignment_is_kept_as_it_came_out() -> None:
    story = Story().then("2026-03-02 09:00", "受理").then("2026-03-02 10:00", "交办")
    story.then("2026-03-02 16:30", "签收").then("2026-03-03 09:00", "退回")  # two office hours had run out at noon
    story.then("2026-03-03 10:00", "交办", 责任部门="DW-A0002").then("2026-03-03 11:00", "签收")
    story.then("2026-03-04 09:00", "上报").then("2026-03-04 10:00", "退回")  # the level above: no assignment's fault
    story.then("2026-03-04 11:00", "上报").then("2026-03-04 12:00", "受理", 受理层级="镇")
    life = story.then("2026-03-05 09:00", "吹哨").life()
    assert codes(life) == []
    given = [(one.dept, one.sign_due, one.in_time, one.returned_at) for one in life.assignments]
    assert given == [
        ("DW-A0001", datetime(2026, 3, 2, 12, 0), False, datetime(2026, 3, 3, 9, 0)),
        ("DW-A0002", datetime(2026, 3, 3, 12, 0), True, None),
        ("DW-A0003", datetime(2026, 3, 5, 11, 0), None, None),
    ]


def test_after_reopening_the_values_are_those_of_the_present_round() -> None:
    story = resolved().then("2026-03-06 16:00", "反馈", 满意度="不满意").then("2026-03-07 10:00", "重办")
    life = story.life()
    assert (life.state, life.reopens, life.dept, life.person) == ("办理中", 1, "DW-A0001", "RY-A0002")
    assert (life.result, life.told_at, life.satisfied, life.on_time) == (None, None, None, None)
    life = story.then("2026-03-09 10:00", "办结", 办理结果="垫了石料重铺").life()
    assert (life.result, life.on_time) == ("垫了石料重铺", True)


def test_a_closed_issue_can_be_reopened_and_closed_again() -> None:
    story = (
        resolved()
        .then("2026-03-06 16:00", "反馈")
        .then("2026-03-06 16:30", "心得体会")
        .then("2026-03-06 17:00", "销号")
    )
    life = story.then("2026-03-20 10:00", "重办").life()
    assert (life.state, life.closed_at, life.closed_how) == ("办理中", None, None)
    again = [(one.dept, one.reopened_at, one.struck_off) for one in life.reopenings]
    assert again == [("DW-A0001", datetime(2026, 3, 20, 10, 0), True)]
    life = (
        story.then("2026-03-21 10:00", "办结").then("2026-03-21 11:00", "反馈").then("2026-03-21 12:00", "销号").life()
    )
    assert (life.state, codes(life)) == ("已销号", [])


def test_reopening_without_a_limit_is_a_fault() -> None:
    assert codes(resolved().then("2026-03-06 16:00", "重办", 办理时限=None).life()) == ["L027"]


def test_a_merged_issue_follows_another() -> None:
    story = Story().then("2026-03-02 10:00", "并案", **dict.fromkeys(TRIAGE))
    life = story.life()
    assert (life.state, life.into, life.resolved_how, life.resolved_at) == ("已并案", "WT-2026-A0099", How.MERGED, None)
    assert life.missing == "有结果反馈、有心得体会"
    story.then("2026-03-06 10:00", "反馈").then("2026-03-06 11:00", "心得体会")
    life = story.then("2026-03-06 12:00", "销号").life()
    assert (life.state, life.closed_how, codes(life)) == ("已销号", Closing.MERGED, [])


def test_a_merge_undone_leads_back_to_what_was_done_before() -> None:
    none = dict.fromkeys(TRIAGE)
    merged = Story().then("2026-03-02 10:00", "并案", **none).then("2026-03-04 10:00", "重办").life()
    assert (merged.state, merged.into, merged.accepted_at) == ("待研判", None, None)
    judged = Story().then("2026-03-02 10:00", "并案", **TRIAGE).then("2026-03-04 10:00", "重办").life()
    assert (judged.state, judged.into) == ("已受理", None)
    story = Story().then("2026-03-02 10:00", "受理").then("2026-03-02 11:00", "交办")
    unsigned = Story()
    unsigned.events = [*story.events]
    life = unsigned.then("2026-03-03 10:00", "并案", **none).then("2026-03-04 10:00", "重办").life()
    assert (life.state, life.into, life.dept) == ("已受理", None, None)
    story.then("2026-03-02 12:00", "签收").then("2026-03-03 10:00", "并案", **none)
    assert story.life().dept is None
    life = story.then("2026-03-04 10:00", "重办").life()
    assert (life.state, life.into, life.dept, life.due) == ("办理中", None, "DW-A0001", datetime(2026, 3, 9, 23, 59))
    assert [merge.into for merge in life.merges] == ["WT-2026-A0099"]


@pytest.mark.parametrize(
    ("before", "state"),
    [
        ([], "待研判"),
        (["受理"], "已受理"),
        (["快办快结"], "已受理"),
        (["解释疏导"], "已受理"),
        (["受理", "交办"], "已受理"),
        (["受理", "交办", "签收"], "办理中"),
        (["受理", "交办", "签收", "暂缓"], "办理中"),
        (["受理", "交办", "签收", "退回"], "已受理"),
        (["受理", "交办", "签收", "退回", "交办"], "已受理"),
        (["受理", "交办", "签收", "上报"], "已受理"),
        (["上报"], "待研判"),
    ],
)
def test_a_withdrawn_issue_reopened_goes_on_from_what_was_done_before(before: list[str], state: str) -> None:
    story = Story()
    for n, step in enumerate(before):
        story.then(f"2026-03-02 1{n}:00", step)
    life = story.then("2026-03-03 10:00", "撤回").then("2026-03-04 10:00", "重办").life()
    assert (life.state, codes(life)) == (state, [])
    assert (life.have(HaveName.ACCEPTED).missing == "还没有受理") is (state == "待研判")


def test_an_issue_does_not_follow_itself() -> None:
    life = Story().then("2026-03-02 10:00", "并案", 并入="WT-2026-A0001").life()
    assert (life.state, codes(life)) == ("待研判", ["L024"])


@pytest.mark.parametrize("steps", [[], ["受理"], ["受理", "交办"], ["受理", "交办", "签收", "暂缓"]])
def test_a_withdrawn_issue_needs_the_words_and_the_withdrawal_alone(steps: list[str]) -> None:
    story = Story(何因=None)
    for n, step in enumerate(steps):
        story.then(f"2026-03-02 1{n}:00", step)
    life = story.then("2026-03-03 10:00", "撤回").life()
    assert (life.state, life.resolved_how, life.missing) == ("已反馈", How.WITHDRAWN, None)
    waived = "不适用（已撤回）"
    assert [have.mark for have in life.haves] == ["有", waived, waived, "有", waived]
    assert life.on_time is (True if "交办" in steps else None)
    life = story.then("2026-03-03 12:00", "销号").life()
    assert (life.state, life.closed_how, codes(life)) == ("已销号", Closing.WITHDRAWN, [])


def test_a_whistle_names_the_department_where_there_is_none() -> None:
    story = Story().then("2026-03-02 10:00", "受理").then("2026-03-02 11:00", "吹哨")
    life = story.life()
    assert (life.state, life.dept, life.whistle, life.owed) == ("已交办", "DW-A0003", "CS-2026-A0001", ())
    assert codes(Story().then("2026-03-02 10:00", "受理").then("2026-03-02 11:00", "吹哨", 牵头单位=None).life()) == [
        "L022"
    ]


def test_a_whistle_leaves_the_department_and_the_limit_that_are_there() -> None:
    story = Story().then("2026-03-02 10:00", "受理").then("2026-03-02 11:00", "交办").then("2026-03-02 12:00", "签收")
    life = story.then("2026-03-03 10:00", "吹哨", 办理时限=None).life()
    assert (life.state, life.dept, life.due) == ("办理中", "DW-A0001", datetime(2026, 3, 9, 23, 59))
    assert codes(life) == []


def test_urging_and_learning_are_counted_and_change_nothing() -> None:
    story = Story().then("2026-03-02 10:00", "受理").then("2026-03-02 11:00", "交办")
    life = (
        story.then("2026-03-03 10:00", "催办")
        .then("2026-03-04 10:00", "催办", 方式="通报")
        .then("2026-03-04 11:00", "举一反三")
        .life()
    )
    assert (life.state, life.urges, [urge.form for urge in life.urged]) == ("已交办", 2, ["催办", "通报"])
    assert [learn.found for learn in life.learned] == [2]


def test_events_count_in_the_order_of_their_times_not_of_the_file() -> None:
    story = Story().then("2026-03-02 11:00", "交办").then("2026-03-02 10:00", "受理")
    life = story.life()
    assert (life.state, codes(life)) == ("已交办", [])


def test_at_the_same_time_the_place_in_the_file_decides() -> None:
    assert codes(Story().then("2026-03-02 10:00", "受理").then("2026-03-02 10:00", "交办").life()) == []
    life = Story().then("2026-03-02 10:00", "交办").then("2026-03-02 10:00", "受理").life()
    assert (codes(life), life.faults[0].loc) == (["L001"], ("事件", 0, "步骤"))


def test_a_step_dated_before_the_day_it_was_raised_does_not_count() -> None:
    life = Story().then("2026-03-01 10:00", "受理").life()
    assert (codes(life), life.state) == (["L002"], "待研判")


def test_a_step_done_before_it_was_taken_down_begins_the_history() -> None:
    life = Story(登记时间="2026-03-02 20:00").then("2026-03-02 10:00", "快办快结").life()
    assert codes(life) == []
    assert life.intervals[0].since == life.intervals[0].until == datetime(2026, 3, 2, 10, 0)


def test_the_same_event_merged_in_twice_counts_once() -> None:
    story = (
        Story()
        .then("2026-03-02 10:00", "受理")
        .then("2026-03-02 11:00", "催办")
        .then("2026-03-02 11:00", "催办", 编号="e2")
    )
    assert story.life().urges == 1


def test_folding_goes_on_after_an_unlawful_step() -> None:
    story = Story().then("2026-03-02 10:00", "办结").then("2026-03-02 11:00", "受理").then("2026-03-02 12:00", "签收")
    life = story.then("2026-03-02 13:00", "交办").life()
    assert (life.state, codes(life)) == ("已交办", ["L001", "L001"])
