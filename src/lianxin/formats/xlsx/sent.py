"""A ledger as a workbook that somebody fills in and sends back: what may be written in is white, all else locked.

Nothing is secret about the lock: it has no password, and only keeps a slip of the hand from changing what is not asked.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import xlsxwriter
from msgspec import Struct

from lianxin.core.document import Column, Document, Table, Value
from lianxin.core.sheet import letter
from lianxin.core.value import FieldType
from lianxin.formats.face.sanitise import for_xlsx
from lianxin.formats.package import settled
from lianxin.formats.paper.foot import foot_lines
from lianxin.formats.paper.heading import head_rows
from lianxin.formats.xlsx.cell import Cells
from lianxin.formats.xlsx.sheet_name import SheetNames
from lianxin.formats.xlsx.style import Styles, height_of
from lianxin.formats.xlsx.table import LARGE_FROM, band, headings, set_page, widths_of

_SHADE, _ASKED = "#EDEDED", "#FFE9C7"
#: The sheet of what may be chosen.
CHOICES = "选项"
_NOTE = {"x_scale": 1.6, "y_scale": 0.8, "font_size": 10}
#: Excel shows no longer notes beside a cell.
_LONGEST_NOTE, _LONGEST_TITLE = 250, 32
#: On the hidden sheet: after whom a row is known by, and where something may be written in it.
_BEFORE = 2
#: So wide is a column for somebody's words at the least.
_ROOM = 18.0


class Asking(Struct, frozen=True):
    """What a column asks for.

    Attributes:
        note: What may be written, in a few words.
        choices: What may stand in it; empty for anything.
    """

    note: str = ""
    choices: Sequence[str] = ()


class Hidden(Struct, frozen=True):
    """What the workbook carries so that it can be taken back.

    Attributes:
        tokens: Of each row; what stands beside rows that are no records.
        open: Of each row, where something may be written.
        key: What keys of columns begin with.
        sheet: The name of the sheet that nobody sees.
        head: What stands over the rows there, a row a line.
    """

    tokens: Sequence[str]
    open: Sequence[Sequence[bool]]
    ours: str
    key: str
    sheet: str
    head: Sequence[Sequence[str]]


def sent(document: Document, asks: Sequence[Asking | None], hidden: Hidden, told: Sequence[str]) -> bytes:
    """The workbook.

    Args:
        document: Of one table, as whoever gets it may see it.
        asks: Of each column; None: nothing.
        hidden: What nobody sees.
        told: What stands under the title.
    """
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    made = io.BytesIO()
    kept = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(made, kept) as book:
        names, styles = SheetNames(), Styles(book)
        sheet = book.add_worksheet(names.take(document.title))
        _Page(sheet, table, styles, asks, hidden).write((document.title, *told), foot_lines(document.provenance))
        lists = _lists(book, names.take(CHOICES), table.columns, asks)
        _offer(sheet, asks, lists, table, len(told) + 1)
        _memory(book, names.take(hidden.sheet), table, styles, hidden)
        book.set_properties({"title": for_xlsx(document.title), "created": _day(document)})
    return settled(made.getvalue())


def _day(document: Document) -> datetime | None:
    day = document.provenance.as_of if document.provenance else None
    return datetime.combine(day, time()) if day else None


class _Page(Struct):
    """The sheet that is filled in."""

    sheet: Any
    table: Table
    styles: Styles
    asks: Sequence[Asking | None]
    hidden: Hidden

    def write(self, titles: Sequence[str], feet: Sequence[str]) -> None:
        """All of it: keys, titles, headings, rows, foot."""
        sheet, table, styles = self.sheet, self.table, self.styles
        widths = self._widths()
        writer = Cells(sheet, table.columns, widths, styles, bg_color=_SHADE)
        last = len(table.columns)
        for n, width in enumerate(writer.widths):
            sheet.set_column(n, n, width)
            sheet.write_string(0, n, f"{self.hidden.key}{n + 1}")
        sheet.set_column(last, last, None, None, {"hidden": True})
        sheet.write_string(0, last, self.hidden.key)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_default_row(height_of(1))
        for n, title in enumerate(titles, 1):
            band(writer, n, title, styles.subtitle() if n > 1 else styles.title(), 17 if n > 1 else 25)
        head = headings(sheet, len(titles) + 1, table.columns, styles, writer.widths)
        for at in range(1, head + 1):
            sheet.write_string(at, last, self.hidden.ours)
        self._asked(head)
        at = self._rows((writer, Cells(sheet, table.columns, widths, styles, locked=False)), head + 1)
        for text in (*(f"注：{note}" for note in table.notes), *feet):
            band(writer, at, text, styles.note(), 12.5)
            sheet.write_string(at, last, self.hidden.ours)
            at += 1
        sheet.freeze_panes(head + 1, min(2, last - 1))
        sheet.repeat_rows(1, head)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        set_page(sheet, landscape=True, large=last >= LARGE_FROM)
        allowed = ("format_cells", "format_columns", "format_rows", "sort", "autofilter", "select_locked_cells")
        sheet.protect("", dict.fromkeys((*allowed, "select_unlocked_cells"), True))

    def _widths(self) -> list[float]:
        """What is to be written has room, also where nothing stands yet."""
        found = zip(widths_of(self.table), self.table.columns, self.asks, strict=True)
        return [max(width, _ROOM) if ask and one.type is FieldType.STORY else width for width, one, ask in found]

    def _asked(self, head: int) -> None:
        """The headings of what is asked for stand out, and say what may be written."""
        look = self.styles.of(
            font_name="黑体", bold=True, align="center", border=1, bg_color=_ASKED, locked=True, valign="vcenter"
        )
        alone = len(head_rows([for_xlsx(column.label) for column in self.table.columns])) == 1
        for n, (ask, column) in enumerate(zip(self.asks, self.table.columns, strict=True)):
            if ask:
                if alone:
                    self.sheet.write_string(head, n, for_xlsx(column.label), look)
                self.sheet.write_comment(head, n, for_xlsx(f"可以填。{ask.note}"), _NOTE)

    def _rows(self, writers: tuple[Cells, Cells], at: int) -> int:
        """Locked and open cells are written alike but for their look."""
        sheet, table, last = self.sheet, self.table, len(self.table.columns)
        groups = dict(table.groups)
        for n, row in enumerate(table.rows):
            if n in groups:
                band(writers[0], at, groups[n], self.styles.group(), 13)
                sheet.write_string(at, last, self.hidden.ours)
                at += 1
            self._row(writers, at, row, self.hidden.open[n])
            sheet.write_string(at, last, self.hidden.tokens[n])
            at += 1
        if table.totals:
            self._row(writers, at, table.totals, [False] * last)
            sheet.write_string(at, last, self.hidden.ours)
            at += 1
        return at

    def _row(self, writers: tuple[Cells, Cells], at: int, row: Sequence[Value], open_: Sequence[bool]) -> None:
        lines = 1
        for n, value in enumerate(row):
            cell = writers[open_[n]].prepared(n, value)
            cell.write(at, n, cell.content, cell.style)
            lines = max(lines, cell.lines)
        if lines > 1:
            self.sheet.set_row(at, height_of(lines))


def _lists(book: Any, name: str, columns: Sequence[Column], asks: Sequence[Asking | None]) -> dict[int, str]:
    """A hidden sheet of what may stand in columns; where each of them stands."""
    sheet = book.add_worksheet(name)
    sheet.hide()
    found = {}
    for n, ask in enumerate(asks):
        if ask and ask.choices:
            sheet.write_string(0, n, for_xlsx(columns[n].label))
            for row, word in enumerate(ask.choices, 1):
                sheet.write_string(row, n, for_xlsx(word))
            found[n] = f"={name}!${letter(n)}$2:${letter(n)}${len(ask.choices) + 1}"
    return found


def _offer(sheet: Any, asks: Sequence[Asking | None], lists: dict[int, str], table: Table, above: int) -> None:
    """Lists to choose from, and what may be written, beside the cells."""
    first, last = above + 1, above + 1 + len(table.rows) + len(table.groups)
    for n, ask in enumerate(asks):
        if ask is None or not table.rows:
            continue
        rule: dict[str, Any] = {"validate": "list", "source": lists[n]} if n in lists else {"validate": "any"}
        if n in lists:
            rule |= {
                "error_type": "warning",
                "error_title": "请核对",
                "error_message": "单子里没有这一个，确要这样写吗？",
            }
        if ask.note:
            title = table.columns[n].label[:_LONGEST_TITLE]
            rule |= {"input_title": title, "input_message": ask.note[:_LONGEST_NOTE]}
        if len(rule) > 1:
            sheet.data_validation(first, n, last, n, rule)


def _memory(book: Any, name: str, table: Table, styles: Styles, hidden: Hidden) -> None:
    """What was sent, cell by cell, as any program that saves the workbook will leave it like the cells themselves."""
    sheet = book.add_worksheet(name)
    at = 0
    for line in hidden.head:
        for n, text in enumerate(line):
            sheet.write_string(at, n, text)
        at += 1
    writer = Cells(sheet, table.columns, [10.0] * len(table.columns), styles)
    for token, open_, row in zip(hidden.tokens, hidden.open, table.rows, strict=True):
        if token != hidden.ours:
            sheet.write_string(at, 0, token)
            sheet.write_string(at, 1, "".join("o" if one else "-" for one in open_))
            for n, value in enumerate(row):
                cell = writer.prepared(n, value)
                cell.write(at, n + _BEFORE, cell.content, cell.style)
            at += 1
    sheet.protect("")
    sheet.very_hidden()
