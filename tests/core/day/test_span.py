from __future__ import annotations

import pytest
from pydantic_core import ValidationError

from lianxin.core.day.span import Span
from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record


class _Kept(Record):
    span: Span = field("期间")


def _read(value: object) -> str:
    return _Kept.model_validate({"期间": value}).span


@pytest.mark.parametrize("text", ["2026", "2026H1", "2026Q1", "2026-03", "2026-W10", "2026-03-01..2026-03-15"])
def test_a_period_that_stays_the_same_is_kept_as_written(text: str) -> None:
    assert _read(f" {text} ") == text


@pytest.mark.parametrize("text", ["本月", "上季度", "本年", "上半年", "2026Q5", "2026-03-15..2026-03-01", "{0}", ""])
def test_a_period_that_moves_with_the_day_or_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        _read(text)
    assert [error["type"] for error in caught.value.errors()] == ["F025"]


def test_what_is_no_text_is_left_to_the_reader_of_types() -> None:
    with pytest.raises(ValidationError):
        _read(["2026"])
