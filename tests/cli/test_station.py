"""Several desks at one book: each has a letter of its own, and no number is given twice without being found out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.desk import Desk, lianxin
from tests.cli.terminal import ENTER, Terminal

pytestmark = pytest.mark.slow  # it takes long


def elsewhere(root: Path) -> Desk:
    """The ledger in another folder."""
    desk = Desk.__new__(Desk)
    desk.root = root
    return desk


def village(desk: Desk, name: str) -> str:
    told = ("village", "add", "--name", name, "--town", "云岭镇")
    return str(desk.do("--json", *told).json["data"]["id"])


def entered(source: Path, folder: Path) -> Desk:
    said = lianxin("enter", str(source), str(folder), "--name", "下村的笔记本", cwd=source.parent)
    assert said.code == 0, said.err
    return elsewhere(folder)


def test_a_clone_writes_nothing_until_it_has_a_letter(desk: Desk, tmp_path: Path) -> None:
    desk.git("clone", "-q", str(desk.root), str(tmp_path / "克隆"))
    clone = elsewhere(tmp_path / "克隆")
    refused = clone.say("village", "add", "--name", "甲村", "--town", "云岭镇")
    assert (refused.code, "lianxin station" in refused.err) == (3, True)
    assert "松坪村" in clone.do("village", "list").out
    assert "现在只能看" in clone.do("doctor").out
    assert "B 台（村里）" in clone.do("station", "--name", "村里").out
    assert "这台机器在账本里是 B 台" in clone.do("doctor").out.replace("\n", "")
    assert village(clone, "甲村") == "CUN-B0001"
    assert "CUN-B0001" in clone.do("undo", "--yes").out
    assert "没有可以撤销的了" in clone.say("undo", "--yes").err  # a letter stays


def test_a_copied_folder_is_found_out_and_a_moved_one_is_not(desk: Desk, tmp_path: Path) -> None:
    assert village(desk, "甲村") == "CUN-A0002"  # now it knows its place
    shutil.copytree(desk.root, tmp_path / "拷贝")
    copy = elsewhere(tmp_path / "拷贝")
    refused = copy.say("village", "add", "--name", "乙村", "--town", "云岭镇")
    assert (refused.code, "从 A 台拷来的" in refused.err) == (3, True)
    desk.root = desk.root.rename(tmp_path / "搬家")
    assert village(desk, "乙村") == "CUN-A0003"
    screen = Terminal(copy)
    screen.wait_for("n 新记")
    screen.type("n")
    screen.wait_for("记什么？")
    screen.type("2")
    screen.wait_for("请先按 q 离开")  # nobody is asked beneath the screen
    screen.type("q")
    assert screen.end() == 0
    terminal = Terminal(copy, "village", "add", "--name", "丙村", "--town", "云岭镇")
    terminal.wait_for("这台算哪一台？")
    terminal.type(ENTER)
    terminal.wait_for("大家怎么叫这一台")
    terminal.type(ENTER)
    terminal.wait_for("CUN-B0001）")
    assert terminal.end() == 0


def test_a_ledger_from_before_there_were_desks_goes_on_as_the_first(desk: Desk) -> None:
    desk.git("rm", "-q", "stations.yaml")
    desk.git("commit", "-q", "-m", "从前没有")
    desk.git("config", "--remove-section", "lianxin")
    tried = desk.do("--dry-run", "village", "add", "--name", "甲村", "--town", "云岭镇")
    assert "CUN-A0002" in tried.out
    assert not (desk.root / "stations.yaml").exists()
    said = desk.do("village", "add", "--name", "甲村", "--town", "云岭镇")
    assert "A 台" in said.err
    assert desk.git("log", "-2", "--format=%s").splitlines() == ["CUN-A0002 新增村", "A 台：认领字母"]
    assert "A 台" not in desk.do("village", "edit", "甲村", "--households", "9").err
    (desk.root / "stations.yaml").write_text("A: 党建办\n", encoding="utf-8")  # as it was first written
    assert "P051" not in desk.say("check").out


@pytest.mark.parametrize("bare", [True, False])
def test_a_second_desk_enters_and_is_known_where_that_can_be(desk: Desk, tmp_path: Path, bare: bool) -> None:
    source = tmp_path / "优盘" / "台账.git" if bare else desk.root
    if bare:
        desk.git("clone", "-q", "--bare", str(desk.root), str(source))
    second = entered(source.parent if bare else source, tmp_path / "下村")
    assert village(second, "乙村") == "CUN-B0001"
    third = entered(source, tmp_path / "第三台")
    assert village(third, "丙村") == ("CUN-C0001" if bare else "CUN-B0001")
    assert second.git("config", "remote.origin.url").strip() == str(source)
    assert second.do("check").code == 0


def test_who_enters_at_the_same_moment_takes_the_next_letter(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "台账.git"
    desk.git("clone", "-q", "--bare", str(desk.root), str(stick))
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda n: entered(stick, tmp_path / f"台{n}"), range(3)))
    assert sorted(village(one, "乙村") for one in made) == ["CUN-B0001", "CUN-C0001", "CUN-D0001"]


def test_a_history_that_was_cut_is_no_place_to_begin_from(desk: Desk, tmp_path: Path) -> None:
    desk.git("clone", "-q", "--depth", "1", f"file://{desk.root}", str(tmp_path / "浅"))
    said = lianxin("enter", str(tmp_path / "浅"), str(tmp_path / "新"), cwd=tmp_path)
    assert (said.code, "不是完整的一本" in said.err, (tmp_path / "新").exists()) == (3, True, False)


def test_over_ssh_it_is_git_that_goes_there(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "server" / "book.git"
    desk.git("clone", "-q", "--bare", str(desk.root), str(stick))
    (tmp_path / "bin").mkdir()
    ssh = tmp_path / "bin" / "ssh"
    ssh.write_text('#!/bin/sh\nfor word; do last="$word"; done\nexec sh -c "$last"\n')
    ssh.chmod(0o755)
    import os

    path = {"PATH": f"{ssh.parent}{os.pathsep}{os.environ['PATH']}"}
    said = lianxin("enter", f"clerk@office:{stick}", str(tmp_path / "远"), cwd=tmp_path, env=path)
    assert said.code == 0, said.err
    assert "那边已经记下这一台" in said.out
    assert "字母: B" in desk.git("--git-dir", str(stick), "show", "main:stations.yaml")
