"""Ledgers that come back from others: of all kinds, through other programs, turned about, late, not of this office."""

from __future__ import annotations

import subprocess
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.actions.back.office import DEPT, SAMPLE, Department, Office, filled, rows_of

from lianxin.actions.back.told import Standing
from lianxin.core.document import Face
from lianxin.core.error import UsageError

pytestmark = pytest.mark.slow  # it takes long

OPEN = "状态!=已销号,作废"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office.sample(tmp_path_factory.mktemp("样例") / "台账")


@pytest.fixture
def office(sample: Office, tmp_path: Path) -> Office:
    return sample.copied(tmp_path / "台账")


def test_facts_of_other_kinds_are_changed_in_place_and_the_sender_is_named(office: Office, tmp_path: Path) -> None:
    path = office.send(tmp_path / "户.xlsx", "联系户台账", to="青篙村")
    ids = [str(row[1]) for row in rows_of(Department(path))]
    assert len(ids) == 8
    first, second = ids[:2]
    people = office.held(first)["联系人"]

    def fill(department: Department) -> None:
        department.fill(first, "住址", "青篙村三组晒谷坪旁")
        department.fill(second, "户类别", "低保户")
        department.fill(second, "联系人", f"{department.cells(department.row(first))[7]}、卢安")

    done = office.take(filled(path, fill))
    assert (done.refused, done.found.troubles, done.many) == ([], [], 3)
    assert office.held(first)["住址"] == "青篙村三组晒谷坪旁"
    assert office.held(second)["户类别"] == "低保"
    assert office.held(second)["联系人"] == [*people, "RY-A0014"]
    assert office.subject() == "回收 青篙村 填的联系户 2 条"
    assert office.take(path).found.same == 3

    projects = office.send(tmp_path / "项目.xlsx", "项目资金台账", "编号=XM-A0003,XM-A0004")

    def more(department: Department) -> None:
        department.fill("XM-A0003", "受益户数", 61)
        department.fill("XM-A0004", "验收日期", "2026.11.27")
        department.fill("XM-A0004", "已付资金", 5)

    done = office.take(filled(projects, more))
    assert ["「已付资金」" in one.place for one in done.found.troubles] == [True]
    assert office.held("XM-A0003")["受益户数"] == "61"
    assert office.held("XM-A0004")["验收日期"] == "2026-11-27", done.refused


def test_a_row_that_the_ledger_has_left_behind_waits_for_her_word(office: Office, tmp_path: Path) -> None:
    path = office.send(tmp_path / "填.xlsx", "问题台账", OPEN)
    early = office.send(tmp_path / "早.xlsx", "问题台账", OPEN)

    def first(department: Department) -> None:
        department.fill("WT-2026-A0061", "备注", "先说的")
        department.fill("WT-2026-A0043", "本次进展", "先报的进展")

    office.take(filled(path, first))

    def second(department: Department) -> None:
        department.fill("WT-2026-A0061", "备注", "后说的")
        department.fill("WT-2026-A0043", "办理结果", "修好了")
        department.fill("WT-2026-A0056", "备注", "没人动过")

    filled(early, second)
    head = office.head()
    found = office.look(early)
    told = {one.label + one.id: (one.sent, one.now, one.back, one.standing) for one in found.told}
    assert told["备注WT-2026-A0061"] == ("", "先说的", "后说的", Standing.CONFLICT)
    assert told["办理结果WT-2026-A0043"][3] is Standing.STALE
    done = office.take(early)
    assert [*done.taken] == ["WT-2026-A0056"]
    assert office.head() != head
    done = office.take(early, lambda one: one.standing is Standing.CONFLICT)
    assert [*done.taken] == ["WT-2026-A0061"]
    assert office.events("WT-2026-A0061")[-1].value == "后说的"


def test_what_is_emptied_is_never_taken_unasked(office: Office, tmp_path: Path) -> None:
    path = office.send(tmp_path / "户.xlsx", "联系户台账", to="青篙村")
    id_ = next(str(row[1]) for row in rows_of(Department(path)) if row[5])

    def fill(department: Department) -> None:
        department.fill(id_, "电话", None)

    assert office.take(filled(path, fill)).taken == {}
    done = office.take(path, lambda one: one.standing is Standing.EMPTIED)
    assert [*done.taken] == [id_]
    assert "电话" not in office.held(id_)


def test_rows_are_known_wherever_they_were_put(office: Office, tmp_path: Path) -> None:
    """Sorted backwards, columns turned round and renamed, a line over them, the rest on another sheet, all unhidden."""
    path = office.send(tmp_path / "填.xlsx", "问题台账", OPEN)

    def fill(department: Department) -> None:
        department.fill("WT-2026-A0061", "本次进展", "换了变压器")
        department.fill("WT-2026-A0043", "本次进展", "水源找到了")

    book = load_workbook(filled(path, fill))
    old = book.worksheets[0]
    rows = [list(reversed([cell.value for cell in row])) for row in old.iter_rows()]
    body = [row for row in rows if len(str(row[0])) > len("·")]
    heads = rows[: rows.index(body[0])]
    heads[-1][1:] = [f"新{word}" for word in heads[-1][1:]]
    new, rest = book.create_sheet("填好的", 0), book.create_sheet("另一页", 1)
    new.append(["（站长已审）"])
    for row in (*heads, *reversed(body[3:])):
        new.append(row)
    for row in body[:3]:
        rest.append(row)
    book.remove(old)
    for sheet in book.worksheets:
        sheet.sheet_state = "visible"
    book.save(path)
    done = office.look(path)
    assert {(one.id, one.back) for one in done.told} == {
        ("WT-2026-A0061", "换了变压器"),
        ("WT-2026-A0043", "水源找到了"),
    }
    assert [one.said for one in done.troubles if "「" not in one.place] == []


