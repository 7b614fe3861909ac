"""作废 and joining: nothing is deleted, nothing is counted twice, and what names a record follows."""

from __future__ import annotations

import pytest
from tests.cli.desk import TRIAGE, Desk
from tests.cli.terminal import ENTER, Terminal

from lianxin.core.declare.lifecycle import VOID
from lianxin.kinds import KINDS
from lianxin.kinds.void import VOIDABLE

pytestmark = pytest.mark.slow  # it takes long

TWIN = ("household", "add", "--head", "李桂兰", "--village", "松坪村", "--group", "一组")


def test_every_kind_can_be_voided() -> None:
    plain = tuple(kind.name for kind in KINDS if kind.column(VOID))
    assert plain == VOIDABLE
    lived = [kind for kind in KINDS if kind.name not in plain]
    assert all(kind.lifecycle and kind.lifecycle.step("void") for kind in lived)


def test_the_remedy_that_check_names_works(desk: Desk) -> None:
    desk.do(*TWIN)
    told = desk.say("check").out
    assert "D002" in told
    assert "lianxin household join" in told
    desk.do("household", "join", "HU-A0001", "HU-A0002")
    assert "D002" not in desk.do("check").out


def test_a_voided_record_is_neither_listed_nor_counted(desk: Desk) -> None:
    desk.do(*TWIN)
    desk.do("household", "void", "2", "--why", "登记了两次")
    assert [row["id"] for row in _rows(desk, "household", "list")] == ["HU-A0001"]
    assert [row["id"] for row in _rows(desk, "household", "list", "--voided")] == ["HU-A0002"]
    assert desk.do("--json", "check").json["data"]["records"]["household"] == 1
    assert "已作废" in desk.do("show", "HU-A0002").out
    assert (desk.root / "households" / "HU-A0002.yaml").is_file()
    assert desk.do(*TWIN, "--phone", "13900005555").out.startswith("✓ HU-A0003")


def test_a_voided_issue_is_not_listed_unless_asked_for(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "void", id_, "--why", "登记错了")
    assert _rows(desk, "issue", "list") == []
    assert [row["id"] for row in _rows(desk, "issue", "list", "--voided")] == [id_]
    assert [row["id"] for row in _rows(desk, "issue", "list", "状态=作废")] == [id_]


def test_what_is_named_is_voided_only_with_a_successor(desk: Desk) -> None:
    refused = desk.say("household", "void", "HU-A0001", "--why", "重复")
    assert refused.code == 3
    assert "ZF-2026-A0001" in refused.err
    assert "--into" in refused.err


