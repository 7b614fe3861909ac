"""A record may be named by pinyin or initials, where nothing else is called so and it is the only one."""

from __future__ import annotations

import pytest
from tests.cli.desk import Desk


@pytest.mark.parametrize("word", ["slz", "zhenshuili", "shuilizhan", "ZSLZ", "z s l z"])
def test_the_only_one_is_meant(heard: Desk, word: str) -> None:
    heard.lay_open("WT-2026-A0001")
    heard.do("issue", "assign", "1", "--dept", word, "--limit", "5个工作日")
    assert "责任部门: DW-A0002" in heard.text("WT-2026-A0001")


def test_several_stop_the_command_and_are_shown(heard: Desk) -> None:
    heard.lay_open("WT-2026-A0001")
    heard.do("org", "add", "--name", "县水利站", "--level", "县", "--department", "是")
    said = heard.say("issue", "assign", "1", "--dept", "slz")
    assert said.code == 2
    assert "不止一个：DW-A0002 镇水利站（镇）、DW-A0003 县水利站（县）；请写编号" in said.err
    heard.do("issue", "assign", "1", "--dept", "xslz")
    assert "责任部门: DW-A0003" in heard.text("WT-2026-A0001")


def test_a_whole_name_comes_before_a_part_of_another(heard: Desk) -> None:
    heard.lay_open("WT-2026-A0001")
    for name in ("水利站", "水利站党支部"):
        heard.do("org", "add", "--name", name, "--level", "镇", "--department", "是")
    heard.do("issue", "assign", "1", "--dept", "slz")
    assert "责任部门: DW-A0003" in heard.text("WT-2026-A0001")


def test_what_is_called_so_goes_before_what_sounds_so(desk: Desk) -> None:
    desk.do("org", "add", "--name", "SLZ", "--level", "镇")
    assert "DW-A0003" in desk.do("show", "slz").out


def test_a_voided_one_is_not_meant(desk: Desk) -> None:
    desk.do("village", "add", "--name", "响水坪村", "--town", "云岭镇")
    assert "CUN-A0002" in desk.do("show", "xsp").out
    desk.do("village", "void", "CUN-A0002", "--why", "登错了")
    assert desk.say("show", "xsp").code == 2


def test_a_surname_is_read_as_one(desk: Desk) -> None:
    desk.do("person", "add", "--name", "仇大有", "--org", "镇水利站")
    assert "RY-A0003" in desk.do("person", "show", "qiudy").out


def test_filters_take_it_too(desk: Desk) -> None:
    assert "RY-A0002" in desk.do("person", "list", "单位=slz", "-f", "csv").out
