"""Whether two short sentences tell of the same thing."""

from __future__ import annotations

import pytest

from lianxin.core.text.alike import ALIKE, likeness

SAME = [
    ("一组的渠堵了", "一组上头那条渠又堵了"),
    ("路口灯不亮", "村口路灯坏了不亮"),
    ("机耕路塌了一段", "收谷的机耕路垮塌，车进不去"),
    ("要求提高补偿标准", "征地补偿标准太低，要求提高"),
    ("安置小区五号楼电梯停用", "五号楼电梯坏了半个月没人修"),
    ("九组岔路口的柑橘卖不出去", "九组种的柑橘没有销路，卖不出去"),
    ("五组新水池管子迟迟没到", "五组水池的管子还没有到"),
    ("祠堂边一户低保要重新核定", "祠堂边那户的低保请重新核一下"),
    ("垃圾池满了没人清运", "垃圾池里的垃圾堆满了，没有人来清运"),
    ("村卫生室没有医生坐诊", "卫生室经常没有医生"),
]
OTHER = [
    ("一组的渠堵了", "一组的路灯坏了"),
    ("一组夜间水压不足", "一组路口灯不亮"),
    ("路口灯不亮", "路口垃圾没人清"),
    ("机耕路塌了一段", "三组水管漏了一段"),
    ("要求提高补偿标准", "要求安装路灯"),
    ("九组岔路口的柑橘卖不出去", "九组岔路口的路面坑洼不平"),
    ("五组新水池管子迟迟没到", "五组的危房改造款迟迟没到"),
    ("祠堂边一户低保要重新核定", "祠堂边的电线离房顶太近"),
    ("垃圾池满了没人清运", "水池裂了没人修"),
    ("三组自来水浑浊", "三组村民反映补贴没有发"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert likeness(one, other) >= ALIKE
    assert likeness(other, one) == likeness(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_matter_at_the_same_place_or_in_the_same_manner(one: str, other: str) -> None:
    assert likeness(one, other) < ALIKE


@pytest.mark.parametrize(("one", "other"), [("", ""), ("要", "要"), ("一组", "一组"), ("，。", "。")])
def test_what_says_nothing_is_like_nothing(one: str, other: str) -> None:
    assert likeness(one, other) == 0
