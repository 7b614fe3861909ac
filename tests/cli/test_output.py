"""Where documents go: masked in files and pipes, whole and private on disk, JSON with English keys."""

from __future__ import annotations

import json
import sqlite3
import stat
from pathlib import Path

import openpyxl
import pytest
from tests.cli.desk import TRIAGE, Desk

from lianxin.kinds import KINDS

pytestmark = pytest.mark.slow  # it takes long

SECRETS = ("李桂兰", "13900001234")


@pytest.mark.parametrize("format_", ["terminal", "md", "csv", "html", "json"])
@pytest.mark.parametrize("words", ["ledger 问题台账", "ledger 走访台账", "handbook", "household list", "show HU-A0001"])
def test_pipes_are_masked_unless_internal(heard: Desk, words: str, format_: str) -> None:
    said = heard.do(*words.split(), "-f", format_)
    assert not [secret for secret in SECRETS if secret in said.out]
    clear = heard.do("--internal", *words.split(), "-f", format_)
    assert "李桂兰" in clear.out


def test_files_are_masked_whole_and_their_owners_alone(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    book = tmp_path / "台账.xlsx"
    desk.do("ledger", "问题台账", "-o", str(book))
    cells = [str(cell.value) for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row]
    assert any("李*" in cell for cell in cells)
    assert not [cell for cell in cells if any(secret in cell for secret in SECRETS)]
    assert stat.S_IMODE(book.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".lianxin")] == []
    said = desk.say("ledger", "问题台账", "-o", str(tmp_path / "没有这个目录" / "a.html"))
    assert said.code == 3


def test_records_are_readable_by_their_owner_alone(desk: Desk) -> None:
    id_ = desk.take_down()
    path = desk.root / "issues" / "2026" / f"{id_}.yaml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_json_is_the_same_by_any_of_its_flags(desk: Desk) -> None:
    desk.take_down()
    one = desk.do("--json", "issue", "list").out
    assert one == desk.do("issue", "list", "-f", "json").out == desk.do("issue", "list", "--format", "json").out
    made = json.loads(one)
    assert set(made) >= {"schema", "commit", "as_of", "data"}
    assert made["as_of"] == "2026-03-06"
    assert made["commit"] == desk.git("rev-parse", "HEAD").strip()


def test_a_form_of_ones_own_adds_a_ledger_and_overrides_one(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    forms = desk.root / "forms"
    forms.mkdir()
    (forms / "月报.yaml").write_text(
        "名称: 县月报\n种类: 问题\n列:\n  - 序号\n"
        "  - {字段: [所属村, 所属组], 表头: 地点}\n  - {字段: 类别, 表头: 问题类型}\n"
        "筛选: 状态=已受理\n期间字段: 反映时间\n",
        encoding="utf-8",
    )
    out = desk.do("ledger", "县月报", "-f", "csv", "--period", "2026-03").out
    assert "序号,地点,问题类型" in out.replace('"', "")
    assert "松坪村一组" in out
    assert "道路交通" in out
    assert "道路交通" not in desk.do("ledger", "县月报", "-f", "csv", "--period", "2026-02").out
    assert "县月报" in desk.do("ledger").out


def test_filters_mean_the_same_everywhere(desk: Desk) -> None:
    id_ = desk.take_down()
    for condition in ("状态=待研判", "所属村=松坪村", "反映时间>=2026-03-02", "事由~渠", "联系户=李桂兰", "类别="):
        assert id_ in desk.do("issue", "list", condition).out, condition
        assert id_ in desk.do("ledger", "问题台账", "--where", condition, "-f", "csv").out, condition
    assert id_ not in desk.do("issue", "list", "状态=待研判", "所属村!=松坪村").out


def test_sql_reads_and_only_reads(desk: Desk) -> None:
    id_ = desk.take_down()
    assert id_ in desk.do("sql", "SELECT 编号, 状态 FROM 问题").out
    for statement in (
        "DELETE FROM issue",
        "UPDATE issue SET summary = ''",
        "ATTACH 'x.db' AS x",
        "PRAGMA user_version = 9",
    ):
        assert desk.say("sql", statement).code == 2, statement
    assert "查出来的太大" in desk.say("sql", "SELECT hex(zeroblob(20000000))").err
    assert desk.state(id_) == "待研判"
    assert not (desk.root / "x.db").exists()


def test_schema_files_are_for_every_kind(desk: Desk, tmp_path: Path) -> None:
    desk.do("schema", "-o", str(tmp_path / "schema"))
    made = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "schema").iterdir()}
    assert set(made) == {f"{kind.name}.schema.json" for kind in KINDS}
    assert "反映人" in made["issue.schema.json"]["properties"]


