"""Chinese as it is typed by its sound."""

from __future__ import annotations

import os

import pytest

from lianxin.core.text.pinyin import Sounds, initial, matches, readings, spelling, spelt


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("xsp", "响水坪"),
        ("xiangshuiping", "响水坪"),
        ("xiangsp", "响水坪"),
        ("xsping", "响水坪"),
        ("xiangshuipi", "响水坪村"),
        ("XSP", "响水坪"),
        ("ｘｓｐ", "响水坪"),
        ("xiang shui ping", "响水坪"),
        ("xi'an", "西安"),
        ("gds", "岫水供电所"),
        ("shp", "上河坪"),
        ("zhuangsx", "庄上溪"),
        ("chq", "重庆"),
        ("zhq", "重庆"),
        ("yh", "银行"),
        ("yx", "银行"),
        ("lv", "吕家湾"),
        ("lü", "吕家湾"),
        ("leddeng", "LED灯"),
        ("ledd", "装LED灯"),
    ],
)
def test_what_is_typed_is_heard_in_a_text(typed: str, text: str) -> None:
    assert matches(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("wei", "响水坪"), ("xps", "响水坪"), ("zha", "周浩"), ("x1", "响1"), ("响水", "响水坪"), ("", "响水坪")],
)
def test_what_is_not_heard(typed: str, text: str) -> None:
    assert not matches(typed, text)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("单雄飞", "shanxiongfei"),
        ("仇和平", "qiuheping"),
        ("解春生", "xiechunsheng"),
        ("查小平", "zhaxiaoping"),
        ("任远", "renyuan"),
        ("曾志明", "zengzhiming"),
        ("区少华", "oushaohua"),
        ("尉迟春", "yuchichun"),
        ("万俟明", "moqiming"),
        ("盖玉兰", "geyulan"),
        ("翟大有", "zhaidayou"),
        ("朴正平", "piaozhengping"),
        ("欧阳瑞", "ouyangrui"),
        ("李单", "lidan"),
    ],
)
def test_a_surname_is_read_as_one(name: str, said: str) -> None:
    assert spelling(name, person=True) == said
    assert matches(said, name, person=True)


def test_only_of_a_person() -> None:
    assert spelling("单位") == "danwei"
    assert readings("单")[0] != readings("单", person=True)[0]
    assert {*readings("单")[0]} == {*readings("单", person=True)[0]}


def test_every_reading_will_do_and_what_is_no_chinese_stands_for_itself() -> None:
    assert {"zhong", "chong"} <= {*readings("重")[0]}
    assert readings("A７") == (("a",), ("7",))
    assert readings("") == ()


def test_what_may_be_pinyin() -> None:
    assert [spelt(word) for word in ("Xi'an", "lü", "水x", "a7", "")] == ["xian", "lv", "", "", ""]


def test_many_texts_at_once_say_where() -> None:
    sounds = Sounds("岫水供电所\n供电所\n水务站\n公道山")
    assert [(one.at, one.start, one.end) for one in sounds.found("gds")] == [(0, 2, 5), (1, 0, 3), (3, 0, 3)]
    assert [one.at for one in sounds.found("gongdian")] == [0, 1]
    assert [*sounds.found("zzz")] == []
    assert [*Sounds("").found("gds")] == []


def test_the_environment_is_left_as_it_was() -> None:
    spelling("坪")
    assert "PYPINYIN_NO_PHRASES" not in os.environ


def test_the_initial_of_a_common_character_is_known_by_its_place_among_them() -> None:
    rows = (bytes([high, low]) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    common = [one for code in rows if (one := code.decode("gb2312", "ignore"))]
    assert len(common) == 3755
    assert [one for one in common if initial(one) not in {way[0] for way in readings(one)[0]}] == []
    assert (initial("鑫"), initial("A")) == ("x", "a")
