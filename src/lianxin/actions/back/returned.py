"""The rows of a workbook that came back, wherever somebody has put them; what is no row of ours is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from lianxin.actions.back.sent import KEY, OURS, Row, Sent, record_of
from lianxin.actions.bring.draft import Trouble
from lianxin.actions.bring.table import plain
from lianxin.core.sheet import CellValue, Sheet
from lianxin.formats.xlsx.sent import CHOICES
from lianxin.reports.ledger.form import NUMBER

_KEYED = re.compile(f"{KEY}(\\d*)\\Z")
#: The heading of the column that names a record where the hidden one is gone.
_ID = "编号"
_ID_SHAPE = re.compile(r"[A-Z]{2,5}-(?:\d{4}-)?[A-Z]\d{4,}\Z")
_TOTAL = "合计"


class Came(Struct, frozen=True):
    """One row as it came back.

    Attributes:
        token: What it is known by.
        cells: By the column that was sent, from 0; a column that is gone is not there.
        places: Where each of them stands in the sheet.
        joined: Columns whose cell is the lower part of a merged one.
        sure: The columns were told by their keys or headings; else they stand where they stood.
    """

    sheet: str
    row: int
    token: str
    cells: Mapping[int, CellValue]
    places: Mapping[int, int]
    joined: frozenset[int]
    from_1904: bool | None
    sure: bool = True


class _Layout(Struct, frozen=True):
    """Where the columns of a sheet are.

    Attributes:
        columns: By the column that was sent.
        head: The last row over the rows, from 0; -1: there is none.
        keyed: Told by keys.
    """

    columns: Mapping[int, int]
    head: int
    keyed: bool


class Reading:
    """Reads the sheets of one workbook by what it says was sent."""

    def __init__(self, sheets: Sequence[Sheet], sent: Sent, rows: Mapping[str, Row]) -> None:
        self.troubles: list[Trouble] = []
        self._sent, self._rows, self._labels = sent, rows, sent.labels
        self._sheets = sheets
        self._by_id = {row.id: token for token, row in rows.items()}
        self._marked = any(record_of(cell) for sheet in sheets for row in sheet.rows for cell in row)
        self._layouts = [self._layout(sheet) for sheet in sheets]
        found = [layout for layout in self._layouts if layout]
        self._first = next((one for one in found if one.keyed), found[0] if found else None)

    @property
    def main(self) -> str:
        """The name of the sheet the rows are looked for in first."""
        return next((one.name for one in self._sheets if not one.hidden), "")

    def came(self) -> list[Came]:
        """The rows, in the order of the sheets."""
        made: list[Came] = []
        if not self._marked:
            self._say(self.main, 1, -1, "", _LOST)
        for sheet, own in zip(self._sheets, self._layouts, strict=True):
            made += self._of(sheet, own) if sheet.name != CHOICES else ()
        return made

    def _of(self, sheet: Sheet, own: _Layout | None) -> Iterator[Came]:
        layout = own or self._first
        tokens = {n: token for n, cells in enumerate(sheet.rows) if (token := self._token(cells, own))}
        if layout is None or not (tokens or own):
            if not sheet.hidden and any(cell != "" for row in sheet.rows for cell in row):
                self._say(sheet.name, 1, -1, "", "这一页里没有发出去的行，没有看")
            return
        if own:
            self._columns(sheet, own, tokens)
        joined = _joined(sheet)
        first = own.head if own else -1
        for n, cells in enumerate(sheet.rows):
            if n in tokens:
                held = {sent: cells[at] if at < len(cells) else "" for sent, at in layout.columns.items()}
                lower = frozenset(sent for sent, at in layout.columns.items() if (n, at) in joined)
                yield Came(sheet.name, n + 1, tokens[n], held, layout.columns, lower, sheet.from_1904, own is not None)
            elif n > first and self._added(cells):
                self._say(sheet.name, n + 1, -1, "", "这一行不是发出去的，没有收；要新增，请在台账里登记")

    def _token(self, cells: Sequence[CellValue], layout: _Layout | None) -> str:
        if self._marked:
            return next((str(cell).strip() for cell in cells if record_of(cell)), "")
        place = layout.columns.get(self._labels.index(_ID), -1) if layout and _ID in self._labels else -1
        id_ = str(cells[place]).strip() if 0 <= place < len(cells) else ""
        return self._by_id.get(id_, f"{id_}{OURS}{'0' * 10}") if _ID_SHAPE.match(id_) else ""

    def _added(self, cells: Sequence[CellValue]) -> bool:
        """Whether somebody wrote a row of his own: not what stood over, between and under the rows."""
        said = [str(cell).strip() for cell in cells if str(cell).strip()]
        if not said or OURS in said or any(_KEYED.match(word) for word in said):
            return False
        return self._marked or (len(said) > 1 and said[0] != _TOTAL)

    def _layout(self, sheet: Sheet) -> _Layout | None:
        heads = {plain(label): n for n, label in reversed(list(enumerate(self._labels)))}
        best: _Layout | None = None
        for n, cells in enumerate(sheet.rows):
            keys = _keys(cells)
            if len(keys) > 1:
                columns = {int(key) - 1: at for at, key in keys.items() if key and int(key) <= len(self._labels)}
                return _Layout(columns, self._head(sheet, columns, n), keyed=True)
            named: dict[int, int] = {}
            for at, cell in enumerate(cells):
                if isinstance(cell, str) and (place := heads.get(plain(cell))) is not None:
                    named.setdefault(place, at)
            if len(named) > max(2, len(self._labels) // 2) and len(named) > len(best.columns if best else ()):
                best = _Layout(named, n, keyed=False)
        return best

    def _head(self, sheet: Sheet, columns: Mapping[int, int], keys: int) -> int:
        """The row of the headings, under that of the keys: the one most of whose cells are called as they were."""
        fits = {}
        for n, cells in enumerate(sheet.rows):
            if any(map(record_of, cells)):
                break
            called = (
                at < len(cells) and plain(str(cells[at])) == plain(self._labels[sent]) for sent, at in columns.items()
            )
            fits[n] = sum(called)
        most = max(fits.values(), default=0)
        found = next((n for n, many in fits.items() if many == most and many), keys)
        return max(found, keys)

    def _columns(self, sheet: Sheet, layout: _Layout, tokens: Mapping[int, str]) -> None:
        """Columns that are gone, and those that somebody has added."""
        gone = [label for n, label in enumerate(self._labels) if n not in layout.columns and label != NUMBER]
        if gone and tokens:
            said = f"少了 {'、'.join(f'「{one}」' for one in gone)} 栏，这几栏没有看"
            self._say(sheet.name, layout.head + 1, -1, "", said)
        known = {*layout.columns.values()}
        more: dict[int, int] = {}
        for n in tokens:
            for at, cell in enumerate(sheet.rows[n]):
                if at not in known and str(cell).strip() and not record_of(cell):
                    more.setdefault(at, n)
        over = sheet.rows[layout.head] if 0 <= layout.head < len(sheet.rows) else ()
        for at, row in sorted(more.items()):
            heading = str(over[at]).strip() if at < len(over) else ""
            self._say(sheet.name, row + 1, at, heading, "多出来的一栏，没有收；要收的内容请写在原有的栏里")

    def _say(self, sheet: str, row: int, column: int, heading: str, said: str) -> None:
        self.troubles.append(Trouble(sheet, row, column, heading, said))


def _keys(cells: Sequence[CellValue]) -> dict[int, str]:
    """The keys of columns that stand in a row, by place; that of the hidden column is empty."""
    found = ((at, _KEYED.match(str(cell).strip())) for at, cell in enumerate(cells))
    return {at: str(key[1]) for at, key in found if key}


_LOST = "系统用的那一栏（隐藏的最后一栏）没有了，照「编号」认的行；下次请别删它"


def _joined(sheet: Sheet) -> frozenset[tuple[int, int]]:
    """The cells that are the lower or right part of a merged one."""
    return frozenset(
        (row, column)
        for (top, left), (bottom, right) in sheet.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    )
