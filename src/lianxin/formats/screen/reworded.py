"""A document whose texts are said otherwise, as commands are in the tongue of whoever reads it on a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
            return replace(block, rows=_rows(block.rows, turn), notes=tuple(map(turn, block.notes)))
        case _:
            return block


def _rows(rows: Sequence[tuple[Value, ...]], turn: Turn) -> Sequence[tuple[Value, ...]]:
    """The rows of a table; as they are where nothing in them is turned, as in nearly all."""
    texts = {cell for row in rows for cell in row if isinstance(cell, str)}
    turned = {text: said for text in texts if (said := turn(text)) != text}
    if not turned:
        return rows
    return [tuple([turned.get(cell, cell) if isinstance(cell, str) else cell for cell in row]) for row in rows]


def _value(value: Value, turn: Turn) -> Value:
    return turn(value) if isinstance(value, str) else value
