"""Repositories as people set them up: encodings, line ends, cut histories, machines without git; and the clock."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk, Said

pytestmark = pytest.mark.slow  # it takes long


def at(root: Path) -> Desk:
    desk = Desk.__new__(Desk)
    desk.root = root
    return desk


def found(desk: Desk, item: str, **env: str) -> tuple[str, str]:
    """What ``doctor`` says of one item, and the remedy."""
    rows = desk.say("--json", "doctor", env=env).json["data"]["items"]
    return next(((row["verdict"], f"{row['found']}；{row['remedy']}") for row in rows if row["item"] == item), ("", ""))


def test_a_name_in_gbk_is_refused_with_the_words_to_set_it_again(desk: Desk) -> None:
    name = os.fsdecode("何小满".encode("gbk"))
    said = desk.say("household", "edit", "1", "--phone", "13900001235", env={"GIT_COMMITTER_NAME": name})
    assert said.code == 3
    assert 'git config user.name "何小满"' in said.err
    assert found(desk, "git 身份", GIT_COMMITTER_NAME=name)[0] == "要治"


@pytest.mark.parametrize("setting", ["i18n.logOutputEncoding", "i18n.commitEncoding"])
def test_log_reads_commits_in_gbk(desk: Desk, setting: str) -> None:
    path = desk.root / "households" / "HU-A0001.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# 手写的一行\n", encoding="utf-8")
    message = desk.root.parent / "说明"
    message.write_bytes("手工修改".encode("gbk"))
    by = ("--author", "office <o@example.invalid>")
    desk.git("-c", "i18n.commitEncoding=gbk", "commit", "-q", "-a", *by, "-F", str(message))
    desk.git("config", setting, "gbk")
    out = desk.do("log", "HU-A0001").out
    assert "�" not in out
    assert "手工修改" in out
    assert "新增联系户" in out


def test_log_reads_a_commit_that_does_not_say_it_is_gbk(desk: Desk) -> None:
    body = desk.git("cat-file", "commit", "HEAD~1").encode()
    assert "新增联系户".encode() in body
    other = body.replace("新增联系户".encode(), "新添了一户".encode("gbk"))
    words = ("git", "hash-object", "-t", "commit", "-w", "--stdin")
    done = subprocess.run(words, cwd=desk.root, input=other, capture_output=True, check=True)
    oid = done.stdout.decode().strip()
    desk.git("update-ref", "HEAD", oid)
    assert "新添了一户" in desk.do("log", "HU-A0001").out


def test_a_shallow_clone_says_that_its_history_is_cut(desk: Desk, tmp_path: Path) -> None:
    desk.git("clone", "-q", "--depth", "1", f"file://{desk.root}", str(tmp_path / "浅"))
    shallow = at(tmp_path / "浅")
    out = shallow.do("log", "HU-A0001").out
    assert "浅克隆" in out
    assert "git fetch --unshallow" in " ".join(out.split())
    assert "新增" not in out  # the commit it was cut at is some other record's
    assert "浅克隆" in shallow.say("--rev", "HEAD~3", "today").err
    assert found(shallow, "git 历史")[0] == "留意"
    shallow.git("fetch", "-q", "--unshallow")
    assert "浅克隆" not in shallow.do("log", "HU-A0001").out


def test_without_git_nobody_is_told_to_set_up_a_repository(desk: Desk, tmp_path: Path) -> None:
    for words in (("household", "edit", "1", "--phone", "13900001235"), ("log", "HU-A0001"), ("export",)):
        said = desk.say(*words, env={"PATH": str(tmp_path)})
        assert said.code == 3
        assert "找不到 git 程序" in said.err
        assert "git init" not in said.err
    said = desk.say("--json", "doctor", env={"PATH": str(tmp_path)})
    assert (said.code, "找不到 git 程序" in said.out) == (1, True)
    assert "松坪村" in desk.do("village", "list", env={"PATH": str(tmp_path)}).out


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")
def test_a_folder_of_somebody_else_is_refused_with_the_remedy(desk: Desk) -> None:
    os.chown(desk.root, 12345, 12345)
    os.chown(desk.root / ".git", 12345, 12345)
    said = desk.say("today")
    assert (said.code, f"safe.directory '{desk.root}'" in said.err) == (3, True)
    verdict, told = found(desk, "git 仓库")
    assert (verdict, f"git config --global --add safe.directory '{desk.root}'" in told) == ("要治", True)


@pytest.mark.parametrize("attributes", ["*.yaml text eol=crlf\n", "* text=auto eol=crlf\n"])
def test_turned_line_ends_leave_nothing_behind(desk: Desk, attributes: str) -> None:
    id_ = desk.take_down()
    (desk.root / ".gitattributes").write_text(attributes)
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "换行")
    desk.git("rm", "-q", "-r", "--cached", ".")
    desk.git("reset", "-q", "--hard")
    assert b"\r\n" in (desk.root / "issues" / "2026" / f"{id_}.yaml").read_bytes()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    desk.do("household", "edit", "1", "--phone", "13900001235")
    path = desk.root / "people" / "RY-A0002.yaml"
    path.write_bytes(path.read_bytes() + "# 记事本存的\r\n".encode())
    desk.do("commit")
    assert desk.git("status", "--short") == ""
    assert "\r" not in desk.git("show", f"HEAD:issues/2026/{id_}.yaml", "HEAD:people/RY-A0002.yaml")
    assert desk.git("show", "--numstat", "--format=", "HEAD").split()[:2] == ["1", "0"]
    assert found(desk, "换行设置")[0] == "留意"


def test_line_ends_that_git_does_not_turn_stay_as_they_are(desk: Desk) -> None:
    path = desk.root / "people" / "RY-A0002.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    desk.do("commit")
    assert desk.git("status", "--short") == ""
    whole = subprocess.run(
        ["git", "show", "HEAD:people/RY-A0002.yaml"], cwd=desk.root, capture_output=True, check=True
    ).stdout
    assert whole == path.read_bytes()
    assert b"\r\n" in whole


@pytest.mark.parametrize(
    ("zone", "verdict", "told"),
    [
        ("Asia/Shanghai", "正常", "北京时间"),
        ("CST-8", "正常", "北京时间"),
        ("UTC", "留意", "还当是昨天"),
        ("Asia/Shangai", "留意", "TZ=Asia/Shangai 不认识"),
        ("Asia/Urumqi", "留意", "UTC+6"),
    ],
)
def test_doctor_tells_the_time_zone(desk: Desk, zone: str, verdict: str, told: str) -> None:
    said, words = found(desk, "时区", TZ=zone)
    assert said == verdict
    assert told in words
    assert ("Asia/Shanghai" in words) == (verdict == "留意")


def test_a_broken_configuration_is_told_of_with_its_place(desk: Desk) -> None:
    with (desk.root / ".git" / "config").open("a") as file:
        file.write("[core\n")
    said: Said = desk.say("today")
    assert said.code == 3
    assert "git 的设置写坏了" in said.err
    assert "fatal" not in said.err
