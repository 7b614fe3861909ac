"""Charts: every number printed, well-formed whatever the labels say, told apart without colour, masked too."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.demo import HOSTILE

from lianxin.core.chart import Chart, Look, Series
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Document, Face, Paragraph
from lianxin.formats import render
from lianxin.formats.chart.svg import WIDTH, svg
from lianxin.formats.chart.text import numbers
from lianxin.formats.docx.chart import drawn_lines
from lianxin.formats.face.mask import mask
from lianxin.formats.face.sanitise import visible
from lianxin.formats.width import text_width

EVERY = pytest.mark.parametrize("look", list(Look))
RATES = Series("按期办结率", (Decimal("97.63"), None), ("97.63 %", "—"))


def chart(look: Look, *series: Series, labels: tuple[str, ...] = ("石桥村", "柳塘村", "上坪村")) -> Chart:
    return Chart(look, "各村件数", "村", labels, series or (Series("问题", (12, 0, 5)),), "件")


def drawing(made: Chart) -> Any:
    return ET.fromstring(svg(made, "c1"))  # noqa: S314 - our own


def words(made: Chart) -> list[str]:
    return [node.text or "" for node in drawing(made).iter("{http://www.w3.org/2000/svg}text")]


@EVERY
def test_every_label_and_number_is_in_the_drawing(look: Look) -> None:
    found = " ".join(words(chart(look)))
    assert all(text in found for text in ("石桥村", "柳塘村", "上坪村", "12", "5"))
    told = drawing(chart(look)).find("{http://www.w3.org/2000/svg}desc")
    assert told is not None
    assert told.text == "石桥村：问题 12；柳塘村：问题 0；上坪村：问题 5"


@EVERY
def test_hostile_labels_are_text_and_nothing_else(look: Look) -> None:
    made = Chart(look, HOSTILE[10], HOSTILE[11], HOSTILE, (Series(HOSTILE[10], tuple(range(len(HOSTILE)))),), "<i>")
    tags = {node.tag.rpartition("}")[2] for node in drawing(made).iter()}
    known = {"svg", "title", "desc", "defs", "pattern", "rect", "path", "polyline", "text"}
    assert tags <= known
    page = render(Document("图", (made,)), "html")
    assert isinstance(page, str)
    assert "<script" not in page
    assert "<img" not in page


@EVERY
def test_nothing_is_drawn_outside(look: Look) -> None:
    made = chart(look, Series("甲", (10**9, 1, 0)), *([] if look is Look.TILES else [Series("乙", (1, 2, None))]))
    whole = drawing(made)
    high = float(whole.get("height", "0"))
    for node in whole.iter("{http://www.w3.org/2000/svg}rect"):
        if node.get("x") is not None:
            assert float(node.get("x", "")) + float(node.get("width", "")) <= WIDTH + 1
            assert float(node.get("y", "")) + float(node.get("height", "")) <= high + 1


def test_series_are_told_apart_without_colour() -> None:
    names = "甲乙丙丁戊己"
    stacked = svg(chart(Look.STACKED, *(Series(name, (1, 2, 3)) for name in names)), "c1")
    assert len(set(re.findall(r'height="13.0" fill="([^"]+)"', stacked))) == len(names)
    colours = {colour.lower() for colour in re.findall(r'(?:fill|stroke)="(#[0-9a-fA-F]+)"', stacked)}
    assert all(len(set(re.findall("..", colour[1:]))) == 1 for colour in colours if len(colour) == 7)
    lines = svg(chart(Look.LINES, *(Series(name, (1, 2, 3)) for name in names)), "c1")
    assert len(set(re.findall(r'<polyline[^>]*?(?:stroke-dasharray="([^"]*)")?/>', lines))) == len(names)


def test_two_charts_of_a_page_keep_their_own_patterns() -> None:
    two = chart(Look.STACKED, Series("甲", (1, 2, 3)), Series("乙", (3, 2, 1)))
    page = render(Document("图", (two, two)), "html")
    assert isinstance(page, str)
    ids = re.findall(r'<pattern id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 2
    assert set(re.findall(r"url\(#([^)]+)\)", page)) == set(ids)


@given(
    st.sampled_from(list(Look)),
    st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6),
    st.lists(st.integers(0, 10**6), min_size=6, max_size=12),
    st.integers(30, 140),
)
def test_bars_of_characters_stay_within_the_line(look: Look, labels: list[str], values: list[int], width: int) -> None:
    count = len(labels)
    series = [Series("甲", tuple(values[:count])), Series("乙", tuple(values[-count:]))]
    made = Chart(look, "题", "村", tuple(labels), tuple(series), "件")
    shown = render(Document("图", (made,)), "terminal", width=width)
    assert isinstance(shown, str)
    assert all(text_width(line) <= width for line in shown.splitlines())


def test_the_longest_bar_is_the_largest_and_nothing_has_none() -> None:
    shown = render(Document("图", (chart(Look.BARS),)), "terminal", width=60)
    assert isinstance(shown, str)
    lengths = {line.split()[0]: line.count("█") for line in shown.splitlines() if line.endswith(("12", " 0", " 5"))}
    assert lengths["石桥村"] > lengths["上坪村"] > lengths["柳塘村"] == 0


def test_a_rate_without_denominator_is_a_dash_and_no_number() -> None:
    made = Chart(Look.BARS, "率", "单位", ("甲办", "乙办"), (RATES,), "%")
    assert [row[1] for row in numbers(made).rows] == [Decimal("97.63"), "—"]
    assert "—" in words(made)
    assert "97.63%" in words(made)
    word = part_of(Document("图", (made,)))
    assert [node.text for node in word.iter(f"{{{SPACE}}}v")].count("97.63") == 1
    assert not [node for node in word.iter(f"{{{SPACE}}}v") if not node.text]


SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def part_of(document: Document) -> Any:
    made = render(document, "docx")
    assert isinstance(made, bytes)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return ET.fromstring(package.read("word/charts/chart1.xml"))  # noqa: S314 - our own


def test_word_draws_the_chart_itself_and_says_it_to_the_blind() -> None:
    made = render(Document("图", (Paragraph("前"), chart(Look.BARS), chart(Look.LINES), chart(Look.TILES))), "docx")
    assert isinstance(made, bytes)
    assert made == render(
        Document("图", (Paragraph("前"), chart(Look.BARS), chart(Look.LINES), chart(Look.TILES))), "docx"
    )
    opened = docx.Document(io.BytesIO(made))
    told = [node.get("descr") for node in opened.element.body.iter(qn("wp:docPr"))]
    assert told == ["石桥村 12；柳塘村 0；上坪村 5"] * 2
    assert drawn_lines(opened).count("石桥村") == 2
    tiles = [cell.text for cell in opened.tables[0].rows[0].cells]
    assert tiles == ["石桥村\n12 件", "柳塘村\n0 件", "上坪村\n5 件"]


@pytest.mark.parametrize("look", [Look.BARS, Look.STACKED, Look.LINES])
def test_word_finds_the_numbers_of_a_chart_in_its_workbook(look: Look) -> None:
    rates = Series("率", (Decimal("97.63"), None, Decimal(100)), ("97.63 %", "—", "100 %"))
    made = render(Document("图", (chart(look), chart(look, Series("甲", (1, 2, 3)), rates))), "docx")
    assert isinstance(made, bytes)
    parts = [part for part in docx.Document(io.BytesIO(made)).part.package.iter_parts() if "/charts/" in part.partname]
    assert len(parts) == 2
    for part in parts:
        root = ET.fromstring(part.blob)  # noqa: S314 - our own
        source = root.find(f"{{{SPACE}}}externalData")
        assert source is not None
        relation = part.rels[source.attrib["{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"]]
        assert relation.target_part.content_type.endswith("spreadsheetml.sheet")
        book = openpyxl.load_workbook(io.BytesIO(relation.target_part.blob))
        drawn = [*root.iter(f"{{{SPACE}}}tx"), *root.iter(f"{{{SPACE}}}cat"), *root.iter(f"{{{SPACE}}}val")]
        for one in drawn:
            place = one.findtext(f".//{{{SPACE}}}f")
            if place is None:
                continue
            sheet, _, area = place.rpartition("!")
            found = book[sheet.strip("'")][area.replace("$", "")]
            cells = [found.value] if not isinstance(found, tuple) else [row[0].value for row in found]
            told = [node.text for node in one.iter(f"{{{SPACE}}}v")]
            assert [str(value) for value in cells if value is not None] == told


def test_a_workbook_has_the_numbers_and_a_chart_over_them() -> None:
    made = render(
        Document("图", (Paragraph("前"), chart(Look.STACKED, Series("甲", (1, 2, 3)), Series("乙", (3, 2, None))))),
        "xlsx",
    )
    assert isinstance(made, bytes)
    sheet = openpyxl.load_workbook(io.BytesIO(made))["各村件数"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=5)]
    assert cells == [["村", "甲（件）", "乙（件）"], ["石桥村", 1, 3], ["柳塘村", 2, 2], ["上坪村", 3, None]]
    drawn = vars(sheet)["_charts"][0]
    assert [one.val.numRef.f for one in drawn.series] == ["各村件数!$B$3:$B$5", "各村件数!$C$3:$C$5"]


@pytest.mark.parametrize("format_", ["terminal", "md", "csv", "html", "xlsx", "docx", "json"])
def test_names_among_the_labels_are_masked(format_: str) -> None:
    one = Series("欧阳秋实的", (3, 4))
    made = Chart(Look.BARS, "欧阳秋实等人", "姓名", ("张满仓", "欧阳秋实"), (one,), "次", Privacy.NAME, ("见张满仓",))
    output = render(mask(Document("图", (made,)), Face.PUBLIC), format_)
    if isinstance(output, bytes):
        with zipfile.ZipFile(io.BytesIO(output)) as package:
            output = "".join(package.read(name).decode(errors="replace") for name in package.namelist())
    assert "张满仓" not in output
    assert "欧阳秋实" not in output
    assert visible("张*") in output.replace("\\*", "*")


@EVERY
def test_a_chart_of_nothing_renders_everywhere(look: Look) -> None:
    empty = Chart(look, "空图", "村", (), (Series("问题", ()),), "件")
    for format_ in ("terminal", "md", "csv", "html", "xlsx", "docx", "json"):
        assert render(Document("图", (empty,)), format_)


@pytest.mark.parametrize("look", [Look.BARS, Look.STACKED, Look.TILES])
@pytest.mark.parametrize("wide", [640, 340])
def test_a_long_label_is_whole(look: Look, wide: int) -> None:
    labels = ("岫川示范区自然资源和村镇建设综合服务中心", "石桥村")
    series = tuple(Series(f"首次期限按期办结率之{n}", (3, 5), ("3 件", "5 件")) for n in range(4))
    drawing = svg(Chart(look, "题", "单位", labels, series[: 1 if look is Look.TILES else 4], "件"), "c", wide=wide)
    told = "".join(re.findall(r"<text[^>]*>([^<]*)", drawing))
    assert "…" not in told
    for text in (*labels, *(one.name for one in series if look is not Look.TILES)):
        assert text in told
