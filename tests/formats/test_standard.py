"""Papers beside GB/T 9704-2012, read back from what Word is given: margins, type, lines, and where each part stands."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from tests.reports.outline.test_paper import PAPER

from lianxin.core.asset import asset
from lianxin.core.chart import Chart, Look, Series
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Column, Document, KeyValues, Pair, Paragraph, Table
from lianxin.core.paper import Part
from lianxin.core.value import FieldType
from lianxin.formats import render

#: The smallest type that is read on paper.
_SMALLEST = Pt(7.5)
FORMS = ["formats/document.docx", *(f"pages/{one.name}" for one in sorted(asset("pages").glob("*.docx")))]


@pytest.fixture(scope="module")
def paper() -> Any:
    made = render(PAPER, "docx")
    assert isinstance(made, bytes)
    return docx.Document(BytesIO(made))


def test_the_text_stands_within_the_margins_of_the_standard(paper: Any) -> None:
    first = paper.sections[0]
    sides = (first.top_margin, first.left_margin, first.bottom_margin, first.right_margin)
    assert [round(side / Mm(1)) for side in sides] == [37, 28, 35, 26]
    assert (round(first.page_width / Mm(1)), round(first.page_height / Mm(1))) == (210, 297)


@pytest.mark.parametrize(
    ("style", "face", "size", "fixed"),
    [
        ("Normal", "仿宋", 16, True),
        ("Title", "方正小标宋简体", 22, False),
        ("Heading 1", "黑体", 16, True),
        ("Heading 2", "楷体", 16, True),
        ("版头标记", "黑体", 16, True),
        ("主送", "仿宋", 16, True),
        ("附件说明", "仿宋", 16, True),
        ("署名", "仿宋", 16, True),
        ("成文日期", "仿宋", 16, True),
        ("附注", "仿宋", 16, True),
        ("附件标记", "黑体", 16, True),
        ("附件标题", "方正小标宋简体", 22, False),
        ("版记", "仿宋", 14, False),
        ("Footer", "宋体", 14, False),
    ],
)
def test_each_part_is_set_in_its_type(paper: Any, style: str, face: str, size: float, fixed: bool) -> None:
    found = paper.styles[style]
    assert (found.element.rPr.rFonts.get(qn("w:eastAsia")), found.font.size) == (face, Pt(size))
    if fixed:  # 22 lines on a page
        assert found.paragraph_format.line_spacing_rule is WD_LINE_SPACING.EXACTLY
        assert found.paragraph_format.line_spacing == pytest.approx(Pt(28.95), abs=Pt(0.1))


def test_a_line_holds_twenty_eight_characters_and_a_page_twenty_two_lines(paper: Any) -> None:
    first, text = paper.sections[0], paper.styles["Normal"]
    closer = int(text.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert (first.page_width - first.left_margin - first.right_margin) / Pt(1) // (text.font.size.pt + closer) == 28
    high = first.page_height - first.top_margin - first.bottom_margin
    assert round(high / text.paragraph_format.line_spacing) == 22
    assert paper.styles["表文"].element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "0"


def test_the_parts_stand_in_the_order_of_the_standard(paper: Any) -> None:
    styles = [one.style.name for one in paper.paragraphs]
    order = ("版头标记", "刊名", "编印", "Title", "主送", "Normal", "附件说明", "署名", "成文日期", "附注", "附件标记")
    places = [styles.index(name) for name in order]
    assert places == sorted(places)
    assert styles.index("版记") > max(places)


@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_smaller_than_can_be_read(name: str) -> None:
    made = docx.Document(str(asset(*name.split("/"))))
    sizes = {style.name: style.font.size for style in made.styles if style.type is not None and hasattr(style, "font")}
    assert {name: size for name, size in sizes.items() if size is not None and size < _SMALLEST} == {}


@pytest.mark.parametrize("name", FORMS)
def test_a_file_is_in_chinese_and_names_no_other_program(name: str) -> None:
    made = docx.Document(str(asset(*name.split("/"))))
    languages = {one.get(qn("w:eastAsia")) for one in made.styles.element.iter(qn("w:lang"))}
    assert languages == {"zh-CN"}
    parts = {str(part.partname): part.blob for part in made.part.package.iter_parts()}
    assert "Microsoft" not in parts["/docProps/app.xml"].decode()
    assert not [part for part in parts if "thumbnail" in part]


def test_the_signature_never_stands_on_a_page_without_text() -> None:
    made = render(Document("通报", (Paragraph("请照办。"), Paragraph("党建办", part=Part.SIGNATURE))), "docx")
    assert isinstance(made, bytes)
    last = next(one for one in docx.Document(BytesIO(made)).paragraphs if one.text == "请照办。")
    assert last.paragraph_format.keep_with_next
    assert last.paragraph_format.keep_together


def made_of(*blocks: Block) -> Any:
    output = render(Document("季报", blocks), "docx")
    assert isinstance(output, bytes)
    return docx.Document(BytesIO(output))


def test_cells_of_the_tools_own_words_have_no_blanks_before_units() -> None:
    columns = (
        Column("目标", "required", told=True),
        Column("办结期限", "due", FieldType.DEADLINE),
        Column("诉求", "words", privacy=Privacy.STORY),
        Column("率", "rate", FieldType.AMOUNT),
    )
    table = Table(columns, [("每年 ≥90 %", "暂缓，剩 19 个工作日", "补 3 亩地", "97.50 %")])
    wanted = ["每年≥90%", "暂缓，剩19个工作日", "补 3 亩地", "97.50%"]
    assert [cell.text for cell in made_of(table).tables[0].rows[1].cells] == wanted
    told = [render(Document("季报", (table,)), format_) for format_ in ("md", "html")]
    assert all(text in page for page in told if isinstance(page, str) for text in wanted)


def test_the_last_line_over_a_table_is_kept_off_its_rule() -> None:
    made = made_of(Paragraph("共 3 户。"), Table((Column("户", "n"),), [("甲",)]))
    (over,) = (one for one in made.paragraphs if one.text == "共3户。")
    assert over.paragraph_format.space_after == Pt(6)


def test_a_card_is_not_parted() -> None:
    (card,) = made_of(KeyValues(tuple(Pair(f"第{n}栏", "甲") for n in range(9)))).tables
    kept = [[one.paragraph_format.keep_with_next for cell in row.cells for one in cell.paragraphs] for row in card.rows]
    assert kept[:-1] == [[True, True]] * 8
    assert kept[-1] != [True, True]


def test_a_nought_of_a_chart_does_not_stand_in_the_name_of_its_month() -> None:
    lines = (Series("新增", (8, 6, 15)), Series("销号", (7, 5, 0)))
    chart = Chart(Look.LINES, "逐月", "月", ("1月", "2月", "3月"), lines, "件")
    part = next(one for one in made_of(chart).part.package.iter_parts() if "chart1.xml" in str(one.partname))
    low = re.findall(r'<c:dLbl><c:idx val="(\d)"/>.*?<c:dLblPos val="(\w)"/>', part.blob.decode())
    assert low == [("2", "t")]
