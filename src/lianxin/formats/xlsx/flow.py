"""What is no table, on a workbook's first sheet: headings, paragraphs, key-values and timelines, top to bottom."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lianxin.core.chart import Chart
from lianxin.core.document import (
    Block,
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
    show,
)
from lianxin.core.picture import Pictures
from lianxin.core.value import FieldType
from lianxin.formats.cell import NUMBERS
from lianxin.formats.face.sanitise import for_xlsx
from lianxin.formats.paper.close import closed
from lianxin.formats.paper.foot import alarm, foot_lines
from lianxin.formats.paper.outline import outline
from lianxin.formats.xlsx.cell import serial
from lianxin.formats.xlsx.style import DAY_FORMAT, HEAD, TITLE, Styles, height_of, lines_of
from lianxin.formats.xlsx.table import set_page

_LABEL, _VALUE = 20.0, 76.0
_SIZES = {1: 15, 2: 13, 3: 12, 4: 11}


class _Flow:
    """Writes downwards; remembers the next free row."""

    def __init__(self, sheet: Any, styles: Styles) -> None:
        self.sheet, self.styles, self.at = sheet, styles, 0
        self.breaks: list[int] = []

    def band(self, text: str, style: Any, size: float = 10) -> None:
        """Text over both columns."""
        shown = for_xlsx(text)
        capacity = (_LABEL + _VALUE) * 10 / size
        self.sheet.set_row(self.at, height_of(lines_of(shown, capacity), size * 1.4))
        self.sheet.merge_range(self.at, 0, self.at, 1, "", style)
        self.sheet.write_string(self.at, 0, shown, style)
        self.at += 1

    def two(self, label: str, text: str, style: Any) -> None:
        """A label and text beside it."""
        left, right = for_xlsx(label), for_xlsx(text)
        lines = max(lines_of(left, _LABEL), lines_of(right, _VALUE))
        self.sheet.set_row(self.at, height_of(lines))
        self.sheet.write_string(self.at, 0, left, self.styles.of(border=1, bg_color="#F5F5F2"))
        self.sheet.write_string(self.at, 1, right, style)
        self.at += 1

    def pair(self, pair: Pair) -> None:
        """A label and a typed value."""
        found = serial(pair.value, pair.type)
        number = pair.value if isinstance(pair.value, int | float | Decimal) and pair.type in NUMBERS else None
        if found is None and number is None:
            self.two(pair.label, show(pair.value, pair.type), self.styles.cell(FieldType.STORY, pair.tone))
            return
        whole = {"num_format": DAY_FORMAT} if found and found[1] else {}
        self.two(pair.label, "", self.styles.cell(FieldType.STORY))
        style = self.styles.cell(pair.type, pair.tone, align="left", **whole)
        self.sheet.write_number(self.at - 1, 1, found[0] if found else number, style)


def write_flow(sheet: Any, document: Document, styles: Styles, placed: dict[int, str]) -> None:
    """Fill the first sheet.

    Args:
        sheet: Of XlsxWriter, fresh.
        document: Whose tables stand on sheets of their own.
        styles: Of the same workbook.
        placed: Place of each table among the blocks → the sheet it stands on, to link to.
    """
    flow = _Flow(sheet, styles)
    sheet.set_column(0, 0, _LABEL)
    sheet.set_column(1, 1, _VALUE)
    head = document.masthead
    if head:
        for mark in head.marks:
            flow.band(mark, styles.of(font_size=12), 12)
    if head and head.name:
        flow.band(head.name, styles.of(font_name=TITLE, font_size=22, align="center", font_color="#C00000"), 22)
        line = "　　".join(text for text in (head.number, head.signed, head.issuer, head.day) if text)
        flow.band(line, styles.of(align="center", font_size=12, bottom=5, bottom_color="#C00000"), 12)
    if not any(isinstance(block, Cover) for block in document.blocks):
        flow.band(document.title, styles.title(), 18)
        if document.subtitle:
            flow.band(document.subtitle, styles.subtitle(), 12)
    loud = alarm(document.provenance)
    if loud:
        flow.band(loud, styles.loud())
    for n, block in enumerate(document.blocks):
        _write(flow, block, document, placed.get(n, ""))
    for line in head.under if head else ():
        flow.band(line, styles.of(font_size=11, top=1), 11)
    for line in foot_lines(document.provenance, paper=True):
        flow.band(line, styles.note(), 9)
    sheet.set_h_pagebreaks(flow.breaks)
    set_page(sheet, landscape=False)


def _write(flow: _Flow, block: Block, document: Document, place: str) -> None:
    styles = flow.styles
    match block:
        case Heading():
            size = _SIZES.get(block.level, 11)
            flow.at += 1
            flow.band(closed(block), styles.of(font_name=HEAD, font_size=size, bold=True), size)
        case Paragraph():
            flow.band(closed(block), styles.toned(block.tone), 11)
        case Pictures():
            for line in block.lines:
                flow.band(line, styles.of(font_size=11), 11)
        case KeyValues():
            for pair in block.pairs:
                flow.pair(pair)
        case Table() | Chart():
            flow.band("", styles.of(underline=1))
            link = f"internal:'{place}'!A1"
            flow.sheet.write_url(flow.at - 1, 0, link, styles.of(underline=1), f"见工作表「{place}」")
        case Timeline():
            for entry in block.entries:
                head = " ".join(part for part in (entry.label, entry.actor) if part)
                text = "\n".join(part for part in (head, entry.text) if part)
                flow.two(f"{entry.at:%Y-%m-%d %H:%M}", text, styles.cell(FieldType.STORY, entry.tone))
        case PageBreak():
            if flow.at:
                flow.breaks.append(flow.at)
        case Contents():
            flow.band("目录", styles.of(bold=True, align="center", font_size=12), 12)
            for heading in outline(document).entries:
                if heading.level <= block.depth:
                    flow.band(heading.text, styles.of(indent=(heading.level - 1) * 2, font_size=11), 11)
        case Cover():
            flow.band(block.title, styles.of(font_name=TITLE, font_size=22, align="center"), 22)
            for line in block.lines:
                flow.band(line, styles.of(align="center", font_size=12), 12)
