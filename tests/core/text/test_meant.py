"""Which of several names is meant."""

from __future__ import annotations

import pytest

from lianxin.core.text.meant import Grade, Name, Names

UNITS = ("岫水供电所", "供电所", "供电所党支部", "工段所", "水务站", "岫水镇水务站")
NAMES = Names([Name((unit,), numbers=(f"DW-A{n:04d}",)) for n, unit in enumerate(UNITS, 1)])

PEOPLE = ("李桂兰", "李贵兰", "查小平", "陈小平", "张三", "单大勇", "丹大勇")
HOUSEHOLDS = Names([Name((name,), True, (f"HU-A{n:04d}", f"1390000{1230 + n}")) for n, name in enumerate(PEOPLE, 1)])


def _found(names: Names, typed: str) -> list[tuple[str, Grade]]:
    return [(names.names[at].words[0], grade) for at, grade in names.ranked(typed)]


def test_the_whole_comes_before_its_beginning_and_that_before_what_holds_it() -> None:
    assert _found(NAMES, "供电所") == [
        ("供电所", Grade.SAME),
        ("供电所党支部", Grade.BEGUN),
        ("岫水供电所", Grade.HELD),
    ]


def test_the_same_order_by_sound() -> None:
    assert _found(NAMES, "gds") == [
        ("供电所", Grade.SOUND),
        ("工段所", Grade.SOUND),
        ("供电所党支部", Grade.SOUND_BEGUN),
        ("岫水供电所", Grade.SOUND_HELD),
    ]
    assert _found(NAMES, "gongdian")[0] == ("供电所", Grade.SOUND_BEGUN)


def test_the_usual_reading_comes_first() -> None:
    assert [name for name, _ in _found(HOUSEHOLDS, "cxp")] == ["陈小平", "查小平"]
    assert [name for name, _ in _found(HOUSEHOLDS, "zxp")] == ["查小平"]
    assert [name for name, _ in _found(HOUSEHOLDS, "shandy")] == ["单大勇"]
    assert [name for name, _ in _found(HOUSEHOLDS, "dandy")] == ["丹大勇", "单大勇"]


@pytest.mark.parametrize("typed", ["A0003", "hu-a0003", "1233", "０００３"])
def test_the_tail_of_a_number(typed: str) -> None:
    assert _found(HOUSEHOLDS, typed) == [("查小平", Grade.TAIL)]


def test_near_names_where_there_is_no_better_one() -> None:
    assert _found(HOUSEHOLDS, "李桂兰")[0] == ("李桂兰", Grade.SAME)
    assert _found(HOUSEHOLDS, "里桂兰") == [("李桂兰", Grade.NEAR), ("李贵兰", Grade.NEAR)]
    assert _found(HOUSEHOLDS, "章三") == [("张三", Grade.NEAR)]
    assert _found(HOUSEHOLDS, "liguilam")[0][1] is Grade.NEAR
    assert _found(HOUSEHOLDS, "欧阳") == []
    assert _found(HOUSEHOLDS, "") == []


def test_names_are_read_as_people_read_them() -> None:
    names = Names([Name(("阿卜杜拉·买买提",), person=True), Name(("张　三",), person=True)])
    assert _found(names, "阿卜杜拉买买提")[0][1] is Grade.SAME
    assert _found(names, "张三")[0][1] is Grade.SAME
    assert _found(names, "zs")[0][1] is Grade.SOUND


def test_another_name_of_it_will_do() -> None:
    names = Names([Name(("云岭镇农业办", "振兴站"))])
    assert _found(names, "振兴站") == [("云岭镇农业办", Grade.SAME)]
    assert _found(names, "zxz") == [("云岭镇农业办", Grade.SOUND)]
