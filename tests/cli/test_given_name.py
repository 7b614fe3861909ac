"""Given names alone.

李福生 is 福生 where a record tells of him, and in any record of his village. Hiding it everywhere would star 建设,
高兴, 平安 in papers on roads; hiding it nowhere tells who 欧阳* is beside it. So a word of every day is hidden where
the record names him, or one that it points to does, and elsewhere in his village only where it does what people do;
never within what villages, units and categories are called, nor where it is one of the tool's own words. The manual
says what is left.
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


#: Nobody is pointed to: an anonymous call, of a village in which these live.
NEAR = ("张素芬", "李建设", "王平安", "赵国庆", "孙水清", "欧阳云岫", "钱三妹", "周时明")


@pytest.fixture(scope="module")
def lived_in(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Desk.copied(furnished, tmp_path_factory.mktemp("near"))
    desk.do("village", "add", "--name", "向阳村", "--town", "云岭镇", "--groups", "一组")
    for n, name in enumerate(NEAR, 2):
        path = desk.root / "households" / f"HU-A{n:04}.yaml"
        path.write_text(f"编号: HU-A{n:04}\n户主: {name}\n所属村: CUN-A0001\n户类别: 一般\n", encoding="utf-8")
    desk.do("commit")
    return desk.root


SAID = {
    "素芬说灯坏了，问过素 芬的": "*说灯坏了，问过*的",
    "听到云岫抱怨，素芬的灯也坏了": "听到*抱怨，*的灯也坏了",
    "建设说路要修，找平安家问过": "*说路要修，找*家问过",
    "平安讲过，三妹家也停水": "*讲过，*家也停水",
    "村里要建设水库，路上平安，安全饮水": "村里要建设水库，路上平安，安全饮水",
    "平安家庭评比，建设说明没写，平安家家有份": "平安家庭评比，建设说明没写，平安家家有份",
    "沟里水清了，三妹子怕狗，签收时明确": "沟里水清了，三妹子怕狗，签收时明确",
    "国庆前向阳村通水，松坪村建设公路": "国庆前向阳村通水，松坪村建设公路",
}


@pytest.mark.parametrize("village", ["松坪村", "向阳村"])
def test_it_is_hidden_in_records_of_the_village(lived_in: Path, tmp_path: Path, village: str) -> None:
    """In those of another village it may be anybody's."""
    desk = Desk.copied(lived_in, tmp_path)
    said = desk.do(
        *("--json", "issue", "add", "--village", village, "--raised", "今天", "--channel", "电话"),
        *("--anonymous", "是", "--level", "村", "--summary", "灯坏了", "--words", "。".join(SAID)),
    )
    desk.lay_open(str(said.json["data"]["id"]))
    told = desk.do("--json", "issue", "list", "--columns", "原话").json["data"]["items"][0]["words"]
    assert told.split("。") == [*(SAID.values() if village == "松坪村" else SAID)]


def test_a_whistle_and_a_line_that_names_the_record_go_by_its_village(lived_in: Path, tmp_path: Path) -> None:
    desk = Desk.copied(lived_in, tmp_path)
    said = desk.do(
        *(
            "--json",
            "issue",
            "add",
            "--village",
            "松坪村",
            "--raised",
            "今天",
            "--channel",
            "电话",
            "--anonymous",
            "是",
        ),
        *("--level", "村", "--summary", "素芬门口的灯坏了", "--words", "灯坏了"),
    )
    id_ = str(said.json["data"]["id"])
    desk.lay_open(id_)
    desk.do(
        *("whistle", "add", "--blown", "2026-03-05 09:00", "--by", "镇水利站", "--matter", "去素芬门口看灯"),
        *("--issues", id_, "--urgency", "紧急", "--lead", "镇水利站", "--summoned", "部门=镇水利站"),
    )
    assert "去*门口看灯" in desk.do("whistle", "list", "-f", "csv").out
    for words in (("today",), ("show", "松坪村"), ("next", id_), ("handbook",), ("find", "门口"), ("calendar",)):
        assert "素芬" not in "".join(desk.do(*words).out.split()), words
