from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.storage.samples import FIELDS, ISSUES, PATH, TEXT, WORDS

from lianxin.core.error import LianxinError
from lianxin.kinds import KIND
from lianxin.kinds.household import Household
from lianxin.kinds.issue.record import ISSUE, Issue
from lianxin.kinds.issue.step.end import Feedback
from lianxin.kinds.issue.step.note import Progress
from lianxin.storage.read.loading import load
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.text.writing import append_event, edit_text, record_text

EVENT = {"编号": "e1", "步骤": "进展", "时间": "2026-03-03 09:00", "记录时间": "2026-03-03 09:05", "经办人": "RY-A0003"}


def progress(words: str) -> Progress:
    return Progress.model_validate({**EVENT, "进展情况": words}, by_alias=True)


def read(text: str) -> Any:
    loaded = load(PATH, text.encode())
    assert [p for p in loaded.problems if p.code not in {"Y006", "Y024"}] == []
    return loaded.record


@given(ISSUES)
def test_a_record_reads_back_as_it_was_written(issue: Issue) -> None:
    assert read(record_text(ISSUE, issue)) == issue


def test_canonical_text_is_stable() -> None:
    assert record_text(ISSUE, read(TEXT)) == TEXT


def test_values_may_come_by_label_as_text() -> None:
    text = record_text(ISSUE, FIELDS)
    assert text.startswith("编号: WT-2026-A0001\n登记时间: 2026-03-02 09:40\n")
    assert "备注" not in text
    assert "事件" not in text


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("路灯不亮,已经三天了。", "路灯不亮,已经三天了。"),
        ("3 月 9 日修好", "3 月 9 日修好"),
        ("13700000001", '"13700000001"'),
        ("0571", '"0571"'),
        ("2026-03-02", '"2026-03-02"'),
        ("12:30", '"12:30"'),
        ("是", '"是"'),
        ("no", '"no"'),
        ("- 第一", '"- 第一"'),
        ("标题: 路灯", '"标题: 路灯"'),
        ("路灯 #急", '"路灯 #急"'),
        ("@所有人", '"@所有人"'),
        ('他说"行"', '他说"行"'),
        ('"行"', '"\\"行\\""'),
        ("C:\\路", "C:\\路"),
        ("龘𠮷㐂🌾", "龘𠮷㐂🌾"),
        ("第一行\n第二行", "|-\n  第一行\n  第二行"),
    ],
)
def test_text_is_quoted_where_it_could_be_misread(words: str, written: str) -> None:
    text = record_text(ISSUE, {**FIELDS, "备注": words})
    assert f"备注: {written}\n" in text


def test_a_control_character_is_refused_by_name() -> None:
    with pytest.raises(LianxinError, match=r"U\+001B"):
        record_text(ISSUE, Issue.model_validate({**FIELDS, "备注": "红\x1b[31m字"}, by_alias=True))


def test_groups_and_lists_are_written_in_declared_order() -> None:
    household = Household.model_validate(
        {"id": "HU-A0001", "head": "龚有福", "village": "CUN-A0001", "members": [{"tags": ["学生"], "name": "龚小满"}]}
    )
    assert record_text(KIND["household"], household).splitlines()[-5:] == [
        "户类别: 一般",
        "家庭成员:",
        "  - 姓名: 龚小满",
        "    标签:",
        "      - 学生",
    ]


@given(WORDS, st.sampled_from([TEXT, TEXT.split("事件:", maxsplit=1)[0], TEXT.rstrip("\n"), TEXT + "# 完\n\n"]))
@settings(max_examples=60)
def test_appending_only_adds_lines(words: str, text: str) -> None:
    event = progress(words)
    grown = append_event(text, event)
    assert grown.startswith(text.rstrip("\n"))
    assert read(grown) == Issue.model_validate({**read(text).__dict__, "events": (*read(text).events, event)})


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("\n  - ", "\n- ").replace("\n    ", "\n  "),
        TEXT.replace("\n  - ", "\n    -   ").replace("\n    步", "\n        步"),
        TEXT.split("事件:", maxsplit=1)[0] + "事件: []\n",
        TEXT.split("事件:", maxsplit=1)[0] + "事件:\n",
        TEXT.replace("\n", "\r\n"),
        "# 说明\n---\n" + TEXT,
    ],
    ids=["no indent", "wide", "empty list", "empty", "windows", "document start"],
)
def test_an_event_takes_the_files_own_shape(text: str) -> None:
    if "    -   " in text:
        text = "\n".join(_wide(TEXT.splitlines())) + "\n"
    old = read_yaml(text.encode()).get("事件") or []
    grown = append_event(text, progress("路面已铺好"))
    assert len(read_yaml(grown.encode())["事件"]) == len(old) + 1
    assert grown.count("\r\n") == (grown.count("\n") if "\r\n" in text else 0)
    if old:
        assert grown.startswith(text)


