"""Sentences of a report: what has nothing to tell is left out, or told otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reports.outline.test_report import assigned, counted, edition

from lianxin.reports.outline.pattern import said
from lianxin.reports.outline.press import Press


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("交办 {交办}，重办 {重办}；签收率 {签收率}。", "交办 2 件；签收率 50.00 %。"),
        ("交办 {交办}，比上期{签收率|增减}。", "交办 2 件。"),
        ("{期间}，重办 {重办}，销号 {销号}。", ""),
        ("{期间}，[重办 {重办}|没有重办的]，交办 {交办}。", "2026年3月，没有重办的，交办 2 件。"),
        ("交办 {交办}[，其中重办 {重办}][、作废 {作废}]。请看。", "交办 2 件。请看。"),
        ("请各单位核对。重办 {重办}。", "请各单位核对。"),
        ("重办 {重办}；交办 {交办}；作废 {作废}", "交办 2 件"),
    ],
)
def test_a_clause_without_anything_to_tell_is_left_out(tmp_path: Path, pattern: str, told: str) -> None:
    with counted(tmp_path, [assigned(1, 1, signed=True), assigned(2, 1, signed=False)]) as book:
        assert said(Press(book, edition(book)), pattern) == told


def test_a_rate_without_a_denominator_is_never_printed(tmp_path: Path) -> None:
    with counted(tmp_path, [assigned(1, 1, signed=True)]) as book:
        later = Press(book, edition(book, "2026-04"))
        assert said(later, "签收率 {签收率}。") == ""
        assert said(later, "[签收率 {签收率}|本月没有交办]。") == "本月没有交办。"
