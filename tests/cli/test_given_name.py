"""Given names alone.

李福生 is 福生 where a record tells of him; in any other record 福生 is a word that may be anybody's or nobody's. Hiding
it everywhere would star 建设, 高兴, 平安 in papers on roads; hiding it nowhere tells who 欧阳* is beside it. So it is
hidden where the record names him, or one that it points to does, and even there not within what villages, units and
categories are called, nor where it is one of the tool's own words. The manual says what is left.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import Desk

pytestmark = pytest.mark.slow  # it takes long

WORDS = "秋鹤说渠堵了，秋 鹤的媳妇也来过。欧阳秋鹤签了字"
SUMMARY = "秋鹤家的渠堵了"


def _issue(desk: Desk, head: str, words: str, summary: str = SUMMARY, *more: str) -> str:
    """A matter of everybody, reported by a household's head."""
    desk.do(
        *("--yes", "household", "add", "--head", head, "--village", "松坪村", "--phone", "13900002211", "--group"),
        *("一组", "--members", "姓名=欧阳云岫"),
    )
    said = desk.do(
        *("--json", "issue", "add", "--household", head, "--raised", "今天", "--channel", "电话"),
        *("--summary", summary, "--words", words, *more),
    )
    id_ = str(said.json["data"]["id"])
    desk.lay_open(id_)
    return id_


@pytest.fixture
def told(desk: Desk) -> str:
    id_ = _issue(desk, "欧阳秋鹤", WORDS)
    desk.do("issue", "progress", id_, "--text", "和秋鹤、云岫一起去看了渠")
    return id_


@pytest.mark.parametrize(
    "words",
    [
        ("ledger", "问题台账", "-f", "md"),
        ("ledger", "--all", "-f", "json"),
        ("issue", "list", "--columns", "编号,事由,原话"),
        ("issue", "list", "--columns", "事由,原话", "-f", "jsonl"),
        ("show", "WT-2026-A0001"),
        ("--json", "show", "WT-2026-A0001"),
        ("log", "WT-2026-A0001"),
        ("handbook",),
        ("handbook", "-f", "document"),
        ("show", "CUN-A0001"),
        ("today",),
        ("next", "WT-2026-A0001"),
        ("sql", "SELECT * FROM 问题"),
        ("figures", "新增问题", "--open", "-f", "md"),
    ],
)
@pytest.mark.usefixtures("told")
def test_it_is_hidden_where_the_record_tells_of_that_person(desk: Desk, words: tuple[str, ...]) -> None:
    said = desk.do(*words)
    assert "秋鹤" in desk.do("--internal", *words).out or words[:1] == ("today",)
    heard = "".join((said.out + said.err).split())
    assert [one for one in ("秋鹤", "云岫") if one in heard] == [], said


@pytest.mark.usefixtures("told")
def test_it_is_hidden_in_files_and_on_the_board(desk: Desk, tmp_path: Path) -> None:
    desk.do("site", str(tmp_path / "公示栏"))
    board = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "公示栏").rglob("*.html"))
    assert ("秋鹤" in board, "*家的渠堵了" in board) == (False, True)
    desk.do("issue", "list", "-o", str(tmp_path / "问题.csv"))
    assert "*家的渠堵了" in (tmp_path / "问题.csv").read_text(encoding="utf-8")
    assert desk.do("verify", str(tmp_path / "问题.csv")).out.startswith("一致")


def test_a_record_that_points_to_one_that_names_him_tells_of_him_too(desk: Desk, told: str) -> None:
    """Two steps far: 云岫 is named by the household of the issue the whistle is for."""
    desk.do(
        *("whistle", "add", "--blown", "2026-03-05 09:00", "--by", "镇水利站", "--matter", "去秋鹤、云岫家看渠"),
        *("--issues", told, "--urgency", "紧急", "--lead", "镇水利站", "--summoned", "部门=镇水利站"),
    )
    assert "去*、*家看渠" in desk.do("whistle", "list", "-f", "csv").out


@pytest.mark.parametrize(
    ("head", "words", "shown"),
    [
        ("李建设", "建设说路要修", "*说路要修"),
        ("李高兴", "高兴家的井干了", "*家的井干了"),
        ("王国庆", "国庆前修好，国庆说的", "国庆前修好，国庆说的"),
        ("李安全", "安全饮水的事，安全说的", "安全饮水的事，安全说的"),
        ("李石勇", "石勇站长来看过", "石勇站长来看过"),
        ("张松坪", "松坪村的路，松坪说的", "松坪村的路，*说的"),
        ("欧阳勇", "勇说的", "勇说的"),
        ("买买提", "买提说的", "买提说的"),
    ],
)
def test_what_is_called_so_in_public_and_the_tools_words_stay(desk: Desk, head: str, words: str, shown: str) -> None:
    _issue(desk, head, words, "井干了")
    assert shown in desk.do("issue", "list", "--columns", "原话", "-f", "csv").out


def test_in_any_other_record_it_is_a_word(desk: Desk) -> None:
    _issue(desk, "李建设", "路坏了", "路坏了")
    other = _issue(desk, "周青禾", "村里要建设水库，路上平安", "建设水库")
    shown = desk.do("--json", "issue", "list", f"编号={other}", "--columns", "事由,原话").json["data"]["items"][0]
    assert (shown["summary"], shown["words"]) == ("建设水库", "村里要建设水库，路上平安")