def _wide(lines: list[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        inside = inside or line == "事件:"
        yield (
            ("    " + line.replace("- ", "-   ") if "- 编号" in line else "      " + line)
            if (inside and line != "事件:")
            else line
        )


@pytest.mark.parametrize(
    "text",
    [
        TEXT + "备注: 后来补的\n",
        TEXT.split("事件:", maxsplit=1)[0] + "事件: [{编号: a}]\n",
        TEXT + "...\n",
        TEXT.split("事件:", maxsplit=1)[0] + "事件: 无\n",
        "编号: [\n",
    ],
    ids=["not last", "flow", "document end", "no list", "unreadable"],
)
def test_a_file_that_cannot_be_added_to_is_left_alone(text: str) -> None:
    with pytest.raises(LianxinError):
        append_event(text, progress("路面已铺好"))


def test_an_event_with_every_sort_of_value() -> None:
    event = Feedback.model_validate(
        {**EVENT, "步骤": "反馈", "反馈方式": "电话", "是否解决": "解决", "反映人的话": "好: 多谢\n#1"}, by_alias=True
    )
    grown = append_event(TEXT, event)
    assert read(grown).events[-1] == event
    assert grown.endswith("    反映人的话: |-\n      好: 多谢\n      #1\n")


@given(WORDS, st.sampled_from(["事由", "原话", "备注", "所属组", "何人"]))
@settings(max_examples=60)
def test_an_edit_touches_its_own_field_only(words: str, label: str) -> None:
    text = TEXT.replace("所属组: 三组", "所属组: 三组  # 核对过")
    edited = edit_text(text, {label: words})
    assert read_yaml(edited.encode()) == {**read_yaml(text.encode()), label: words}
    kept = [line for line in text.split("\n") if not line.startswith((f"{label}:", "  今年", "  拖拉机"))]
    assert [line for line in edited.split("\n") if line in kept][: len(kept)] == kept


def test_an_edit_keeps_comments() -> None:
    text = "# 头\n" + TEXT.replace("所属组: 三组", "# 分组\n所属组: 三组  # 核对过").replace(
        "涉及对象", "# 对象\n涉及对象"
    )
    edited = edit_text(text, {"所属组": "四组", "联系电话": None, "原话": "路断了"})
    assert "# 分组\n所属组: 四组 # 核对过\n" in edited
    assert "原话: 路断了\n# 对象\n涉及对象: 无\n" in edited
    assert "联系电话" not in edited
    assert edited.startswith("# 头\n编号")


def test_a_new_field_goes_to_its_declared_place() -> None:
    edited = edit_text(TEXT, {"备注": "待核", "何时": "2 月底"})
    assert "  拖拉机过不去。\n何时: 2 月底\n涉及对象: 无\n备注: 待核\n事件:\n" in edited


def test_an_edit_can_put_in_lists_and_groups() -> None:
    text = "编号: HU-A0001\n户主: 龚有福\n所属村: CUN-A0001\n备注: 无"
    edited = edit_text(text, {"家庭成员": [{"姓名": "龚小满", "标签": ["学生"]}], "电话": "13700000002"})
    assert edited.endswith('标签:\n      - 学生\n电话: "13700000002"\n备注: 无')
    assert edit_text(edited, {"家庭成员": [], "电话": None}) == text


def test_an_edit_at_the_very_end_and_of_windows_lines() -> None:
    text = "编号: HU-A0001\r\n户主: 龚有福\r\n所属村: CUN-A0001"
    edited = edit_text(text, {"备注": "新房"})
    assert read_yaml(edited.encode())["备注"] == "新房"
    assert edit_text("编号: HU-A0001\r\n户主: 龚有福\r\n", {"户主": "龚有才"}) == "编号: HU-A0001\r\n户主: 龚有才\r\n"


def test_a_quoted_value_with_a_comment() -> None:
    text = TEXT.replace('联系电话: "13700000001"', '联系电话: "13700000001" # 儿子的')
    assert '联系电话: "13700000009" # 儿子的\n' in edit_text(text, {"联系电话": "13700000009"})


def test_a_file_in_braces_is_not_edited() -> None:
    with pytest.raises(LianxinError, match="fmt"):
        edit_text("{编号: HU-A0001, 户主: 龚有福}\n", {"户主": "龚有才"})


def test_a_file_with_two_sorts_of_line_end_is_not_edited() -> None:
    with pytest.raises(LianxinError, match="fmt"):
        edit_text("编号: HU-A0001\r\n户主: 龚有福\n", {"户主": "龚有才"})
