"""``check``, ``explain`` and ``fmt`` at the command line."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, MINUTE, TODAY, Desk

from lianxin.core.code import CODES
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.journal import Journal


def _break(desk: Desk, old: str, new: str) -> Path:
    path = desk.root / "households" / "HU-A0001.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_clean_data_is_counted_by_kind(desk: Desk) -> None:
    said = desk.do("check")
    told = "共 7 条记录：村 1 · 单位 2 · 党员干部 2 · 联系户 1 · 走访 1\n没有问题\n"
    assert said.out == told + "另有 1 条提示，运行 lianxin check --hints 看\n"


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("13900001234", "139000012345", "6:5", "F008"),
        ("所属村: CUN-A0001", "所属村: CUN-A0009", "3:6", "R005"),
        ("所属组:", "所属小组:", "4:1", "F001"),
        ("户主: 李桂兰", "户主：李桂兰", "2:3", "Y"),
        ("编号: HU-A0001", "编号: HU-A0002", "1:5", "R001"),
    ],
)
def test_every_fault_is_told_at_its_line_and_column(desk: Desk, old: str, new: str, place: str, code: str) -> None:
    _break(desk, old, new)
    said = desk.say("check")
    assert said.code == 1
    line = next(line for line in said.out.splitlines() if line.startswith("households/HU-A0001.yaml:"))
    where, found, _message = line.split(" ", 2)
    assert found.startswith(code), said.out
    assert where == f"households/HU-A0001.yaml:{place}", said.out
    assert "改法：" in said.out


def test_what_a_pipe_gets_holds_no_line_of_the_file(desk: Desk) -> None:
    _break(desk, "13900001234", "1390000123")
    assert "│" not in desk.say("check").out
    assert "│" in desk.say("--internal", "check").out


def test_json_and_github_name_the_same_places(desk: Desk) -> None:
    _break(desk, "13900001234", "139000012345")
    made = desk.say("check", "--format", "json").json
    assert made == desk.say("--json", "check").json
    (problem,) = made["data"]["problems"]
    assert (made["schema"], problem["code"], problem["level"]) == ("lianxin/check/1", "F008", "error")
    github = desk.say("check", "--format", "github").out
    assert github.startswith(f"::error file={problem['path']},line={problem['line']},col={problem['col']},title=F008::")


def test_only_what_lies_under_a_path_is_told(desk: Desk) -> None:
    _break(desk, "13900001234", "139000012345")
    assert desk.say("check", "villages").code == 0
    assert desk.say("check", "households").code == 1
    assert desk.say("check", "/etc").code == 2


def test_check_writes_nothing(desk: Desk) -> None:
    _break(desk, "13900001234", "139000012345")
    before = {path: path.read_bytes() for path in desk.root.rglob("*.yaml")}
    head = desk.git("rev-parse", "HEAD")
    desk.say("check")
    assert {path: path.read_bytes() for path in desk.root.rglob("*.yaml")} == before
    assert desk.git("rev-parse", "HEAD") == head


def test_an_unreadable_record_is_counted_not_skipped(desk: Desk) -> None:
    (desk.root / "households" / "HU-A0001.yaml").write_bytes("户主: 李桂兰\n".encode("gbk"))
    said = desk.say("check")
    assert (said.code, "1 份文件读不出" in said.out, "GBK" in said.out) == (1, True, True)
    assert "读不出" in desk.do("household", "list").out
    today = desk.do("today").out
    assert today.index("有 1 份记录读不出，下面没有算进去") < today.index("今天没有要办的")


def test_faulty_forms_and_settings_are_told_like_records(desk: Desk) -> None:
    (desk.root / "forms").mkdir()
    (desk.root / "forms" / "月报.yaml").write_text(
        "名称: 月报\n种类: 问题\n列:\n  - 编号\n  - 状太\n", encoding="utf-8"
    )
    (desk.root / "lianxin.yaml").write_text("名称: 甲\n办事人: RY-A0001\n", encoding="utf-8")
    said = desk.say("check")
    assert "forms/月报.yaml:5:5 P021" in said.out
    assert "状态" in said.out
    assert "lianxin.yaml:2:1 F001" in said.out
    assert "办事员" in said.out
    assert desk.say("ledger", "月报").code == 2


def test_words_of_a_policy_that_are_swallowed_are_told_and_may_be_committed(desk: Desk) -> None:
    with (desk.root / "policy" / "figures.yaml").open("a", encoding="utf-8") as file:
        file.write("  - 名称: 走访数 #全镇\n    计数: {种类: 走访}\n")
    with (desk.root / "lianxin.yaml").open("a", encoding="utf-8") as file:
        file.write("# 以下\n")
    said = desk.say("check")
    assert "Y024 「#…」没有读进来" in said.out
    assert (said.out.count("Y024"), "policy/figures.yaml:" in said.out) == (1, True)
    desk.do("commit")
    assert desk.git("status", "--porcelain") == ""


def test_every_code_is_explained(desk: Desk) -> None:
    assert len(desk.do("explain").out.splitlines()) == len(CODES)
    out = desk.do("explain", "f008").out
    assert "F008" in out
    assert "改法：" in out


def test_fmt_settles_a_hand_edited_file_and_keeps_its_comments(desk: Desk) -> None:
    path = desk.root / "households" / "HU-A0001.yaml"
    path.write_text("# 老户\n户主：李桂兰\n编号:   HU-A0001\n所属村: CUN-A0001   # 河边\n", encoding="utf-8")
    assert "HU-A0001" in desk.do("--dry-run", "fmt").out
    assert "户主：" in path.read_text(encoding="utf-8")
    desk.do("fmt")
    text = path.read_text(encoding="utf-8")
    assert text.index("编号: HU-A0001\n") < text.index("户主: 李桂兰\n")
    assert "# 老户" in text
    assert "# 河边" in text
    assert "规范写法" in desk.do("fmt").out


def _opened(process: int, file: Path) -> bool:
    """Whether a process has a file open."""
    return any(link.is_symlink() and link.resolve() == file for link in Path(f"/proc/{process}/fd").iterdir())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="nothing tells what files a process has open")
def test_fmt_waits_its_turn_and_leaves_alone_what_was_changed_meanwhile(desk: Desk) -> None:
    path = _break(desk, "户主: ", "户主:   ")
    repo = Repo.find(desk.root)
    assert repo is not None
    step = path.read_bytes() + "备注: 别处刚记下的\n".encode()
    with Journal(repo, desk.root).locked():
        fmt = subprocess.Popen(
            [sys.executable, "-m", "lianxin", "--today", TODAY, "fmt"],
            cwd=desk.root,
            env=os.environ | ENVIRONMENT | {"LIANXIN_CLOCK": f"{TODAY} {MINUTE}"},
            stdout=subprocess.PIPE,
        )
        while fmt.poll() is None and not _opened(fmt.pid, repo.common_dir / "lianxin" / "lock"):
            time.sleep(0.01)  # it has read the file once it is at the lock
        path.write_bytes(step)
    out = fmt.communicate()[0].decode()
    assert path.read_bytes() == step
    assert (fmt.returncode, "没有动 households/HU-A0001.yaml：刚刚被别处改过" in out) == (1, True)
