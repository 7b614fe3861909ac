"""Whether a file is as this tool made it, so that a new one may stand in its place without a question."""

from __future__ import annotations

from lianxin.formats.package import retouched
from lianxin.formats.paper.seal import as_sealed


def seals(content: bytes) -> bool:
    """Whether a file can be told by its own digest from one that was worked on."""
    return as_sealed(content) is not None and not content.startswith(b"PK")


def as_made(held: bytes) -> bool | None:
    """Whether a file is as this tool left it; None where it does not tell. One that is empty is nobody's."""
    if not held:
        return True
    if held.startswith(b"PK"):
        return not retouched(held)
    return as_sealed(held)