def test_without_the_hidden_column_rows_are_known_by_their_numbers(office: Office, tmp_path: Path) -> None:
    path = office.send(tmp_path / "填.xlsx", "问题台账", OPEN)

    def fill(department: Department) -> None:
        department.fill("WT-2026-A0061", "本次进展", "换了变压器")
        department.sheet.delete_cols(department.sheet.max_column)

    found = office.look(filled(path, fill))
    assert [(one.id, one.back) for one in found.told] == [("WT-2026-A0061", "换了变压器")]
    assert [one.said for one in found.troubles] == [
        "系统用的那一栏（隐藏的最后一栏）没有了，照「编号」认的行；下次请别删它"
    ]


def test_another_offices_sheet_and_a_spoiled_one_are_refused_whole(office: Office, tmp_path: Path) -> None:
    path = office.send(tmp_path / "填.xlsx", "问题台账", OPEN)
    book = load_workbook(path)
    book["系统用（请勿改动）"]["A2"].value += " "
    book.save(tmp_path / "坏.xlsx")
    with pytest.raises(UsageError, match="系统用的那一页被改动过"):
        office.look(tmp_path / "坏.xlsx")
    settings = office.root / "lianxin.yaml"
    settings.write_text(settings.read_text().replace("岫水镇", "临水镇"))
    with pytest.raises(UsageError, match=r"不是「临水镇.*一行也没有收"):
        office.look(path)


def test_every_shipped_ledger_that_can_be_sent_comes_back_untouched(office: Office, tmp_path: Path) -> None:
    names = [path.stem for path in sorted((SAMPLE.parent / "templates" / "ledgers").glob("*.yaml"))]
    with office.workspace().book() as book:
        secrets = {str(word) for row in book.sql("SELECT head, phone FROM household") for word in row if word}
    assert len(secrets) > 100
    left: dict[str, str] = {}
    sent = 0
    for face in Face:
        for name in names:
            path = tmp_path / f"{name}{face}.xlsx"
            try:
                office.send(path, name, "编号!=", face=face)
            except UsageError as error:
                left[name] = str(error)
                continue
            sent += 1
            found = office.look(path)
            assert (found.told, found.troubles, found.same) == ([], [], 0), (name, face)
            assert face is Face.INTERNAL or not secrets & said_in(path), name
            assert found.rows > 0
    assert sent > 2 * 15
    assert "要发出去填的，请用「项目资金台账」" in left["资金拨付台账"]
    why = ("占几行", "没有可以填的栏", "没有岫水镇平安法治办公室的记录")
    assert [name for name, said in left.items() if not any(word in said for word in why)] == []


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "et"])
def test_another_program_may_have_saved_it(office: Office, tmp_path: Path, suffix: str) -> None:
    """LibreOffice keeps dates, numbers and hidden sheets in its own way; what was not touched is not told of."""
    told = {}
    for name, id_, label, value, to in (
        ("问题台账", "WT-2026-A0061", "本次进展", "换了变压器", DEPT),
        ("项目资金台账", "XM-A0003", "受益户数", 61, DEPT),
        ("联系户台账", "", "住址", "青篙村三组晒谷坪旁", "青篙村"),
    ):
        where = () if name == "联系户台账" else ("编号!=", *([OPEN] if name == "问题台账" else []))
        path = office.send(tmp_path / f"{name}.xlsx", name, *where, to=to)
        wanted = id_ or str(rows_of(Department(path))[0][1])
        filled(path, partial(Department.fill, id_=wanted, label=label, value=value))
        found = office.look(saved_again(path, tmp_path / "又存", suffix))
        assert found.troubles == []
        told[name] = [(one.id == wanted, one.label, one.back) for one in found.told]
    assert told == {
        "问题台账": [(True, "本次进展", "换了变压器")],
        "项目资金台账": [(True, "受益户数", "61")],
        "联系户台账": [(True, "住址", "青篙村三组晒谷坪旁")],
    }


def saved_again(path: Path, folder: Path, suffix: str) -> Path:
    kind = "xls" if suffix == "et" else suffix
    words = ("soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", kind)
    subprocess.run((*words, "--outdir", folder, path), check=True, capture_output=True, timeout=180)
    made = folder / f"{path.stem}.{kind}"
    return made.rename(made.with_suffix(".et")) if suffix == "et" else made


def said_in(path: Path) -> set[str]:
    """Every text of a workbook, whatever hides it."""
    cells = [cell for sheet in load_workbook(path).worksheets for row in sheet.iter_rows() for cell in row]
    return {str(cell.value) for cell in cells} | {cell.comment.text for cell in cells if cell.comment}
