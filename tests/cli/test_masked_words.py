"""Villagers called by ordinary words: the tool's own sentences come through whole, and so do groups of villages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.desk import Desk

pytestmark = pytest.mark.slow  # it takes long

_CALLED = ("公开", "明天", "季度", "满意", "项目", "符合", "安排", "党员", "单位", "安全", "一组")
_STARRED = re.compile(r"公\*|明\*|季\*|满\*|项\*|符\*|安\*|党\*|单\*|一\*")


def _furnished(desk: Desk) -> str:
    """Households so called, a thing due tomorrow, a survey, an issue; gives the issue's id."""
    for n, head in enumerate(_CALLED):
        desk.do(*("household", "add", "--head", head, "--village", "松坪村", "--phone", f"139000022{n + 10}", "--yes"))
    desk.do(
        *("survey", "add", "--about", "松坪村", "--subject", "工作", "--day", "2026-03-02", "--handed-out", "30"),
        *("--returned", "28", "--valid", "28", "--answers", "选项=满意，份数=26", "--answers", "选项=不满意，份数=2"),
    )
    said = desk.do(
        *("--json", "issue", "add", "--household", "李桂兰", "--raised", "今天", "--channel", "电话"),
        *("--summary", "渠堵了", "--words", "渠堵了"),
    )
    return str(said.json["data"]["id"])


def test_the_tools_own_words_come_through(desk: Desk) -> None:
    id_ = _furnished(desk)
    for words in (
        ("today",),
        ("duties",),
        ("next", id_),
        ("figures",),
        ("survey", "list"),
        ("survey", "show", "1"),
        ("issue", "list", "事由=别的"),
    ):
        shown = "".join(desk.do(*words).out.split())
        assert _STARRED.findall(shown) == [], (words, shown)
    assert "满意26、不满意2" in "".join(desk.do("survey", "list").out.split())
    assert desk.do("issue", "list", "事由=别的").out.count("没有符合条件的记录") == 1


def test_so_they_do_on_the_board(desk: Desk, tmp_path: Path) -> None:
    _furnished(desk)
    desk.do("site", str(tmp_path / "公示"))
    for path in (tmp_path / "公示").rglob("*.html"):
        assert _STARRED.findall(path.read_text(encoding="utf-8")) == [], path.name
    assert "一组、二组" in "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "公示").rglob("*.html"))


def test_they_stay_hidden_where_they_stand_for_themselves(desk: Desk) -> None:
    _furnished(desk)
    shown = desk.do("household", "list", "-f", "csv").out
    assert [name for name in _CALLED if name != "一组" and f",{name}," in shown] == []
