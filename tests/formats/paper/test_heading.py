"""Headings in two rows: which columns belong together, and the same cells in Word, PDF and on a page."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import docx
import pytest
from tests.formats.every import pdf_text

from lianxin.core.document import Column, Document, Table
from lianxin.core.value import FieldType
from lianxin.formats import render
from lianxin.formats.paper.heading import Head, head_rows

LABELS = ("村", "投入/资金", "投入/物资", "村/社区", "问题性质(个性/共性)", "备注")
TABLE = Table(tuple(Column(label, f"c{n}") for n, label in enumerate(LABELS)), [tuple("甲乙丙丁戊己")] * 2)


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (("投入/资金", "投入/物资"), [["投入"], ["资金", "物资"]]),
        (("村/社区", "户"), [["村/社区", "户"]]),
        (("投入/资金", "户", "投入/物资"), [["投入/资金", "户", "投入/物资"]]),
        (("性质(个性/共性)", "性质(个性/其他)"), [["性质(个性/共性)", "性质(个性/其他)"]]),
        (("甲/一", "甲/二", "乙/一", "乙/二"), [["甲", "乙"], ["一", "二", "一", "二"]]),
        ((), [[]]),
    ],
)
def test_only_neighbours_under_one_word_are_grouped(labels: tuple[str, ...], rows: list[list[str]]) -> None:
    assert [[head.text for head in heads] for heads in head_rows(labels)] == rows


def test_a_column_alone_takes_both_rows() -> None:
    assert head_rows(LABELS)[0][:3] == [Head("村", 0, deep=2), Head("投入", 1, span=2), Head("村/社区", 3, deep=2)]
    assert head_rows(LABELS)[1] == [Head("资金", 1), Head("物资", 2)]


def test_word_merges_and_repeats_both_rows() -> None:
    made = render(Document("项目台账", (TABLE,)), "docx")
    assert isinstance(made, bytes)
    (table,) = docx.Document(io.BytesIO(made)).tables
    upper, lower, first = ([cell.text for cell in row.cells] for row in table.rows[:3])
    assert upper == ["村", "投入", "投入", "村/社区", "问题性质(个性/共性)", "备注"]
    assert lower == ["村", "资金", "物资", "村/社区", "问题性质(个性/共性)", "备注"]
    assert first == list("甲乙丙丁戊己")
    repeated = [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows]
    assert repeated == [True, True, False, False]


class _Heads(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "thead":
            self.inside = True
        elif self.inside and tag == "tr":
            self.rows.append([])
        elif self.inside and tag == "th":
            self.rows[-1].append(f"{found['scope']} {found.get('colspan', 1)}x{found.get('rowspan', 1)} ")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "thead"

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.rows[-1][-1] += data


def test_a_page_says_what_each_heading_stands_over() -> None:
    page = render(Document("项目台账", (TABLE,)), "html")
    assert isinstance(page, str)
    heads = _Heads()
    heads.feed(page)
    assert heads.rows == [
        ["col 1x2 村", "colgroup 2x1 投入", "col 1x2 村/社区", "col 1x2 问题性质(个性/共性)", "col 1x2 备注"],
        ["col 1x1 资金", "col 1x1 物资"],
    ]


def test_numbers_are_headed_to_the_right_only_under_one_row() -> None:
    single = Table((Column("户数", "n", FieldType.INTEGER),), [(3,)])
    double = Table((Column("户/多", "n", FieldType.INTEGER), Column("户/少", "m", FieldType.INTEGER)), [(3, 4)])
    pages = [render(Document("表", (table,)), "html") for table in (single, double)]
    assert ["thead th:nth-child(1)" in str(page) for page in pages] == [True, False]


@pytest.mark.slow
def test_paper_has_each_heading_once_a_page() -> None:
    made = render(Document("项目台账", (TABLE,)), "pdf")
    assert isinstance(made, bytes)
    text = pdf_text(made)
    assert [text.count(word) for word in ("投入", "资金", "物资", "村/社区")] == [1, 1, 1, 1]
