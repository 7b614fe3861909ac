"""Word files: reopened, every text where it belongs, looks by style alone, the same bytes every time."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace
from tests.formats import demo

from lianxin.core.document import Document, Heading, Paragraph, Table, show
from lianxin.core.paper import Masthead
from lianxin.formats import render
from lianxin.formats.face.sanitise import visible
from lianxin.formats.paper.close import closed
from lianxin.formats.paper.layout import divided


def opened(document: Document) -> Any:
    made = render(document, "docx")
    assert isinstance(made, bytes)
    return docx.Document(BytesIO(made))


def test_every_heading_and_paragraph_stands_in_order() -> None:
    document = demo.document()
    texts = [paragraph.text for paragraph in opened(document).paragraphs]
    wanted = [
        visible(line)
        for block in document.blocks
        if isinstance(block, Heading | Paragraph)
        for line in closed(block).split("\n")
    ]
    found = iter(texts)
    assert all(text in found for text in wanted)


def test_every_cell_reads_back_as_it_was() -> None:
    document = demo.document()
    tables = [part for block in document.blocks if isinstance(block, Table) for part in divided(block)]
    # KeyValues are tables too: those with two columns whose first cell is no heading row
    made = [table for table in opened(document).tables if table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(made) == len(tables)
    for table, wanted in zip(made, tables, strict=True):
        assert [cell.text for cell in table.rows[0].cells] == [column.label for column in wanted.columns]
        groups = {at for at, _ in wanted.groups}
        rows = iter(table.rows[1:])
        for n, row in enumerate(wanted.rows):
            if n in groups:
                next(rows)
            cells = [cell.text for cell in next(rows).cells]
            shown = [show(value, column.type) for value, column in zip(row, wanted.columns, strict=True)]
            assert cells == [visible(text) for text in shown]


def test_rows_do_not_split_and_headings_repeat() -> None:
    for table in opened(demo.document()).tables:
        for row in table.rows:
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_looks_come_from_styles() -> None:
    made = opened(demo.document())
    for run in made.element.body.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        assert properties is None or [child.tag for child in properties] == [qn("w:rStyle")]
    styles = {style.style_id for style in made.styles}
    used = {
        style.get(qn("w:val")) for style in made.element.body.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
    }
    assert used <= styles


def test_a_wide_table_lies_across_and_its_heading_with_it() -> None:
    made = opened(demo.document())
    ways = [section.orientation for section in made.sections]
    assert len(set(ways)) == 2
    last = made.sections[-1]
    assert last.page_width > last.page_height


@pytest.mark.parametrize("covered", [True, False])
def test_the_first_page_of_a_bound_volume_bears_no_number(covered: bool) -> None:
    document = demo.document()
    if not covered:
        document = replace(document, blocks=tuple(b for b in document.blocks if type(b).__name__ != "Cover"))
    assert opened(document).sections[0].different_first_page_header_footer is covered


def test_a_bulletin_has_its_head_and_foot() -> None:
    head = Masthead("连心工作简报", "第 3 期", "柳塘镇党建办", "2026 年 3 月 9 日", ("报：县委组织部", "送：各村"))
    made = opened(replace(demo.document(), masthead=head, blocks=(Paragraph("正文"),)))
    texts = [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs]
    assert texts[:3] == [
        ("刊名", "连心工作简报"),
        ("刊号", "第 3 期"),
        ("编印", "柳塘镇党建办\t2026 年 3 月 9 日"),
    ]
    assert [text for style, text in texts if style == "版记"] == ["报：县委组织部", "送：各村"]


def test_the_same_document_makes_the_same_bytes() -> None:
    assert render(demo.document(), "docx") == render(demo.document(), "docx")


def test_the_file_names_no_person_and_no_clock() -> None:
    made = render(demo.document(), "docx")
    assert isinstance(made, bytes)
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert "<dc:creator>连心</dc:creator>" in core


def test_the_base_is_as_its_script_makes_it() -> None:
    from scripts.word import TARGET, base

    assert TARGET.read_bytes() == base()
