"""What is made of days and limits as they were typed, field by field as it is declared."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from lianxin.actions.entry.figure import Clock, in_figures, runs_from
from lianxin.core.day.calendar import Calendar
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.value import FieldType
from lianxin.kinds import KIND

#: A Monday.
TODAY = date(2026, 12, 7)
CLOCK = Clock(TODAY, datetime(2026, 12, 7, 9, 40), Calendar())


def _models(model: type[Record]) -> list[type[Record]]:
    return [model, *(inner for spec in fields_of(model) if spec.group for inner in _models(spec.group))]


def _all() -> list[FieldSpec]:
    models = [one for kind in KIND.values() for one in _models(kind.model)]
    models += [step.model for kind in KIND.values() if kind.lifecycle for step in kind.lifecycle.steps]
    return [spec for model in models for spec in fields_of(model) if not spec.auto]


def _field(kind: str, name: str, step: str = "") -> FieldSpec:
    lifecycle = KIND[kind].lifecycle
    model = lifecycle.step(step).model if lifecycle and step else KIND[kind].model  # type: ignore[union-attr]
    return next(spec for spec in fields_of(model) if spec.name == name)


def test_every_deadline_is_read_forwards_and_nothing_else_is() -> None:
    days = [spec for spec in _all() if spec.type in (FieldType.DAY, FieldType.DEADLINE)]
    forwards = {spec.label for spec in days if in_figures(spec, "周五", CLOCK).value == "2026-12-11"}
    backwards = {spec.label for spec in days if in_figures(spec, "周五", CLOCK).value == "2026-12-04"}
    assert forwards == {"整改时限", "新期限", "完成时限", "复核日期", "结束日期"}
    assert backwards.isdisjoint(forwards)
    assert {spec.label for spec in days} == forwards | backwards


@pytest.mark.parametrize(
    ("typed", "kept", "why"),
    [
        ("周五", "2026-12-11", ""),
        ("周五下午3点", "2026-12-11 15:00", ""),
        ("12月31日前", "2026-12-31", ""),
        ("五个工作日", "2026-12-14", "从 2026-12-07 起，5 个工作日"),
        ("两周", "2026-12-21", "从 2026-12-07 起，14 天，节假日照算"),
        ("待定", "待定", ""),
        ("随便", "随便", ""),
    ],
)
def test_a_limit_for_a_deadline_is_counted_to_its_day(typed: str, kept: str, why: str) -> None:
    assert in_figures(_field("rectification", "limit"), typed, CLOCK) == (kept, why)


def test_a_deadline_runs_from_the_day_of_its_record_or_step() -> None:
    listed, review = _field("rectification", "limit"), _field("issue", "review", "suspend")
    assert runs_from(listed, {"listed": "12月1日"}, TODAY) == datetime(2026, 12, 1)
    assert runs_from(listed, {"listed": date(2026, 12, 1)}, TODAY) == datetime(2026, 12, 1)
    assert runs_from(review, {"at": "昨天下午3点"}, TODAY) == datetime(2026, 12, 6, 15)
    assert runs_from(review, {}, TODAY) is None
    since = CLOCK._replace(since=datetime(2026, 12, 1))
    assert in_figures(listed, "十个工作日", since) == ("2026-12-15", "从 2026-12-01 起，10 个工作日")
    assert in_figures(listed, "12月4日", since).value == "2026-12-04"


def test_an_hour_is_left_out_of_a_day_and_said_so() -> None:
    left_out = ("2026-12-04", "只记日子，钟点没有记")
    assert in_figures(_field("visit", "day"), "周五下午3点", CLOCK) == left_out
    assert in_figures(_field("promise", "due"), "周五下午3点", CLOCK) == ("2026-12-11", left_out[1])


def test_a_time_told_by_its_day_is_at_this_hour_of_it() -> None:
    told = (f"2026-12-04 {CLOCK.now:%H:%M}", "没有写钟点，照现在的")
    assert in_figures(_field("whistle", "blown"), "周五", CLOCK) == told
    assert in_figures(_field("whistle", "blown"), "12月4日", CLOCK) == told
