"""A document whose texts are said otherwise, as commands are in the tongue of whoever reads it on a screen."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from lianxin.core.document import Block, Document, KeyValues, Paragraph, Table, Timeline, Value

Turn = Callable[[str], str]


def reworded(document: Document, turn: Turn) -> Document:
    """The same document, every running text, value and cell of it turned."""
    subtitle, blocks = turn(document.subtitle), tuple(_block(block, turn) for block in document.blocks)
    return replace(document, subtitle=subtitle, blocks=blocks)


def _block(block: Block, turn: Turn) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=turn(block.text))
        case KeyValues():
            return replace(block, pairs=tuple(replace(pair, value=_value(pair.value, turn)) for pair in block.pairs))
        case Timeline():
            return replace(block, entries=tuple(replace(entry, text=turn(entry.text)) for entry in block.entries))
        case Table():
            rows = [tuple(_value(cell, turn) for cell in row) for row in block.rows]
            return replace(block, rows=rows, notes=tuple(map(turn, block.notes)))
        case _:
            return block


def _value(value: Value, turn: Turn) -> Value:
    return turn(value) if isinstance(value, str) else value
