"""The last command taken back: whole, shown, kept in the trail; refused where later work hangs on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk
from tests.cli.terminal import ENTER, Terminal

ACCEPT = ("--level", "村", *TRIAGE)
HEARD = ("--visit", "ZF-2026-A0001", "--channel", "入户走访", "--summary", "渠堵了", "--words", "渠淤得水都过不来")


def test_every_writing_command_tells_how_it_is_taken_back(desk: Desk) -> None:
    id_ = desk.take_down()
    for words in (
        ("issue", "accept", id_, *ACCEPT),
        ("issue", "edit", id_, "--where", "二组", "--why", "记错了"),
        ("village", "edit", "松坪村", "--households", "41"),
        ("household", "add", "--head", "白有余", "--village", "松坪村", "--group", "二组"),
        ("household", "void", "白有余", "--why", "登记错了"),
    ):
        assert "撤销：lianxin undo" in desk.do(*words).out, words


def test_a_step_is_taken_back_and_the_trail_says_so(desk: Desk) -> None:
    id_ = desk.take_down()
    before = desk.text(id_)
    desk.do("issue", "accept", id_, *ACCEPT)
    said = desk.do("undo", "--yes")
    assert f"{id_} 受理" in said.out
    assert desk.text(id_) == before
    assert desk.git("log", "-1", "--format=%s") == f"撤销：{id_} 受理 村\n"
    assert "Step: undo" in desk.git("log", "-1", "--format=%B")
    assert desk.git("status", "--porcelain") == ""
    assert desk.state(id_) == "待研判"


def test_again_goes_further_back(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, *ACCEPT)
    desk.do("undo", "--yes")
    said = desk.do("undo", "--yes")
    assert f"{id_}：整份撤去" in said.out
    assert not (desk.root / "issues" / "2026" / f"{id_}.yaml").exists()
    assert "ZF-2026-A0001" in desk.do("undo", "--yes").out


def test_several_records_of_one_command_go_together(desk: Desk) -> None:
    ids = [desk.take_down(), desk.take_down()]
    desk.do("issue", "accept", *ids, *ACCEPT)
    said = desk.do("--json", "undo", "--yes").json["data"]
    assert len(said["undone"]) == len(ids)
    assert [desk.state(id_) for id_ in ids] == ["待研判", "待研判"]


def test_an_edit_of_several_fields_is_one_command(desk: Desk) -> None:
    id_ = desk.take_down()
    before = desk.text(id_)
    desk.do("issue", "edit", id_, "--where", "二组", "--who", "二组的人", "--why", "记错了")
    desk.do("undo", "--yes")
    assert desk.text(id_) == before


def test_hand_edits_taken_in_first_stay(desk: Desk) -> None:
    path = desk.root / "villages" / "CUN-A0001.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "备注: 手写的一句\n", encoding="utf-8")
    desk.do("village", "edit", "松坪村", "--households", "41")
    desk.do("undo", "--yes")
    assert "手写的一句" in path.read_text(encoding="utf-8")
    assert "41" not in path.read_text(encoding="utf-8")
    desk.do("undo", "--yes")
    assert "手写的一句" not in path.read_text(encoding="utf-8")


def test_it_is_refused_where_later_work_hangs_on_it(desk: Desk) -> None:
    desk.do("household", "add", "--head", "白有余", "--village", "松坪村", "--group", "二组")
    path = desk.root / "visits" / "2026" / "ZF-2026-A0001.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("HU-A0001", "HU-A0002"), encoding="utf-8")
    desk.git("commit", "-qam", "手工改的")
    refused = desk.say("undo", "--yes")
    assert refused.code == 3
    assert "ZF-2026-A0001 写着 HU-A0002" in refused.err


def test_it_is_refused_where_the_file_was_changed_since(desk: Desk) -> None:
    desk.do("village", "edit", "松坪村", "--households", "41")
    path = desk.root / "villages" / "CUN-A0001.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "备注: 后来的\n", encoding="utf-8")
    assert "手工改动" in desk.say("undo", "--yes").err
    desk.git("commit", "-qam", "手工改的")
    refused = desk.say("undo", "--yes")
    assert refused.code == 3
    assert "手工改的" in refused.err


def test_the_beginning_is_not_taken_back(desk: Desk) -> None:
    for _ in range(5):  # what the desk was furnished with
        desk.do("undo", "--yes")
    refused = desk.say("undo", "--yes")
    assert refused.code == 3
    assert "没有可以撤销的了" in refused.err


def test_a_voiding_with_all_that_followed_is_taken_back(desk: Desk) -> None:
    desk.do("household", "add", "--head", "李桂兰", "--village", "松坪村", "--group", "一组")
    desk.do("household", "join", "HU-A0002", "HU-A0001")
    desk.do("undo", "--yes")
    assert "HU-A0001" in (desk.root / "visits/2026/ZF-2026-A0001.yaml").read_text(encoding="utf-8")
    assert "作废" not in (desk.root / "households/HU-A0001.yaml").read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    before = desk.git("rev-parse", "HEAD")
    assert "试运行" in desk.do("undo", "--dry-run").out
    assert desk.git("rev-parse", "HEAD") == before


def test_off_a_terminal_it_is_done_only_where_that_was_said(desk: Desk) -> None:
    desk.do("village", "edit", "松坪村", "--households", "41")
    before = desk.git("rev-parse", "HEAD")
    for words in (("undo",), ("--json", "undo")):
        said = desk.say(*words)
        assert (said.code, "--yes" in said.err + said.out) == (3, True), said
    assert desk.git("rev-parse", "HEAD") == before
    desk.do("undo", "-y")
    assert desk.git("rev-parse", "HEAD~1") == before


def test_at_a_terminal_it_is_shown_and_asked(desk: Desk) -> None:
    desk.do("village", "edit", "松坪村", "--households", "41")
    terminal = Terminal(desk, "undo")
    terminal.wait_for("要撤销的是")
    terminal.wait_for("户数：41 → （没有写）")
    terminal.wait_for("就这样撤销吗？")
    terminal.type(ENTER)
    terminal.wait_for("✓ 已撤销")
    assert terminal.end() == 0


@pytest.mark.parametrize("shallow", [True, False])
def test_what_was_before_the_first_commit_is_unknown(desk: Desk, tmp_path: Path, shallow: bool) -> None:
    desk.do("village", "edit", "松坪村", "--households", "41")
    other = Desk.__new__(Desk)
    other.root = tmp_path / "另一处"
    if shallow:
        desk.git("clone", "-q", "--depth", "1", f"file://{desk.root}", str(other.root))
        other.do("station", "--keep", "A")
    else:
        shutil.copytree(desk.root, other.root, ignore=shutil.ignore_patterns(".git"))
        other.git("init", "-q", "-b", "main")
        other.do("station", "--keep", "A")
        assert "没有可以撤销的了" in other.say("undo", "--yes").err
        other.do("commit", "--yes")
        other.git("reset", "-q", "--soft", other.git("rev-list", "--max-parents=0", "HEAD").strip())
    refused = other.say("undo", "--yes")
    assert refused.code == 3
    assert ("浅克隆" if shallow else "再往前没有记过什么了") in refused.err


def test_only_what_was_shown_is_taken_back(desk: Desk) -> None:
    id_ = desk.take_down()
    terminal = Terminal(desk, "undo")
    terminal.wait_for("就这样撤销吗？")
    desk.do("village", "edit", "松坪村", "--households", "41")
    head = desk.git("rev-parse", "HEAD")
    terminal.type(ENTER)
    terminal.wait_for("不是给您看的那一条了")
    assert terminal.end() == 3
    assert desk.git("rev-parse", "HEAD") == head
    assert id_ in desk.do("issue", "list").out


def test_a_record_named_by_a_voided_one_is_voided_instead(desk: Desk) -> None:
    mine = {"GIT_COMMITTER_EMAIL": "other@example.invalid"}
    said = desk.do("--json", "issue", "add", *HEARD, env=mine)
    id_ = str(said.json["data"]["id"])
    desk.do("issue", "void", id_, "--why", "登错了", env=mine)
    refused = desk.say("undo", "--yes")
    assert refused.code == 3
    how = "lianxin visit void ZF-2026-A0001 --why"
    assert how in refused.err
    desk.do(*how.split()[1:], "没有去")


def test_it_is_refused_where_check_would_find_more_than_now(desk: Desk) -> None:
    """A unit that may be assigned again no more, by somebody else's work since."""
    id_ = desk.take_down()
    desk.do("org", "edit", "镇水利站", "--department", "否")
    desk.do("org", "edit", "镇水利站", "--department", "是")
    other = {"GIT_COMMITTER_EMAIL": "other@example.invalid"}
    desk.do("issue", "accept", id_, *ACCEPT, env=other)
    desk.do("issue", "assign", id_, "--dept", "镇水利站", "--limit", "5个工作日", env=other)
    refused = desk.say("undo", "--yes")
    assert refused.code == 3
    assert f"没有撤销，撤了会多出毛病：{id_}：" in refused.err
    assert desk.do("check").code == 0