def test_references_follow_in_one_commit(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do(*TWIN)
    before = len(desk.git("log", "--format=%H").split())
    desk.do("household", "void", "HU-A0001", "--why", "重复", "--into", "HU-A0002")
    assert len(desk.git("log", "--format=%H").split()) == before + 1
    assert "HU-A0002" in (desk.root / "visits/2026/ZF-2026-A0001.yaml").read_text(encoding="utf-8")
    assert "步骤: 更正" in desk.text(id_)
    assert "李桂兰（HU-A0002）" in desk.do("show", id_, "--internal").out
    assert desk.do("check").code == 0


def test_a_voided_record_cannot_be_named_or_changed_any_more(desk: Desk) -> None:
    desk.do(*TWIN)
    desk.do("household", "void", "HU-A0002", "--why", "登记了两次", "--into", "HU-A0001")
    visit = ("visit", "add", "--day", "2026-03-04", "--visitors", "何小满", "--way", "入户", "--households")
    assert "已经作废" in desk.say(*visit, "HU-A0002").err
    assert desk.do(*visit, "李桂兰").code == 0  # the name means the one in force
    assert desk.say("household", "edit", "HU-A0002", "--phone", "13900005555").code == 3
    assert "并入了 HU-A0001" in desk.say("household", "void", "HU-A0002", "--why", "再来").err


def test_joining_leaves_every_choice_to_her(desk: Desk) -> None:
    desk.do(*TWIN, "--phone", "13900005555", "--address", "松坪村一组3号")
    refused = desk.say("household", "join", "HU-A0001", "HU-A0002")
    assert refused.code == 2
    assert "电话不同" in refused.err
    assert "13900005555" not in refused.err
    desk.do("household", "join", "HU-A0001", "HU-A0002", "--take", "电话")
    kept = (desk.root / "households/HU-A0001.yaml").read_text(encoding="utf-8")
    assert "13900005555" in kept
    assert "松坪村一组3号" in kept  # only the other had one
    assert "何小满" in desk.do("show", "HU-A0001", "--internal").out  # and its own are kept


def test_what_only_one_of_two_says_is_shown_before_they_are_joined(desk: Desk) -> None:
    desk.do(*TWIN, "--address", "松坪村一组", "--contacts", "何小满")  # and no telephone, which the first has
    terminal = Terminal(desk, "household", "join", "HU-A0001", "HU-A0002")
    terminal.see("就这样合并吗？")
    told = {line.split()[0]: line.split()[1:] for line in terminal.lines if len(line.split()) > 1}
    assert (told["住址"], told["电话"]) == (["松坪村一组"], ["13900001234"])
    assert not any("没有不同" in line for line in terminal.lines)
    terminal.type("y" + ENTER)
    terminal.wait_for("HU-A0002 并入 HU-A0001，从它那里取了 住址")
    assert terminal.end() == 0


def test_lists_can_be_put_together(desk: Desk) -> None:
    desk.do(*TWIN, "--contacts", "石勇")
    assert desk.say("household", "join", "1", "2", "--both", "电话").code == 2
    desk.do("household", "join", "HU-A0001", "HU-A0002", "--both", "联系人")
    assert "RY-A0001\n  - RY-A0002" in (desk.root / "households/HU-A0001.yaml").read_text(encoding="utf-8")


def test_persons_units_and_villages_are_joined_too(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("village", "add", "--name", "松坪村", "--town", "云岭镇")
    desk.do("org", "add", "--name", "镇水利站", "--level", "镇")
    desk.do("person", "add", "--name", "石勇", "--org", "DW-A0003")
    told = desk.say("check").out
    assert "D011" in told
    assert "D012" in told
    desk.do("village", "join", "CUN-A0002", "CUN-A0001")
    desk.do("org", "join", "DW-A0002", "DW-A0003", "--keep", "类别")
    desk.do("person", "join", "RY-A0002", "RY-A0003")
    assert desk.do("check").code == 0
    assert _rows(desk, "issue", "list", "所属村=CUN-A0002")[0]["id"] == id_
    assert "CUN-A0002" in (desk.root / "households/HU-A0001.yaml").read_text(encoding="utf-8")


def test_the_office_itself_is_not_voided(desk: Desk) -> None:
    desk.do("person", "add", "--name", "何小满", "--org", "云岭镇党委")
    refused = desk.say("person", "join", "RY-A0003", "RY-A0001")
    assert refused.code == 3
    assert "lianxin.yaml" in refused.err


def test_a_twin_is_told_of_by_hand_edit_too(desk: Desk) -> None:
    """Someone who writes a voided record's id by hand is told by ``check``."""
    desk.do(*TWIN)
    desk.do("household", "void", "HU-A0002", "--why", "登记了两次", "--into", "HU-A0001")
    path = desk.root / "visits/2026/ZF-2026-A0001.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("HU-A0001", "HU-A0002"), encoding="utf-8")
    told = desk.say("check")
    assert told.code == 1
    assert "D010 HU-A0002 已经作废，并入了 HU-A0001" in told.out


@pytest.mark.parametrize("words", [("--voided", "户主=李桂兰"), ("户主=李桂兰", "--voided")])
def test_the_voided_are_listed_whole(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk.say("household", "list", *words).code == 2


def test_names_in_voided_records_are_still_masked(desk: Desk) -> None:
    desk.do("household", "add", "--head", "万长顺", "--village", "松坪村", "--group", "二组")
    desk.do("household", "void", "万长顺", "--why", "登记错了")
    desk.do("visit", "edit", "ZF-2026-A0001", "--requests", "万长顺家也想修渠")
    assert "万长顺" not in desk.do("show", "ZF-2026-A0001").out


def _rows(desk: Desk, *words: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = desk.do("--json", *words).json["data"]["items"]
    return rows


def test_a_likely_twin_is_told_of_before_it_is_written(desk: Desk) -> None:
    said = desk.do(*("household", "add", "--head", "李　桂兰", "--village", "松坪村", "--group", "一组"))
    assert "与 HU-A0001 同村、户主同名" in said.err
    assert "household join" in said.err
    for words in (
        "village add --name 松坪村 --town 云岭镇",
        "org add --name 镇水利站 --level 镇",
        "person add --name 石勇 --org DW-A0002",
        "visit add --day 2026-03-02 --visitors 何小满 --households HU-A0001 --way 入户",
    ):
        assert "请留意" in desk.do(*words.split()).err, words
    assert "请留意" not in desk.do("village", "add", "--name", "松坪村", "--town", "望溪镇").err


def test_an_issue_said_twice_is_told_of(desk: Desk) -> None:
    first = desk.take_down()
    words = ("--summary", "一组的渠堵了", "--words", "上头那截渠淤得水都过不来")
    said = desk.do("issue", "add", "--visit", "ZF-2026-A0001", "--channel", "入户走访", *words)
    assert f"与 {first} 的反映人和事由完全相同" in said.err


def test_at_a_terminal_a_likely_twin_is_asked_about(desk: Desk) -> None:
    terminal = Terminal(desk, *TWIN)
    terminal.wait_for("与 HU-A0001 同村、户主同名")
    terminal.wait_for("照样登记吗？")
    terminal.type(ENTER)  # which is no
    assert terminal.end() != 0
    assert not (desk.root / "households" / "HU-A0002.yaml").exists()


def test_at_a_terminal_two_records_stand_side_by_side_and_each_choice_is_asked(desk: Desk) -> None:
    desk.do(*TWIN, "--phone", "13900005555")
    terminal = Terminal(desk, "household", "join", "HU-A0001", "HU-A0002")
    terminal.wait_for("13900001234  13900005555")
    terminal.wait_for("电话用哪一份的：")
    terminal.wait_for("留下的：HU-A0001 李桂兰")
    terminal.wait_for("多余的：HU-A0002 李桂兰")
    terminal.type("2" + ENTER)
    terminal.wait_for("就这样合并吗？")
    terminal.type(ENTER)
    terminal.wait_for("✓ HU-A0002 并入 HU-A0001")
    assert terminal.end() == 0
    assert "13900005555" in (desk.root / "households/HU-A0001.yaml").read_text(encoding="utf-8")


def test_a_deleted_record_is_told_how_to_be_voided(desk: Desk) -> None:
    (desk.root / "villages" / "CUN-A0001.yaml").unlink()
    refused = desk.say("commit")
    assert refused.code == 3
    assert "git checkout --ignore-skip-worktree-bits HEAD -- villages/CUN-A0001.yaml" in refused.err
    assert "lianxin village void CUN-A0001" in refused.err


def test_no_open_issue_goes_to_a_unit_that_undertakes_nothing(desk: Desk) -> None:
    desk.do("org", "add", "--name", "县司法局", "--level", "镇", "--sector", "涉农")
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, *TRIAGE, "--level", "村")
    desk.do("issue", "assign", id_, "--dept", "镇水利站")
    head = desk.git("rev-parse", "HEAD")
    words = ("org", "void", "DW-A0002", "--why", "撤并", "--into", "DW-A0003")
    refused = desk.say(*words)
    assert refused.code == 2
    assert f"{id_}：县司法局（DW-A0003）不承办交办的问题" in refused.err
    assert (desk.git("rev-parse", "HEAD"), desk.git("status", "--porcelain")) == (head, "")
    desk.do("org", "edit", "DW-A0003", "--department", "是")
    desk.do(*words)
    assert desk.do("check").code == 0


def test_a_policy_that_names_a_longer_number_is_not_blamed(desk: Desk) -> None:
    desk.do("org", "add", "--name", "镇林业站", "--level", "镇", "--sector", "涉农", "--department", "是")
    path = desk.root / "policy" / "categories.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# 见 DW-A00041、XDW-A0004 与 DW-A0004-2\n", encoding="utf-8")
    desk.git("commit", "-qam", "注")
    assert "里面写着" not in desk.do("org", "void", "镇林业站", "--why", "登错了").out
