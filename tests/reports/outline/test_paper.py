"""The parts of an official paper, declared in an outline, and how every format sets them (GB/T 9704-2012)."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from msgspec.structs import replace

from lianxin.core.document import Column, Document, Face, Heading, PageBreak, Paragraph, Table, Value
from lianxin.core.paper import Masthead, Part, set_in
from lianxin.core.value import FieldType
from lianxin.formats import render
from lianxin.formats.face.mask import mask
from lianxin.formats.paper.layout import runs
from lianxin.policies.paper import Series
from lianxin.reports.outline.paper import numbered

HEAD = Masthead(
    "云岭镇文件",
    "云党发〔2026〕3号",
    foot=("抄送：县委办公室。",),
    copy="000007",
    secrecy="内部资料",
    signer="巫山青",
    printer="云岭镇党建办",
    printed="2026年3月16日",
    copies="共印30份",
)
WIDE = Table(tuple(Column(f"列{n}", f"c{n}") for n in range(12)), [tuple(range(12))] * 40)
PAPER = Document(
    "关于三月情况的报告",
    (
        Paragraph("县委组织部：", part=Part.ADDRESSEE),
        Paragraph("走访三次。"),
        Paragraph("附件：三月走访台账", part=Part.ENCLOSURES),
        Paragraph("云岭镇党建工作办公室", part=Part.SIGNATURE),
        Paragraph("2026年3月16日", part=Part.DATE),
        Paragraph("（此件公开发布）", part=Part.REMARK),
        PageBreak(),
        Paragraph("附件", part=Part.MARK),
        Paragraph("三月走访台账", part=Part.ENCLOSURE),
        WIDE,
    ),
    masthead=HEAD,
)
#: In the order of the paper.
SAID = (
    *("000007", "内部资料", "云岭镇文件", "云党发〔2026〕3号", "签发人：巫山青", "关于三月情况的报告", "县委组织部："),
    *("走访三次。", "附件：三月走访台账", "云岭镇党建工作办公室", "2026年3月16日", "（此件公开发布）"),
    *("抄送：县委办公室。", "云岭镇党建办", "2026年3月16日印发（共印30份）"),
)


@pytest.mark.parametrize("format_", ["terminal", "md", "csv", "html", "github"])
def test_every_part_stands_in_its_place(format_: str) -> None:
    text = render(mask(PAPER, Face.PUBLIC), format_, width=70)
    assert isinstance(text, str)
    text = text.replace("云 岭 镇 文 件", "云岭镇文件")
    at = max(text.find("<body>"), 0)
    for part in SAID:
        at = text.find(part, at)
        assert at >= 0, (format_, part)


def test_word_sets_each_part_by_its_style_and_the_foot_in_a_frame_at_the_end_of_the_page() -> None:
    made = docx.Document(BytesIO(bytes(render(PAPER, "docx"))))  # type: ignore[arg-type]
    styles = [(one.style.name if one.style else "", one.text) for one in made.paragraphs]
    order: tuple[str, ...] = ("版头标记", "刊名", "编印", "Title", "主送", "附件说明", "署名", "成文日期", "附注")
    order += ("附件标记", "附件标题", "版记")
    found = [name for name, _ in styles if name in order]
    assert list(dict.fromkeys(found)) == list(order)
    insets = {one.style.name: one.paragraph_format.right_indent for one in made.paragraphs if one.style}
    assert (insets["署名"].pt, insets["成文日期"].pt) == (2 * 16, 3.5 * 16)
    frames = [
        one._p.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
        for one in made.paragraphs
        if one.style and one.style.name == "版记"
    ]
    assert {(one.get(qn("w:vAnchor")), one.get(qn("w:yAlign"))) for one in frames} == {("margin", "bottom")}
    assert made.paragraphs[-1].style.name == "来源"  # type: ignore[union-attr]
    assert [section.orientation for section in made.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert not [one for one in made.element.body.iter(qn("w:br")) if one.get(qn("w:type")) == "page"]


@pytest.mark.parametrize(("name", "insets"), [("云岭镇党建工作办公室", (2, 3.5)), ("党建办", (7.5, 2))])
def test_the_longer_of_signature_and_day_stands_two_characters_in(name: str, insets: tuple[float, float]) -> None:
    assert set_in(name, "2026年3月16日") == insets


def test_a_break_where_paper_turns_leaves_no_empty_page() -> None:
    upright = replace(PAPER, blocks=(Paragraph("一"), PageBreak(), WIDE, PageBreak(), Paragraph("二")))
    told = [[type(one).__name__ for one in run.blocks] for run in runs(upright)]
    assert told == [["Paragraph"], ["Table"], ["Paragraph"]]


def test_a_ledger_too_wide_for_a4_stands_in_blocks_that_say_what_each_row_is() -> None:
    labels = ["序号", "编号", "事由", *(f"第{n}栏的说明" for n in range(24))]
    told: tuple[Value, ...] = ("渠道堵了" * 4, *["还没有办好" * 3] * 24)
    rows: list[tuple[Value, ...]] = [(n, f"WT-2026-A{n:04}", *told) for n in range(40)]
    columns = tuple(
        Column(label, f"c{n}", FieldType.REF if n == 1 else FieldType.TEXT) for n, label in enumerate(labels)
    )
    ledger = Document("台账", (Table(columns, rows, notes=("注",)),), landscape=True)
    blocks = [block for run in runs(ledger) for block in run.blocks if isinstance(block, Table)]
    assert len(blocks) > 1
    assert all({"编号", "事由"} <= {column.label for column in block.columns} for block in blocks)
    assert sorted({column.label for block in blocks for column in block.columns}) == sorted(labels)
    assert [len(block.notes) for block in blocks] == [0] * (len(blocks) - 1) + [1]
    (large,) = runs(replace(ledger, large=True))
    assert (large.large, len(large.blocks)) == (True, 1)
    made = docx.Document(BytesIO(bytes(render(replace(ledger, large=True), "docx"))))  # type: ignore[arg-type]
    assert round(made.sections[-1].page_width / Mm(1)) == 420  # type: ignore[operator]


def test_headings_are_numbered_where_there_are_several() -> None:
    blocks = [Heading("甲", 2), Heading("子", 3), Heading("丑", 3), Heading("乙", 2), Heading("寅", 3)]
    told = [one.text for one in numbered(blocks, 2) if isinstance(one, Heading)]
    assert told == ["（一）甲", "1. 子", "2. 丑", "（二）乙", "寅"]
    assert [one.text for one in numbered([Heading("甲", 2)], 2) if isinstance(one, Heading)] == ["甲"]


def test_the_next_number_of_a_series_follows_the_highest_of_the_year() -> None:
    form = {"名称": "通报", "字号": "云党通〔{年}〕{号}号", "起号": 4}
    series = Series.model_validate(form, by_alias=True, by_name=False)
    assert series.next(2026, []) == "云党通〔2026〕4号"
    used = ["云党通〔2026〕11号", "云党通[2026]012号", "云党通〔2025〕40号", "云党发〔2026〕50号"]
    assert series.next(2026, used) == "云党通〔2026〕13号"
