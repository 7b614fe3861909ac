"""Corrections: the file keeps what was written, the fold reads it as corrected."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.kinds.story import CONTEXT, Story, codes, event_of, refuse


def assigned() -> Story:
    return (
        Story()
        .then("2026-03-02 10:00", "受理")
        .then("2026-03-02 11:00", "交办", 办结期限="2026-03-09", 签收期限="2026-03-02 15:00")
    )


def amended(story: Story, field: str, value: str | None, event: str | None = None) -> Story:
    return story.then("2026-03-03 09:00", "更正", 字段=field, 新值=value, 事件编号=event)


def test_a_field_of_the_intake() -> None:
    life = amended(assigned(), "何地", "桥头往东二十米").life()
    assert life.record.where == "桥头往东二十米"
    assert [(one.target, one.label, one.before, one.after) for one in life.corrections] == [
        ("", "何地", "村口桥头", "桥头往东二十米")
    ]
    assert codes(life) == []


def test_a_value_is_typed_as_its_field_is() -> None:
    assert amended(assigned(), "反映时间", "2026-03-01").life().record.raised.isoformat() == "2026-03-01"
    assert amended(assigned(), "责任部门", "DW-A0007", "e2").life().dept == "DW-A0007"
    assert amended(assigned(), "配合单位", "DW-A0008、DW-A0009", "e2").life().co_depts == ("DW-A0008", "DW-A0009")
    assert amended(assigned(), "类别", "水利", "e1").life().category == "水利"


def test_a_value_taken_away() -> None:
    life = amended(assigned(), "何因", None).life()
    assert life.record.cause is None
    assert life.haves[0].missing == "没写何因"


def test_a_limit_corrected_is_counted_anew() -> None:
    life = amended(assigned(), "办理时限", "3个工作日", "e2").life()
    assert life.due == life.first_due == datetime(2026, 3, 5, 23, 59)
    assert life.sign_due == datetime(2026, 3, 2, 15, 0)


def test_a_time_corrected_moves_the_step_and_its_limits() -> None:
    story = assigned().then("2026-03-05 09:00", "更正", 字段="时间", 新值="2026-03-04 10:00", 事件编号="e2")
    life = story.life()
    # Wed 4; 5(1) 6(2) 9(3) 10(4) 11(5)
    assert (life.due, life.sign_due) == (datetime(2026, 3, 11, 23, 59), datetime(2026, 3, 4, 12, 0))
    assert life.assigned_at == datetime(2026, 3, 4, 10, 0)


def test_a_time_corrected_may_put_the_steps_in_order() -> None:
    story = Story().then("2026-03-02 12:00", "受理").then("2026-03-02 11:00", "交办")
    assert codes(story.life()) == ["L001"]
    assert codes(amended(story, "时间", "2026-03-02 10:30", "e1").life()) == []


def test_the_last_of_two_corrections_counts() -> None:
    story = amended(amended(assigned(), "何地", "桥东"), "何地", "桥西")
    assert story.life().record.where == "桥西"
    assert [one.before for one in story.life().corrections] == ["村口桥头", "桥东"]


@pytest.mark.parametrize(
    ("field", "value", "event", "code", "told"),
    [
        ("何故", "不知道", None, "L011", "何故"),
        ("责任部门", "DW-A0001", "e1", "L011", "责任部门"),
        ("何地", "桥东", "e9", "L010", "e9"),
        ("编号", "WT-2026-A0002", None, "L012", "编号"),
        ("步骤", "签收", "e2", "L012", "步骤"),
        ("记录时间", "2026-03-02 11:00", "e2", "L012", "记录时间"),
        ("办结期限", "2026-03-20", "e2", "L012", "办理时限"),
        ("事件", "无", None, "L012", "事件"),
        ("来源渠道", "飞鸽", None, "L013", "入户走访、微信"),
        ("反映时间", "三月二日", None, "L013", "三月二日"),
        ("责任部门", "农业站", "e2", "L013", "农业站"),
        ("所属村", None, None, "L013", "必填"),
        ("反映时间", "2026-03-04", None, "L013", "反映时间 2026-03-04 在将来"),
        ("时间", "2026-03-03 09:30", "e2", "L013", "时间 2026-03-03 09:30 在将来"),
    ],
)
def test_what_cannot_be_corrected_is_a_fault_and_changes_nothing(
    field: str, value: str | None, event: str | None, code: str, told: str
) -> None:
    story = amended(assigned(), field, value, event)
    life = story.life()
    assert codes(life) == [code]
    assert told in life.faults[0].message
    assert life.faults[0].loc[:2] == ("事件", 2)
    assert life.corrections == ()
    assert life.record.model_copy(update={"events": ()}) == story.issue().model_copy(update={"events": ()})


def test_a_correction_is_not_corrected() -> None:
    story = amended(amended(assigned(), "何地", "桥东"), "新值", "桥西", "e3")
    assert codes(story.life()) == ["L012"]


def test_a_correction_made_when_none_was_lawful_changes_nothing() -> None:
    story = assigned().then("2026-03-02 12:00", "作废")
    life = amended(story, "何地", "桥东").life()
    assert codes(life) == ["L001"]
    assert life.record.where == "村口桥头"
    assert life.corrections == ()


def test_a_correction_that_could_not_have_been_made_is_told_and_takes_no_other_with_it() -> None:
    story = assigned().then("2026-03-03 09:00", "更正", 字段="反映时间", 新值="2026-03-05", 记录时间="2026-03-06 09:00")
    life = amended(amended(story, "事由", "桥头路面塌陷"), "何人", "两个组的人").life()
    assert codes(life) == ["L013"]
    assert life.faults[0].loc == ("事件", 2, "新值")
    assert life.faults[0].message == "照这样更正，「更正」的时间 2026-03-03 09:00 早于反映时间 2026-03-05"
    assert [one.label for one in life.corrections] == ["事由", "何人"]
    assert (life.record.raised.isoformat(), life.record.summary, life.record.who) == (
        "2026-03-02",
        "桥头路面塌陷",
        "两个组的人",
    )


def test_a_correction_may_be_lawful_by_a_later_one_while_a_third_is_not() -> None:
    story = Story(反映时间="2026-03-04").then("2026-03-03 08:00", "更正", 字段="何地", 新值="桥东")
    story.then("2026-03-05 09:00", "更正", 字段="反映时间", 新值="2026-03-02", 记录时间="2026-03-09 09:00")
    story.then("2026-03-06 09:00", "更正", 字段="反映时间", 新值="2026-03-08", 记录时间="2026-03-09 09:00")
    life = story.life()
    assert (life.record.raised.isoformat(), life.record.where) == ("2026-03-02", "桥东")
    assert [fault.loc for fault in life.faults] == [("事件", 2, "新值")]


@pytest.mark.parametrize(
    ("field", "value", "event", "told"),
    [
        ("反映时间", "2026-03-04", None, "反映时间 2026-03-04 在将来"),
        ("时间", "2026-03-04 09:00", "e2", "时间 2026-03-04 09:00 在将来"),
        ("时间", "2026-03-02 12:00", "e1", "照这样更正，会使别的步骤对不上：2026-03-02 11:00 时这件是「待研判」"),
        (
            "反映时间",
            "2026-03-03",
            None,
            "照这样更正，会使别的步骤对不上：「受理」的时间 2026-03-02 10:00 早于反映时间",
        ),
    ],
)
def test_a_correction_that_would_not_hold_is_refused(field: str, value: str, event: str | None, told: str) -> None:
    made = event_of("更正", 时间="2026-03-03 09:00", 字段=field, 新值=value, 事件编号=event)
    fault = refuse(assigned().issue(), made, CONTEXT)
    assert fault is not None
    assert fault.message.startswith(told)
