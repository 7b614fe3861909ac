"""A worksheet whose rows are kept as the text they are written as, and put into the finished workbook.

XlsxWriter keeps an object for every cell, and the whole sheet twice when it is written: that takes a ledger of 16,400
rows more than half of the time, and 100 MB. A worksheet of one's own is a thing it provides for.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

#: Where a row's cells are to stand; no text of a workbook can hold it.
_HERE = "\0"
_TEXT = ' t="s"><v>'


@cache
def _names(count: int) -> list[str]:
    return [xl_col_to_name(n) for n in range(count)]


class Rows(Worksheet):  # type: ignore[misc]
    """What is written by ``put`` cannot be read back by a chart; all else is XlsxWriter's.

    Attributes:
        texts: The cells of each row, by its place.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[int, bytes] = {}

    def cell(self, content: str | float | Decimal | None, style: Any) -> str:
        """What follows a cell's place: its style, then a text (by its number among all texts), a number or nothing."""
        look = f'" s="{style._get_xf_index()}"'  # noqa: SLF001 - the base class asks so too
        if content is None:
            return f"{look}/>"
        if isinstance(content, str):
            number = self.str_table._get_shared_string_index(content)  # noqa: SLF001
            self.str_table.count -= 1  # it is counted where it stands
            return f"{look}{_TEXT}{number}</v></c>"
        return f"{look}><v>{content:.16G}</v></c>"

    def put(self, at: int, cells: Sequence[str]) -> None:
        """Write a whole row, from the first column on."""
        last, number = len(cells) - 1, at + 1
        self._check_dimensions(at, 0)
        self._check_dimensions(at, last)
        self.table[at] = {last: "", 0: _HERE}  # a row is as wide as its ends
        text = "".join([f'<c r="{name}{number}{cell}' for name, cell in zip(_names(last + 1), cells, strict=True)])
        self.str_table.count += text.count(_TEXT)
        self.texts[at] = text.encode()

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if isinstance(cell, str):
            self.fh.write(cell)
        else:
            super()._write_cell(row, col, cell)


def assembled(package: bytes, sheets: Sequence[Any]) -> bytes:
    """A closed workbook, with the rows of its worksheets where they belong."""
    texts = {f"xl/worksheets/sheet{n}.xml": sheet.texts for n, sheet in enumerate(sheets, 1) if isinstance(sheet, Rows)}
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, part.date_time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            rows = texts.get(part.filename, {})
            first, *others = old.read(part).split(_HERE.encode()) if rows else [old.read(part)]
            with new.open(entry, "w") as file:
                file.write(first)
                for at, after in zip(sorted(rows), others, strict=True):
                    file.write(rows[at])
                    file.write(after)
    return made.getvalue()
