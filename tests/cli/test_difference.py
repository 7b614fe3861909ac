"""How the folder differs from HEAD is told whatever git itself says of it, and what is told mends it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, Desk

HOUSE, VILLAGE = "households/HU-A0001.yaml", "villages/CUN-A0001.yaml"


def sh(desk: Desk, script: str) -> None:
    """What a neighbour does by hand in the folder."""
    words = ["sh", "-e", "-c", script]
    subprocess.run(words, cwd=desk.root, env=os.environ | ENVIRONMENT, capture_output=True, check=True)


def told(desk: Desk) -> dict[str, str]:
    """The remedies of ``check``, by code."""
    return {one["code"]: one["remedy"] for one in desk.say("--json", "check").json["data"]["problems"]}


def command(remedy: str) -> str:
    """The first command a remedy names."""
    found = re.search(r"\b(git|mv|mkdir|rm|echo) .*?(?= ?(找回|取消|全部取出来|取出来|[。；，（]|$))", remedy)
    assert found is not None, remedy
    return found[0]


def test_a_deleted_record_is_missed_wherever_it_would_be_counted(desk: Desk) -> None:
    id_ = desk.take_down()
    (desk.root / "issues" / "2026" / f"{id_}.yaml").unlink()
    said = desk.say("check")
    assert said.code == 1
    assert f"issues/2026/{id_}.yaml:1:1 G001" in said.out
    assert "另有 1 份记录记过、文件却不见了，没有算在里面" in said.out
    for words in ("today", "ledger 问题台账", "duties", "report 周报", "issue list"):
        assert "另有 1 条记录不见了，没有计入本文" in desk.do(*words.split()).out, words
    assert desk.do("--json", "issue", "list").json["data"]["provenance"]["missing"] == 1
    refused = desk.say("report", "月报", "--period", "2026-02", "--freeze")
    assert refused.code == 3
    sh(desk, command(told(desk)["G001"]))
    assert desk.do("check").out.endswith("没有问题\n")


@pytest.mark.parametrize(
    ("code", "done"),
    [
        ("G001", f"git rm -q {HOUSE}"),
        ("G001", f"git update-index --skip-worktree {HOUSE}; rm {HOUSE}"),
        ("G003", "git bisect start"),
        ("G004", "git checkout -q --detach"),
        ("G005", f"git update-index --skip-worktree {HOUSE}"),
        ("G007", f"git mv {HOUSE} households/HU-A0009.yaml"),
        ("G010", "git update-index -q --refresh; git sparse-checkout set --no-cone '/*' '!/households/'"),
        ("G011", ": > .git/refs/heads/main"),
        ("G011", ": > .git/HEAD"),
        ("G011", "rm .git/refs/heads/main"),
        ("G011", "git pack-refs --all; rm -r .git/refs"),
        ("G013", "git symbolic-ref HEAD refs/heads/别处"),
        ("G012", "rm .git/index"),
        ("R007", f"mv {HOUSE} households/hu-a0001.yaml"),
    ],
)
def test_the_remedy_that_is_told_mends_it(desk: Desk, code: str, done: str) -> None:
    sh(desk, done)
    found = told(desk)
    assert code in found
    while found and code in found:  # what bears a flag is flagged still when it is back
        sh(desk, command(found["G007" if code == "R007" else code]))
        found = told(desk)
        code = next(iter(found), "")
    assert found == {}


def test_a_lost_branch_stops_whatever_counts_or_writes(desk: Desk) -> None:
    sh(desk, ": > .git/refs/heads/main")
    for words in (
        "today",
        "issue list",
        "ledger 问题台账",
        "household edit 1 --phone 13900001235",
        "export",
        "undo -y",
    ):
        said = desk.say(*words.split())
        assert (said.code, "分支 main 的文件坏了" in said.err) == (3, True), words
    assert "git update-ref refs/heads/main" in desk.say("--json", "doctor").out


def test_a_lost_branch_comes_back_to_its_last_whole_commit(desk: Desk) -> None:
    head, before = desk.git("rev-parse", "HEAD", "HEAD~1").split()
    tree = desk.git("rev-parse", "HEAD^{tree}").strip()
    (desk.root / ".git/objects" / tree[:2] / tree[2:]).unlink()
    for content in (head, ""):
        (desk.root / ".git/refs/heads/main").write_text(content)
        remedy = told(desk)["G011"]
        assert (head in remedy, before in remedy) == (False, True), content
    sh(desk, command(remedy))
    assert desk.say("today").code == 0


def test_a_folder_whose_work_tree_has_moved_away_is_not_taken_for_one_without_git(desk: Desk, tmp_path: Path) -> None:
    sh(desk, f"git worktree add -q {tmp_path}/另一处")
    moved = desk.root.rename(tmp_path / "搬走了")
    other = Desk.__new__(Desk)
    other.root = tmp_path / "另一处"
    said = other.say("today")
    assert (said.code, "主仓库多半搬走" in said.err) == (3, True)
    moved.rename(tmp_path / "台账")
    assert other.do("today").code == 0


def test_a_ledger_inside_another_repository_is_not_taken_for_a_part_of_it(desk: Desk) -> None:
    sh(desk, "cd ..; git init -q; cd -; : > .git/HEAD")
    said = desk.say("household", "edit", "1", "--phone", "13900001235")
    assert (said.code, "HEAD 坏了" in said.err) == (3, True)


@pytest.mark.parametrize("flag", ["assume-unchanged", "skip-worktree"])
def test_what_is_written_to_a_flagged_record_leaves_git_in_peace(desk: Desk, flag: str) -> None:
    sh(desk, f"git update-index --{flag} {HOUSE}")
    desk.do("household", "edit", "1", "--phone", "13900001235")
    assert desk.git("status", "--porcelain") == ""
    assert desk.git("ls-files", "-v", HOUSE) == f"H {HOUSE}\n"
    assert "13900001235" in desk.git("show", f"HEAD:{HOUSE}")


def test_what_git_ignores_is_taken_in_and_what_it_forgot_is_no_edit(desk: Desk) -> None:
    other = (desk.root / "people/RY-A0002.yaml").read_text().replace("RY-A0002", "RY-A0077").replace("石勇", "万有福")
    (desk.root / "people/RY-A0077.yaml").write_text(other)
    (desk.root / ".git/info/exclude").write_text("people/\n")
    assert set(told(desk)) == {"G008"}
    desk.do("commit")
    sh(desk, f"git rm -q --cached {HOUSE}")
    assert "G012" in told(desk)
    head = desk.git("rev-parse", "HEAD")
    desk.say("commit")
    assert desk.git("rev-parse", "HEAD") == head


def test_an_unfinished_merge_is_told_before_anything_else(desk: Desk) -> None:
    edit = f"echo '备注: 这边' >> {VILLAGE}; git commit -q -a -m 这边"
    sh(desk, f"git switch -q -c 那边; {edit}; git switch -q main; {edit.replace('这', '另')}; ! git merge -q 那边")
    assert set(told(desk)) == {"G002", "G003", "Y007"}
    assert "\ngit 正在合并，还没做完" in desk.do("today").out
