"""注销: what identifies somebody leaves the ledger and whatever is kept beside it; nothing else changes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.cli.desk import MINUTE, TODAY, Desk
from tests.pictures import photograph

REQUEST = ("--why", "本人申请", "--paper", "申〔2026〕1号")
HEAD, PHONE, HOME, CARD = "李桂兰", "13900001234", "松坪村一组17号", "11010519491231002X"
KIN = "周大年"


@pytest.fixture
def told(desk: Desk, tmp_path: Path) -> Desk:
    """A household of whom much is written: members, an address, an issue, a picture, words of others, a draft."""
    home = desk.root / "households" / "HU-A0001.yaml"
    more = f"家庭成员:\n  - 姓名: {HEAD}\n  - 姓名: {KIN}\n    标签:\n      - 残疾\n身份证号: {CARD}\n住址: {HOME}\n"
    home.write_text(f"# {HEAD}是老党员\n{home.read_text(encoding='utf-8')}{more}备注: 独居\n", encoding="utf-8")
    desk.do("fmt", str(home))
    desk.do("commit")
    heard = f"{KIN}说，桂兰家的水不通，打 139 0000 1234 找她"
    desk.do("visit", "edit", "ZF-2026-A0001", "--family", "老两口带一个孙子", "--heard", heard)
    id_ = desk.take_down()
    desk.lay_open(id_)
    desk.do("issue", "edit", id_, "--words", f"李 桂兰讲上头那截渠淤得水都过不来（{PHONE}）", "--why", "记全")
    desk.do("issue", "progress", id_, "--text", f"和{HEAD}一起看过渠")
    photo = photograph(tmp_path / f"{HEAD}家.jpg")
    desk.do("evidence", "add", "--about", "HU-A0001", "--file", str(photo), "--shows", f"{HEAD}家门口")
    desk.do("evidence", "add", "--about", id_, "--file", str(photograph(tmp_path / "渠.jpg", size=(300, 200))))
    desk.do(
        "visit",
        "add",
        "--day",
        "2026-03-04",
        "--visitors",
        "何小满",
        "--village",
        "松坪村",
        "--way",
        "座谈",
        "--people",
        KIN,
    )
    drafts = desk.root / ".git" / "lianxin" / "index.draft"
    drafts.mkdir(exist_ok=True)
    for name in ("issue-add", "household-edit-HU-A0001"):
        (drafts / f"{name}.json").write_text(
            json.dumps({"answers": {"words": f"{HEAD}家的灯"}, "half": {}, "day": TODAY}, ensure_ascii=False)
        )
    return desk


def _holding(desk: Desk, *words: str) -> list[str]:
    """Files of the ledger, and beside the index, that hold one of some words."""
    inside = [
        path for path in desk.root.rglob("*") if path.is_file() and ".git" not in path.relative_to(desk.root).parts
    ]
    inside += [path for path in (desk.root / ".git" / "lianxin").rglob("*") if path.is_file()]
    return [path.name for path in inside if any(word.encode() in path.read_bytes() for word in words)]


def _figures(desk: Desk) -> object:
    return list(desk.do("--json", "figures").json["data"]["items"])


def test_whoever_asks_for_it_is_in_no_file_any_more_and_is_counted_all_the_same(told: Desk) -> None:
    before, many = _figures(told), len(list(told.root.rglob("*.yaml")))
    shown = told.do("--dry-run", "household", "erase", HEAD, *REQUEST).out
    assert ("WT-2026-A0001 的" in shown, "更正的新值" in shown, "没有写入" in shown) == (True, True, True)
    said = told.do("--yes", "household", "erase", HEAD, *REQUEST).out
    assert ("文件 attachments/" in said, "没写完的 2 份" in said, "从前的版本" in said) == (True, True, True), said
    told.do("check")
    told.do("find", "渠")
    told.do("today")
    assert _holding(told, HEAD, "桂兰", KIN, PHONE, "139 0000 1234", HOME, CARD, "独居", "带一个孙子") == []
    assert (_figures(told), len(list(told.root.rglob("*.yaml")))) == (before, many)
    assert told.git("status", "--porcelain") == ""
    home = (told.root / "households" / "HU-A0001.yaml").read_text(encoding="utf-8")
    assert ("户主: 已注销1" in home, "- 残疾" in home, "依据: 依法申请" in home) == (True, True, True)
    words = told.text("WT-2026-A0001")
    assert ("已注销1讲上头那截渠" in words, "和已注销1一起看过渠" in words) == (True, True), words
    visit = (told.root / "visits" / "2026" / "ZF-2026-A0001.yaml").read_text(encoding="utf-8")
    assert "已注销2说，已注销1家的水不通" in visit
    assert "已注销2" in (told.root / "visits" / "2026" / "ZF-2026-A0002.yaml").read_text(encoding="utf-8")
    page = told.do("--internal", "show", "WT-2026-A0001").out
    assert "已注销1（HU-A0001）" in page
    assert "文件已注销" in told.do("--internal", "show", "HU-A0001").out
    assert HEAD not in told.git("log", "-1", "--format=%B")
    assert "HU-A0001 注销个人信息" in told.do("log", "WT-2026-A0001").out
    audited = told.do("audit").out
    assert ("没有查出问题" in audited, "HU-A0001 注销个人信息" in audited) == (True, True), audited
    undone = told.say("undo", "--yes")
    assert (undone.code, "注销不能撤销" in undone.err, "再往前能撤的是「ZF-2026-A0002" in undone.err) == (3, True, True)
    assert told.say("--yes", "household", "erase", "HU-A0001", *REQUEST).code == 3


def test_what_was_done_before_is_taken_back_where_nobody_comes_back_by_it(desk: Desk) -> None:
    desk.do("person", "edit", "石勇", "--notes", "和李桂兰家熟")
    desk.do("person", "edit", "石勇", "--notes", "熟悉一组")
    desk.do("org", "edit", "镇水利站", "--short", "水利")
    desk.do("--yes", "household", "erase", "李桂兰", *REQUEST)
    said = desk.say("--yes", "undo")
    assert (said.code, "修改单位：简称」，要撤那一条请加 --往前" in said.err) == (3, True), said.err
    done = desk.do("--yes", "undo", "--往前").out
    assert ("「HU-A0001 注销个人信息」不能撤销，留着" in done, "恢复成原来的样子" in done) == (True, True), done
    back = desk.say("--yes", "undo", "--往前")
    assert (back.code, "从前写着的人后来注销了（HU-A0001）" in back.err) == (3, True), back.err
    assert "没有查出问题" in desk.do("audit").out


def test_it_is_refused_before_its_term_and_done_after(desk: Desk) -> None:
    said = desk.say("--yes", "household", "erase", "李桂兰")
    assert (said.code, "保存期限还没有起算" in said.err) == (2, True)
    assert desk.say("--yes", "household", "erase", "李桂兰", "--why", "申请").code == 2
    assert desk.say("household", "erase", "李桂兰", *REQUEST).code == 3  # nobody can be asked
    desk.do("household", "end", "李桂兰", "--why", "迁出", "--on", "2026-03-01")
    soon, then = f"2029-02-28 {MINUTE}", f"2029-03-01 {MINUTE}"
    early = desk.say("--yes", "household", "erase", "HU-A0001", today=soon)
    assert (early.code, "要到 2029-03-01 才满" in early.err) == (2, True)
    assert "H013" not in desk.say("check", "--hints", today=soon).out
    assert "HU-A0001.yaml:1:1 H013" in desk.say("check", "--hints", today=then).out
    assert "1 份记录的个人信息到期该注销（联系户 1）" in desk.do("today", today=then).out
    assert "保存期满" in desk.do("--yes", "household", "erase", "HU-A0001", today=then).out
    assert "H013" not in desk.say("check", "--hints", today=then).out


def test_another_of_that_name_stays(desk: Desk) -> None:
    desk.do(
        "--yes",
        "household",
        "add",
        "--head",
        "李桂兰",
        "--village",
        "松坪村",
        "--group",
        "二组",
        "--phone",
        "13900007777",
    )
    for group in ("一组", "二组"):
        told = ("--village", "松坪村", "--group", group, "--channel", "电话", "--raised", "今天", "--level", "村")
        desk.do(
            "--yes", "issue", "add", *told, "--anonymous", "是", "--summary", "路", "--words", f"李桂兰门口{group}的路"
        )
    said = desk.do("--yes", "household", "erase", "HU-A0001", *REQUEST).out
    assert ("没有动 WT-2026-A0001" in said, "没有动 HU-A0002" in said) == (True, True), said
    assert "户主: 李桂兰" in (desk.root / "households" / "HU-A0002.yaml").read_text(encoding="utf-8")
    assert "李桂兰门口" in desk.text("WT-2026-A0001")


def test_a_reporter_of_no_household_a_visitor_met_and_a_cadre_can_be_taken_out_too(desk: Desk) -> None:
    told = ("--village", "松坪村", "--channel", "电话", "--raised", "今天", "--level", "村")
    for n in "12":
        desk.do(
            "--yes",
            "issue",
            "add",
            *told,
            "--summary",
            f"路灯{n}不亮",
            "--reporter",
            "巫山月",
            "--phone",
            "13900005555",
            "--words",
            f"巫山月说灯{n}不亮",
        )
    before = _figures(desk)
    desk.do("--yes", "issue", "erase", "WT-2026-A0001", *REQUEST)
    assert "反映人: 已注销1" in desk.text("WT-2026-A0002")  # the same one, counted once as before
    assert _figures(desk) == before
    desk.do("--yes", "person", "edit", "石勇", "--phone", "13900006666", "--birthday", "1980-05-06")
    assert desk.say("--yes", "person", "erase", "何小满", *REQUEST).code == 3
    desk.do("--yes", "person", "erase", "石勇", *REQUEST)
    text = (desk.root / "people" / "RY-A0002.yaml").read_text(encoding="utf-8")
    assert ("姓名: 已注销" in text, "出生年份: 1980" in text, "石勇" in text, "05-06" in text) == (
        True,
        True,
        False,
        False,
    )
    desk.do("check")


def test_what_calls_itself_so_and_does_more_is_found_out(desk: Desk) -> None:
    id_ = desk.take_down()
    path = desk.root / "issues" / "2026" / f"{id_}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("一组十几户", "二组十几户"), encoding="utf-8")
    told = f"Record: {id_}\nStep: erase\nActor: RY-A0001\nCommand: 00aa00aa00"
    desk.git("commit", "-qam", f"{id_} 注销个人信息\n\n{told}")
    found = desk.say("audit")
    assert (found.code, "登记的「何人」被改了" in found.out, "却不只去掉了个人信息" in found.out) == (1, True, True)


#: A day of the year after.
LATER = f"2027-01-15 {MINUTE}"


@pytest.mark.slow  # it takes long
def test_whoever_is_in_a_closed_year_is_taken_out_of_it_and_its_list_is_made_anew(told: Desk) -> None:
    photo = photograph(told.root.parent / "门.jpg", size=(80, 60))
    told.do("evidence", "add", "--about", "ZF-2026-A0001", "--about", "HU-A0001", "--file", str(photo))
    told.do("--yes", "archive", "2026", today=LATER)
    told.do("--yes", "archive", "2026", "--withdraw", "--why", f"{HEAD}要求改", today=LATER)
    told.do("--yes", "archive", "2026", today=LATER)
    before = told.do("--json", "figures", today=LATER).json["data"]["items"]
    path = told.root / "archive" / "2026" / "visits" / "2026" / "ZF-2026-A0001.yaml"
    held = path.read_bytes()
    path.write_bytes(held + "备注: 改过\n".encode())
    refused = told.say("--yes", "household", "erase", HEAD, *REQUEST, today=LATER)
    assert (refused.code, "和归档时不一样，没有注销" in refused.err) == (3, True), refused.err
    path.write_bytes(held)
    said = told.do("--yes", "household", "erase", HEAD, *REQUEST, today=LATER).out
    assert "2026 年归档的清单照着换新的" in said
    assert _holding(told, HEAD, "桂兰", KIN, PHONE, HOME, CARD) == []
    assert told.do("--json", "figures", today=LATER).json["data"]["items"] == before
    closed = told.root / "archive" / "2026"
    summed = subprocess.run(("sha256sum", "-c", "--quiet", "SHA256SUMS"), cwd=closed, capture_output=True, check=False)
    assert (summed.returncode, summed.stdout) == (0, b"")
    listed = {line.partition("  ")[2] for line in (closed / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    there = {str(path.relative_to(closed)) for path in closed.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    assert listed == there
    noted = (told.root / "archive" / "withdrawn.txt").read_text(encoding="utf-8").splitlines()
    assert noted[0].endswith("已注销1要求改")
    assert "注销 HU-A0001 的个人信息  RY-A0001  依法申请 申〔2026〕1号 本人申请，2026 年归档的清单" in noted[1]
    assert "没有问题" in told.do("check", today=LATER).out
    assert "没有查出问题" in told.do("audit", today=LATER).out
