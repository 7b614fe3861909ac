"""A file of hers as sheets: xlsx and xls, be they called et, and text with marks between, in whatever encoding."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.core.error import UsageError, reason
from lianxin.core.sheet import CellValue, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

#: Nobody's workbook is larger; what is would fill the memory.
_MOST_BYTES = 64_000_000
_MOST_CELLS = 4_000_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "请用 WPS 或 Excel 打开，另存为 xlsx，再导入那一份"


def read_sheets(path: Path, *, hidden: bool = False) -> list[Sheet]:
    """The sheets of a file that can be seen, in their order.

    Args:
        path: Of the file.
        hidden: Those that cannot be seen as well.

    Raises:
        UsageError: There is no such file, or it is no table.
    """
    data = _bytes(path)
    if data.startswith((_ZIP, _OLE)):
        return _workbook(path, data, hidden=hidden)
    return [_text(path, data)]


def has_sheet(path: Path, name: str) -> bool:
    """Whether a workbook has a sheet of that name, seen or not; what is no workbook has none."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    data = _bytes(path)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return data.startswith((_ZIP, _OLE)) and name in book.sheet_names
    except (CalamineError, PasswordError):
        return False


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path} 太大，一次读不了；请分成几份，每份一两万行")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} 读不了（{reason(error)}）；请核对文件名") from None


def _workbook(path: Path, data: bytes, *, hidden: bool) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            seen = {
                one.name: one.visible is SheetVisibleEnum.Visible
                for one in book.sheets_metadata
                if one.typ is SheetTypeEnum.WorkSheet
            }
            base = _from_1904(data)
            return [
                _sheet(path, book.get_sheet_by_name(name), base, hidden=not there)
                for name, there in seen.items()
                if there or hidden
            ]
    except PasswordError:
        raise UsageError(f"{path} 有打开密码，读不了；请先去掉密码另存一份") from None
    except CalamineError:
        raise UsageError(f"{path} 不是能读的表格，可能坏了；{_AGAIN}") from None


def _sheet(path: Path, sheet: CalamineSheet, base: bool | None, *, hidden: bool) -> Sheet:
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise UsageError(f"{path} 的「{sheet.name}」格子太多；请删去右边和下边多余的空行空列再导入")
    return Sheet(sheet.name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or (), base, hidden)


def _from_1904(data: bytes) -> bool | None:
    """Whether days are counted from 1904: an xlsx says so; of an older one nobody tells."""
    if not data.startswith(_ZIP):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            told = package.read("xl/workbook.xml")
    except (zipfile.BadZipFile, KeyError):
        return None
    return re.search(rb'date1904="(1|true)"', told) is not None


def _text(path: Path, data: bytes) -> Sheet:
    text = _decoded(data)
    if text is None or "\0" in text:
        raise UsageError(f"{path} 不是表格；能导入的是 xlsx、xls、et、csv")
    if re.match(r"\s*<(!doctype|html|table|\?xml)", text, re.IGNORECASE):
        raise UsageError(f"{path} 其实是网页，不是表格；{_AGAIN}")
    marks = text.split("\n", 30)
    mark = max(",\t;，", key=lambda one: sum(line.count(one) for line in marks[:30]))
    rows: Sequence[Sequence[CellValue]] = [*csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    return Sheet(path.stem, rows)


def _decoded(data: bytes) -> str | None:
    """Text as it was meant: what says so by its first bytes, UTF-8 where it is, else that of Chinese Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
