"""What page forms are put together from: paper on the styled base, and grids of labels and tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

BASE = Path(__file__).resolve().parents[1] / "templates" / "formats" / "document.docx"

#: A line of a form: labels and the tags beside them; one pair takes the whole width. A word alone is a line across:
#: a part's name, or the beginning or end of a loop.
Pairs = tuple[tuple[str, str], ...]
Line = Pairs | str

#: Widths of labels and values on paper upright, upright with moments for labels, and across; in mm.
UPRIGHT = (24, 54, 24, 54)
DATED = (28, 55, 28, 55)
LYING = (27, 103, 27, 104)


def put(cell: Any, text: str, style: str) -> None:
    """A cell's first paragraph; further lines are set small."""
    first, *others = text.split("\n")
    cell.paragraphs[0].style, cell.paragraphs[0].text = style, first
    for other in others:
        cell.add_paragraph(other, style="表注")


def opened() -> Any:
    """An empty document on the base."""
    return docx.Document(str(BASE))


def styled(document: Any, name: str, like: str) -> Any:
    """The paragraphs of a style of the form's own, like another."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = document.styles[like], True
    return style.paragraph_format


def laid(document: Any, *, lying: bool) -> None:
    """Paper with narrow margins, upright or across."""
    section = document.sections[0]
    if lying:
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(18 if lying else 22)
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(22), Mm(20), Mm(11)


def blank_grid(document: Any, rows: int, widths: Sequence[int], high: int) -> Any:
    """An empty grid whose rows are not split over pages."""
    table = document.add_table(rows, len(widths))
    table.style, table.autofit, table.alignment = "台账表", False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row.height, row.height_rule = Mm(high), WD_ROW_HEIGHT_RULE.AT_LEAST
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))  # noqa: SLF001
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width, cell.vertical_alignment = Mm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return table


def grid(
    document: Any, lines: Sequence[Line], widths: Sequence[int], high: int, tall: Mapping[str, int] | None = None
) -> None:
    """Labels and values, two pairs a line.

    Args:
        tall: How high, in mm, the lines of some labels are: somebody writes in them by hand.
    """
    table = blank_grid(document, len(lines), widths, high)
    for row, line in zip(table.rows, lines, strict=True):
        row.height = Mm((tall or {}).get(line if isinstance(line, str) else line[0][0], high))
        if isinstance(line, str):
            row.cells[0].merge(row.cells[3])
            shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="F0F0F0"/>')
            row.cells[0]._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001
            put(row.cells[0], line, "表组")
            continue
        for n, (label, tag) in enumerate(line):
            put(row.cells[2 * n], label, "单头")
            if len(line) == 1:
                row.cells[1].merge(row.cells[3])
            put(row.cells[2 * n + 1], tag, "单文")
