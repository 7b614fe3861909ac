"""Superiors' own forms: Word and Excel, one record or many; what is wrong with a form is said plainly."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.cli.desk import Desk

ONE = "WT-2026-A0001"


def word(path: Path, *paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> Path:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if rows:
        table = made.add_table(len(rows), len(rows[0]))
        for line, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, texts, strict=True):
                cell.text = text
    made.save(str(path))
    return path


def sheet(path: Path, *rows: tuple[str, ...]) -> Path:
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    for row in rows:
        active.append(row)
    book.save(path)
    return path


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs if paragraph.text]


def cells(path: Path, name: str = "") -> list[list[object]]:
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for row in (book[name] if name else book.worksheets[0]).iter_rows()]


@pytest.fixture
def issues(desk: Desk) -> Desk:
    desk.take_down()
    desk.do(
        *("issue", "add", "--village", "松坪村", "--reporter", "丁有田", "--channel", "微信", "--phone", "13700005678"),
        *("--summary", "二组路灯 & 线 <坏>", "--words", "灯不亮", "--raised", "2026-03-04"),
    )
    return desk


def test_a_word_form_is_filled_from_one_issue(issues: Desk, tmp_path: Path) -> None:
    form = word(
        tmp_path / "表.docx",
        "编号：{{ 编号 }}",
        "{{ 事由 }}（{{ 所属村 }}，{{ 所属村.乡镇 }}）",
        "{{ 本单位 }} {{ 今天 }}",
    )
    issues.do("fill", str(form), "--issue", "2", "-o", str(tmp_path / "好.docx"))
    assert texts(tmp_path / "好.docx") == [
        "编号：WT-2026-A0002",
        "二组路灯 & 线 <坏>（松坪村，云岭镇）",
        "云岭镇党建办 2026-03-06",
    ]


def test_a_word_form_without_loops_is_repeated_for_each(issues: Desk, tmp_path: Path) -> None:
    form = word(tmp_path / "表.docx", "第 {{ 序号 }} 件，共 {{ 件数 }} 件：{{ 编号 }}")
    issues.do("fill", str(form), "--issue", "1", "--issue", "2", "-o", str(tmp_path / "好.docx"))
    found = [text for text in texts(tmp_path / "好.docx") if text.strip()]
    assert found == ["第 1 件，共 2 件：WT-2026-A0001", "第 2 件，共 2 件：WT-2026-A0002"]


def test_a_word_table_has_a_line_for_each(issues: Desk, tmp_path: Path) -> None:
    rows = (
        ("编号", "事由"),
        ("{%tr for 行 in 记录 %}", ""),
        ("{{ 行.编号 }}", "{{ 行.事由 }}"),
        ("{%tr endfor %}", ""),
    )
    form = word(tmp_path / "表.docx", "清单", rows=rows)
    issues.do("fill", str(form), "--where", "所属村=松坪村", "-o", str(tmp_path / "好.docx"))
    table = docx.Document(str(tmp_path / "好.docx")).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["编号", "事由"],
        ["WT-2026-A0001", "一组的渠堵了"],
        ["WT-2026-A0002", "二组路灯 & 线 <坏>"],
    ]


def test_a_workbook_line_is_written_once_a_record_and_the_rest_moves_down(issues: Desk, tmp_path: Path) -> None:
    form = sheet(
        tmp_path / "表.xlsx", ("问题清单 {{ 今天 }}", ""), ("{{ 行.序号 }}", "{{ 行.编号 }}"), ("合计", "{{ 件数 }} 件")
    )
    issues.do("fill", str(form), "--issue", "1", "--issue", "2", "-o", str(tmp_path / "好.xlsx"))
    assert cells(tmp_path / "好.xlsx") == [
        ["问题清单 2026-03-06", None],
        ["1", "WT-2026-A0001"],
        ["2", "WT-2026-A0002"],
        ["合计", "2 件"],
    ]


def test_a_workbook_without_lines_gets_a_sheet_for_each(issues: Desk, tmp_path: Path) -> None:
    form = sheet(tmp_path / "表.xlsx", ("{{ 编号 }}", "{{ 联系电话 }}"))
    issues.do("--internal", "fill", str(form), "--issue", "1", "--issue", "2", "-o", str(tmp_path / "好.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "好.xlsx")
    assert sorted(page.title.split()[-1] for page in book) == ["WT-2026-A0001", "WT-2026-A0002"]
    phones = {page.cell(1, 2).value for page in book}
    assert phones == {"13900001234", "13700005678"}


def test_names_and_phones_are_masked_unless_internal(issues: Desk, tmp_path: Path) -> None:
    form = word(tmp_path / "表.docx", "{{ 反映人 }} {{ 联系电话 }}")
    issues.do("fill", str(form), "--issue", "2", "-o", str(tmp_path / "外.docx"))
    issues.do("--internal", "fill", str(form), "--issue", "2", "-o", str(tmp_path / "内.docx"))
    assert texts(tmp_path / "外.docx") == ["丁* 137****5678"]
    assert texts(tmp_path / "内.docx") == ["丁有田 13700005678"]


def test_the_same_filling_gives_the_same_bytes(issues: Desk, tmp_path: Path) -> None:
    for form in (word(tmp_path / "表.docx", "{{ 编号 }}"), sheet(tmp_path / "表.xlsx", ("{{ 编号 }}",))):
        first, second = tmp_path / f"一{form.suffix}", tmp_path / f"二{form.suffix}"
        for made in (first, second):
            issues.do("fill", str(form), "--issue", "1", "-o", str(made))
        assert first.read_bytes() == second.read_bytes()


def test_text_that_looks_like_a_formula_stays_text(issues: Desk, tmp_path: Path) -> None:
    issues.do(
        *("issue", "add", "--village", "松坪村", "--reporter", "丁有田", "--channel", "微信"),
        *("--summary", "=1+1", "--words", "{{ 7*7 }}", "--raised", "2026-03-04"),
    )
    form = sheet(tmp_path / "表.xlsx", ("{{ 事由 }}", "{{ 原话 }}"))
    issues.do("fill", str(form), "--issue", "3", "-o", str(tmp_path / "好.xlsx"))
    row = openpyxl.load_workbook(tmp_path / "好.xlsx").worksheets[0][1]
    assert [(cell.value, cell.data_type) for cell in row] == [("=1+1", "s"), ("{{ 7*7 }}", "s")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 责任部们 }} {{ 事田 }}", "「责任部们」；是不是「责任部门」"),
        ("{{ 编号 }", "标签写得不对"),
        ("{{ 编号.__class__ }}", "不认识的标签"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "没有尽头"),
        ("{% for a in range(999999999) %}{% endfor %}", "循环太长"),
    ],
)
def test_a_bad_form_is_refused_and_nothing_is_written(issues: Desk, tmp_path: Path, text: str, told: str) -> None:
    target = tmp_path / "好.docx"
    target.write_bytes(b"as it was")
    said = issues.say("fill", str(word(tmp_path / "表.docx", text)), "--issue", "1", "-o", str(target))
    assert said.code in (2, 3)
    assert told in said.err
    assert target.read_bytes() == b"as it was"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("表.docx", b"no zip", "打不开"),
        ("表.xlsx", b"no zip", "打不开"),
        ("表.xlsm", b"", "带宏"),
        ("表.doc", b"", "另存为 .docx"),
        ("表.pdf", b"", "只能填"),
    ],
)
def test_a_file_that_is_no_form_is_refused(issues: Desk, tmp_path: Path, name: str, content: bytes, told: str) -> None:
    form = tmp_path / name
    form.write_bytes(content)
    said = issues.say("fill", str(form), "--issue", "1", "-o", str(tmp_path / f"好{form.suffix}"))
    assert said.code in (2, 3)
    assert told in said.err


def test_a_package_that_is_no_document_is_refused(issues: Desk, tmp_path: Path) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("a.txt", "x")
    for suffix in (".docx", ".xlsx"):
        form = tmp_path / f"表{suffix}"
        form.write_bytes(made.getvalue())
        said = issues.say("fill", str(form), "--issue", "1", "-o", str(tmp_path / f"好{suffix}"))
        assert said.code == 3
        assert "打不开" in said.err


def test_the_tags_of_a_kind_are_listed(issues: Desk) -> None:
    said = issues.do("fill", "--tags", "issue")
    assert "{{ 责任部门 }}" in said.out
    assert "{{ 序号 }}" in said.out


def test_a_shipped_form_is_called_by_its_name(issues: Desk, tmp_path: Path) -> None:
    issues.do("--internal", "fill", "交办单", "--issue", "2", "-o", str(tmp_path / "单.docx"))
    table = docx.Document(str(tmp_path / "单.docx")).tables[0]
    said = {row.cells[0].text: row.cells[1].text for row in table.rows}
    assert said["编号"] == "WT-2026-A0002"
    assert said["内容"] == "灯不亮"


def test_an_own_form_of_the_same_name_wins(issues: Desk, tmp_path: Path) -> None:
    (issues.root / "forms").mkdir(exist_ok=True)
    word(issues.root / "forms" / "交办单.docx", "自己的 {{ 编号 }}")
    issues.do("fill", "交办单", "--issue", "2", "-o", str(tmp_path / "单.docx"))
    assert texts(tmp_path / "单.docx") == ["自己的 WT-2026-A0002"]


def test_cards_lie_two_side_by_side(issues: Desk, tmp_path: Path) -> None:
    for household in ("李桂兰", "丁有田", "吴水生"):
        if household != "李桂兰":
            issues.do("household", "add", "--head", household, "--village", "松坪村")
        issues.do(
            *(
                "pairing",
                "add",
                "--nature",
                "干部–户",
                "--first",
                "石勇",
                "--second",
                household,
                "--since",
                "2026-01-05",
            )
        )
    issues.do("--internal", "fill", "连心卡", "--kind", "结对", "--where", "甲方=石勇", "-o", str(tmp_path / "卡.docx"))
    table = docx.Document(str(tmp_path / "卡.docx")).tables[0]
    assert [len(row.cells) for row in table.rows] == [2, 2]
    whole = "\n".join(cell.text for row in table.rows for cell in row.cells)
    assert [whole.count(name) for name in ("李桂兰", "丁有田", "吴水生", "石勇")] == [1, 1, 1, 3]


def test_the_shipped_forms_are_as_their_script_makes_them() -> None:
    from scripts.pages import TARGET, pages

    assert {file.name: file.read_bytes() for file in TARGET.glob("*.docx")} == pages()


def test_a_form_nobody_knows_names_those_there_are(issues: Desk, tmp_path: Path) -> None:
    said = issues.say("fill", "交办表", "--issue", "2", "-o", str(tmp_path / "单.docx"))
    assert said.code == 2
    assert "交办单" in said.err
