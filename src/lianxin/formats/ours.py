"""Whether a file is as this tool made it, so that a new one may stand in its place without a question."""

from __future__ import annotations

import json

from lianxin.formats.package import retouched
from lianxin.formats.paper.seal import as_sealed


def as_made(held: bytes, made: bytes) -> bool:
    """Whether a file is as this tool left it, as far as it can be told; one that is empty is nobody's.

    Args:
        held: What stands there.
        made: What is to stand there instead; where it bears no digest either, the old one must begin alike.
    """
    if not held:
        return True
    if held.startswith(b"PK"):
        return not retouched(held)
    whole = as_sealed(held)
    if whole is not None:
        return whole
    return as_sealed(made) is None and _beginning(held) == _beginning(made)


def _beginning(data: bytes) -> object:
    """The first key of JSON, be it one object or one a line; of a calendar its maker; else the first line."""
    first = data.partition(b"\n")[0]
    if first.rstrip() == b"BEGIN:VCALENDAR":  # as every calendar begins; who made it is told next
        return next((line for line in data.splitlines() if line.startswith(b"PRODID")), first)
    for part in (first, data):
        try:
            whole = json.loads(part)
        except (ValueError, RecursionError):
            continue
        if isinstance(whole, dict):
            return next(iter(whole), None), whole.get("title")
    return first
