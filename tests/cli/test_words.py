"""What the clerk reads when a command is typed wrongly is Chinese, and says what to do."""

from __future__ import annotations

import re

import pytest
from tests.cli.desk import Desk

from lianxin.core.look import CALENDAR, LOOKS, SUFFIXES, TYPED
from lianxin.formats import FORMATS, format_for


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("SELECT 状太 FROM 问题", "没有「状太」这一栏；是不是「状态」？"),
        ("SELECT * FROM 走方", "没有「走方」这张表；是不是「走访」？"),
        ("SELEC 1", "「SELEC」这里写得不对"),
        ("SELECT count(", "语句没有写完"),
        ("SELECT 求和(1)", "没有「求和」这个函数"),
        ("SELECT 1; SELECT 2", "一次只能查一句"),
    ],
)
def test_wrong_sql_is_told_of_in_chinese(desk: Desk, statement: str, told: str) -> None:
    said = desk.say("--internal", "sql", statement)
    assert said.code == 2
    assert told in said.err
    assert not re.search("[a-z]{3,} [a-z]{3,}", said.err)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("today", "--json=5"), "--json 后面不跟值"),
        (("today", "--目录"), "--目录 后面要跟一个值"),
        (("today", "--谁办", ""), "--谁办 后面是空的"),
        (("today", "多余", "的"), "多写了「多余 的」"),
        (("issue", "assign"), "没有写「编号」"),
        (("today", "-f", "ppt"), f"没有「ppt」这种格式，可以写：{TYPED}"),
    ],
)
def test_wrong_words_are_told_of_in_chinese(desk: Desk, words: tuple[str, ...], told: str) -> None:
    said = desk.say(*words)
    assert said.code == 2
    assert told in said.err


def test_formats_their_files_and_the_help_are_one_list(desk: Desk) -> None:
    assert [look.name for look in LOOKS] == [format_.name for format_ in FORMATS]
    every = (*FORMATS, format_for(CALENDAR.name))
    assert list(SUFFIXES) == list(dict.fromkeys(format_.suffix for format_ in every))
    assert "terminal" not in desk.do("today", "--help").out
    for look in LOOKS:
        assert format_for(look.typed).name == look.name


def test_no_digest_stands_on_the_screen_and_none_is_lost_in_a_file(desk: Desk) -> None:
    digest = re.compile(r"问题台账 [a-r]{12}\b")
    assert not digest.search(desk.do("ledger", "问题台账").out)
    desk.do("ledger", "问题台账", "-o", "台账.md")
    assert digest.search((desk.root / "台账.md").read_text(encoding="utf-8"))
