"""A pipe, a folder or a socket where a file belongs: nobody waits for it, and it is told of in one sentence."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from tests.cli.desk import Desk

PIPED = ("households/HU-A0001.yaml", "households/HU-A0099.yaml", "policy/calendar.yaml", "stations.yaml")


@pytest.mark.parametrize("name", [".gitignore", ".gitattributes", ".mailmap"])
def test_what_git_itself_would_wait_for_is_named_before_it_does(desk: Desk, name: str) -> None:
    (desk.root / name).unlink(missing_ok=True)
    os.mkfifo(desk.root / name)
    for words in ("check", "commit", "fmt --all"):
        said = desk.say(*words.split())
        assert (said.code, said.err.count("\n"), f"{name} 不是普通文件" in said.err) == (3, 1, True), said


def test_what_a_folder_that_came_has_git_read_is_no_pipe(desk: Desk, tmp_path: Path) -> None:
    pipe, git = tmp_path / "管道", desk.root / ".git"
    os.mkfifo(pipe)
    for name in ("excludesFile", "attributesFile"):
        desk.git("config", f"core.{name}", str(pipe))
    desk.git("config", "mailmap.file", str(pipe))
    assert desk.say("check").code == 0
    (git / "objects" / "info" / "alternates").symlink_to("/dev/zero")
    said = desk.say("check")
    assert (said.code, "objects/info/alternates 不是普通文件" in said.err) == (3, True), said
    (git / "objects" / "info" / "alternates").unlink()
    (git / "more").write_text(f'[include]\n\tpath = "{pipe}"\n', encoding="utf-8")
    with (git / "config").open("a", encoding="utf-8") as config:
        config.write('[includeIf "gitdir:**"] path = more\n')
    said = desk.say("check")
    assert (said.code, said.err.count("\n"), "管道 不是普通文件" in said.err) == (3, 1, True), said


def test_what_the_ledger_would_wait_for_is_told_and_not_taken_in(desk: Desk) -> None:
    for place in PIPED:
        (desk.root / place).unlink(missing_ok=True)
        os.mkfifo(desk.root / place)
    (desk.root / "orgs" / "DW-A0099.yaml").mkdir()
    with socket.socket(socket.AF_UNIX) as heard:
        here = Path.cwd()
        os.chdir(desk.root)  # the name of a socket must be short
        try:
            heard.bind("people/RY-A0099.yaml")
        finally:
            os.chdir(here)
        told = desk.say("check").out
    for place in (*PIPED, "orgs/DW-A0099.yaml", "people/RY-A0099.yaml"):
        assert f"{place}:1:1 Y025 {Path(place).name} 不是普通文件" in told, place
    assert "不是普通文件" in desk.say("commit").err
    assert "HU-A0001.yaml 不是普通文件" in desk.say("fmt", "--all").out
    (desk.root / "lianxin.yaml").unlink()
    os.mkfifo(desk.root / "lianxin.yaml")
    assert "lianxin.yaml 不是普通文件" in desk.say("--data", str(desk.root), "today").err


def test_a_form_or_a_file_to_verify_may_be_none(heard: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "表.docx")
    for words in (("fill", "../表.docx", "--issue", "1", "-o", "好.docx"), ("verify", "../表.docx")):
        said = heard.say(*words)
        assert (said.code, "表.docx 不是普通文件" in said.err) == (3, True), said


@pytest.mark.parametrize("name", [" ", "台\n账.md", "夹/\u3000/台账.md", "a\u200bb.md"])
def test_a_name_that_nobody_could_read_is_refused(desk: Desk, name: str) -> None:
    said = desk.say("village", "list", "-o", name)
    assert (said.code, said.err.count("\n"), "没有写" in said.err or "看不见的字符" in said.err) == (3, 1, True), said


def test_an_empty_value_takes_nothing_out(desk: Desk) -> None:
    before = desk.git("rev-parse", "HEAD")
    for words, told in (
        (("--phone", ""), "电话后面是空的，没有改；要删去请写 --phone -"),
        (("--contacts", " "), "联系人后面是空的，没有改；要删去请写 --contacts -"),
        (("--contacts", "="), "要全部删去，写 --contacts -"),
    ):
        said = desk.say("household", "edit", "李桂兰", *words)
        assert (said.code, told in said.err) == (2, True), said
    assert desk.git("rev-parse", "HEAD") == before
    desk.do("household", "edit", "李桂兰", "--phone", "-")
    assert "电话" not in (desk.root / "households" / "HU-A0001.yaml").read_text(encoding="utf-8")


def test_a_correction_with_an_empty_value_takes_nothing_out(heard: Desk) -> None:
    said = heard.say("issue", "amend", "1", "--field", "何因", "--value", "", "--why", "记错")
    assert (said.code, "--value 后面是空的" in said.err) == (2, True), said


def test_what_is_kept_beside_git_is_made_anew(heard: Desk) -> None:
    heard.do("village", "list")
    for name in ("index.names", "index.given", "index.seal", "index.intent", "exports.json", "unflagged"):
        (heard.root / ".git" / "lianxin" / name).unlink(missing_ok=True)
        os.mkfifo(heard.root / ".git" / "lianxin" / name)
    heard.do("village", "edit", "松坪村", "--notes", "渠通了")
    assert "渠通了" in heard.do("village", "show", "松坪村").out
