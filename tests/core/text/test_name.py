"""A person's name: whom a cell names, what they may be called, how they look masked."""

from __future__ import annotations

import pytest

from lianxin.core.text.name import mask_name, writings


@pytest.mark.parametrize(
    ("cell", "names", "masked"),
    [
        ("张三", ["张三"], "张*"),
        ("张　三", ["张三"], "张*"),
        ("李 明 ", ["李明"], "李*"),
        ("张\u200b三", ["张三"], "张*"),
        ("李⼭", ["李山"], "李*"),
        ("王 小明", ["王小明"], "王*"),
        ("欧阳 锋", ["欧阳锋"], "欧阳*"),
        ("欧 阳 锋", ["欧阳锋"], "欧阳*"),
        ("张三 李四", ["张三", "李四"], "张*、李*"),
        ("张 三 李 四", ["张三", "李四"], "张*、李*"),
        ("张三 王 小明", ["张三", "王小明"], "张*、王*"),
        ("张三、李四(代)", ["张三", "李四"], "张*、李*"),
        ("张三\n李四；王五／赵六", ["张三", "李四", "王五", "赵六"], "张*、李*、王*、赵*"),
        ("钱七（妻孙小妹）", ["钱七", "孙小妹"], "钱*"),
        ("钱七【妻：孙小妹、长子钱小八】", ["钱七", "孙小妹", "钱小八"], "钱*"),
        ("孙小妹（儿媳）", ["孙小妹"], "孙*"),
        ("张满仓(代李桂)", ["张满仓", "李桂"], "张*"),
        ("张三（低保户）", ["张三"], "张*"),
        ("张三（已故）", ["张三"], "张*"),
        ("张三（妻在外务工）", ["张三"], "张*"),
        ("张三（水管所）", ["张三"], "张*"),
        ("张三（妻翠花）", ["张三", "翠花"], "张*"),
        ("赵守田等3人", ["赵守田"], "赵*"),
        ("Li Lei", ["LiLei"], "L*"),
        ("阿卜杜拉·买买提", ["阿卜杜拉买买提", "阿卜杜拉", "买买提"], "阿*"),
        ("匿名", [], "匿名"),
        ("甲", [], "甲*"),
        ("", [], "*"),
    ],
)
def test_the_people_of_a_cell(cell: str, names: list[str], masked: str) -> None:
    assert list(writings(cell)) == names
    assert mask_name(cell) == masked
    assert mask_name(masked) == masked


@pytest.mark.parametrize("cell", ["张三家属", "张三的儿子", "张三主任", "张三"])
def test_whoever_is_named_by_somebody_is_not_the_only_one_hidden(cell: str) -> None:
    assert list(writings(cell))[-1] == "张三"


@pytest.mark.parametrize("dot", ["·", "•", "・", "‧", "．", ".", "･"])
def test_a_name_of_parts_is_known_by_each(dot: str) -> None:
    assert list(writings(f"阿卜杜拉{dot}买买提")) == ["阿卜杜拉买买提", "阿卜杜拉", "买买提"]
