"""What ``check`` says where others may read along: in pipes, in JSON and in the notes of a build."""

from __future__ import annotations

import json

import pytest
from tests.cli.desk import Desk
from tests.cli.terminal import Terminal

pytestmark = pytest.mark.slow  # it takes long

WAYS = (("check",), ("--json", "check"), ("check", "-f", "github"))
#: A telephone with a digit too many, a kind of household nobody knows, and a name where an id is due.
HOUSEHOLD = """编号: HU-A0002
户主: 冉金凤
所属村: CUN-A0001
户类别: 低保户
电话: "139208999133"
所属组: 张不在家
联系人:
  - 何小满
备注: 住在 #3号楼的冉金凤
"""
VISIT = """编号: ZF-2026-A0002
日期: 2026-03-03
走访人:
  - RY-A0001
走访户:
  - 李桂兰
走访方式: 入户访
"""
SECRETS = ("1392089", "冉金凤", "李桂兰", "3号楼", "低保户", "何小满", "张不在")


def _spoil(desk: Desk) -> None:
    (desk.root / "households" / "HU-A0002.yaml").write_text(HOUSEHOLD, encoding="utf-8")
    (desk.root / "visits" / "2026" / "ZF-2026-A0002.yaml").write_text(VISIT, encoding="utf-8")


@pytest.mark.parametrize("way", WAYS)
def test_a_pipe_is_told_of_nobody(desk: Desk, way: tuple[str, ...]) -> None:
    _spoil(desk)
    said = desk.say(*way)
    assert said.code == 1
    assert [secret for secret in SECRETS if secret in said.out] == []
    for code in ("F008", "F009", "F011"):
        assert code in said.out
    assert "不像电话号码，手机应为 11 位" in said.out


@pytest.mark.parametrize("way", WAYS)
def test_what_is_no_secret_is_quoted_all_the_same(desk: Desk, way: tuple[str, ...]) -> None:
    _spoil(desk)
    out = desk.say(*way).out
    assert "「走访方式」不能写「入户访」，是不是「入户」？" in out


@pytest.mark.parametrize("way", WAYS)
def test_the_inner_face_quotes_them(desk: Desk, way: tuple[str, ...]) -> None:
    _spoil(desk)
    out = desk.say("--internal", *way).out
    assert "电话：「139208999133」不像电话号码" in out
    assert "「户类别」不能写「低保户」，是不是「低保」？" in out
    assert "「走访户」应写编号，如 HU-A0001，不是「李桂兰」" in out


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_cannot_be_read_is_not_quoted(desk: Desk, way: tuple[str, ...]) -> None:
    (desk.root / "households" / "HU-A0002.yaml").write_bytes("户主: 冉金凤\n".encode("gbk"))
    said = desk.say(*way)
    assert "GBK" in said.out
    assert "户主" not in said.out
    assert "「户主: 冉金凤」" in desk.say("--internal", *way).out


@pytest.mark.parametrize("way", WAYS)
def test_a_comment_taken_for_words_is_not_quoted(desk: Desk, way: tuple[str, ...]) -> None:
    path = desk.root / "households" / "HU-A0001.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "备注: 住在 #3号楼\n", encoding="utf-8")
    said = desk.say(*way)
    assert "Y024" in said.out
    assert "3号楼" not in said.out


def test_a_correction_that_cannot_be_read_is_not_quoted(desk: Desk) -> None:
    id_ = desk.take_down()
    path = desk.root / "issues" / "2026" / f"{id_}.yaml"
    amend = (
        "事件:\n  - 编号: zz1\n    步骤: 更正\n    时间: 2026-03-06 10:00\n    记录时间: 2026-03-06 10:00\n"
        "    经办人: RY-A0001\n    字段: 联系电话\n    新值: '139208999133'\n    理由: 写错\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + amend, encoding="utf-8")
    said = desk.say("--json", "check")
    found = [one["message"] for one in json.loads(said.out)["data"]["problems"] if one["code"] == "L013"]
    assert found == ["「联系电话」的新值不合规定"]
    assert "139208999133" in desk.say("--internal", "check").out


def test_a_pack_for_whoever_comes_next_is_told_of_nobody(desk: Desk) -> None:
    _spoil(desk)
    said = desk.do("handover")
    assert "F008" in said.out
    assert [one for one in SECRETS[:-2] if one in said.out] == []  # the clerk is named


@pytest.mark.parametrize("line", ["户类别: 低保户", '电话: "1584234401O"', "联系人: [张不在]", "所属组: 张不在家"])
@pytest.mark.parametrize("way", [("check",), ("commit",)])
def test_a_refusal_tells_no_more_than_the_check(desk: Desk, way: tuple[str, ...], line: str) -> None:
    path = desk.root / "households" / "HU-A0001.yaml"
    label, _, value = line.partition(": ")
    text = path.read_text(encoding="utf-8").partition("联系人")[0]  # the last of them
    kept = [one for one in text.splitlines() if not one.startswith(label)]
    path.write_text("\n".join([*kept, line, ""]), encoding="utf-8")
    secret = value.strip('"[]')
    said = desk.say(*way)
    assert secret not in said.out + said.err
    if way[0] != "check" and "组" not in label:
        assert said.code in (2, 3)
        assert secret in desk.say("--internal", *way).err


def test_what_cannot_be_put_in_form_is_not_quoted(desk: Desk) -> None:
    path = desk.root / "households" / "HU-A0001.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "李桂兰: 又来\n李桂兰: 再来\n", encoding="utf-8")
    said = desk.say("fmt")
    assert (said.code, "李桂兰" in said.out + said.err, "「…」在同一处写了两遍" in said.out) == (1, False, True), said
    assert "「李桂兰」在同一处写了两遍" in desk.say("--internal", "fmt").out


def test_a_record_refused_is_not_quoted(desk: Desk) -> None:
    who = ("--reporter", "冉金凤", "--phone", "1390000", "--village", "松坪村")
    told = ("--raised", "2026-03-02", "--channel", "电话", "--summary", "渠堵了", "--words", "渠堵了", "--level", "镇")
    said = desk.say("issue", "add", *who, *told)
    assert (said.code, "1390000" in said.err, "联系电话：「…」不像电话号码" in said.err) == (2, False, True), said


def test_at_a_terminal_a_fault_is_told_by_record_and_field(desk: Desk) -> None:
    path = desk.root / "households" / "HU-A0001.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "户类别: 低保户\n", encoding="utf-8")
    for edited in (True, False):
        terminal = Terminal(desk, "检查")
        terminal.wait_for("HU-A0001：户类别")
        terminal.wait_for("（Y019）")
        terminal.wait_for("在文件 households/HU-A0001.yaml:" if edited else "改法")
        assert terminal.end() == 1
        if edited:
            desk.git("commit", "-aqm", "x")
    assert "households/HU-A0001.yaml:" in desk.say("check").out
