from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.kinds.hamlet import columns, faults, hamlet

from lianxin.kinds.promise import PROMISE

PLAIN = {"编号": "CN-A0001", "承诺人": "DW-A0002", "承诺内容": "六月底前修好水沟", "承诺日期": "2026-03-12"}


@pytest.mark.parametrize(
    ("due", "kept", "today", "expected"),
    [
        ("2026-06-30", "", "2026-06-30", ("未到期", None, None)),
        ("2026-06-30", "", "2026-07-02", ("逾期未兑现", None, 2)),
        ("2026-06-30", "2026-06-30", "2026-07-02", ("已兑现", "是", None)),
        ("2026-06-30", "2026-07-01", "2026-07-02", ("已兑现", "否", 1)),
        ("", "", "2026-07-02", ("未到期", None, None)),
        ("", "2026-07-01", "2026-07-02", ("已兑现", None, None)),
    ],
)
def test_a_promise_is_open_kept_or_broken(
    tmp_path: Path, due: str, kept: str, today: str, expected: tuple[object, ...]
) -> None:
    values = PLAIN | ({"完成时限": due} if due else {}) | ({"兑现日期": kept} if kept else {})
    text = "".join(f"{label}: {value}\n" for label, value in values.items())
    with hamlet(tmp_path, {"promises/CN-A0001.yaml": text}, date.fromisoformat(today)) as book:
        assert columns(book, "promise", "状态", "按期兑现", "逾期天数") == [expected]


def test_neither_limit_nor_fulfilment_comes_before_the_promise() -> None:
    assert faults(PROMISE, PLAIN | {"完成时限": "2026-03-11", "兑现日期": "2026-03-10"}) == [
        ("F020", ("完成时限",)),
        ("F020", ("兑现日期",)),
    ]
