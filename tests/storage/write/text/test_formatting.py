from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.storage.samples import ISSUES, TEXT, WIDE_COLON

from lianxin.core.error import LianxinError
from lianxin.kinds import KIND
from lianxin.kinds.issue.record import ISSUE, Issue
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.text.formatting import format_text
from lianxin.storage.write.text.writing import record_text


@given(
    ISSUES,
    st.sampled_from([None, '"', "'", "|"]),
    st.integers(2, 6),
    st.sampled_from([None, False]),
    st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=60, deadline=None)
def test_any_way_of_writing_a_record_comes_out_canonical(
    issue: Issue, style: str | None, indent: int, flow: bool | None, breaks: str
) -> None:
    values = yaml.load(record_text(ISSUE, issue), yaml.CBaseLoader)  # noqa: S506 - builds text only
    text = yaml.dump(
        values,
        default_style=style,
        indent=indent,
        sort_keys=indent > 3,
        default_flow_style=flow,
        allow_unicode=True,
        width=30,
    )
    try:
        read = read_yaml(text.encode())
    except Exception:  # noqa: BLE001 - PyYAML's own dump escapes what the strict reading refuses
        return
    formatted = format_text(text.replace("\n", breaks), ISSUE)
    assert read_yaml(formatted.encode()) == read
    assert format_text(formatted, ISSUE) == formatted
    if read == values:
        assert formatted == record_text(ISSUE, issue)


@given(st.lists(st.integers(0, len(TEXT.splitlines()) - 1), max_size=8, unique=True), st.randoms())
def test_no_comment_is_lost(places: list[int], random: Any) -> None:
    lines = TEXT.splitlines()
    block = {n for n, line in enumerate(lines) if "冲断了" in line or "拖拉机" in line}
    words = []
    for n in sorted(set(places) - block, reverse=True):
        words.append(f"# 注{n}")
        if random.random() < 0.5:
            lines[n] += f" # 注{n}"
        else:
            indent = 0 if n - 1 in block else random.randrange(2)  # below a block it would be taken for its text
            lines.insert(n, " " * indent + f"# 注{n}")
    text = "\n".join(lines) + "\n"
    formatted = format_text(text, ISSUE)
    assert read_yaml(formatted.encode()) == read_yaml(TEXT.encode())
    assert all(word in formatted for word in words)
    assert format_text(formatted, ISSUE) == formatted


def test_a_comment_never_comes_to_stand_behind_a_bar() -> None:
    head = "编号: HU-A0001\n户主: 孟长水\n所属村: CUN-A0001\n"
    made = format_text(head + '备注: "甲\\n乙" # 核过\n', KIND["household"])
    assert made == f"{head}# 核过\n备注: |-\n  甲\n  乙\n"
    told = head + "备注: |- # 核过\n  甲\n  乙\n"
    assert format_text(told, KIND["household"]) == told  # the check tells of it, so it stays where it is


def test_a_line_of_text_that_is_a_comment_is_not_made_one_for_good() -> None:
    text = "编号: HU-A0001\n户主: 孟长水\n所属村: CUN-A0001\n备注: |-\n  甲\n # 乙\n"
    with pytest.raises(LianxinError, match="第 6 行第 2 列"):
        format_text(text, KIND["household"])


def test_comments_go_with_what_they_stand_by() -> None:
    text = (
        "# 头\n编号: WT-2026-A0001\n# 关于村\n所属村: CUN-A0001 # 东村\n事件: # 经过\n"
        "# 第一步\n-   时间: 2026-03-02 10:10\n    步骤: 受理 # 好\n    编号: 'x'\n    配合单位: [甲, 乙] # 两家\n"
        "原话: |- # 话\n    你好\n    # 不是注释\n# 尾\n反映时间:\n    2026-03-01\n# 最后\n"
    )
    assert format_text(text, ISSUE) == (
        "# 头\n编号: WT-2026-A0001\n# 尾\n反映时间: 2026-03-01\n# 关于村\n所属村: CUN-A0001 # 东村\n"
        "原话: |- # 话\n  你好\n  # 不是注释\n事件: # 经过\n  # 第一步\n  - 编号: x\n    步骤: 受理 # 好\n"
        "    时间: 2026-03-02 10:10\n    配合单位:\n      - 甲\n      - 乙 # 两家\n# 最后\n"
    )


def test_mark_line_ends_and_wide_colons_are_repaired() -> None:
    text = (
        f"\ufeff编号{WIDE_COLON}HU-A0001\r\n户主{WIDE_COLON} 龚有福\r\n  所属村{WIDE_COLON}CUN-A0001\r\n"
        f"家庭成员:\r\n  - 姓名{WIDE_COLON}龚小满\r\n    标签: [学生]\r\n"
    )
    with pytest.raises(LianxinError):  # the third line is indented too deep: which key it belongs to cannot be known
        format_text(text, KIND["household"])
    text = text.replace("  所属村", "所属村")
    assert format_text(text, KIND["household"]) == (
        "编号: HU-A0001\n户主: 龚有福\n所属村: CUN-A0001\n家庭成员:\n  - 姓名: 龚小满\n    标签:\n      - 学生\n"
    )


def test_unknown_keys_and_odd_shapes_stay() -> None:
    text = "编外: {甲: [[1, 2], []], 乙: {}}\n编号: HU-A0001\n户主:\n - 甲\n - |\n  乙\n\n  丙\n家庭成员: 无\n备注:\n"
    formatted = format_text(text, KIND["household"])
    assert read_yaml(formatted.encode()) == read_yaml(text.encode())
    assert formatted.startswith("编号: HU-A0001\n户主:\n  - 甲\n")
    assert format_text(formatted, KIND["household"]) == formatted


def test_a_file_that_cannot_be_read_is_refused_with_its_place() -> None:
    with pytest.raises(LianxinError, match="第 2 行第 5 列"):
        format_text('编号: x\n事由: "路灯\n', ISSUE)


def test_canonical_text_stays() -> None:
    assert format_text(TEXT, ISSUE) == TEXT
