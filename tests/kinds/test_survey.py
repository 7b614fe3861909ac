from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kinds.hamlet import columns, faults, hamlet

from lianxin.kinds.survey import SURVEY

PLAIN: dict[str, Any] = {
    "编号": "CP-A0001",
    "测评对象": "CUN-A0001",
    "类别": "村级党组织",
    "日期": "2026-05-20",
    "发放份数": "100",
    "收回份数": "98",
    "有效份数": "96",
    "答卷": [{"选项": "满意", "份数": "90"}, {"选项": "不了解", "份数": "6"}],
}


def test_the_pieces_of_a_rate_are_counted_by_what_the_options_mean(tmp_path: Path) -> None:
    text = "\n".join(f"{label}: {value}" for label, value in PLAIN.items() if label != "答卷")
    answers = (("非常满意", 40), ("满意", 30), ("基本满意", 15), ("比较满意", 5), ("不满意", 4), ("弃权", 2))
    text += "\n答卷:\n" + "".join(f"  - 选项: {option}\n    份数: {count}\n" for option, count in answers)
    with hamlet(tmp_path, {"surveys/CP-A0001.yaml": text}) as book:
        rows = columns(book, "survey", "满意数", "基本满意数", "不满意数", "有效数", "答卷情况")
    assert rows == [(70, 20, 4, 96, "非常满意 40、满意 30、基本满意 15、比较满意 5、不满意 4、弃权 2")]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"收回份数": "101"}, [("F026", ("收回份数",))]),
        ({"收回份数": "95"}, [("F026", ("有效份数",))]),
        ({"有效份数": "97"}, [("F026", ("有效份数",))]),
        ({"答卷": []}, [("F010", ("答卷",))]),
        ({"发放份数": "-1"}, [("F027", ("发放份数",)), ("F026", ("收回份数",))]),
        (
            {"答卷": [{"选项": "满意", "份数": "90"}, {"选项": "满意", "份数": "6"}]},
            [("F026", ("答卷", 1, "选项"))],
        ),
        (
            {"答卷": [{"选项": "满意", "份数": "97"}, {"选项": "不满意", "份数": "-1"}]},
            [("F027", ("答卷", 1, "份数"))],
        ),
    ],
)
def test_counts_must_agree(more: dict[str, Any], expected: list[Any]) -> None:
    assert faults(SURVEY, PLAIN | more) == expected


@given(st.lists(st.integers(0, 500), min_size=1, max_size=5), st.integers(0, 50), st.integers(0, 50))
def test_whatever_adds_up_is_faultless_and_one_more_is_not(counts: list[int], spoilt: int, kept: int) -> None:
    valid = sum(counts)
    values = PLAIN | {
        "发放份数": str(valid + spoilt + kept),
        "收回份数": str(valid + spoilt),
        "有效份数": str(valid),
        "答卷": [{"选项": f"第{n}项", "份数": str(count)} for n, count in enumerate(counts)],
    }
    assert faults(SURVEY, values) == []
    more = values | {"答卷": [*values["答卷"], {"选项": "多出来的", "份数": "1"}]}
    assert faults(SURVEY, more) == [("F026", ("有效份数",))]
