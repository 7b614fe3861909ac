r"""A document as JSON: ``{"schema", "commit", "as_of", "data"}``, English keys, Chinese enumerated values.

What is made for programs is told in plain objects (``data.items``, ``data.item``); any other is a page with its blocks.
Days are ``2026-03-02``, moments ``2026-03-02T09:40``, a deadline to the day's end its day alone; numbers are JSON
numbers (yuan with at most two decimals, exact up to fifteen digits); what is not known is ``null``. Text is kept letter
for letter; what a terminal might obey stands as ``\u`` escapes.
"""

from __future__ import annotations

from lianxin.core.document import Document
from lianxin.formats import Options, to_document
from lianxin.formats.program.data import data
from lianxin.formats.program.envelope import PLAIN, enveloped, told, written


def render(document: Document, options: Options) -> str:
    """The document as JSON text."""
    if not document.plain:
        return to_document.render(document, options)
    whole = {"title": document.title, "provenance": told(document.provenance), **data(document)}
    return written(enveloped(document, PLAIN, whole))


def trace(data: bytes) -> str:
    """The line by which a file can be made again."""
    return to_document.trace(data)
