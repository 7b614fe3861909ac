"""An empty workbook to be filled in: headings, a line of notes, a line of example, and lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from msgspec import Struct

from lianxin.core.sheet import letter

#: So many rows have lists to choose from.
_ROWS = 1000
_HIDDEN = "选项"
#: What a sheet of paper holds side by side; what is wider goes on over several.
_ACROSS = 14
#: So wide is a column of digits.
_DIGITS = 20
_LINE = 13
#: What is said of a word that is not on the list.
DOUBTED = {"error_type": "warning", "error_title": "请核对", "error_message": "单子里没有这一个，确要这样写吗？"}


class BlankColumn(Struct, frozen=True):
    """One column.

    Attributes:
        note: What to write, in a few words.
        needed: It must be filled in.
        choices: What may stand in it.
        example: What stands in the example.
        text: It holds digits that are no number, and must stay as they are typed.
    """

    label: str
    note: str = ""
    needed: bool = False
    choices: Sequence[str] = ()
    example: str = ""
    text: bool = False


def blank(
    title: str, columns: Sequence[BlankColumn], marks: tuple[str, str], about: str, notes: Sequence[str]
) -> bytes:
    """The workbook.

    Args:
        title: Of the sheet and over the table.
        columns: After the one that numbers the rows.
        marks: What stands in that one in the line of the example, and in that of the notes.
        about: The name of the sheet that tells how to fill it in.
        notes: What stands there.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, options = book.add_worksheet(title), book.add_worksheet(_HIDDEN)
        told = book.add_worksheet(about)
        head = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        needed = book.add_format(
            {"bold": True, "bg_color": "#F8CBAD", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        small = book.add_format(
            {"font_color": "#7F7F7F", "font_size": 9, "text_wrap": True, "valign": "top", "border": 1}
        )
        grey = book.add_format(
            {"font_color": "#7F7F7F", "italic": True, "border": 1, "text_wrap": True, "valign": "top"}
        )
        plain, text = book.add_format({"valign": "top"}), book.add_format({"num_format": "@", "valign": "top"})
        said = f"{title}（导入用；橙色的栏必填，「{marks[0]}」「{marks[1]}」两行导入时不算）"
        sheet.write(0, 0, said, book.add_format({"bold": True, "font_size": 14}))
        sheet.write(1, 0, "序号", head)
        sheet.write(2, 0, marks[1], small)
        sheet.write(3, 0, marks[0], grey)
        sheet.set_column(0, 0, 6)
        lines = 1
        for n, column in enumerate(columns, 1):
            wide = _DIGITS if column.text else max(12, 2 * len(column.label) + 4)
            sheet.set_column(n, n, wide, text if column.text else plain)
            lines = max(lines, -(-2 * len(column.note) // wide))
            sheet.write(1, n, column.label, needed if column.needed else head)
            sheet.write(2, n, column.note, small)
            sheet.write_string(3, n, column.example, grey)
            if column.choices:
                options.write(0, n - 1, column.label)
                options.write_column(1, n - 1, column.choices)
                where = letter(n - 1)
                source = f"={_HIDDEN}!${where}$2:${where}${len(column.choices) + 1}"
                sheet.data_validation(4, n, _ROWS, n, {"validate": "list", "source": source, **DOUBTED})
        sheet.set_row(2, _LINE * lines + 4)
        sheet.freeze_panes(2, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        if len(columns) < _ACROSS:
            sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.repeat_columns(0)
        for row, line in enumerate(notes):
            told.write(row, 0, line)
        told.set_column(0, 0, 90)
        options.hide()
    return made.getvalue()
