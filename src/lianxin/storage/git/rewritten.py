"""Which commit became which when history was rewritten: papers and frozen reports bear the old ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

#: Of the data folder.
PATH = "commits.txt"


def rewritten(root: Path) -> Mapping[str, str]:
    """The commit of now by that of before; nothing where history never was rewritten."""
    try:
        return told((root / PATH).read_text(encoding="utf-8"))
    except (OSError, ValueError, IndexError):
        return {}


def told(text: str) -> dict[str, str]:
    """Pairs of words, one a line.

    Raises:
        IndexError: A line is none.
    """
    return {line.split(" ")[0]: line.split(" ")[1] for line in text.splitlines()}


def now(root: Path, revision: str) -> str:
    """The commit that one of before became, by all of its id or its beginning; empty where it is none."""
    found = (
        {new for old, new in rewritten(root).items() if old.startswith(revision)} if len(revision) >= _SHORT else set()
    )
    return found.pop() if len(found) == 1 else ""


#: So many digits of an id are printed.
_SHORT = 7
