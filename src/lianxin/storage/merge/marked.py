"""What could not be put together, marked the way git marks it: neither a person nor the loader passes over it."""

from __future__ import annotations

from lianxin.storage.merge.file import Joined
from lianxin.storage.merge.place import with_place
from lianxin.storage.merge.text import UnwritableError, written
from lianxin.storage.read.loading import kind_at
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.read.scanning import Unreadable

_OURS, _BASE, _MIDDLE, _THEIRS = "<<<<<<< 这边", "||||||| 原来", "=======", ">>>>>>> 那边"


def marked(path: str, found: Joined, base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """A file with marks: around what both sides changed, or around the whole.

    Args:
        path: Relative to the data folder.
        found: What could be put together.
        base: What both come from.
        ours: One side.
        theirs: The other.
    """
    if found.whole or found.data is None:
        return _around(base, ours, theirs).encode("utf-8", "surrogateescape")
    try:
        text = found.data.decode()
        values = read_yaml(text.encode())
        sides = []
        for side in ("base", "ours", "theirs"):
            after = values
            for clash in found.clashes:
                after = with_place(after, clash.place, getattr(clash, side))
            sides.append(written(kind_at(path), after, text, text, text))
    except (Unreadable, UnwritableError, UnicodeDecodeError):
        return _around(base, ours, theirs).encode("utf-8", "surrogateescape")
    return _around(*(one.encode() for one in sides)).encode("utf-8", "surrogateescape")


def _around(base: bytes, ours: bytes, theirs: bytes) -> str:
    """Marks around the lines in which three texts differ; what they begin and end with alike stands once."""
    three = [one.decode("utf-8", "surrogateescape").split("\n") for one in (base, ours, theirs)]
    most = min(map(len, three))
    head = next((n for n in range(most) if len({one[n] for one in three}) > 1), most)
    left = most - head
    tail = next((n for n in range(left) if len({one[-1 - n] for one in three}) > 1), left)
    before, mine, other = (one[head : len(one) - tail] for one in three)
    end = three[1][len(three[1]) - tail :] or [""]
    return "\n".join([*three[1][:head], _OURS, *mine, _BASE, *before, _MIDDLE, *other, _THEIRS, *end])
