"""What is written by hand is held to what commands hold to: refused, or told, when it is committed."""

from __future__ import annotations

import pytest
from tests.cli.desk import Desk

HOUSEHOLD = "households/HU-A0001.yaml"


def changed(desk: Desk, path: str, old: str, new: str) -> None:
    """A file as an editor leaves it."""
    file = desk.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def refused(desk: Desk, *words: str) -> str:
    """What a command says that must not commit."""
    head = desk.git("rev-parse", "HEAD")
    said = desk.say(*words)
    assert said.code in (2, 3), said
    assert desk.git("rev-parse", "HEAD") == head
    return said.err


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        (HOUSEHOLD, "所属组: 一组", "所属组: 九十九组", "HU-A0001：松坪村没有"),
        ("villages/CUN-A0001.yaml", "  - 一组\n", "", "HU-A0001：松坪村没有"),
        (HOUSEHOLD, "所属村: CUN-A0001", "所属村: CUN-A0007", "没有编号为 CUN-A0007 的记录"),
        (HOUSEHOLD, "电话:", '身份证号: "43010219650312123"\n电话:', "身份证号：应为 18 位，这里是 17 位"),
        (HOUSEHOLD, "户主: 李桂兰", "户主: HU-A0003", "户主：写的是编号或数字"),
    ],
)
def test_what_commands_refuse_is_not_committed(desk: Desk, path: str, old: str, new: str, told: str) -> None:
    changed(desk, path, old, new)
    assert told in refused(desk, "commit")
    kind, id_ = path.partition("/")[0].removesuffix("s"), path.rpartition("/")[2].removesuffix(".yaml")
    assert told in refused(desk, kind, "edit", id_, "--notes", "记一笔")
    assert desk.say("check").code == 1 or "D013" in desk.say("check").out


def test_what_belongs_together_is_committed_together(desk: Desk) -> None:
    changed(desk, "villages/CUN-A0001.yaml", "  - 一组\n", "  - 东组\n")
    changed(desk, HOUSEHOLD, "所属组: 一组", "所属组: 东组")
    changed(desk, "visits/2026/ZF-2026-A0001.yaml", "所属组: 一组", "所属组: 东组")
    assert "提醒" not in desk.do("commit").out


def test_a_likely_twin_is_told_of(desk: Desk) -> None:
    desk.do("village", "add", "--name", "柏溪村", "--town", "云岭镇")
    changed(desk, "villages/CUN-A0002.yaml", "柏溪村", "松坪村")
    told = "提醒：CUN-A0002：与 CUN-A0001 同乡镇同名，可能是同一个村"
    assert told in desk.do("--dry-run", "commit").out
    assert told in desk.do("commit").out
    changed(desk, "villages/CUN-A0002.yaml", "类型: 村", "户数: 40\n类型: 村")
    assert "提醒" not in desk.do("commit").out  # it was told before


def test_a_name_changed_into_anothers_is_told_of(desk: Desk) -> None:
    desk.do("village", "add", "--name", "柏溪村", "--town", "云岭镇")
    desk.do("org", "add", "--name", "镇司法所", "--level", "镇")
    said = desk.do("village", "edit", "柏溪村", "--name", "松 坪村")
    assert "请留意：与 CUN-A0001 同乡镇同名" in said.err
    assert "请留意" not in desk.do("village", "edit", "CUN-A0002", "--households", "40").err
    assert "请留意：与 DW-A0002 同名" in desk.do("org", "edit", "镇司法所", "--name", "镇水利站").err


def test_a_number_taken_back_is_not_used_again(desk: Desk) -> None:
    desk.do("village", "add", "--name", "柏溪村", "--town", "云岭镇")
    text = (desk.root / "villages/CUN-A0002.yaml").read_text(encoding="utf-8")
    desk.do("undo", "--yes")
    file = desk.root / "villages" / "CUN-A0002.yaml"
    file.write_text(text.replace("柏溪村", "竹溪村"), encoding="utf-8")
    assert "编号 CUN-A0002 从前给过一份记录，那份撤去了，编号也不再给别的用" in refused(desk, "commit")
    assert "编号 CUN-A0002 从前给过" in refused(desk, "village", "edit", "CUN-A0002", "--households", "4")
    file.unlink()
    fresh = desk.root / "villages" / "CUN-A0003.yaml"
    fresh.write_text(text.replace("CUN-A0002", "CUN-A0003"), encoding="utf-8")
    desk.do("commit")


@pytest.mark.parametrize("words", ["--groups +一组", "--groups +三组、三组", "--groups 2:一组"])
def test_a_list_of_words_holds_each_once(desk: Desk, words: str) -> None:
    said = desk.say("village", "edit", "松坪村", *words.split())
    assert (said.code, "不用再写一遍" in said.err) == (2, True), said


def test_a_list_of_records_holds_each_once(desk: Desk) -> None:
    said = desk.say("household", "edit", "李桂兰", "--contacts", "+RY-A0001")
    assert (said.code, "联系人里已经有" in said.err) == (2, True), said
    new = ("household", "add", "--head", "周满", "--village", "松坪村", "--contacts", "石勇", "--contacts", "RY-A0002")
    assert "联系人里已经有" in desk.say(*new).err


@pytest.mark.parametrize("head", ["HU-A0001", "3", "３", "A0001"])
def test_a_number_is_nobodys_name(desk: Desk, head: str) -> None:
    said = desk.say("household", "add", "--head", head, "--village", "松坪村")
    assert (said.code, "写的是编号或数字，不是姓名" in said.err) == (2, True), said
