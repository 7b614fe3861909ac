"""Three versions of one file in one: bytes in, bytes out, and what is to be settled."""

from __future__ import annotations

from msgspec import Struct

from lianxin.core.declare.kind import Kind
from lianxin.storage import UNSETTLED
from lianxin.storage.merge.text import UnwritableError, written
from lianxin.storage.merge.unsettled import joined as questions
from lianxin.storage.merge.value import Clash, UnknownError, merged
from lianxin.storage.read.loading import kind_at
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.read.scanning import Unreadable
from lianxin.storage.sealed import WITHDRAWN

#: What was printed and sent is never put together from two.
_FROZEN = "frozen/"
#: Of two answers to one hint either will do.
_EITHER = "policy/silenced.yaml"


class Joined(Struct, frozen=True):
    """What became of a file.

    Attributes:
        data: What it holds; None: it is gone.
        clashes: Its fields that are as both sides found them, until somebody settles which it is.
        whole: It could not be put together; one version stands for both.
    """

    data: bytes | None
    clashes: tuple[Clash, ...] = ()
    whole: bool = False


def joined(path: str, base: bytes | None, ours: bytes | None, theirs: bytes | None) -> Joined:
    """Three versions of a file in one; which side is ours makes no difference.

    Args:
        path: Relative to the data folder.
        base: What both come from; None where there was no such file.
        ours: One side; None: it has been taken away there.
        theirs: The other.
    """
    if theirs in (ours, base):
        return Joined(ours)
    if base == ours:
        return Joined(theirs)
    if path.startswith(f"{UNSETTLED}/"):
        return Joined(questions(base, ours, theirs))
    if path == WITHDRAWN:
        return Joined(_lines(base, ours, theirs))
    kind = kind_at(path)
    if ours is None or theirs is None:
        return Joined(ours if theirs is None else theirs, whole=True)  # nothing that was written is lost meanwhile
    if path.startswith(_FROZEN) or not path.endswith(".yaml") or (base is None and kind is not None):
        return _standing(base, ours, theirs)
    try:
        return _put_together(path, kind, base or b"", ours, theirs)
    except (Unreadable, UnknownError, UnwritableError, UnicodeDecodeError):
        return _standing(base, ours, theirs)


def _put_together(path: str, kind: Kind | None, base: bytes, ours: bytes, theirs: bytes) -> Joined:
    before, mine, other = (read_yaml(one) if one else {} for one in (base, ours, theirs))
    found = merged(before, mine, other, kind.model if kind else None, either=path == _EITHER)
    text = written(kind, found.value, base.decode(), ours.decode(), theirs.decode())
    return Joined(text.encode(), found.clashes)


def _lines(*three: bytes | None) -> bytes:
    """A diary that only grows: what both still have of it, then what either has written, by its moment."""
    before, mine, other = ([*(one or b"").splitlines(keepends=True)] for one in three)
    kept = [line for line in before if line in mine and line in other]
    return b"".join((*kept, *sorted({*mine, *other} - {*before})))


def _standing(base: bytes | None, ours: bytes, theirs: bytes) -> Joined:
    """One version for both: the one that can be read, else what both found, else either."""
    readable = [one for one in (ours, theirs) if _readable(one)]
    if len(readable) == 1:
        return Joined(readable[0], whole=True)
    return Joined(min(ours, theirs) if base is None else base, whole=True)


def _readable(data: bytes) -> bool:
    try:
        read_yaml(data)
    except Unreadable:
        return False
    return True
