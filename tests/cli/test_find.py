"""One box over all that records say: where it was found is shown, the likeliest first, to each what he may see."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.cli.desk import TRIAGE, Desk
from tests.cli.terminal import ENTER, Terminal

pytestmark = pytest.mark.slow  # it takes long

VISIT = ("--day", "2026-03-05", "--visitors", "何小满", "--households", "李桂兰", "--way", "入户", "--heard", "渠通了")


def _found(desk: Desk, *words: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = desk.do("--json", "--internal", "find", *words).json["data"]["items"]
    return items


def _ids(desk: Desk, *words: str) -> list[str]:
    return [str(one["id"]) for one in _found(desk, *words)]


def test_a_word_of_two_characters_and_of_one_is_found_in_fields_and_names(heard: Desk) -> None:
    for word in ("淤得", "淤", "塌方", "掏不动"):
        assert _ids(heard, word) == ["WT-2026-A0001"], word
    (one,) = _found(heard, "淤得")
    assert (one["kind"], one["title"]) == ("issue", "一组的渠堵了")
    assert (one["fields"], one["excerpts"]) == (["原话"], ["上头那截渠淤得水都过不来"])


def test_what_a_step_says_is_found_and_told_with_its_step(taken: Desk) -> None:
    taken.do("issue", "progress", "1", "--text", "挖机进不去，改用人工")
    (one,) = _found(taken, "挖机")
    assert (one["fields"], one["excerpts"]) == (["进展 进展情况"], ["挖机进不去，改用人工"])


def test_several_words_are_all_of_them_wherever_they_stand(heard: Desk) -> None:
    assert _ids(heard, "渠", "塌方") == ["WT-2026-A0001"]
    assert _ids(heard, "渠 塌方") == ["WT-2026-A0001"]
    assert _ids(heard, "渠", "路灯") == []
    (one,) = _found(heard, "塌方", "掏")
    assert one["fields"] == ["何因", "经过"]


def test_names_come_first_then_what_is_still_to_be_done_then_the_newest(heard: Desk) -> None:
    heard.do("org", "add", "--name", "渠道管理所", "--level", "镇")
    assert _ids(heard, "渠")[:2] == ["WT-2026-A0001", "DW-A0003"]
    for n, day in ((2, "2026-03-03"), (3, "2026-03-05")):
        told = ("--raised", day, "--channel", "电话", "--summary", f"桥栏杆松了{n}处", "--words", "不敢走")
        heard.do("issue", "add", "--household", "李桂兰", *told)
    assert _ids(heard, "桥栏杆") == ["WT-2026-A0003", "WT-2026-A0002"]
    heard.do("issue", "void", "3", "--why", "登错了")
    assert _ids(heard, "桥栏杆") == ["WT-2026-A0002", "WT-2026-A0003"]


def test_ids_and_their_tails(heard: Desk) -> None:
    assert _ids(heard, "WT1") == ["WT-2026-A0001"]
    assert _ids(heard, "wt-2026-a0001")[0] == "WT-2026-A0001"
    assert _ids(heard, "DW2")[0] == "DW-A0002"
    unit, head = _found(heard, "DW2")
    assert (unit["fields"], head["id"], head["fields"], head["excerpts"]) == ([], "RY-A0002", ["单位"], ["镇水利站"])


def test_of_those_that_bear_a_number_the_issue_comes_first(heard: Desk) -> None:
    heard.do("visit", "add", *VISIT)
    found = _ids(heard, "A0001")
    assert found[:2] == ["WT-2026-A0001", "ZF-2026-A0001"], found
    assert {"CUN-A0001", "DW-A0001", "RY-A0001", "HU-A0001"} <= {*found[2:]}
    assert _ids(heard, "a1")[:2] == ["WT-2026-A0001", "ZF-2026-A0001"]


def test_what_points_to_a_unit_or_a_person_is_found_by_its_name_and_by_its_sound(taken: Desk) -> None:
    taken.do("issue", "assign", "1", "--dept", "镇水利站", "--limit", "5个工作日")
    for word in ("水利站", "slz", "shuilizhan"):
        found = {one["id"]: one for one in _found(taken, word)}
        assert next(iter(found)) == "DW-A0002", word
        assert found["WT-2026-A0001"]["fields"] == ["交办 责任部门"], word
        assert found["WT-2026-A0001"]["excerpts"] == ["镇水利站"]
        assert "RY-A0002" in found  # of that unit
    assert _ids(taken, "lgl")[0] == "HU-A0001"
    assert _ids(taken, "qqq", "slz") == []
    assert _ids(taken, "yzdqdl", "slz") == ["WT-2026-A0001"]


def test_two_letters_are_the_beginning_of_a_name_unless_none_begins_so(heard: Desk) -> None:
    heard.do("person", "add", "--name", "李公明", "--org", "镇水利站")  # LGm
    heard.do("org", "add", "--name", "云岭供水所", "--level", "镇")  # yLGss
    found = _found(heard, "lg")
    assert {one["id"] for one in found} == {"HU-A0001", "RY-A0003"}  # 李桂兰 and 李公明, none of what points to them
    assert "【李桂】兰" in heard.do("--internal", "find", "lg").out
    assert _ids(heard, "gs") == ["DW-A0003"]  # nothing begins so
    assert "云岭【供水】所" in heard.do("--internal", "find", "gs").out


def test_it_is_read_as_people_read(desk: Desk) -> None:
    desk.do(
        "household", "add", "--head", "阿卜杜拉·买买提", "--village", "松坪村", "--notes", "装了ＬＥＤ灯，２．５公里"
    )
    for word in ("阿卜杜拉买买提", "买买提", "led", "2.5公里", "２．５"):
        assert _ids(desk, word) == ["HU-A0002"], word
    assert _ids(desk, "25公里") == []


def test_a_voided_one_is_found_by_its_name_and_said_to_be_one(desk: Desk) -> None:
    desk.do("village", "add", "--name", "竹坪村", "--town", "云岭镇")
    desk.do("village", "void", "CUN-A0002", "--why", "登错了")
    assert "已作废" in desk.do("--internal", "find", "竹坪").out


def test_only_one_kind_and_only_some_of_it(heard: Desk) -> None:
    assert _ids(heard, "渠", "--kind", "走访") == ["ZF-2026-A0001"]
    assert _ids(heard, "渠", "-k", "issue", "-w", "状态=待研判") == ["WT-2026-A0001"]
    assert _ids(heard, "渠", "-k", "问题", "-w", "状态=已销号") == []
    for words, said in (
        (("渠", "-w", "状态=待研判"), "写条件要先写明找哪一种"),
        (("渠", "-k", "事情"), "没有「事情」这一种记录；有 村、"),
        ((), "没有写要找什么"),
        (("，。",), "没有写要找什么"),
        (("·",), "没有写要找什么"),
    ):
        refused = heard.say("find", *words)
        assert (refused.code, said in refused.err) == (2, True), refused.err


def test_as_many_as_are_asked_for_and_the_rest_is_said(desk: Desk) -> None:
    for n in range(4):
        desk.do("org", "add", "--name", f"第{n}供水站", "--level", "镇")
    said = desk.do("--internal", "find", "供水站", "-n", "3").out
    assert "共 4 条，先列 3 条；加 -n 多列些，或再添一个词" in said
    assert said.count("供水站】") == 3
    data = desk.do("--json", "--internal", "find", "供水站", "-n", "3").json["data"]
    assert data["item"] == {"found": 4, "more": True}
    assert "共 4 条\n" in desk.do("find", "供水站").out
    assert desk.do("--json", "find", "供水站").json["data"]["item"] == {"found": 4, "more": False}
    assert desk.do("--json", "find", "供水站", "-n", "2").json["data"]["item"] == {"found": None, "more": True}


def test_what_was_found_is_marked_and_stands_in_its_sentence(heard: Desk) -> None:
    said = heard.do("--internal", "find", "淤").out
    assert "原话：上头那截渠【淤】得水都过不来" in said
    long = "这里先说了一大段别的话，" * 8
    heard.do("visit", "edit", "1", "--heard", f"{long}。渠边的柳树倒了，压着线。{long}")
    said = heard.do("--internal", "find", "柳树").out.replace("\n", "").replace("  ", "")
    assert "所见所闻：渠边的【柳树】倒了，压着线。看一条" in said


def test_near_names_where_nothing_is_found(desk: Desk) -> None:
    said = desk.do("--internal", "find", "李贵兰")
    assert "没有找到。" in said.out
    assert "名字相近的有 李桂兰（HU-A0001）。" in said.out
    assert "李桂兰" not in desk.do("find", "李贵兰").out
    assert "名字相近的有 松坪村（CUN-A0001）" in desk.do("find", "松平村").out
    data = desk.do("--json", "find", "松平村").json["data"]
    assert (data["items"], data["near"]) == ([], [{"id": "CUN-A0001", "title": "松坪村"}])
    assert "相近" not in desk.do("find", "龘靐").out


def test_in_a_pipe_only_what_may_be_seen_there_is_found(heard: Desk) -> None:
    nothing = heard.do("find", "龘靐").out
    for secret in ("李桂兰", "lgl", "13900001234", "塌方没清", "淤得", "一组的渠"):  # the matter is somebody's own yet
        assert heard.do("find", secret).out == nothing, secret
        assert heard.do("--internal", "find", secret).out != nothing
    heard.lay_open("WT-2026-A0001")
    said = heard.do("find", "淤得").out
    assert "WT-2026-A0001" in said
    assert "【淤得】" in said
    assert heard.do("find", "lgl").out == heard.do("find", "龘靐").out


def test_a_file_does_not_say_what_was_looked_for(heard: Desk, tmp_path: Path) -> None:
    """Masked, the words would tell whether somebody of that name is known."""
    for n, word in enumerate(("李桂兰", "王不识")):
        heard.do("find", word, "-o", str(tmp_path / f"{n}.json"))
        heard.do("find", word, "-o", str(tmp_path / f"{n}.md"))
    assert (tmp_path / "0.json").read_text("utf-8") == (tmp_path / "1.json").read_text("utf-8")
    assert (tmp_path / "0.md").read_text("utf-8") == (tmp_path / "1.md").read_text("utf-8")
    heard.do("--internal", "find", "李桂兰", "-o", str(tmp_path / "内部.md"))
    assert "find" not in (tmp_path / "内部.md").read_text("utf-8")


def test_edits_not_committed_are_found_and_forgotten(heard: Desk) -> None:
    assert _ids(heard, "塌方") == ["WT-2026-A0001"]
    path = heard.root / "issues" / "2026" / "WT-2026-A0001.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("塌方", "滑坡"), "utf-8")
    assert (_ids(heard, "塌方"), _ids(heard, "滑坡")) == ([], ["WT-2026-A0001"])
    path.write_text(text, "utf-8")
    assert (_ids(heard, "塌方"), _ids(heard, "滑坡")) == (["WT-2026-A0001"], [])
    path.unlink()
    assert _ids(heard, "塌方") == []
    heard.git("checkout", "-q", "--", ".")
    assert _ids(heard, "塌方") == ["WT-2026-A0001"]


def test_what_is_made_first_while_a_file_is_edited_is_whole_once_it_is_not(heard: Desk) -> None:
    path = heard.root / "issues" / "2026" / "WT-2026-A0001.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("塌方", "滑坡"), "utf-8")
    assert (_ids(heard, "塌方"), _ids(heard, "滑坡")) == ([], ["WT-2026-A0001"])
    heard.do("org", "edit", "镇水利站", "--phone", "0690-8650123")  # another commit while it is so
    assert (_ids(heard, "塌方"), _ids(heard, "8650123")) == ([], ["DW-A0002"])
    path.write_text(text, "utf-8")
    assert (_ids(heard, "塌方"), _ids(heard, "滑坡")) == (["WT-2026-A0001"], [])


def test_it_follows_what_is_written_and_looks_back(taken: Desk) -> None:
    assert _ids(taken, "水泵") == []
    taken.do("issue", "progress", "1", "--text", "借来一台水泵")
    assert _ids(taken, "水泵") == ["WT-2026-A0001"]
    assert _ids(taken, "水泵", "--rev", "HEAD~1") == []
    assert _ids(taken, "水泵", "--rev", "HEAD") == ["WT-2026-A0001"]
    taken.git("reset", "-q", "--hard", "HEAD~1")
    assert _ids(taken, "水泵") == []
    taken.git("reflog", "expire", "--expire=now", "--all")
    taken.git("gc", "-q", "--prune=now")
    taken.do("village", "edit", "松坪村", "--households", "120")
    assert _ids(taken, "渠")[0] == "WT-2026-A0001"


def test_a_spoilt_file_is_made_again_and_none_is_made_by_other_commands(heard: Desk) -> None:
    kept = heard.root / ".git" / "lianxin" / "find.db"
    heard.do("check")
    assert not kept.exists()
    assert _ids(heard, "塌方") == ["WT-2026-A0001"]
    whole = kept.read_bytes()
    for data in (b"", b"not a database", whole[: len(whole) // 2], whole.replace("塌方".encode(), "滑坡".encode())):
        kept.write_bytes(data)
        assert _ids(heard, "塌方") == ["WT-2026-A0001"], data[:20]
    kept.unlink()
    kept.mkdir()
    assert _ids(heard, "塌方") == ["WT-2026-A0001"]
    heard.do("doctor", "--rebuild")
    assert not kept.exists()
    assert kept.parent.stat().st_mode & 0o077 == 0


def test_without_git_and_where_nothing_may_be_kept_memory_serves(heard: Desk, tmp_path: Path) -> None:
    bare = tmp_path / "无库"
    shutil.copytree(heard.root, bare, ignore=shutil.ignore_patterns(".git"))
    copy = Desk.__new__(Desk)
    copy.root = bare
    assert _ids(copy, "塌方") == ["WT-2026-A0001"]


def test_at_a_terminal_the_word_is_asked_for_and_a_screen_is_filled(heard: Desk) -> None:
    terminal = Terminal(heard, "find", lines=24)
    terminal.answer(("找什么：", "塌方" + ENTER))
    terminal.wait_for("去年【塌方】没清")
    assert terminal.end() == 0
    for n in range(18):
        heard.do("org", "add", "--name", f"第{n}供水站", "--level", "镇")
    terminal = Terminal(heard, "find", "供水站", lines=24)
    terminal.wait_for("看全部：lianxin find 供水站 -n 20")
    assert terminal.end() == 0


def test_the_chinese_name(heard: Desk) -> None:
    assert "【淤】" in heard.do("--internal", "找", "淤", "--种类", "问题", "--条数", "1").out


def test_words_of_a_correction_and_what_was_corrected(taken: Desk) -> None:
    taken.do("issue", "edit", "1", "--summary", "一组老渠堵了", "--why", "写明是老渠")
    assert _ids(taken, "老渠") == ["WT-2026-A0001"]
    assert _found(taken, "写明")[0]["fields"] == ["更正 理由"]


def test_triage_words_are_found(taken: Desk) -> None:
    assert TRIAGE[7] == "道路交通"
    assert _found(taken, "道路交通")[0]["fields"] == ["受理 类别"]
