"""A chart as spreadsheets and word processors draw it themselves: made by XlsxWriter, patterned for black and white."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import xlsxwriter

from lianxin.core.chart import Chart, Look
from lianxin.core.document import Table
from lianxin.core.text.pattern import late
from lianxin.formats.chart.text import numbers
from lianxin.formats.face.sanitise import for_xlsx

#: Points across and points for each row of bars.
WIDTH, _ROW, _LEAST, _MOST = 640, 24, 120, 640

_SORTS = {
    Look.BARS: {"type": "bar"},
    Look.STACKED: {"type": "bar", "subtype": "stacked"},
    Look.LINES: {"type": "line"},
    Look.TILES: {"type": "column"},
}
_INK, _PAPER = "#4A4A4A", "#FFFFFF"
_FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": _INK}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": _INK, "bg_color": _PAPER}},
    {"fill": {"color": "#C8C8C8"}},
    {"pattern": {"pattern": "narrow_horizontal", "fg_color": _INK, "bg_color": _PAPER}},
    {"pattern": {"pattern": "wide_downward_diagonal", "fg_color": _INK, "bg_color": _PAPER}},
    {"pattern": {"pattern": "large_check", "fg_color": _INK, "bg_color": _PAPER}},
)
#: Thousands apart; a part that is 0 says nothing.
_LABEL_FORMAT = r"[>=1000000]#\ ###\ ##0;[>=1000]#\ ##0;#"
_MARKERS = ("circle", "square", "triangle", "diamond", "x", "plus")
_DASHES = ("solid", "dash", "round_dot", "dash_dot", "square_dot", "long_dash")
_FONT = {"name": "宋体", "size": 10}
_UNRULED, _RULED = {"visible": False}, {"visible": True, "line": {"color": "#C8C8C8", "width": 0.5}}
_NO_TICKS: dict[str, Any] = {"major_tick_mark": "none", "minor_tick_mark": "none"}
#: What a word processor takes for granted unless it is told.
_VALUE_ALONE = (
    b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    b'<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
#: After this stands what is done where a number is missing.
_SEEN = b'<c:plotVisOnly val="1"/>'
#: Before this stands where the numbers come from.
_PRINTED = b"<c:printSettings>"
#: The sheet with the numbers, and when every such workbook says it was made.
_SHEET, _CREATED = "数", datetime(2000, 1, 1)
#: A number that is not there; it would be drawn as 0.
_EMPTY = late(rb'<c:pt idx="\d+"><c:v(?:/>|></c:v>)</c:pt>')
#: On which side of its line each series has its numbers.
_SIDES = ("above", "below")
#: Where a number of its own kind stands: XlsxWriter gives a side to a whole series.
_ABOVE = b'<c:dLblPos val="t"/>'
#: Of the highest there is.
_LOW = 0.12
#: With more numbers than this at the points of lines, they run into each other.
_MOST_LABELS = 30


def height_of(chart: Chart) -> int:
    """How high it is drawn, in points."""
    if chart.look in (Look.LINES, Look.TILES):
        return 270
    lines = len(chart.labels) * (1 if chart.look is Look.STACKED else max(len(chart.series), 1))
    return min(max(lines * _ROW + (70 if len(chart.series) > 1 else 44), _LEAST), _MOST)


def native(book: Any, sheet: str, chart: Chart, head: int) -> Any:
    """The chart over cells of a sheet.

    Args:
        book: Of XlsxWriter.
        sheet: The name of the sheet that holds its numbers, from the first column on.
        chart: What is drawn.
        head: The row of the headings; the numbers are under it.
    """
    made = book.add_chart(_SORTS[chart.look])
    last = head + len(chart.labels)
    for n, one in enumerate(chart.series):
        made.add_series(
            {
                "name": for_xlsx(one.name),
                "categories": [sheet, head + 1, 0, last, 0],
                "values": [sheet, head + 1, n + 1, last, n + 1],
                "gap": 60,
                **_look_of(chart, n),
            }
        )
    made.set_legend({"none": True} if len(chart.series) < 2 else {"position": "top", "font": _FONT})
    lying = chart.look in (Look.BARS, Look.STACKED)
    named = {"num_font": _FONT, "reverse": lying, "major_gridlines": _UNRULED} | _NO_TICKS
    counted = {"visible": not lying, "num_font": _FONT, "min": 0, "major_gridlines": _UNRULED if lying else _RULED}
    counted |= _NO_TICKS
    made.set_x_axis(counted if lying else named)
    made.set_y_axis(named if lying else counted)
    made.set_size({"width": WIDTH, "height": height_of(chart)})
    made.set_title({"none": True})
    return made


def _look_of(chart: Chart, n: int) -> dict[str, Any]:
    border = {"color": "#1A1A1A", "width": 0.75}
    few = len(chart.series) <= len(_SIDES) and len(chart.labels) * len(chart.series) <= _MOST_LABELS
    shown = chart.look is not Look.LINES or few
    labels = {"data_labels": {"value": True, "font": _FONT}} if shown else {}
    if chart.look is Look.LINES:
        marker = {"type": _MARKERS[n % len(_MARKERS)], "size": 6, "border": border, "fill": {"color": _INK}}
        line = {"color": "#1A1A1A", "width": 1.5, "dash_type": _DASHES[n % len(_DASHES)]}
        if labels:
            labels["data_labels"] |= {"position": _SIDES[n], "custom": _marked(chart, n)}
        return {"line": line, "marker": marker, **labels}
    if chart.look is Look.STACKED:
        labels["data_labels"] |= {"fill": {"color": _PAPER}, "num_format": _LABEL_FORMAT}
    return {"border": border, **_FILLS[n % len(_FILLS)], **labels}


def _marked(chart: Chart, n: int) -> list[dict[str, Any] | None]:
    """Numbers whose point lies so low that under it they would stand in the names of the axis; they go over it."""
    if _SIDES[n] != "below":
        return []
    low = (value is not None and float(value) < chart.most * _LOW for value in chart.series[n].values)
    return [{"font": _FONT} if one else None for one in low]


def chart_part(chart: Chart, relation: str) -> bytes:
    """The chart alone with its numbers in it, as ``chart1.xml`` of an Office package.

    Args:
        chart: What is drawn.
        relation: By which the part finds its ``workbook``.
    """
    with zipfile.ZipFile(io.BytesIO(_book(chart, drawn=True))) as package:
        made = package.read("xl/charts/chart1.xml").replace(b'<c:showVal val="1"/>', _VALUE_ALONE)
    if chart.look is Look.LINES:
        made = made.replace(b"</c:ser>", b'<c:smooth val="0"/></c:ser>')
        made = made.replace(b"</c:dLbl>", _ABOVE + _VALUE_ALONE + b"</c:dLbl>")
    made = made.replace(_SEEN, _SEEN + b'<c:dispBlanksAs val="gap"/>')
    source = f'<c:externalData r:id="{relation}"><c:autoUpdate val="0"/></c:externalData>'.encode()
    return _EMPTY.sub(b"", made).replace(_PRINTED, source + _PRINTED)


def workbook(chart: Chart) -> bytes:
    """The sheet a word processor opens when the chart's numbers are to be changed."""
    return _book(chart, drawn=False)


def _book(chart: Chart, *, drawn: bool) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(_SHEET)
    _fill(sheet, numbers(chart, nothing=None))
    if drawn:
        sheet.insert_chart(0, 5, native(book, _SHEET, chart, 0))
    book.close()
    return out.getvalue()


def _fill(sheet: Any, table: Table) -> None:
    for n, column in enumerate(table.columns):
        sheet.write_string(0, n, for_xlsx(column.label))
    for at, row in enumerate(table.rows, 1):
        for n, value in enumerate(row):
            if n and not isinstance(value, str) and value is not None:
                sheet.write_number(at, n, value)
            elif not n:
                sheet.write_string(at, n, for_xlsx(str(value)))
