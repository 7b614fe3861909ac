"""What a command said, to be read at the desk."""

from __future__ import annotations

from lianxin.core.document import Document, Paragraph


def said(title: str, text: str) -> Document:
    """The text under a title."""
    return Document(title, (Paragraph(text),))
