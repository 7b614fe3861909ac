"""A document as JSON Lines; a line goes out as soon as it is made.

What is made for programs is one object a line, keyed as in JSON, and nothing else: no line says where a file came from.
Any other document is its page: what stands around it on the first line, then a block a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from lianxin.core.document import Document
from lianxin.formats import Options
from lianxin.formats.face.sanitise import for_json
from lianxin.formats.program.data import lines
from lianxin.formats.program.envelope import PAGE, enveloped, traced
from lianxin.formats.program.page import block, head

#: Made once: ``json.dumps`` makes it anew for each line.
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def render(document: Document, options: Options) -> str:
    """All lines."""
    return "".join(pieces(document, options) or map(_line, _page(document)))


def pieces(document: Document, options: Options) -> Iterator[str] | None:  # noqa: ARG001 - every format is called alike
    """One line after another; a page bears its own digest and is made whole."""
    return map(_line, lines(document)) if document.plain else None


def stream(parts: Iterable[Document]) -> Iterator[str]:
    """The lines of a list made for programs, part by part."""
    return ("".join(map(_line, lines(part))) for part in parts)


def _page(document: Document) -> Iterator[dict[str, Any]]:
    yield enveloped(document, PAGE, head(document))
    yield from map(block, document.blocks)


def _line(one: dict[str, Any]) -> str:
    return for_json(_encoded(one)) + "\n"


def trace(data: bytes) -> str:
    """The line by which a file can be made again; the lines of records hold none."""
    first = json.loads(data.partition(b"\n")[0])
    return traced(first) if "schema" in first else ""
