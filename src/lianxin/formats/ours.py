"""Whether a file is of this tool's own making, so that a new one may stand in its place without a question."""

from __future__ import annotations

import json

from lianxin.core.text.pattern import late
from lianxin.formats.package import retouched

#: What every file bears that can be made again: its line, or what JSON has in its place.
_BORNE = late(
    r"lianxin \S+ · 口径 \S+ · |\A\s*\{\s*\"schema\": \"lianxin/".encode(),
)


def as_made(held: bytes, made: bytes) -> bool:
    """Whether a file is as this tool left it, as far as it can be told; one that is empty is nobody's.

    Args:
        held: What stands there.
        made: What is to stand there instead; where it bears no line either, the old one must begin alike.
    """
    if not held:
        return True
    if held.startswith(b"PK"):
        return not retouched(held)
    if _BORNE.search(held):
        return True
    return not _BORNE.search(made) and _beginning(held) == _beginning(made)


def _beginning(data: bytes) -> object:
    """The first key of JSON, be it one object or one a line; else the first line."""
    first = data.partition(b"\n")[0]
    for part in (first, data):
        try:
            whole = json.loads(part)
        except (ValueError, RecursionError):
            continue
        if isinstance(whole, dict):
            return next(iter(whole), None), whole.get("title")
    return first
