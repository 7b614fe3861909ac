"""The page: self-contained, escaped, styled by place."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace
from tests.formats.demo import HOSTILE, LEDGER, document, hostile_table, ledger, origin, small_table

from lianxin.core.document import Column, Document, Heading, PageBreak, Paragraph, Table
from lianxin.core.value import FieldType
from lianxin.formats import render
from lianxin.formats.face.sanitise import visible


class Page(HTMLParser):
    """Cells of a page's tables, its links, its ids, and every tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._in_cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data


def page(made: Document) -> str:
    output = render(made, "html")
    assert isinstance(output, str)
    return output


def test_hostile_text_reads_back() -> None:
    rows = Page(page(Document("怪", (hostile_table(),)))).rows[1:]
    assert [row[1] for row in rows] == [visible(text) for text in HOSTILE]
    assert [row[2] for row in rows] == [visible(f"前 {text} 后") for text in HOSTILE]


def test_nothing_runs_and_nothing_is_fetched() -> None:
    found = Page(page(document())).tags
    assert {tag for tag, _ in found} & {"script", "img", "link", "iframe", "object", "embed", "base", "form"} == set()
    assert [attrs for _, attrs in found if any(name.startswith("on") for name in attrs)] == []
    assert [attrs["href"] for _, attrs in found if "href" in attrs and not str(attrs["href"]).startswith("#")] == []
    assert not re.search(r"url\((?!#)", page(document()))
    assert "default-src 'none'" in page(document())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_headings_and_labels_stay_text(text: str) -> None:
    table = Table(
        (Column(text, "a"), Column("乙", "b", FieldType.INTEGER)), [("x", 1)], groups=((0, text),), caption=text
    )
    made = page(Document(text, (Heading(text), Paragraph(text), table), subtitle=text))
    tags = [tag for tag, _ in Page(made).tags]
    assert "script" not in tags
    assert "img" not in tags
    assert made.count("</style>") == 1


def test_links_of_the_contents_lead_to_headings() -> None:
    found = Page(page(document())).tags
    ids = {attrs["id"] for tag, attrs in found if "id" in attrs and tag.startswith("h")}
    links = [str(attrs["href"])[1:] for tag, attrs in found if tag == "a"]
    assert len(links) == 5
    assert set(links) <= ids


def test_heading_row_repeats_and_rows_stay_whole() -> None:
    made = page(Document("题", (small_table(),)))
    assert "<thead>" in made
    assert "thead { display: table-header-group }" in made
    assert "tr { break-inside: avoid }" in made
    assert "break-after: avoid" in made


def lying(made: str) -> list[tuple[str, str]]:
    """Tags that print on a lying page, each with the page's name."""
    found = ((tag, str(attrs.get("class")).split()) for tag, attrs in Page(made).tags)
    return [(tag, name) for tag, names in found for name in ("lying", "broad") if name in names]


def many_columns(number: int) -> Table:
    return Table(tuple(Column(f"第{n}栏", f"c{n}") for n in range(number)), [tuple("值" * number)])


def test_paper_is_a4_lying_when_the_document_is_and_a3_when_a_table_is_huge() -> None:
    assert "@page { size: A4; margin: 37mm 26mm 35mm 28mm }" in page(document())
    for made in (ledger(), Document("题", (many_columns(12),), landscape=True)):
        assert re.findall(r"@page \{ size: (A\d) landscape", page(made)) == ["A4"]
    assert lying(page(replace(ledger(), large=True)))[0] == ("header", "broad")
    assert not re.search(r"@page \{ size: A\d landscape", page(document()))


@pytest.mark.parametrize(("columns", "name"), [(9, ""), (12, ""), (24, "lying")])
def test_a_wide_table_lies_with_its_heading_in_an_upright_document(columns: int, name: str) -> None:
    blocks = (Heading("甲"), Paragraph("一"), Heading("乙"), many_columns(columns))
    made = page(Document("题", blocks, provenance=origin()))
    assert lying(made) == ([(tag, name) for tag in ("h2", "div", "footer")] if name else [])
    assert "screen" not in {name for _, attrs in Page(made).tags for name in str(attrs.get("class")).split()}


def test_a_ledger_too_wide_for_a4_prints_in_blocks_that_repeat_what_a_row_is_known_by() -> None:
    made = page(ledger(3))
    sheets = [str(attrs["class"]).split() for _, attrs in Page(made).tags if "sheet" in str(attrs.get("class")).split()]
    assert sheets == [["sheet", "huge", "screen"], ["sheet", "huge", "paper"], ["sheet", "wide", "paper"]]
    heads = [re.findall(r"<th[^>]*>([^<]*)", table) for table in re.findall(r"<thead>(.*?)</thead>", made)]
    assert heads[0] == [column.label for column in LEDGER]
    assert set(heads[1]) & set(heads[2]) == {"编号", "问题描述"}
    assert set(heads[1]) | set(heads[2]) == set(heads[0])
    assert len(re.findall(r"<table", page(replace(ledger(3), large=True)))) == 1


def test_column_widths_make_a_whole() -> None:
    found = re.findall(r"#(\w+) col:nth-child\(\d+\)\{width:([\d.]+)%\}", page(ledger()))
    tables = {name: [float(width) for one, width in found if one == name] for name, _ in found}
    assert list(map(len, tables.values())) == [27, 15, 14]
    assert [sum(widths) for widths in tables.values()] == pytest.approx([100, 100, 100], abs=0.5)


def test_tones_bear_more_than_colour() -> None:
    made = page(Document("题", (small_table(),)))
    assert '<b class="alarm">已逾期</b>' in made
    assert ".alarm { color: var(--red); font-weight: bold; text-decoration: underline }" in made


def test_each_line_of_a_paragraph_is_one() -> None:
    assert page(Document("题", (Paragraph("一\n二"), PageBreak()))).count('<p class="text">') == 2
