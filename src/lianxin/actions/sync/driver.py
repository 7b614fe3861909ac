"""A record as git has it merged: what cannot be put together bears marks and stays unmerged."""

from __future__ import annotations

from pathlib import Path

from lianxin.kinds import BY_FOLDER
from lianxin.storage.merge.file import Joined, joined
from lianxin.storage.merge.marked import marked


def drive(base: Path, ours: Path, theirs: Path, path: str) -> bool:
    """Put three versions together, into the file of ours; whether all of it could be.

    Args:
        base: What both come from, as git has laid it out; empty where there was nothing.
        ours: One side; it is written to.
        theirs: The other.
        path: Of the file in the work tree: the data folder may be a folder in it.
    """
    sides = [one.read_bytes() for one in (base, ours, theirs)]
    before = sides[0] or None
    found = joined(_inside(path), before, sides[1], sides[2])
    if not (found.clashes or found.whole):
        ours.write_bytes(found.data or b"")
        return True
    ours.write_bytes(marked(_inside(path), Joined(found.data, found.clashes, found.whole), *sides))
    return False


def _inside(path: str) -> str:
    """A path from the data folder on."""
    parts = path.split("/")
    at = next((n for n, part in enumerate(parts) if part in BY_FOLDER or part == "policy"), 0)
    return "/".join(parts[at:])
