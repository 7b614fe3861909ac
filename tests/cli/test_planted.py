"""Opening a folder runs nothing of it: every command, with a trap in every place where git would run something."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk, lianxin
from tests.cli.planted import HOOKS, QUIET, SETTINGS, Traps, git, plant, touch
from tests.cli.test_print import printer

from lianxin.cli.app import COMMANDS

pytestmark = pytest.mark.slow  # it takes long

PLAN = "方案:\n  - 名称: 每天\n    目录: ../导出\n    输出:\n      - {命令: village list, 文件: 村.csv}\n"


@pytest.fixture
def traps(tmp_path: Path) -> Traps:
    return Traps(tmp_path / "traps")


def _lines(desk: Desk, id_: str, out: Path) -> list[tuple[str, ...]]:
    """Every command, at least once, with what makes it go all the way to git."""
    (desk.root.parent / "新").mkdir()
    return [
        ("today",),
        ("init", str(desk.root.parent / "另一本"), "--name", "甲镇", "--org", "甲镇党委", "--clerk", "乙某"),
        ("demo", str(desk.root.parent / "新" / "练手")),
        ("doctor",),
        ("check", "--hints"),
        ("explain", "F001"),
        ("silence", "H007", "ZF-2026-A0002", "--why", "看过"),
        ("next", id_),
        ("find", "渠"),
        ("show", id_),
        ("log", id_),
        ("household", "edit", "1", "--phone", "13900001235"),
        ("import", "--template", "联系户", "-o", str(out / "模板.xlsx")),
        ("--internal", "paste", str(out / "消息.txt")),
        ("handbook", id_, "-o", str(out / "册.html")),
        ("ledger", "问题台账", "-o", str(out / "账.xlsx")),
        ("verify", str(out / "账.xlsx")),
        ("fill", "交办单", "--issue", id_, "-o", str(out / "单.docx")),
        ("report", "monthly", "--period", "2026-03", "-o", str(out / "月报.docx")),
        ("duties",),
        ("dispatch",),
        ("calendar", "-o", str(out / "期限.ics")),
        ("score",),
        ("figures",),
        ("card",),
        ("handover",),
        ("site", str(out / "公示栏")),
        ("export", "每天"),
        ("print", str(out / "页.pdf")),
        ("--yes", "backup", str(out)),
        ("cron", "每天"),
        ("sql", "SELECT count(*) FROM 问题"),
        ("schema",),
        ("help",),
        ("edit", "CUN-A0001", "--households", "120"),
        ("issue", "accept", id_, "--level", "村", *TRIAGE),
        ("batch", "issue", "progress", id_, "--text", "看过了", "--yes"),
        ("--yes", "undo"),
        ("issue", "list"),
        ("--rev", "HEAD~2", "today"),
        ("fmt",),
        ("commit",),
        ("report", "monthly", "--period", "2026-02", "--freeze"),
        ("station",),
        ("audit",),
        ("settle",),
    ]


#: These go to another folder, or need a year that is over: tests/cli/test_sync.py, test_rollup.py, test_archive.py.
ELSEWHERE = {"sync", "enter", "rollup", "archive", "purge"}


def test_no_command_runs_anything_of_the_folder(desk: Desk, traps: Traps, tmp_path: Path) -> None:
    id_ = desk.take_down()
    told = "--day 2026-03-03 --visitors 何小满 --households 李桂兰 --way 入户 --requests 路灯不亮"
    desk.do("visit", "add", *told.split(" "))
    (desk.root / "policy" / "exports.yaml").write_text(PLAN, encoding="utf-8")
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "导出方案")
    env = plant(desk.root, traps)
    out = tmp_path / "out"
    out.mkdir()
    (out / "页.pdf").write_bytes(b"%PDF-1.7\n")
    (out / "消息.txt").write_text("松坪村二组的路灯坏了\n", encoding="utf-8")
    printer(out)
    env = env | {"PATH": os.pathsep.join((str(out), env.get("PATH", os.environ["PATH"])))}
    lines = _lines(desk, id_, out)
    assert {*COMMANDS} - ELSEWHERE <= {word for line in lines for word in line[:3]}
    for line in lines:
        if line[0] != "report":  # what is not committed is not frozen
            with (desk.root / "villages" / "CUN-A0001.yaml").open("a", encoding="utf-8") as file:
                file.write("# 手写的一行\n")
        touch(desk.root)
        said = desk.say(*line, env=env)
        assert traps.sprung() == [], line
        assert said.code in (0, 1), (line, said)


def test_doctor_names_what_came_with_the_folder(desk: Desk, traps: Traps) -> None:
    told = plant(desk.root, traps)
    for name in ("HEAD", "objects/x", "refs/x"):
        path = desk.root / "households" / "里面的" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("ref: refs/heads/main\n", encoding="utf-8")
    rows = desk.say("--json", "doctor", env=told).json["data"]["items"]
    found = {row["item"]: row["found"] for row in rows}
    words = found["git 设置"].lower().partition("：")[2].partition("；")[0].split("、")
    assert {*words} == {name.lower() for name in SETTINGS if name not in QUIET} | {
        *("core.hookspath", "include.path", "filter.late.clean")
    }
    assert all(f".git/hooks/{name}" in found["git 钩子"] for name in HOOKS)
    assert "households/里面的" in found["仓库套仓库"]
    assert "filter=evil" in found["换行设置"]


def test_a_folder_of_ones_own_is_not_warned_of(desk: Desk) -> None:
    rows = desk.say("--json", "doctor").json["data"]["items"]
    assert not {row["item"] for row in rows} & {"git 设置", "git 钩子", "仓库套仓库", "换行设置", "git 历史"}


def test_git_itself_would_have_sprung_the_traps(desk: Desk, traps: Traps) -> None:
    plant(desk.root, traps)
    touch(desk.root)
    for words in ("status", "diff HEAD~1", "update-index --refresh", "log -1", "update-index --add lianxin.yaml"):
        subprocess.run(
            ["git", *words.split()], cwd=desk.root, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    assert {"filter.evil.clean", "included", "core.fsmonitor", "gpg.program", "post-index-change"} <= {*traps.sprung()}


def test_contents_that_were_left_out_are_not_fetched(desk: Desk, traps: Traps, tmp_path: Path) -> None:
    desk.do("household", "edit", "1", "--phone", "13900001235")
    desk.git("config", "uploadpack.allowFilter", "true")
    desk.git("clone", "-q", "--filter=blob:none", f"file://{desk.root}", str(tmp_path / "部分"))
    partial = Desk.__new__(Desk)
    partial.root = tmp_path / "部分"
    partial.git("config", "remote.origin.uploadpack", str(traps.set("uploadpack")))
    for words in (("--rev", "HEAD~1", "household", "list"), ("--rev", "HEAD~1", "today")):
        said = partial.say(*words)
        assert (said.code, said.out) == (3, "")
        assert "部分克隆" in said.err
    assert "部分克隆" in partial.say("doctor").out
    assert traps.sprung() == []


def test_a_bare_repository_in_the_midst_of_a_folder_is_not_opened(desk: Desk, traps: Traps, tmp_path: Path) -> None:
    """What a plain clone can bring along: files that make the data folder look like a repository of its own."""
    inside = tmp_path / "外面" / "台账"
    shutil.copytree(desk.root, inside, ignore=shutil.ignore_patterns(".git"))
    shutil.copytree(desk.root / ".git", inside, dirs_exist_ok=True)
    git(inside, "config", "-f", "config", "core.worktree", str(inside))
    git(inside, "config", "-f", "config", "core.bare", "false")
    git(inside, "config", "-f", "config", "core.fsmonitor", str(traps.set("fsmonitor")))
    git(inside.parent, "init", "-q", "-b", "main")
    for words in (("today",), ("check",), ("household", "edit", "1", "--phone", "13900001235")):
        said = lianxin(*words, cwd=inside)
        assert said.code == 3
        assert "裸仓库" in said.err
    said = lianxin("--json", "doctor", cwd=inside)
    assert (said.code, "裸仓库" in said.out) == (1, True)
    assert traps.sprung() == []


def test_a_work_tree_that_is_elsewhere_is_told_of(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "别处"
    other.mkdir()
    desk.git("config", "core.worktree", str(other))
    said = desk.say("household", "edit", "1", "--phone", "13900001235")
    assert said.code == 3
    assert "core.worktree" in said.err
    assert list(other.iterdir()) == []


def test_a_policy_that_is_a_link_is_not_passed_over_in_silence(desk: Desk, tmp_path: Path) -> None:
    path = desk.root / "policy" / "categories.yaml"
    path.rename(tmp_path / "别处.yaml")
    path.symlink_to(tmp_path / "别处.yaml")
    said = desk.say("check")
    assert said.code == 1
    assert "policy/categories.yaml:1:1 Y025 categories.yaml 不是普通文件" in said.out
