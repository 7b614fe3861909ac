"""A whistle's limits, lists, ratings and corrections, worked out by hand. 2026-03-02 is a Monday."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from tests.kinds.story import CONTEXT
from tests.kinds.whistle_story import LATE, LEAD, OTHER, STRANGER, Story, at, codes

from lianxin.core.day.calendar import Calendar
from lianxin.core.day.limit import Limits
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Derived
from lianxin.core.error import UsageError
from lianxin.kinds.whistle.conduct import attempt
from lianxin.kinds.whistle.record import WHISTLE
from lianxin.kinds.whistle.step.call import Approve


def approved(**top: object) -> Story:
    story = Story(**top)
    assert story.take("2026-03-02 09:10", "批准", 批准人="RY-A0005") == (None, story_reasons(story))
    return story


def story_reasons(story: Story) -> tuple[str, ...]:
    values = {"编号": "e1", "时间": "2026-03-02 09:10", "记录时间": "2026-03-02 09:10", "经办人": "RY-A0001"}
    bare = Story(**story.top)
    return attempt("批准", bare.whistle(), values, CONTEXT).reasons


def test_the_limits_run_from_the_approval_by_urgency() -> None:
    story = approved()
    lead, other = story.line(LEAD), story.line(OTHER)
    # 紧急: 2 and 4 office hours from 09:10, the noon break 12:00–14:00 left out; 10 working days from the next day
    assert lead.respond_due == at("2026-03-02 11:10")
    assert lead.arrive_due == at("2026-03-02 15:10")
    assert lead.finish_due == at("2026-03-16 23:59")
    assert other.arrive_due == at("2026-03-03 10:00")  # its own
    assert (lead.lead, other.lead) == (True, False)
    assert story.life().approver == "RY-A0005"


def test_the_deadlines_are_written_down_with_the_approval_and_stay_the_truth() -> None:
    story = approved()
    (event,) = story.whistle().events
    assert isinstance(event, Approve)
    assert [(call.dept, call.finish_rule, call.finish_due) for call in event.calls] == [
        (LEAD, "10个工作日", at("2026-03-16 23:59")),
        (OTHER, "10个工作日", at("2026-03-16 23:59")),
    ]
    shorter = replace(CONTEXT, limits=Limits.of({"吹哨": [{"响应": "1小时", "报到": "1小时", "办结": "1个工作日"}]}))
    assert story.line(LEAD, shorter).finish_due == at("2026-03-16 23:59")
    unwritten = Story().then("2026-03-02 09:10", "批准")
    assert unwritten.line(LEAD, shorter).finish_due == at("2026-03-03 23:59")


def test_what_is_shown_says_how_each_limit_was_counted() -> None:
    lines = story_reasons(Story(紧急程度="特急"))
    assert f"{LEAD} 应响应 2026-03-02 10:10：1 个办公小时" in lines
    assert f"{OTHER} 应报到 2026-03-03 10:00：写明的期限" in lines
    assert len(lines) == 6


def test_a_department_may_come_without_having_answered_first() -> None:
    line = approved().then("2026-03-02 10:00", "报到").line()
    assert (line.responded, line.arrived, line.who) == (at("2026-03-02 10:00"), at("2026-03-02 10:00"), ("RY-A0002",))


def test_who_comes_late_is_counted() -> None:
    story = approved()
    refusal, reasons = story.take("2026-03-03 11:00", "报到", 部门=OTHER)
    assert refusal is None
    assert reasons == ("晚于报到期限 2026-03-03 10:00，记为迟到",)
    life = story.then("2026-03-02 10:00", "报到").life()
    assert (life.called, life.arrived, life.arrived_late, life.finished) == (2, 2, 1, 0)
    assert life.waiting == (LEAD, OTHER)


def test_a_department_called_later_has_limits_from_then_on() -> None:
    story = approved()
    refusal, reasons = story.take("2026-03-04 15:00", "加哨", 办结时限="5个工作日")
    assert refusal is None
    assert any("应办结 2026-03-11" in line for line in reasons)
    line = story.line(LATE)
    assert (line.called, line.finish_due) == (at("2026-03-04 15:00"), at("2026-03-11 23:59"))
    assert story.take("2026-03-04 16:00", "加哨")[0] == f"{LATE} 已经在报到部门里，不用再加"


def test_one_added_before_the_approval_is_called_with_the_others() -> None:
    story = Story()
    assert story.take("2026-03-02 09:05", "加哨", 报到时限="1小时") == (None, ("时限从批准起算",))
    story.take("2026-03-02 09:10", "批准")
    assert story.line(LATE).arrive_due == at("2026-03-02 10:10")
    assert story.line(LATE).called == at("2026-03-02 09:10")


def test_the_running_limit_is_the_first_of_what_is_still_to_be_done() -> None:
    story = approved()
    assert story.life().next_due == at("2026-03-02 11:10")
    story.each("2026-03-02 10:00", "响应")
    assert story.life().next_due == at("2026-03-02 15:10")
    story.each("2026-03-02 11:00", "报到")
    life = story.life()
    assert life.next_due == at("2026-03-16 23:59")
    assert str(life.warn_on) == "2026-03-12"  # two working days before Monday 16
    story.each("2026-03-02 11:30", "处置").each("2026-03-02 16:00", "办结")
    assert (story.life().next_due, story.life().warn_on, story.life().waiting) == (None, None, ())


def test_an_extension_counts_from_when_the_department_was_called() -> None:
    story = approved()
    refusal, reasons = story.take("2026-03-10 09:00", "延期", 办结时限="15个工作日")
    assert refusal is None
    assert reasons == (f"{LEAD} 应办结 2026-03-23：15 个工作日", "第 1 次延期")
    assert (story.line().finish_due, story.line().extensions) == (at("2026-03-23 23:59"), 1)
    assert story.line(OTHER).finish_due == at("2026-03-16 23:59")


@pytest.mark.parametrize(
    ("when", "fields", "said"),
    [
        ("2026-03-17 09:00", {}, "期限 2026-03-16 已过，不能再延期"),
        ("2026-03-10 09:00", {"办结时限": "8个工作日"}, "新期限 2026-03-12 不晚于原期限 2026-03-16"),
        ("2026-03-10 09:00", {"办结时限": "待定"}, "延期要写明新的时限"),
        ("2026-03-10 09:00", {"部门": STRANGER}, "不在这个哨的报到部门里"),
    ],
)
def test_an_extension_that_will_not_do_is_refused_with_the_reason(when: str, fields: dict[str, Any], said: str) -> None:
    assert said in str(approved().take(when, "延期", **fields)[0])


def test_there_are_only_so_many_extensions() -> None:
    story = approved()
    for days in (20, 30):
        assert story.take("2026-03-10 09:00", "延期", 办结时限=f"{days}个工作日")[0] is None
    assert "至多 2 次" in str(story.take("2026-03-10 10:00", "延期", 办结时限="40个工作日")[0])


def test_closing_names_those_that_have_not_finished() -> None:
    story = approved().then("2026-03-02 10:00", "报到").then("2026-03-02 11:00", "处置")
    assert story.take("2026-03-02 12:00", "结哨")[0] == f"还有部门没有办结：{LEAD}（处置中）、{OTHER}（待响应）"
    refusal, reasons = story.take("2026-03-02 15:00", "办结")
    assert (refusal, reasons) == (None, (f"还等 {OTHER}",))
    story.then("2026-03-02 15:10", "报到", 部门=OTHER).then("2026-03-02 15:20", "处置", 部门=OTHER)
    assert story.take("2026-03-02 15:30", "办结", 部门=OTHER)[1] == ("各部门都办结了，可以结哨",)
    assert story.take("2026-03-02 16:00", "结哨")[0] is None
    life = story.life()
    assert (life.state, life.closed_at, life.result) == ("已办结", at("2026-03-02 16:00"), "人都搬回去了")


def test_measures_add_up() -> None:
    story = approved().then("2026-03-02 10:00", "报到").then("2026-03-02 11:00", "处置")
    assert story.then("2026-03-02 12:00", "处置", 处置措施="削坡").line().measure == "拉警戒线；削坡"


def test_a_department_is_rated_by_itself_or_with_the_whole() -> None:
    story = approved().each("2026-03-02 10:00", "报到").each("2026-03-02 11:00", "处置")
    story.each("2026-03-02 12:00", "办结").then("2026-03-02 15:00", "结哨")
    story.then("2026-03-02 16:00", "评哨", 部门=OTHER, 评价="不满意", 评语="来晚了")
    assert story.life().state == "已评哨"
    assert (story.line(LEAD).rating, story.line(OTHER).rating) == (None, "不满意")
    story.then("2026-03-02 16:10", "评哨", 评价="基本满意")
    assert (story.life().rating, story.line(LEAD).rating, story.line(OTHER).rating) == (
        "基本满意",
        "基本满意",
        "不满意",
    )
    assert story.line(OTHER).words == "来晚了"


def test_urging_nobody_in_particular_urges_those_that_have_not_finished() -> None:
    story = (
        approved().then("2026-03-02 10:00", "报到").then("2026-03-02 11:00", "处置").then("2026-03-02 12:00", "办结")
    )
    story.then("2026-03-03 09:00", "催办").then("2026-03-03 10:00", "催办", 部门=OTHER)
    assert (story.line(LEAD).urges, story.line(OTHER).urges, story.life().urges) == (0, 2, 2)


def test_a_cancelled_whistle_keeps_its_reason() -> None:
    life = approved().then("2026-03-02 09:30", "响应").then("2026-03-02 09:40", "撤哨").life()
    assert (life.state, life.cancelled_why, life.next_due) == ("已撤哨", "问题已经自己解决", None)
    assert life.lawful == ()


def test_a_step_before_the_whistle_was_blown_does_not_count() -> None:
    life = Story().then("2026-03-02 08:50", "批准").life()
    assert codes(life) == ["L002"]
    assert life.state == "待批准"


def test_a_late_note_that_breaks_what_follows_is_refused() -> None:
    story = approved().then("2026-03-02 10:00", "报到").then("2026-03-02 11:00", "处置")
    assert "会使后面的步骤对不上" in str(story.take("2026-03-02 09:30", "撤哨")[0])


def test_a_correction_is_applied_and_its_deadline_counted_anew() -> None:
    story = approved()
    story.take("2026-03-04 15:00", "加哨")
    story.then("2026-03-04 16:00", "更正", 事件编号="e2", 字段="办结时限", 新值="3个工作日", 理由="说错了")
    story.then("2026-03-04 16:10", "更正")
    life = story.life()
    assert codes(life) == []
    assert story.line(LATE).finish_due == at("2026-03-09 23:59")
    assert life.record.matter == "边坡开裂"
    assert [one.label for one in life.corrections] == ["办结时限", "事项"]


def test_a_correction_that_could_not_have_been_made_takes_no_other_with_it() -> None:
    story = approved().then("2026-03-04 15:00", "更正", 字段="吹哨时间", 新值="2026-03-05 09:00")
    story.then("2026-03-04 15:30", "更正", 字段="吹哨时间", 新值="2026-03-04 16:00", 记录时间="2026-03-04 17:00")
    story.then("2026-03-04 16:10", "更正")
    life = story.life()
    assert [(fault.code, fault.loc) for fault in life.faults] == [
        ("L013", ("事件", 1, "新值")),
        ("L013", ("事件", 2, "新值")),
    ]
    assert "早于吹哨的时间 2026-03-04 16:00" in life.faults[1].message
    assert [one.label for one in life.corrections] == ["事项"]
    assert "吹哨时间 2026-03-05 09:00 在将来" in str(
        approved().take("2026-03-04 15:00", "更正", 字段="吹哨时间", 新值="2026-03-05 09:00")[0]
    )


@pytest.mark.parametrize(
    ("field", "code"), [("期限", "L012"), ("应办结期限", "L011"), ("报到部门", "L012"), ("编号", "L012")]
)
def test_what_the_tool_works_out_is_not_corrected(field: str, code: str) -> None:
    event = "e1" if field in ("期限", "应办结期限") else None
    story = approved().then("2026-03-02 10:00", "更正", 事件编号=event, 字段=field, 新值="2026-12-31")
    assert codes(story.life()) == [code]


def test_a_provisional_limit_is_counted_anew_once_its_year_is_published() -> None:
    story = Story(吹哨时间="2098-12-29 09:00", 报到部门=[{"部门": LEAD, "办结时限": "5个工作日"}])
    story.take("2098-12-29 09:10", "批准")
    # Mon 29; 30(1) 31(2); Thu 1 Jan off; Fri 2(3) Mon 5(4) Tue 6(5)
    assert (story.line().finish_due, story.line().provisional) == (at("2099-01-06 23:59"), True)
    year = {"放假": [{"名称": "元旦", "自": "2099-01-01", "至": "2099-01-01"}], "补班": ["2099-01-04"]}
    known = replace(CONTEXT, calendar=Calendar({"年份": {"2098": {"规则": "仅周末"}, "2099": year}}))
    life = story.life(known)
    assert codes(life) == ["L028"]  # Sun 4 is made up; the two limits in hours end in 2098
    assert "2099-01-06，按公布的放假安排重算为 2099-01-05" in life.recomputed[0]
    assert story.line(LEAD, known).provisional is None


def test_faults_within_the_record() -> None:
    def found(**top: object) -> list[str]:
        return [fault.code for fault in WHISTLE.faults(Story(**top).whistle())]

    assert found() == []
    assert found(牵头部门=STRANGER) == ["L034"]
    assert found(报到部门=[{"部门": LEAD}, {"部门": LEAD}]) == ["L035"]
    assert found(问题=[]) == ["F010"]
    assert found(报到部门=[{"部门": LEAD, "报到时限": "马上"}]) == ["L021"]


def test_a_wrong_step_or_value_is_a_sentence() -> None:
    with pytest.raises(UsageError, match="没有「吃饭」这一步，可用的有：批准、响应"):
        attempt("吃饭", Story().whistle(), {}, CONTEXT)
    with pytest.raises(UsageError, match="「到场人」必填"):
        approved().take("2026-03-02 10:00", "报到", 到场人=None)


def test_the_only_department_that_can_take_a_step_is_offered() -> None:
    life = approved().then("2026-03-02 10:00", "报到").life()
    steps = {step.label: step for step in life.lawful}
    assert steps["处置"].model.offered(life, CONTEXT) == {"dept": LEAD}
    assert "dept" not in steps["延期"].model.offered(life, CONTEXT)
    assert steps["加哨"].model.offered(life, CONTEXT) == {
        "respond_rule": "2小时",
        "arrive_rule": "4小时",
        "finish_rule": "10个工作日",
    }


def test_every_stored_column_is_in_the_life_and_named_once() -> None:
    life = approved().life()
    assert all(hasattr(life, column.name) for column in WHISTLE.derived if column.sql is None)
    columns: list[FieldSpec | Derived] = [*WHISTLE.fields, *WHISTLE.derived]
    assert len({column.name for column in columns}) == len(columns)
    assert len({column.label for column in columns}) == len(columns)