def test_log_tells_commits_and_steps(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    out = desk.do("log", id_).out
    assert "新增问题" in out
    assert "受理 村" in out
    assert "何小满" in out


def test_doctor_names_what_is_wrong(desk: Desk) -> None:
    said = desk.say("doctor")
    assert "git 身份" in said.out
    assert "索引" in said.out
    git = desk.root / ".git"
    for lock in ("index.lock", "HEAD.lock", "refs/heads/main.lock"):
        (git / lock).touch()
        said = desk.say("doctor", env={"COLUMNS": "200"})
        assert (said.code, lock in said.out) == (1, True)
        (git / lock).unlink()
    (git / "index.lock").write_bytes(b"lianxin 7\n")
    (git / "lianxin" / "index.damaged-7").touch()
    said = desk.say("doctor", env={"COLUMNS": "200"})
    assert (said.code, "会先收好" in said.out, "index.damaged-7" in said.out) == (0, True, True)


def test_doctor_makes_the_index_anew_and_tells_in_what_it_was_wrong(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "list")
    index = desk.root / ".git" / "lianxin" / "index.db"
    connection = sqlite3.connect(index)
    connection.create_function("as_read", 1, lambda value: value)
    with connection:
        connection.execute("UPDATE issue SET summary = '改过的'")
    connection.close()
    said = desk.say("doctor", "--rebuild", env={"COLUMNS": "200"})
    assert (said.code, f"{id_}（事由）" in said.out) == (1, True), said
    said = desk.say("doctor", "--rebuild", env={"COLUMNS": "200"})
    assert (said.code, "与原来的一字不差" in said.out) == (0, True), said


def test_doctor_and_pdf_agree_on_the_typefaces(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    paper = tmp_path / "台账.pdf"
    found = next(line for line in desk.say("doctor").out.splitlines() if line.startswith("中文字体"))
    said = desk.say("ledger", "问题台账", "-o", str(paper))
    assert (said.code, paper.exists()) == ((0, True) if "正常" in found else (3, False)), found + said.err
    # a folder of one's own without a typeface in it changes nothing
    again = desk.say("doctor", env={"LIANXIN_FONTS": str(tmp_path)}).out
    assert found in again.splitlines()


def test_several_ledgers_make_one_workbook(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    whole, two = tmp_path / "本月.xlsx", tmp_path / "两种.xlsx"
    desk.do("ledger", "--all", "--period", "2026-03", "-o", str(whole))
    names = [row["name"] for row in desk.do("--json", "ledger").json["data"]["items"]]
    book = openpyxl.load_workbook(whole)
    assert names[0] == "问题台账"
    assert book.sheetnames == ["目录", *names]
    ledgers = book.worksheets[1:]
    assert [sheet["A1"].value for sheet in ledgers] == names
    assert {str(sheet["A2"].value).partition("（")[0] for sheet in ledgers} == {"2026-03"}
    desk.do("ledger", "走访台账", "问题台账", "-o", str(two))
    assert openpyxl.load_workbook(two).sheetnames == ["走访台账", "问题台账"]
    assert desk.say("ledger", "问题台账", "--all").code == 2
    said = desk.say("ledger", "走访台账", "问题台账", "--where", "编号=1")
    assert said.code == 2
    assert "一种一种地出" in said.err


def test_what_is_handed_over_is_masked_in_files(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    pack = tmp_path / "接手包.html"
    desk.do("handover", "-o", str(pack))
    text = pack.read_text("utf-8")
    assert "接手包" in text
    assert "没有销号的问题" in text
    assert not [secret for secret in SECRETS if secret in text]
    assert desk.do("--json", "handover").json["schema"] == "lianxin/handover/1"
