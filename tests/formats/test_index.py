"""The index of formats, and that each of them renders each block and the provenance."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace
from tests.formats.demo import document, origin, paper
from tests.formats.every import EVERY, pdf_text

import lianxin.formats
from lianxin.core.chart import Chart, Look, Series
from lianxin.core.document import (
    Block,
    Column,
    Contents,
    Cover,
    Document,
    Heading,
    KeyValues,
    PageBreak,
    Pair,
    Paragraph,
    Table,
    Timeline,
    TimelineEntry,
)
from lianxin.core.error import UsageError
from lianxin.core.look import CALENDAR
from lianxin.formats import FORMATS, Format, format_for, render
from lianxin.formats.docx.chart import drawn_lines

#: Formats that programs read; where a page goes into them it stands as it is.
PROGRAMS = ("json", "jsonl", "document")

BLOCKS: tuple[tuple[Block, tuple[str, ...]], ...] = (
    (Heading("甲标题", 2), ("甲标题",)),
    (Paragraph("乙段落第一行\n第二行"), ("乙段落第一行", "第二行")),
    (KeyValues((Pair("丙栏", "丙值"), Pair("空栏", None))), ("丙栏", "丙值", "空栏")),
    (
        Table(
            (Column("丁列", "a"), Column("戊列", "b")),
            [("丁一", "戊一"), ("丁二", None)],
            groups=((0, "头组"), (1, "尾组")),
            totals=("合计", "二"),
            caption="表题",
            notes=("表注",),
        ),
        ("丁列", "戊列", "丁一", "戊一", "丁二", "头组", "尾组", "合计", "二", "表题", "表注"),
    ),
    (Table((Column("空表列", "a"),), []), ("空表列",)),
    (
        Timeline((TimelineEntry(datetime(2026, 3, 2, 9, 40), "己事", "己文", "己人"),)),
        ("2026-03-02", "09:40", "己事", "己文", "己人"),
    ),
    (PageBreak(), ()),
    (Contents(2), ()),
    (Cover("庚封面", ("庚一", "庚二")), ("庚封面", "庚一", "庚二")),
    *(
        (
            Chart(
                look,
                "辛图题",
                "辛栏",
                ("辛甲", "辛乙", "辛丙"),
                tuple(Series(name, (17, 23, None)) for name in ("辛列", "壬列")[: 1 if look is Look.TILES else 2]),
                unit="件",
                notes=("辛注",),
            ),
            ("辛图题", "辛甲", "辛乙", "辛丙", "17", "23", "件", "辛注"),
        )
        for look in Look
    ),
)


def text_of(output: str | bytes) -> str:
    """Everything a reader finds in an output."""
    if isinstance(output, str):
        return output
    if output.startswith(b"%PDF"):
        return pdf_text(output)
    if "word/document.xml" in zipfile.ZipFile(io.BytesIO(output)).namelist():
        word = docx.Document(io.BytesIO(output))
        texts = (node.text or "" for node in word.element.iter(qn("w:t")))
        return "\n".join([*texts, *drawn_lines(word), word.core_properties.title])
    book = openpyxl.load_workbook(io.BytesIO(output))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return "\n".join([*cells, *book.sheetnames, str(book.properties.title)])


def test_every_module_of_a_format_is_in_the_index() -> None:
    folder = Path(lianxin.formats.__file__).parent
    every = (*FORMATS, format_for(CALENDAR.name))
    assert {path.stem.removeprefix("to_") for path in folder.glob("to_*.py")} == {f.module for f in every}


def test_names_are_unique_and_a_suffix_belongs_to_the_first_that_has_it() -> None:
    assert len({f.name for f in FORMATS}) == len(FORMATS)
    assert [format_for(f"表{f.suffix}").name for f in FORMATS if f.suffix == ".txt"][:2] == ["terminal", "terminal"]
    assert format_for("表.tsv").name == "tsv"


@EVERY
@pytest.mark.parametrize(("block", "texts"), BLOCKS, ids=lambda b: type(b).__name__ if not isinstance(b, tuple) else "")
def test_each_format_renders_each_block(format_: Format, block: Block, texts: tuple[str, ...]) -> None:
    output = render(Document("总题目", (Heading("前题", 1), block)), format_)
    assert isinstance(output, bytes) is format_.binary
    found = text_of(output)
    # JSON writes moments its own way and line breaks as escapes.
    wanted = [text for text in texts if format_.name not in PROGRAMS or text != "09:40"]
    assert [text for text in ("总题目", "前题", *wanted) if text not in found] == []


@EVERY
def test_each_format_renders_each_block_alone(format_: Format) -> None:
    for block, _ in BLOCKS:
        assert render(Document("单块", (block,)), format_)


@EVERY
def test_an_empty_document_renders(format_: Format) -> None:
    assert "空文" in text_of(render(Document("空文", ()), format_))


@EVERY
def test_provenance_is_printed(format_: Format) -> None:
    found = text_of(render(Document("题", (Paragraph("文"),), provenance=origin(7)), format_))
    assert "0123456789" in found
    assert "2026-03-31" in found
    assert "2026-03" in found
    assert "基础设施" in found
    assert "公示" in found
    assert "7" in found
    assert "读不出来" not in found


@EVERY
def test_unreadable_records_are_told_loudly(format_: Format) -> None:
    found = text_of(render(Document("题", (Paragraph("文"),), provenance=origin(7, unreadable=3)), format_))
    assert ('"unreadable": 3' if format_.name in PROGRAMS else "另有 3 条记录读不出来") in found


@EVERY
def test_the_same_document_gives_the_same_output(format_: Format) -> None:
    made = paper() if format_.name == "pdf" else document()
    assert render(made, format_) == render(made, format_)


@EVERY
def test_uncommitted_edits_show(format_: Format) -> None:
    made = replace(origin(), dirty=True, commit="")
    found = text_of(render(Document("题", (), provenance=made), format_))
    assert ('"dirty": true' if format_.name in PROGRAMS else "未入库（含还没收进的改动）") in found.replace("\\", "")


@pytest.mark.parametrize("word", ["xlsx", ".xlsx", "XLSX", "三月台账.xlsx", "out/a.b.xlsx"])
def test_formats_are_found_by_name_suffix_and_file(word: str) -> None:
    assert format_for(word).name == "xlsx"


@pytest.mark.parametrize("word", ["pdfx", "xls", "幻灯片"])
def test_an_unknown_format_names_all_there_are(word: str) -> None:
    with pytest.raises(
        UsageError, match=r"：屏幕、md、csv、html、xlsx、docx、pdf、json、jsonl、document、github、grid、.*、tsv$"
    ):
        format_for(word)
