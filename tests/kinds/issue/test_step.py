"""Before a step is written: computed fields, the reasoning shown, refusals that say what could be done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from tests.kinds.story import ASKED, CONTEXT, TRIAGE, Story, event_of, refuse

from lianxin.core.declare.lifecycle import Attempt
from lianxin.core.error import UsageError
from lianxin.kinds.issue.conduct import attempt
from lianxin.kinds.issue.life import Life
from lianxin.kinds.issue.step.assign import Assign, Extend, Sign
from lianxin.kinds.issue.step.end import Reopen
from lianxin.kinds.issue.step.hold import Resume


def prepared(story: Story, step: str, at: str, **fields: Any) -> Attempt[Life]:
    values = {"编号": "x1", "时间": at, "记录时间": at, "经办人": "RY-A0001", **ASKED[step], **fields}
    return attempt(step, story.issue(), {key: value for key, value in values.items() if value is not None}, CONTEXT)


def accepted(**triage: Any) -> Story:
    return Story().then("2026-03-02 10:00", "受理", **triage)


def handling() -> Story:
    return accepted().then("2026-03-02 11:00", "交办").then("2026-03-02 12:00", "签收")


def test_an_assignment_is_given_its_limits_by_the_policy() -> None:
    made = prepared(accepted(类别="咨询"), "交办", "2026-03-02 11:00", 办理时限=None)
    event = made.event
    assert isinstance(event, Assign)
    assert (event.rule, event.due) == ("2个工作日", datetime(2026, 3, 4, 23, 59))
    assert (event.sign_rule, event.sign_due) == ("2小时", datetime(2026, 3, 2, 15, 0))
    assert made.reasons == (
        "没有写时限，按类别「咨询」的规定：2个工作日",
        "办结期限 2026-03-04：2 个工作日",
        "签收期限 2026-03-02 15:00：2小时",
    )
    assert refuse(accepted().issue(), event, CONTEXT) is None


def test_a_limit_left_open_is_owed() -> None:
    made = prepared(accepted(), "交办", "2026-03-02 11:00", 办理时限="待定", 责任人=None, 工作标准=None)
    assert isinstance(made.event, Assign)
    assert (made.event.rule, made.event.due) == ("待定", None)
    assert "责任人、办理时限、工作标准由承办单位签收时明确" in made.reasons


def test_signing_counts_the_owed_limit_from_the_assignment() -> None:
    story = accepted().then("2026-03-02 11:00", "交办", 办理时限="待定")
    bare = prepared(story, "签收", "2026-03-03 09:00").event
    fault = refuse(story.issue(), bare, CONTEXT)
    assert fault is not None
    assert fault.message == "签收了，却还欠办理时限"
    made = prepared(story, "签收", "2026-03-03 09:00", 办理时限="5个工作日")
    assert isinstance(made.event, Sign)
    assert made.event.due == datetime(2026, 3, 9, 23, 59)
    assert refuse(story.issue(), made.event, CONTEXT) is None


def test_an_extension_says_what_is_kept() -> None:
    made = prepared(handling(), "延期", "2026-03-05 09:00")
    assert isinstance(made.event, Extend)
    assert made.event.due == datetime(2026, 3, 16, 23, 59)
    assert made.reasons[-1] == "第 1 次延期，首次期限 2026-03-09 保留"


def test_resuming_stores_the_deadline_moved() -> None:
    story = handling().then("2026-03-04 09:00", "暂缓")
    made = prepared(story, "恢复", "2026-03-06 09:00")
    assert isinstance(made.event, Resume)
    assert made.event.due == datetime(2026, 3, 11, 23, 59)
    assert "2026-03-04 起暂缓" in made.reasons[0]


def test_reopening_starts_a_clock_only_where_someone_handles_it() -> None:
    story = handling().then("2026-03-06 09:00", "办结")
    made = prepared(story, "重办", "2026-03-09 09:00", 办理时限=None)
    assert isinstance(made.event, Reopen)
    assert (made.event.rule, made.event.due) == ("5个工作日", datetime(2026, 3, 16, 23, 59))
    quick = prepared(Story().then("2026-03-02 10:00", "快办快结"), "重办", "2026-03-03 09:00", 办理时限=None)
    assert isinstance(quick.event, Reopen)
    assert (quick.event.rule, quick.event.due) == (None, None)


def test_a_deadline_over_an_unpublished_year_is_marked() -> None:
    story = Story(反映时间="2098-12-30", 登记时间="2098-12-30 08:00").then("2098-12-30 09:00", "受理")
    made = prepared(story, "交办", "2098-12-30 10:00", 办理时限="3个工作日")
    assert isinstance(made.event, Assign)
    assert made.event.provisional is True
    assert "（暂定）" in made.reasons[0]
    assert "2099 年放假安排未公布" in made.reasons[0]


def test_what_is_stored_folds_to_the_same_as_what_is_counted() -> None:
    story = handling().then("2026-03-04 09:00", "暂缓")
    counted = story.then("2026-03-06 09:00", "恢复").life().due
    story.events.pop()
    event = prepared(story, "恢复", "2026-03-06 09:00").event
    story.events.append(event.model_dump(mode="json", by_alias=True, exclude_none=True))
    assert story.life().due == counted


def test_reminders_come_with_the_step() -> None:
    assert prepared(Story(), "受理", "2026-03-02 10:00", 类别=None).reasons == (
        "还没有判定类别，销号前要补上：lianxin issue triage WT-2026-A0001",
    )
    assert prepared(Story(), "上报", "2026-03-02 10:00").reasons == ("等候「镇」一级研判",)
    assert "2027-03-03" in prepared(handling(), "暂缓", "2026-03-03 09:00").reasons[0]
    returned = (
        accepted().then("2026-03-02 11:00", "交办").then("2026-03-02 12:00", "退回").then("2026-03-02 13:00", "交办")
    )
    assert prepared(returned, "退回", "2026-03-02 14:00").reasons == ("已退回 2 次，可以考虑吹哨",)
    told = handling().then("2026-03-06 09:00", "办结")
    bare = {"接通情况": "未接通", "是否解决": None, "满意度": None}
    assert prepared(told, "反馈", "2026-03-06 10:00", **bare).reasons == ("这一轮已在 1 个日子联系 1 次，都没接通",)


def test_who_was_reached_before_was_not_always_out_of_reach() -> None:
    told = handling().then("2026-03-06 09:00", "办结").then("2026-03-06 10:00", "反馈")
    bare = {"接通情况": "未接通", "是否解决": None, "满意度": None}
    assert prepared(told, "反馈", "2026-03-06 11:00", **bare).reasons == ()


UNRATED = {"是否解决": None, "满意度": None}


def test_a_talk_that_came_about_has_a_verdict() -> None:
    told = handling().then("2026-03-06 09:00", "办结")
    with pytest.raises(UsageError, match="还缺 --solved 是否解决、--satisfied 满意度"):
        prepared(told, "反馈", "2026-03-06 10:00", **UNRATED)
    with pytest.raises(UsageError, match="还缺 --satisfied 满意度"):
        prepared(told, "反馈", "2026-03-06 10:00", 满意度=None)
    for way in ({"接通情况": "未接通"}, {"接通情况": "拒评"}, {"反馈方式": "公示", "公示地点": "村口"}):
        assert prepared(told, "反馈", "2026-03-06 10:00", **UNRATED, **way).event


def test_the_step_that_is_waited_for_is_offered_first() -> None:
    done = handling().then("2026-03-06 09:00", "办结")
    assert handling().life().lawful[0].label == "办结"
    assert done.life().lawful[0].label == "反馈"
    answered = done.then("2026-03-06 10:00", "反馈")
    assert answered.life().lawful[0].label == "心得体会"  # without which it is not struck off
    assert answered.then("2026-03-06 11:00", "心得体会").life().lawful[0].label == "销号"
    assert "补研判" not in [step.label for step in handling().life().lawful]
    assert "补研判" in [step.label for step in accepted(类别=None).life().lawful]


def test_steps_go_by_english_or_chinese_names_and_values_too() -> None:
    values = {"id": "x1", "at": "2026-03-02 10:00", "recorded": "2026-03-02 10:00", "actor": "RY-A0001", "text": "看过"}
    assert (
        attempt("progress", Story().issue(), values, CONTEXT).event
        == attempt("进展", Story().issue(), values, CONTEXT).event
    )


@pytest.mark.parametrize(
    ("step", "fields", "told"),
    [
        ("交办", {"责任部门": None}, "「责任部门」必填"),
        ("交办", {"责任部门": "农业站"}, "「农业站」不像编号"),
        ("反馈", {"满意度": "还行"}, "满意、基本满意、不满意"),
        ("暂缓", {"复核日期": "2026-02-30"}, "2026-02-30"),
        ("进展", {"费用": "3"}, "没有「费用」这个字段"),
    ],
)
def test_values_that_are_missing_or_wrong_are_refused_by_name(step: str, fields: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        prepared(accepted(), step, "2026-03-02 11:00", **fields)


def test_a_step_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UsageError, match="没有「结案」这一步"):
        attempt("结案", Story().issue(), {}, CONTEXT)


def test_a_backdated_step_that_upsets_later_ones_is_refused() -> None:
    fault = refuse(handling().issue(), event_of("退回", 时间="2026-03-02 11:30"), CONTEXT)
    assert fault is not None
    assert fault.message.startswith("补记这一步，会使后面的步骤对不上")


def test_a_backdated_step_that_fits_is_taken() -> None:
    assert refuse(handling().issue(), event_of("催办", 时间="2026-03-02 11:30"), CONTEXT) is None


def test_closing_is_refused_with_what_is_missing() -> None:
    story = Story().then("2026-03-02 10:00", "快办快结", **{**TRIAGE, "类别": None}).then("2026-03-02 11:00", "反馈")
    fault = refuse(story.issue(), event_of("销号", 时间="2026-03-02 12:00"), CONTEXT)
    assert fault is not None
    assert fault.message == (
        "五有还缺：有受理情况（没有判定类别）；有心得体会（还没有写心得体会）；"
        "心得体会请运行 lianxin issue reflect WT-2026-A0001 写上；"
        "补研判请运行 lianxin issue triage WT-2026-A0001，写上「类别」"
    )


def test_a_fault_already_in_the_file_does_not_forbid_other_steps() -> None:
    story = handling().then("2026-03-02 13:00", "受理")
    assert refuse(story.issue(), event_of("办结", 时间="2026-03-03 09:00"), CONTEXT) is None
