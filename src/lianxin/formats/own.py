"""Somebody's own matter on the outward face: what he said, his telephone and where he lives are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lianxin.core.document import Block, Column, Document, KeyValues, Paragraph, Table, Timeline, Value
from lianxin.core.field import Privacy
from lianxin.core.value import FieldType

#: Stands where it would be told.
OWN = "（个人事项）"
_TELLING = frozenset({Privacy.STORY, Privacy.PHONE, Privacy.ADDRESS})
#: In the names of columns that say of which group somebody is, alone or behind the village.
_GROUP, _PLACE = "group", "place"
_VILLAGE = re.compile(r".*?(?:村|社区)(?!民)", re.DOTALL)


def reserved(document: Document) -> Document:
    """The document without what would tell of somebody's own matter."""
    if not document.own:
        return document
    return replace(document, blocks=tuple(_block(block, document.own) for block in document.blocks))


def _block(block: Block, own: frozenset[str]) -> Block:
    match block:
        case Table() if block.records and not own.isdisjoint(block.records):
            return _table(block, own)
        case KeyValues():
            pairs = [
                replace(pair, value=_told(pair.value, pair.privacy, pair.name), type=FieldType.TEXT)
                if pair.record in own and _tells(pair.privacy, pair.name)
                else pair
                for pair in block.pairs
            ]
            return KeyValues(tuple(pairs))
        case Paragraph() if block.record in own and block.privacy in _TELLING:
            return replace(block, text=OWN)
        case Timeline() if block.record in own:
            entries = [replace(one, text=OWN) if one.text and one.privacy in _TELLING else one for one in block.entries]
            return replace(block, entries=tuple(entries))
        case _:
            return block


def _table(table: Table, own: frozenset[str]) -> Table:
    telling = [n for n, column in enumerate(table.columns) if _tells(column.privacy, column.name)]
    rows = [
        _row(row, table.columns, telling) if id_ in own else row
        for row, id_ in zip(table.rows, table.records, strict=False)
    ]
    return replace(table, rows=[*rows, *table.rows[len(rows) :]]) if telling else table


def _row(row: tuple[Value, ...], columns: Sequence[Column], telling: Sequence[int]) -> tuple[Value, ...]:
    cells = list(row)
    for n in telling:
        cells[n] = _told(cells[n], columns[n].privacy, columns[n].name)
    return tuple(cells)


def _tells(privacy: Privacy, name: str) -> bool:
    return privacy in _TELLING or _GROUP in name.split("_") or name == _PLACE


def _told(value: Value, privacy: Privacy, name: str) -> Value:
    if value in (None, ""):
        return value
    village = _VILLAGE.match(str(value)) if privacy is Privacy.OPEN and name != _GROUP else None
    return village[0] if village else OWN
