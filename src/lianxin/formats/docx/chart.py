"""Charts in a Word file: drawn by Word or WPS itself from a chart part and its workbook; tiles as a shaded table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from lianxin.core.chart import Chart, Look
from lianxin.formats.chart.native import WIDTH, chart_part, height_of, workbook
from lianxin.formats.docx.xml import LYING, UPRIGHT, Styles, cell, grid, paragraph, row, said
from lianxin.formats.face.sanitise import visible

_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a part's first relation is called.
_FIRST = "rId1"
_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"

#: English metric units to a twentieth of a point.
_UNITS = 635
_ACROSS = 5


class Drawings:
    """The charts of one Word file, each in a part of its own, with its workbook beside it."""

    def __init__(self, made: Any, styles: Styles) -> None:
        self.made, self._styles, self._count = made, styles, 0

    def chart(self, chart: Chart, *, lying: bool) -> Iterator[str]:
        """The chart under its title and over its notes."""
        unit = f"（单位：{chart.unit}）" if chart.unit else ""
        yield said(self._styles, "表题", chart.title + unit)
        room = LYING if lying else UPRIGHT
        if not chart.labels:
            yield said(self._styles, "表文中", "（没有数字）")
        elif chart.look is Look.TILES:
            yield _tiles(self._styles, chart, room)
        else:
            yield paragraph(self._styles, "表文中", self._drawing(chart, room))
        yield from (said(self._styles, "表注", f"注：{note}" if note else "") for note in chart.notes or ("",))

    def _drawing(self, chart: Chart, room: int) -> str:
        self._count += 1
        number = self._count
        package = self.made.part.package
        name = PackURI(f"/word/charts/chart{number}.xml")
        part = Part(name, _TYPE, chart_part(chart, _FIRST), package)
        name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
        part.relate_to(Part(name, _WORKBOOK, workbook(chart), package), RELATIONSHIP_TYPE.PACKAGE)
        relation = self.made.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        across = min(room, UPRIGHT) * _UNITS
        high = across * height_of(chart) // WIDTH
        told = "；".join(
            f"{label} {'，'.join(one.text(n) for one in chart.series)}" for n, label in enumerate(chart.labels)
        )
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{high}"/>'
            f'<wp:docPr id="{9000 + number}" name="图 {number}" descr={quoteattr(visible(told))}/>'
            f'<a:graphic><a:graphicData uri="{_SPACE}"><c:chart xmlns:c="{_SPACE}" r:id="{relation}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


def _tiles(styles: Styles, chart: Chart, room: int) -> str:
    """A table of tiles, the darker the more."""
    most, one = chart.most or 1.0, chart.series[0]
    across = min(len(chart.labels), _ACROSS)
    width = room // across
    tiles = []
    for n, label in enumerate(chart.labels):
        shade = round(255 - float(one.values[n] or 0) / most * 110)
        told = f"{one.text(n)} {chart.unit}".strip()
        content = said(styles, "表文中", label) + said(styles, "表题", told)
        tiles.append(cell(width, content, f"{shade:02X}" * 3))
    tiles += [cell(width, said(styles, "表文中", ""))] * (-len(tiles) % across)
    rows = [row("".join(tiles[first : first + across])) for first in range(0, len(tiles), across)]
    return grid(styles, [width] * across, rows)


def drawn_lines(made: Any) -> list[str]:
    """What the charts of an opened file say: the names and numbers kept in them."""
    found = []
    for part in made.part.package.iter_parts():
        if part.content_type == _TYPE:
            texts = parse_xml(part.blob).iter(f"{{{_SPACE}}}v", qn("a:t"))
            found += [text.text or "" for text in texts]
    return found
