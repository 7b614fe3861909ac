"""What papers say of periods and conditions that programs write shorter."""

from __future__ import annotations

import pytest

from lianxin.core.day.period import in_papers
from lianxin.core.filter import in_words


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("2026-W47（2026-11-16 至 2026-11-22）", "2026年第47周（11月16日—22日）"),
        ("2026-W05（2026-01-26 至 2026-02-01）", "2026年第5周（1月26日—2月1日）"),
        ("2026Q1（2026-01-01 至 2026-03-31）", "2026年第1季度（1月1日—3月31日）"),
        ("2026H2（2026-07-01 至 2026-12-31）", "2026年下半年（7月1日—12月31日）"),
        ("2026-03（2026-03-01 至 2026-03-31）", "2026年3月（3月1日—31日）"),
        ("2026（2026-01-01 至 2026-12-31）", "2026年（1月1日—12月31日）"),
        ("2026-03-02 至 2026-03-08", "2026-03-02 至 2026-03-08"),
        ("", ""),
    ],
)
def test_a_period_is_named_as_papers_name_it(told: str, said: str) -> None:
    assert in_papers(told) == said


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ("状态!=作废", "状态不含作废"),
        ("状态!=作废,已销号；逾期天数>=3", "状态不含作废或已销号；逾期天数不小于3"),
        ("责任人=；责任部门.类别=经济", "责任人没有填；责任部门的类别为经济"),
        ("责任人!=", "责任人填了"),
        ("事由~水", "事由含水"),
        ("", ""),
    ],
)
def test_a_condition_is_said_in_words(conditions: str, said: str) -> None:
    assert in_words(conditions) == said
