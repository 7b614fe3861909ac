"""Typed cells of a workbook: dates as dates, amounts as numbers, everything else as text that stays text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, TypeGuard

from msgspec import Struct

from lianxin.core.document import Column, Value
from lianxin.core.value import END_OF_DAY, FieldType
from lianxin.formats.cell import NUMBERS, dated, tone_of
from lianxin.formats.face.sanitise import for_xlsx
from lianxin.formats.paper.close import cell_text
from lianxin.formats.xlsx.style import COUNT_FORMAT, DAY_FORMAT, Styles, height_of, lines_of

_DATES = frozenset({FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE})
_TEXT_KINDS = frozenset({FieldType.PHONE, FieldType.REF, FieldType.CHOICE, FieldType.FLAG})
#: Excel's day 0.
_EPOCH = date(1899, 12, 30).toordinal()
#: Old Excel shows text-formatted cells longer than this as ####.
_LONG = 255
#: Different values remembered of a column; a column of stories has no more use for them.
_REMEMBERED = 2_000


class Prepared(Struct, frozen=True):
    """A cell worked out: which of XlsxWriter's functions writes it, what, in what style, how many lines high."""

    write: Callable[..., Any]
    content: Any
    style: Any
    lines: int = 1


class Cells:
    """Writes the cells of one table. Values recur, so each different one of a column is worked out once.

    ``look`` are properties of style for every cell.
    """

    def __init__(
        self, sheet: Any, columns: Sequence[Column], widths: Sequence[float], styles: Styles, **look: Any
    ) -> None:
        self.sheet, self.columns, self.widths, self.styles = sheet, columns, widths, styles
        self._look = look
        self._known: list[dict[Value, Prepared]] = [{} for _ in columns]

    def row(self, at: int, row: Sequence[Value], **extra: Any) -> None:
        """Write one row; ``extra`` are properties of style for every cell of it."""
        cells = [self._cell(n, value, extra) for n, value in enumerate(row)]
        for n, cell in enumerate(cells):
            cell.write(at, n, cell.content, cell.style)
        lines = max([cell.lines for cell in cells])
        if lines > 1:
            self.sheet.set_row(at, height_of(lines))

    def prepared(self, n: int, value: Value) -> Prepared:
        """A cell of a column worked out."""
        return self._cell(n, value, {})

    def _cell(self, n: int, value: Value, extra: dict[str, Any]) -> Prepared:
        known = self._known[n]
        cell = None if extra else known.get(value)
        if cell is None:
            cell = self._prepare(n, value, self._look | extra)
            if not extra and len(known) < _REMEMBERED:
                known[value] = cell
        return cell

    def _prepare(self, n: int, value: Value, extra: dict[str, Any]) -> Prepared:
        column = self.columns[n]
        found = serial(value, column.type)
        if found is not None:
            whole = {"num_format": DAY_FORMAT} if found[1] and column.type is FieldType.DEADLINE else {}
            return Prepared(self.sheet.write_number, found[0], self.styles.cell(column.type, **(extra | whole)))
        if value is None or value == "":
            return Prepared(self.sheet.write_blank, None, self.styles.cell(column.type, **extra))
        if _counts(value) and column.type not in _TEXT_KINDS:
            return Prepared(self.sheet.write_number, value, self._number_style(column, value, extra))
        return self._prepare_text(n, cell_text(value, column), extra)

    def _number_style(self, column: Column, value: float | Decimal, extra: dict[str, Any]) -> Any:
        """A fraction in a column of whole numbers, or a number among texts, is shown as it is."""
        if column.type is FieldType.AMOUNT and isinstance(value, int):  # a count among amounts
            return self.styles.cell(column.type, **{"num_format": COUNT_FORMAT} | extra)
        if column.type is FieldType.AMOUNT or (column.type is FieldType.INTEGER and value == int(value)):
            return self.styles.cell(column.type, **extra)
        return self.styles.cell(FieldType.INTEGER, num_format="General", **extra)

    def _prepare_text(self, n: int, value: str, extra: dict[str, Any]) -> Prepared:
        column, shown = self.columns[n], for_xlsx(value)
        kind = FieldType.CHOICE if column.type in NUMBERS or column.type in _DATES else column.type
        general = {"num_format": "General"} if len(shown) > _LONG else {}
        style = self.styles.cell(kind, tone_of(column, value), **extra, **general)
        return Prepared(self.sheet.write_string, shown, style, lines_of(shown, self.widths[n]))


def _counts(value: Value) -> TypeGuard[int | float | Decimal]:
    """Whether it is a number, and one there is a place for on the line."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and isfinite(value)


def serial(value: Value, type_: FieldType) -> tuple[float, bool] | None:
    """Excel's number of a day or moment, and whether it is a day alone; ``None`` for anything else."""
    moment = dated(value, type_)
    if moment is None:
        return None
    days = moment.toordinal() - _EPOCH
    if not isinstance(moment, datetime):
        return days, True
    if type_ is FieldType.DEADLINE and moment.time() == END_OF_DAY:
        return days, True
    return days + (moment.hour * 60 + moment.minute) / 1440 + moment.second / 86400, False
