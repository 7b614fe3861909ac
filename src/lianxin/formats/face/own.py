"""Somebody's own matter on the outward face: what it is called, what he said and where he is found are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from lianxin.core.chart import Chart
from lianxin.core.declare.field import Privacy
from lianxin.core.document import (
    Block,
    Column,
    Document,
    Heading,
    KeyValues,
    Pair,
    Paragraph,
    Table,
    Timeline,
    TimelineEntry,
    Value,
)
from lianxin.core.picture import Pictures
from lianxin.core.text.pattern import late
from lianxin.core.value import FieldType
from lianxin.kinds.inner import GROUP, telling

#: Stands where it would be told.
OWN = "（个人事项）"
_TELLING = frozenset({Privacy.STORY, Privacy.PHONE, Privacy.ADDRESS})
_VILLAGE = late(r".*?(?:村|社区)(?!民)", re.DOTALL)
#: Of issues, of the whistles blown for them, of the faults they showed.
_MARKS = ("WT-", "CS-", "ZG-")
_ID = late(rf"(?:{'|'.join(_MARKS)})(?:\d{{4}}-)?[A-Z]\d+")
_PARTED = frozenset("、；\n")
_BETWEEN = late(f"([{''.join(_PARTED)}])")


def reserved(document: Document) -> Document:
    """The document without what would tell of somebody's own matter; call it before names are masked."""
    return _Reserve(document.own).document(document) if document.own else document


class _Reserve:
    """Leaves out what tells of these matters: id and 事由; without one, what is written there alone tells of it."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own
        self._called = frozenset(own.values()) - {""}

    def document(self, document: Document) -> Document:
        return replace(
            document,
            title=self._text(document.title),
            subtitle=self._text(document.subtitle),
            blocks=tuple(map(self._block, document.blocks)),
        )

    def _block(self, block: Block) -> Block:
        match block:
            case Table():
                return self._table(block)
            case KeyValues():
                return KeyValues(tuple(map(self._pair, block.pairs)))
            case Paragraph():
                told = block.record in self._own and block.privacy in _TELLING
                return replace(block, text=OWN if told else self._text(block.text, block.record))
            case Heading():
                return replace(block, text=self._text(block.text))
            case Timeline() if block.record in self._own:
                return replace(block, entries=tuple(map(_entry, block.entries)))
            case Pictures():
                return self._pictures(block)
            case Chart():
                labels = (OWN if n in block.own else self._text(text) for n, text in enumerate(block.labels))
                return replace(block, labels=tuple(labels), own=frozenset())
            case _:
                return block

    def _pictures(self, block: Pictures) -> Pictures:
        """Those that tell of none of them, though they be about another matter too."""
        left = [one for one in block.pictures if self._own.keys().isdisjoint((block.record, one.record))]
        kept_back = block.kept_back + len(block.pictures) - len(left)
        return replace(block, pictures=tuple(left), kept_back=kept_back)

    def _text(self, text: str, record: str = "") -> str:
        """A text without what the matters in it are called: the one it is about, and those told with their ids."""
        if text in self._called:
            return OWN
        if called := self._own.get(record):
            text = text.replace(called, OWN)
        if "-" not in text:  # as in nearly all
            return text
        for id_ in _ID.findall(text):
            if called := self._own.get(id_):
                text = text.replace(called, OWN)
        return text

    def _pair(self, pair: Pair) -> Pair:
        if pair.record in self._own and telling(pair.privacy, pair.name):
            return replace(pair, value=_told(pair.value, pair.privacy, pair.name), type=FieldType.TEXT)
        return replace(pair, value=self._value(pair.value, pair.record))

    def _value(self, value: Value, record: str = "") -> Value:
        """A cell, of which each item may be what a matter is called."""
        if isinstance(value, tuple):
            return tuple(str(self._value(one, record)) for one in value)
        if not isinstance(value, str):
            return value
        text = self._text(value, record)
        if _PARTED.isdisjoint(text):  # as nearly all are
            return OWN if text in self._called else text
        return "".join(OWN if part in self._called else part for part in _BETWEEN.split(text))

    def _table(self, table: Table) -> Table:
        told = [n for n, column in enumerate(table.columns) if telling(column.privacy, column.name)]
        beside = [n for n in range(len(table.columns)) if n not in told]
        instead = self._instead(table, beside)
        rows = [
            self._row(row, table.columns, told, beside, instead, id_) if id_ in self._own else self._beside(row)
            for row, id_ in zip(table.rows, table.records, strict=False)
        ]
        rows += map(self._beside, table.rows[len(rows) :])
        groups = tuple(self._groups(table))
        return _counted(replace(table, rows=rows, groups=groups, caption=self._text(table.caption)))

    def _instead(self, table: Table, places: Sequence[int]) -> Sequence[Mapping[str, Value]]:
        """What stands for which texts in some columns, whatever record they are told of: nothing for nearly all."""
        ids = frozenset(table.records) - self._called
        found: list[Mapping[str, Value]] = []
        for n in places:
            texts = {text for row in table.rows if isinstance(text := row[n], str)} - ids
            found.append({text: said for text in texts if (said := self._value(text)) != text})
        return found

    def _groups(self, table: Table) -> Iterator[tuple[int, str]]:
        """The headings within a table, without a group that one of the matters tells of."""
        tells = telling(Privacy.OPEN, table.grouped)
        ends = [*(first for first, _text in table.groups[1:]), len(table.rows)]
        for (first, text), end in zip(table.groups, ends, strict=False):
            yield (
                first,
                OWN if tells and not self._own.keys().isdisjoint(table.records[first:end]) else self._text(text),
            )

    def _row(
        self,
        row: tuple[Value, ...],
        columns: Sequence[Column],
        told: Sequence[int],
        beside: Sequence[int],
        instead: Sequence[Mapping[str, Value]],
        id_: str,
    ) -> tuple[Value, ...]:
        """A row that is about one of the matters."""
        called, cells = self._own[id_], [*row]
        for n, known in zip(beside, instead, strict=True):
            cell = row[n]
            if isinstance(cell, tuple) or (called and isinstance(cell, str) and called in cell):
                cells[n] = self._value(cell, id_)
            elif known and isinstance(cell, str):
                cells[n] = known.get(cell, cell)
        for n in told:
            cells[n] = _told(row[n], columns[n].privacy, columns[n].name)
        return tuple(cells)

    def _beside(self, row: tuple[Value, ...]) -> tuple[Value, ...]:
        """Any other row: it may name them."""
        if any(self._may_name(cell) for cell in row):
            return tuple(map(self._value, row))
        return row

    def _may_name(self, cell: Value) -> bool:
        if isinstance(cell, str):
            return cell in self._called or "、" in cell or any(mark in cell for mark in _MARKS)
        return isinstance(cell, tuple)


def _counted(table: Table) -> Table:
    """A table without the cells that tell of a matter."""
    if not table.own:
        return table
    rows = [list(row) for row in table.rows]
    for row, place in table.own:
        rows[row][place] = _told(rows[row][place], Privacy.STORY, "")
    return replace(table, rows=[tuple(row) for row in rows], own=frozenset())


def _entry(entry: TimelineEntry) -> TimelineEntry:
    return replace(entry, text=OWN) if entry.text and entry.privacy in _TELLING else entry


def _told(value: Value, privacy: Privacy, name: str) -> Value:
    if value in (None, "", ()):
        return value
    if isinstance(value, tuple):
        return tuple(str(_told(one, privacy, name)) for one in value)
    village = _VILLAGE.match(str(value)) if privacy is Privacy.OPEN and name != GROUP else None
    return village[0] if village else OWN
