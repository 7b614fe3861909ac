"""How the members of a household are written, and what is made of it."""

from __future__ import annotations

import pytest

from lianxin.core.text.member import Member, members


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("蒋小宝 孙子", [("蒋小宝", "孙子")]),
        ("蒋小宝（孙子）", [("蒋小宝", "孙子")]),
        ("蒋小宝(孙子，学生)", [("蒋小宝", "孙子", "学生")]),
        ("蒋小宝：孙子", [("蒋小宝", "孙子")]),
        ("孙子 蒋小宝", [("蒋小宝", "孙子")]),
        ("孙子：蒋小宝", [("蒋小宝", "孙子")]),
        ("孙子（蒋小宝）", [("蒋小宝", "孙子")]),
        ("孙子蒋小宝", [("蒋小宝", "孙子")]),
        ("蒋小宝孙子", [("蒋小宝", "孙子")]),
        ("蒋小宝 孙子 学生", [("蒋小宝", "孙子", "学生")]),
        ("蒋小宝 孙子、李秀 妻子", [("蒋小宝", "孙子"), ("李秀", "妻子")]),
        ("蒋小宝，李秀；王强", [("蒋小宝",), ("李秀",), ("王强",)]),
        ("蒋小宝 孙子、学生，李秀", [("蒋小宝", "孙子", "学生"), ("李秀",)]),
        ("蒋小宝 高中生", [("蒋小宝", "高中生")]),
        ("蒋小宝 8岁", [("蒋小宝", "8岁")]),
        ("外孙女 欧阳秋实", [("欧阳秋实", "外孙女")]),
        ("李 明 长子", [("李明", "长子")]),
        ("母丽华", [("母丽华",)]),
        ("孙女", None),
        ("蒋小宝 李秀", None),
        ("孙子 学生", None),
        ("蒋小宝 13900001234", None),
        ("阿卜杜拉·买买提 女婿", [("阿卜杜拉·买买提", "女婿")]),
        ("John Smith", [("John Smith",)]),
        ("蒋小宝 在外务工", [("蒋小宝", "在外务工")]),
        ("蹇小宝 孙子", [("蹇小宝", "孙子")]),
    ],
)
def test_everybody_is_told_from_what_they_are(text: str, told: list[tuple[str, ...]] | None) -> None:
    if told is None:
        with pytest.raises(
            ValueError, match=r"写成 姓名（关系），如 蒋小宝（孙子，学生）、李秀 妻子；几个人用顿号隔开"
        ):
            members(text)
    else:
        assert members(text) == tuple(Member(name, tuple(tags)) for name, *tags in told)
