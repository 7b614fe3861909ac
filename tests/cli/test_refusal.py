"""What is refused, in whose words, with which exit code; and that nothing was written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.cli.desk import ENVIRONMENT, TODAY, TRIAGE, Desk, lianxin

pytestmark = pytest.mark.slow  # it takes long


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("issue frobnicate 1", 2, "frobnicate"),
        ("isue list", 2, "issue"),
        ("issue list --colour", 2, "--colour"),
        ("issue list 状太=已受理", 2, "状态"),
        ("issue accept 99 --level 村", 2, "99"),
        ("ledger 问题台帐", 2, "问题台账"),
        ("ledger 问题台账 --period 2026-13", 2, "期间"),
        ("--today 明天 today", 2, "--today"),
        ("issue add --summary 路灯", 2, "来源渠道"),
        ("explain X999", 2, "X999"),
        ("show WT-2026-A0404", 2, "WT-2026-A0404"),
        ("handbook -f docs", 2, "docs"),
        ("sql DELETE_FROM_issue", 2, "查不了"),
        ("check 没有的.yaml", 2, "没有「没有的.yaml」"),
        ("check /", 2, "不在台账目录"),
    ],
)
def test_bad_words_are_told_in_chinese(desk: Desk, words: str, code: int, told: str) -> None:
    said = desk.say(*words.split())
    assert (said.code, told in said.err) == (code, True), said.err
    assert "Traceback" not in said.err
    assert any("一" <= char <= "鿿" for char in said.err)


def test_an_unlawful_step_names_the_lawful_ones_and_writes_nothing(desk: Desk) -> None:
    id_ = desk.take_down()
    before, head = desk.text(id_), desk.git("rev-parse", "HEAD")
    said = desk.say("issue", "close", id_)
    assert said.code == 3
    assert "待研判" in said.err
    assert "受理" in said.err
    assert (desk.text(id_), desk.git("rev-parse", "HEAD")) == (before, head)


def test_nothing_is_taken_when_one_of_several_ids_means_nothing(desk: Desk) -> None:
    id_ = desk.take_down()
    head = desk.git("rev-parse", "HEAD")
    assert desk.say("issue", "void", id_, "--why", "与", "2", "号登重了").code == 2
    assert (desk.state(id_), desk.git("rev-parse", "HEAD")) == ("待研判", head)


def test_a_category_that_the_policy_does_not_list_is_refused(desk: Desk) -> None:
    id_ = desk.take_down()
    said = desk.say("issue", "accept", id_, "--level", "村", "--category", "道路")
    assert (said.code, "道路交通" in said.err) == (3, True)


def test_dry_run_writes_nothing(desk: Desk) -> None:
    id_ = desk.take_down()
    head = desk.git("rev-parse", "HEAD")
    said = desk.do("--dry-run", "issue", "accept", id_, "--level", "村", *TRIAGE)
    assert "没有写入" in said.out
    desk.do("issue", "add", "--visit", "1", "--channel", "电话", "--summary", "甲", "--words", "乙", "--dry-run")
    assert (desk.state(id_), desk.git("rev-parse", "HEAD"), desk.git("status", "--short")) == ("待研判", head, "")


def test_her_other_work_is_never_swept_into_a_commit(desk: Desk) -> None:
    id_ = desk.take_down()
    village = desk.root / "villages" / "CUN-A0001.yaml"
    village.write_text(village.read_text(encoding="utf-8") + "备注: 还没写完\n", encoding="utf-8")
    note = desk.root / "README.md"
    note.write_text("随手记\n", encoding="utf-8")
    desk.git("add", "README.md")
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    assert desk.git("show", "--name-only", "--format=").split() == [f"issues/2026/{id_}.yaml"]
    assert desk.git("status", "--short").splitlines() == ["A  README.md", " M villages/CUN-A0001.yaml"]


@pytest.mark.parametrize(("old", "new"), [("受理层级: 村", "受理层级: 镇"), ("步骤: 受理", "步骤: 心得体会")])
def test_a_recorded_step_that_was_changed_by_hand_is_not_taken_in(desk: Desk, old: str, new: str) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    path, head = desk.root / "issues" / "2026" / f"{id_}.yaml", desk.git("rev-parse", "HEAD")
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept[: kept.index("事件:")], encoding="utf-8")
    for words in (("commit",), ("issue", "progress", id_, "--text", "看过")):
        said = desk.say(*words)
        assert (said.code, "记过的「受理」" in said.err) == (3, True), said.err
    assert desk.git("rev-parse", "HEAD") == head
    path.write_text(kept.replace(old, new), encoding="utf-8")
    assert desk.say("commit").code == 3
    path.write_text(f"{kept}# 旁注\n", encoding="utf-8")
    desk.do("commit")


def test_a_hand_edit_of_the_same_file_is_committed_first_on_its_own(desk: Desk) -> None:
    id_ = desk.take_down()
    path = desk.root / "issues" / "2026" / f"{id_}.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}# 旁注\n", encoding="utf-8")
    said = desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    assert "手工改动已先单独记下" in said.out
    assert desk.git("log", "-2", "--format=%s").splitlines() == [f"{id_} 受理 村", f"{id_} 手工修改问题"]
    assert "步骤" not in desk.git("show", "HEAD~1")


def test_a_faulty_hand_edit_stops_the_step(desk: Desk) -> None:
    id_ = desk.take_down()
    path = desk.root / "issues" / "2026" / f"{id_}.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("反映时间: 2026-03-02", "反映时间: 三月二号"), encoding="utf-8"
    )
    before, head = desk.text(id_), desk.git("rev-parse", "HEAD")
    said = desk.say("issue", "accept", id_, "--level", "村", *TRIAGE)
    assert (said.code, desk.text(id_), desk.git("rev-parse", "HEAD")) == (3, before, head)


def test_nothing_is_written_off_a_branch_or_amid_a_merge(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.git("checkout", "-q", "--detach")
    assert "分支" in desk.say("issue", "accept", id_, "--level", "村", *TRIAGE).err
    desk.git("checkout", "-q", "main")
    (desk.root / ".git" / "MERGE_HEAD").write_text(desk.git("rev-parse", "HEAD"))
    said = desk.say("issue", "accept", id_, "--level", "村", *TRIAGE)
    assert (said.code, "合并" in said.err) == (3, True)


def test_without_an_identity_git_is_explained(desk: Desk) -> None:
    id_ = desk.take_down()
    nobody = {"GIT_COMMITTER_NAME": "", "GIT_AUTHOR_NAME": "", "GIT_COMMITTER_EMAIL": "", "GIT_AUTHOR_EMAIL": ""}
    said = desk.say("issue", "accept", id_, "--level", "村", *TRIAGE, env={**nobody, "HOME": "/nonexistent"})
    assert (said.code, "git config" in said.err) == (3, True)


def test_a_locked_index_is_waited_for_and_told(desk: Desk) -> None:
    id_ = desk.take_down()
    (desk.root / ".git" / "index.lock").touch()
    said = desk.say("issue", "accept", id_, "--level", "村", *TRIAGE)
    assert (said.code, "占着" in said.err, "没有写入" in said.err) == (3, True, True)
    (desk.root / ".git" / "index.lock").unlink()
    assert (desk.state(id_), desk.git("status", "--short")) == ("待研判", "")


def test_four_writers_at_once_get_four_numbers(desk: Desk) -> None:
    words = ["issue", "add", "--visit", "1", "--channel", "电话", "--summary", "路灯不亮", "--words"]
    with ThreadPoolExecutor(4) as writers:
        answers = list(writers.map(lambda n: desk.say(*words, f"第{n}盏不亮"), range(4)))
    assert [said.code for said in answers] == [0, 0, 0, 0], answers
    assert sorted(path.stem for path in (desk.root / "issues" / "2026").iterdir()) == [
        f"WT-2026-A000{n}" for n in range(1, 5)
    ]
    assert desk.git("status", "--short") == ""


def test_a_folder_without_a_ledger_says_how_to_make_one(tmp_path: object) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    said = lianxin("today", cwd=tmp_path)
    assert (said.code, "lianxin init" in said.err) == (2, True)


@pytest.mark.parametrize("words", ["ledger 问题台账", "handbook", "report weekly", "fill 交办单 WT-2026-A0001"])
def test_a_folder_where_a_file_should_be_written_is_told_in_chinese(desk: Desk, words: str) -> None:
    desk.take_down()
    said = desk.say(*words.split(), "-o", str(desk.root))
    assert (said.code, said.err) == (2, f"{desk.root} 是文件夹，这里要写文件名，如 {desk.root}/台账.xlsx\n")


def test_no_step_is_taken_of_a_record_that_a_sparse_checkout_leaves_out(heard: Desk) -> None:
    heard.git("update-index", "--refresh")  # the desk is a copy: git must first see that nothing was edited
    heard.git("sparse-checkout", "set", "--no-cone", "/*", "!/issues/")
    path = "issues/2026/WT-2026-A0001.yaml"
    refused = heard.say("--dry-run", "issue", "accept", "1", "--level", "村", *TRIAGE)
    assert refused.code == 3
    assert f"{path} 提交里有，文件夹里却没有，没有写入" in refused.err


def test_a_record_left_out_of_a_sparse_checkout_comes_back_with_the_advice_given(desk: Desk) -> None:
    desk.git("update-index", "--refresh")  # the desk is a copy: git must first see that nothing was edited
    desk.git("sparse-checkout", "set", "--no-cone", "/*", "!/villages/")
    said = desk.say("village", "edit", "CUN-A0001", "--households", "31")
    told = re.search(r"请先用 git (checkout .+) 找回", said.err)
    assert told is not None, said.err
    desk.git(*told[1].split())
    desk.do("village", "edit", "CUN-A0001", "--households", "31")
    assert "户数: 31" in desk.git("show", "HEAD:villages/CUN-A0001.yaml")


@pytest.mark.parametrize("words", ["--help", "issue list -f json", "explain"])
def test_a_reader_who_leaves_early_is_no_trouble(desk: Desk, words: str) -> None:
    reader, pipe = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "lianxin", "--today", TODAY, *words.split()]
    done = subprocess.run(
        command, cwd=desk.root, env=os.environ | ENVIRONMENT, stdout=pipe, stderr=subprocess.PIPE, check=False
    )
    os.close(pipe)
    assert (done.returncode, done.stderr.decode()) == (0, "")
