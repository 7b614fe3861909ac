"""A document of many rows that is shown part by part."""

from __future__ import annotations

from msgspec.structs import replace

from lianxin.core.document import Document, Paragraph, Table


def row_count(document: Document) -> int:
    """How many rows its tables have."""
    return sum(len(block.rows) for block in document.blocks if isinstance(block, Table))


def notes_alone(document: Document) -> Document:
    """What is said under its tables, without them."""
    notes = (note for block in document.blocks if isinstance(block, Table) for note in block.notes)
    return replace(document, blocks=tuple(map(Paragraph, notes)))
