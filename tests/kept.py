"""What is kept to be compared with, documents and diagnostics; ``make golden`` keeps what is said now, for review."""

from __future__ import annotations

import os
from pathlib import Path


def as_kept(path: Path, text: str) -> None:
    """Compare a text with the one in a file; with ``GOLDEN`` in the environment the file is written anew."""
    if os.environ.get("GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")
