"""Superiors' own forms: Word and Excel, one record or many; what is wrong with a form is said plainly."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.cli.desk import Desk, lianxin

from lianxin.actions.paper.page import shipped
from lianxin.core.asset import sample

pytestmark = pytest.mark.slow  # it takes long

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


@pytest.fixture(scope="module")
def two(with_issue: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Desk.copied(with_issue, tmp_path_factory.mktemp("two"))
    desk.do(
        *("issue", "add", "--village", "松坪村", "--reporter", "丁有田", "--channel", "微信", "--phone", "13700005678"),
        *("--summary", "二组路灯 & 线 <坏>", "--words", "灯不亮", "--raised", "2026-03-04"),
    )
    return desk.root


@pytest.fixture
def issues(two: Path, tmp_path: Path) -> Desk:
    return Desk.copied(two, tmp_path)


def test_a_word_form_is_filled_from_one_issue(issues: Desk, tmp_path: Path) -> None:
    form = word(
        tmp_path / "表.docx",
        "编号：{{ 编号 }}",
        "{{ 事由 }}（{{ 所属村 }}，{{ 所属村.乡镇 }}）",
        "{{ 本单位 }} {{ 今天 }}",
    )
    issues.lay_open("2")
    issues.do("fill", str(form), "--issue", "2", "-o", str(tmp_path / "好.docx"))
    assert texts(tmp_path / "好.docx") == [
        "编号：WT-2026-A0002",
        "二组路灯 & 线 <坏>（松坪村，云岭镇）",
        "云岭镇党建办 2026年3月6日",
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
    issues.lay_open("2")
    issues.do("fill", str(form), "--where", "所属村=松坪村", "-o", str(tmp_path / "好.docx"))
    table = docx.Document(str(tmp_path / "好.docx")).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["编号", "事由"],
        ["WT-2026-A0001", "（个人事项）"],  # nobody has judged yet whose it is
        ["WT-2026-A0002", "二组路灯 & 线 <坏>"],
    ]


def test_a_workbook_line_is_written_once_a_record_and_the_rest_moves_down(issues: Desk, tmp_path: Path) -> None:
    form = sheet(
        tmp_path / "表.xlsx", ("问题清单 {{ 今天 }}", ""), ("{{ 行.序号 }}", "{{ 行.编号 }}"), ("合计", "{{ 件数 }} 件")
    )
    issues.do("fill", str(form), "--issue", "1", "--issue", "2", "-o", str(tmp_path / "好.xlsx"))
    assert cells(tmp_path / "好.xlsx") == [
        ["问题清单 2026年3月6日", None],
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
    issues.lay_open("2")
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
    issues.do("--internal", "fill", str(form), "--issue", "3", "-o", str(tmp_path / "好.xlsx"))
    row = openpyxl.load_workbook(tmp_path / "好.xlsx").worksheets[0][1]
    assert [(cell.value, cell.data_type) for cell in row] == [("=1+1", "s"), ("{{ 7*7 }}", "s")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 责任部们 }} {{ 事田 }}", "「责任部们」；是不是「责任部门」"),
        ("{{ 编号 }", "标签写得不对；标签写成"),
        ("{{ 编号 }} {{ 责任 部门 }}", "标签写得不对：{{ 责任 部门 }}"),
        ("{% for 行 in 记录 %}{{ 行.编号 }}", "标签写得不对；标签写成"),
        ("{{ 编号|大写 }}", "不能用的「大写」"),
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
    assert not re.search(r"expected|unexpected|undefined|filter|Encountered", said.err)
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


def blow(desk: Desk, matter: str, issue: str, *depts: str) -> None:
    """A whistle for some departments, led by the first."""
    summoned = [word for dept in depts for word in ("--summoned", f"部门={dept}")]
    words = f"--blown 2026-03-05 --by 云岭镇党委 --matter {matter} --issues {issue} --lead {depts[0]}".split()
    words[1] += " 09:00"
    desk.do("whistle", "add", *words, *summoned)


@pytest.fixture
def whistled(issues: Desk) -> Desk:
    """A whistle blown for the two departments there are."""
    issues.do("org", "add", "--name", "镇派出所", "--level", "镇", "--sector", "政法", "--department", "是")
    blow(issues, "清渠要两家一起上", "1", "镇水利站", "镇派出所")
    return issues


LIST = (
    ("部门", "措施"),
    ("{%tr for 项 in 报到部门 %}", ""),
    ("{{ 项.序号 }} {{ 项.部门 }}", "{{ 项.部门.类别 }}"),
    ("{%tr else %}", ""),
    ("没有", ""),
    ("{%tr endfor %}", ""),
)


def rows_of(path: Path) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables]


def test_a_list_of_a_record_is_laid_out_in_lines(whistled: Desk, tmp_path: Path) -> None:
    form = word(tmp_path / "表.docx", "{{ 事项 }}：{{ 报到部门 }} 家", rows=LIST)
    whistled.lay_open("1")
    whistled.do("fill", str(form), "--kind", "吹哨", "--where", "编号~CS", "-o", str(tmp_path / "好.docx"))
    assert texts(tmp_path / "好.docx") == ["清渠要两家一起上：2 家"]
    assert rows_of(tmp_path / "好.docx") == [[["部门", "措施"], ["1 镇水利站", "涉农"], ["2 镇派出所", "政法"]]]


def test_a_list_inside_the_rows_of_records_and_in_a_workbook(whistled: Desk, tmp_path: Path) -> None:
    blow(whistled, "再吹一次", "2", "镇派出所")
    whistled.lay_open("1")
    whistled.lay_open("2")
    form = word(
        tmp_path / "表.docx",
        *("{%p for 行 in 记录 %}", "{{ 行.事项 }}", "{%p for 项 in 行.报到部门 %}", "{{ 项.部门 }}", "{%p endfor %}"),
        *("{%p for 件 in 行.问题 %}", "{{ 件 }}，{{ 件.所属村 }}", "{%p endfor %}", "{%p endfor %}"),
    )
    chosen = ("--kind", "吹哨", "--id", "CS-2026-A0001", "--id", "CS-2026-A0002")
    whistled.do("fill", str(form), *chosen, "-o", str(tmp_path / "好.docx"))
    assert texts(tmp_path / "好.docx") == [
        *("清渠要两家一起上", "镇水利站", "镇派出所", "一组的渠堵了，松坪村"),
        *("再吹一次", "镇派出所", "二组路灯 & 线 <坏>，松坪村"),
    ]
    book = sheet(tmp_path / "表.xlsx", ("{{ 行.事项 }}", "{% for 项 in 行.报到部门 %}{{ 项.部门 }}；{% endfor %}"))
    whistled.do("fill", str(book), *chosen, "-o", str(tmp_path / "好.xlsx"))
    assert cells(tmp_path / "好.xlsx") == [["清渠要两家一起上", "镇水利站；镇派出所；"], ["再吹一次", "镇派出所；"]]


def test_a_record_without_any_part_says_so(issues: Desk, tmp_path: Path) -> None:
    rows = tuple(tuple(text.replace("报到部门", "配合单位") for text in row) for row in LIST)
    form = word(tmp_path / "表.docx", rows=(*rows[:2], ("{{ 项 }}", ""), *rows[3:]))
    issues.do("fill", str(form), "--issue", "1", "-o", str(tmp_path / "好.docx"))
    assert rows_of(tmp_path / "好.docx") == [[["部门", "措施"], ["没有", ""]]]


def test_parts_of_a_list_are_masked_like_everything_else(issues: Desk, tmp_path: Path) -> None:
    issues.do(
        *("household", "add", "--head", "丁有田", "--village", "松坪村"),
        *("--members", "姓名=丁小满,标签=学生"),
    )
    form = word(tmp_path / "表.docx", "{%p for 项 in 家庭成员 %}", "{{ 项.姓名 }}（{{ 项.标签 }}）", "{%p endfor %}")
    for face, told in (("--yes", "丁*（（内部））"), ("--internal", "丁小满（学生）")):
        issues.do(
            face, "fill", str(form), "--kind", "联系户", "--where", "户主=丁有田", "-o", str(tmp_path / "好.docx")
        )
        assert texts(tmp_path / "好.docx") == [told]


def test_the_course_and_the_five_haves_are_tags_too(issues: Desk, tmp_path: Path) -> None:
    form = word(
        tmp_path / "表.docx",
        *(
            "{{ 有问题描述 }}；{{ 有受理情况 }}",
            "{%p for 步 in 办理经过 %}",
            "{{ 步.步骤 }}，{{ 步.经办人 }}：{{ 步.说明 }}",
        ),
        "{%p endfor %}",
    )
    issues.do("--internal", "fill", str(form), "--issue", "1", "--issue", "2", "-o", str(tmp_path / "好.docx"))
    assert [text for text in texts(tmp_path / "好.docx") if text.strip()] == [
        *("有；缺：还没有受理", "登记，何小满：入户走访，在村一级登记，来自走访 ZF-2026-A0001"),
        *("缺：没写何人、何时、何地、何因、经过；缺：还没有受理", "登记，何小满：微信，在镇一级登记"),
    ]


def test_a_wrong_part_of_a_list_is_named(issues: Desk, tmp_path: Path) -> None:
    form = word(tmp_path / "表.docx", "{% for 步 in 办理经过 %}{{ 步.步聚 }}{% endfor %}")
    said = issues.say("fill", str(form), "--issue", "1", "-o", str(tmp_path / "好.docx"))
    assert (said.code, "「办理经过」里的「步聚」；是不是「步骤」" in said.err) == (2, True)


def test_a_full_page_is_followed_by_no_empty_one(issues: Desk, tmp_path: Path) -> None:
    form = word(tmp_path / "表.docx", "{{ 编号 }}", rows=(("{{ 事由 }}",),))
    issues.do("fill", str(form), "--issue", "1", "--issue", "2", "-o", str(tmp_path / "好.docx"))
    made = docx.Document(str(tmp_path / "好.docx"))
    assert [(one.text, one.paragraph_format.page_break_before) for one in made.paragraphs] == [
        ("WT-2026-A0001", None),
        ("WT-2026-A0002", True),
    ]


def test_an_apostrophe_may_be_written_as_an_entity(issues: Desk, tmp_path: Path) -> None:
    form = word(tmp_path / "表.docx", "{{ '无' if not 文号 }}")
    with zipfile.ZipFile(form) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"'\xe6\x97\xa0'", b"&apos;\xe6\x97\xa0&apos;")
    assert b"&apos;" in parts["word/document.xml"]
    with zipfile.ZipFile(form, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    issues.do("fill", str(form), "--issue", "1", "-o", str(tmp_path / "好.docx"))
    assert texts(tmp_path / "好.docx") == ["无"]


def test_a_shipped_form_is_copied_to_be_changed(issues: Desk, tmp_path: Path) -> None:
    said = issues.do("--dry-run", "fill", "简报", "--copy")
    assert "没有写入" in said.err
    own = issues.root / "forms" / "简报.docx"
    assert not own.exists()
    assert str(own) in issues.do("fill", "简报", "--copy").err
    assert own.read_bytes() == shipped("简报").read_bytes()
    said = issues.say("fill", "简报", "--copy")
    assert (said.code, "已经有了" in said.err) == (2, True)
    said = issues.say("fill", "检报", "--copy")
    assert (said.code, "是不是「简报」" in said.err) == (2, True)
    said = issues.say("fill", "简报", "--issue", "1", "-o", str(tmp_path / "好.docx"))
    assert (said.code, "整份文件的版式" in said.err) == (2, True)


def test_the_shipped_forms_are_as_their_script_makes_them() -> None:
    from scripts.pages import TARGET, pages

    assert {file.name: file.read_bytes() for file in TARGET.glob("*.docx")} == pages()


def test_a_form_nobody_knows_names_those_there_are(issues: Desk, tmp_path: Path) -> None:
    said = issues.say("fill", "交办表", "--issue", "2", "-o", str(tmp_path / "单.docx"))
    assert said.code == 2
    assert "交办单" in said.err


def test_a_case_that_is_struck_off_is_not_pressed_for_unasked(tmp_path: Path) -> None:
    words = ("--data", str(sample()), "fill", "督办单", "-o", "督办单.docx", "--id")
    asked = lianxin(*words, "WT-2026-A0016", cwd=tmp_path, today="2026-11-22")
    assert asked.code == 3
    assert "WT-2026-A0016 已经销号" in asked.err
    assert not (tmp_path / "督办单.docx").exists()
    assert lianxin("--yes", *words, "WT-2026-A0016", cwd=tmp_path, today="2026-11-22").code == 0
