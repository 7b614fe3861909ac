"""The headings of a document with their anchors, for lists of contents that link."""

from __future__ import annotations

from msgspec import Struct

from lianxin.core.document import Document, Heading


class OutlineEntry(Struct, frozen=True):
    """One heading: its place among the blocks, level, text and anchor."""

    position: int
    level: int
    text: str
    anchor: str


class Outline(Struct, frozen=True):
    """All headings of a document, in order."""

    entries: tuple[OutlineEntry, ...]

    def anchor(self, position: int) -> str:
        """The anchor of the heading at a place among the blocks."""
        return f"b{position}"


def outline(document: Document) -> Outline:
    """The document's headings; anchors say the place, not the text, so that equal headings stay apart."""
    return Outline(
        tuple(
            OutlineEntry(n, block.level, block.text, f"b{n}")
            for n, block in enumerate(document.blocks)
            if isinstance(block, Heading)
        )
    )
