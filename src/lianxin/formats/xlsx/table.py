"""One table as one sheet: title, heading row that repeats and stays in view, rows high enough to read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from lianxin.core.document import Column, Table, Value
from lianxin.core.value import FieldType
from lianxin.formats.cell import NUMBERS
from lianxin.formats.face.sanitise import for_xlsx
from lianxin.formats.paper.close import closed_up
from lianxin.formats.paper.heading import head_rows
from lianxin.formats.paper.layout import KNOWN_BY
from lianxin.formats.share import Body, bodies_of, paper_widths
from lianxin.formats.xlsx.cell import Cells
from lianxin.formats.xlsx.style import COUNT_FORMAT, Styles, height_of, lines_of, room_for

_FROZEN_COLUMNS_FROM = 9
_LANDSCAPE_FROM = 7
#: From so many columns a sheet is printed on A3.
LARGE_FROM = 19
#: Up to so many columns → width to share and padding of each column. On A4 140 prints at full size, on A3 205; nothing
#: is printed under three quarters of that, 7.5 points.
_ROOM = ((9, 140, 2), (12, 178, 2), (LARGE_FROM - 1, 178, 1))
#: More columns than that: on A3, and on two A4 of which the second repeats by what a row is known.
_BROAD, _TWO_SHEETS = (252, 1), (333, 1)

#: Papers, as Excel numbers them.
_A3, _A4 = 8, 9
#: Amounts are printed with their cents here, also where there are none.
_CENTS = 3
#: Excel takes no more characters of choices than this.
_LONGEST_CHOICES = 255


def widths_of(table: Table, *, large: bool = False) -> list[float]:
    """Column widths that print on a lying sheet: the more columns, the smaller the print may get, within reason."""
    wide = _BROAD if large else _TWO_SHEETS
    room, padding = next(((room, padding) for most, room, padding in _ROOM if len(table.columns) <= most), wide)
    bodies = bodies_of(table, sheet=True)
    widths = paper_widths(table, room, padding, 6, day=17, bodies=bodies)
    shown = [_CENTS if column.type is FieldType.AMOUNT else 0 for column in table.columns]
    return [
        float(max(_on_one_line(width, body) + more, 5)) for width, more, body in zip(widths, shown, bodies, strict=True)
    ]


def _on_one_line(width: int, body: Body) -> int:
    """A column that is as wide as its texts, by so much wider that none is taken for two lines."""
    return max(width, room_for(body.width)) if not body.whole and width >= body.width else width


def write_table(
    sheet: Any,
    table: Table,
    styles: Styles,
    *,
    titles: Sequence[str],
    feet: Sequence[str],
    landscape: bool,
    large: bool,
    kept: str = "",
) -> int:
    """Fill a fresh sheet with one table; returns the row of its headings.

    Args:
        sheet: Of XlsxWriter, fresh.
        table: What stands on it.
        styles: Of the same workbook.
        titles: Merged over the table, the first large.
        feet: Merged under its notes: provenance.
        landscape: Print lying even if the table is narrow.
        large: On A3 if it is too wide for A4; else it goes on over two.
        kept: Between titles and headings: whose ledger it is.
    """
    writer = Cells(sheet, table.columns, widths_of(table, large=large), styles)
    for n, width in enumerate(writer.widths):
        sheet.set_column(n, n, width)
    two = len(table.columns) >= LARGE_FROM and not large
    last = _first_sheet(writer.widths) if two else None
    aside = _known(table) + 1 if two else 0  # what stands in the columns that the second sheet repeats is cut off there
    for n, title in enumerate(titles):
        band(writer, n, title, styles.subtitle() if n else styles.title(), 17 if n else 25, last)
    # Offices disagree about the height of a row that says nothing.
    sheet.set_default_row(height_of(1))
    first = len(titles)
    if kept:
        band(writer, first, kept, styles.kept(), 14, last, aside)
        first += 1
    head = headings(sheet, first, table.columns, styles, writer.widths)
    at = _body(writer, table, head + 1)
    _page(sheet, table, head, at - 1, landscape=landscape, large=large)
    sheet.repeat_rows(first, head)
    _offer(sheet, table, head + 1, at - 1)
    if table.totals:
        writer.row(at, table.totals, bold=True, top=2)
        _live(writer, table, head + 1, at)
        at += 1
    lines = [*(f"注：{closed_up(note)}" for note in table.notes), *feet]
    for text in lines:
        style = styles.loud() if text.startswith("注意：") else styles.note()
        band(writer, at, text, style, 12.5, last, aside)
        at += 1
    return head


def _first_sheet(widths: Sequence[float]) -> int:
    """The last column of those that are printed on the first of two sheets of paper."""
    half, filled = sum(widths) / 2, 0.0
    for n, width in enumerate(widths):
        filled += width
        if filled > half:
            return max(n - 1, 0)
    return len(widths) - 1


def _known(table: Table) -> int:
    """The last of the first columns by which a row is known on the second sheet too."""
    found = (n for n, one in enumerate(table.columns) if one.type is FieldType.REF or one.label in KNOWN_BY)
    return next(found, 0)


def band(writer: Cells, at: int, text: str, style: Any, line: float, last: int | None = None, first: int = 0) -> None:
    """Text across the columns of the table, from one up to a last one, in type that takes ``line`` points a line."""
    sheet, shown = writer.sheet, for_xlsx(text)
    last = len(writer.columns) - 1 if last is None else last
    # Large type takes more of the width than the 10 points the widths are counted in.
    capacity = sum(writer.widths[first : last + 1]) * 12.5 / line
    sheet.set_row(at, height_of(lines_of(shown, capacity), line))
    if last > first:
        sheet.merge_range(at, first, at, last, "", style)
    sheet.write_string(at, first, shown, style)


def headings(sheet: Any, at: int, columns: Sequence[Column], styles: Styles, widths: Sequence[float]) -> int:
    """The heading, in one row or two; returns the row of the lower."""
    rows = head_rows([for_xlsx(column.label) for column in columns])
    last = at + len(rows) - 1
    for row, heads in enumerate(rows, at):
        for head in heads:
            end = (row + head.deep - 1, head.first + head.span - 1)
            if end == (row, head.first):
                sheet.write_string(row, head.first, head.text, styles.head())
            else:
                sheet.merge_range(row, head.first, *end, head.text, styles.head())
    whole = [head for heads in rows for head in heads if head.span == 1]
    sheet.set_row(last, height_of(max(lines_of(head.text, widths[head.first] - 1) for head in whole), 14.5))
    return last


def _offer(sheet: Any, table: Table, first: int, last: int) -> None:
    """Drop-downs in enumerated columns; what stands there already is left alone."""
    if not table.rows:
        return
    for n, column in enumerate(table.columns):
        if column.choices and len(",".join(column.choices)) <= _LONGEST_CHOICES:
            offered = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(first, n, last, n, offered)


def _body(writer: Cells, table: Table, at: int) -> int:
    groups = dict(table.groups)
    for n, row in enumerate(table.rows):
        if n in groups:
            for column in range(1, len(table.columns)):  # its text runs on over them
                end = int(column == len(table.columns) - 1)
                writer.sheet.write_blank(at, column, None, _unwrapped(writer.styles, left=0, right=end))
            writer.sheet.write_string(at, 0, for_xlsx(closed_up(groups[n])), _unwrapped(writer.styles))
            at += 1
        writer.row(at, row)
        at += 1
    if not table.rows:
        writer.sheet.write_string(at, 0, "（没有符合条件的记录）", _unwrapped(writer.styles))
        at += 1
    return at


def _live(writer: Cells, table: Table, first: int, at: int) -> None:
    """Totals that are the sums of what stands above them go on adding up when rows are changed, added or filtered."""
    for n, (column, total) in enumerate(zip(table.columns, table.totals, strict=True)):
        values = [row[n] for row in table.rows]
        if column.type not in NUMBERS or not _number(total) or not all(one is None or _number(one) for one in values):
            continue
        if sum((Decimal(str(one)) for one in values if one is not None), Decimal(0)) == Decimal(str(total)):
            cells = f"{xl_rowcol_to_cell(first, n)}:{xl_rowcol_to_cell(at - 1, n)}"
            style = writer.styles.cell(column.type, bold=True, top=2, **_whole(column, total))
            writer.sheet.write_formula(at, n, f"=SUBTOTAL(9,{cells})", style, float(str(total)))


def _number(value: Value) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _whole(column: Column, total: Value) -> dict[str, Any]:
    """A count among amounts is shown without cents."""
    return {"num_format": COUNT_FORMAT} if column.type is FieldType.AMOUNT and isinstance(total, int) else {}


def _unwrapped(styles: Styles, **sides: int) -> Any:
    ruled = {"top": 1, "bottom": 1, "left": 1} | sides
    return styles.of(bold=True, bg_color="#F5F5F2", align="left", text_wrap=False, **ruled)


def _page(sheet: Any, table: Table, head: int, last_row: int, *, landscape: bool, large: bool) -> None:
    """How the sheet is looked at and printed."""
    count = len(table.columns)
    sheet.freeze_panes(head + 1, 2 if count >= _FROZEN_COLUMNS_FROM else 0)
    if not table.groups and table.rows:
        sheet.autofilter(head, 0, last_row, count - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    wide = count >= LARGE_FROM
    set_page(
        sheet, landscape=landscape or count >= _LANDSCAPE_FROM, large=wide and large, across=2 - (large or not wide)
    )
    if wide and not large:  # on both sheets of paper a row is known by what it begins with
        sheet.repeat_columns(0, _known(table))


def set_page(sheet: Any, *, landscape: bool, large: bool = False, across: int = 1) -> None:
    """A4, or A3 where it is large, as wide as so many pages, page numbers at the foot."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A3 if large else _A4)
    sheet.fit_to_pages(across, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.set_footer('&C&"宋体"&11— &P —')
