"""A document as JSON that keeps its page: title, blocks in their order, tables with their headings."""

from __future__ import annotations

import json

from msgspec.structs import replace

from lianxin.core.document import Document
from lianxin.formats import Options
from lianxin.formats.paper.trace import asked_as
from lianxin.formats.program.envelope import PAGE, enveloped, traced, written
from lianxin.formats.program.page import block, head

#: The page's own name after ``-f``, and the one it had when JSON was nothing else.
_NOW, _ONCE = "document", "json"


def render(document: Document, options: Options) -> str:  # noqa: ARG001 - every format is called alike
    """The page as JSON text; its words stand in it as they always did, so that its files stay the same to the byte."""
    origin = document.provenance
    document = replace(document, provenance=origin and replace(origin, recipe=asked_as(origin.recipe, _NOW, _ONCE)))
    return written(enveloped(document, PAGE, {**head(document), "blocks": [block(one) for one in document.blocks]}))


def trace(data: bytes) -> str:
    """The line by which a file can be made again: a page is asked for as one, whatever its words say."""
    whole = json.loads(data)
    if whole["schema"].endswith(f"/{PAGE}"):
        told = whole["data"]["provenance"]
        told["recipe"] = asked_as(told["recipe"], _ONCE, _NOW)
    return traced(whole)
