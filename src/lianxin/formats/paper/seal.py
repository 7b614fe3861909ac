"""A file's own digest, beside the line it bears: whether somebody has worked on it since it was written.

It is taken of the whole file with noughts in its place. Office packages bear none: their programs write down when they
saved one (``formats.package``).
"""

from __future__ import annotations

import hashlib
import re

from lianxin.core.text.pattern import late

_LONG = 16
#: Stands where the digest is to be.
BLANK = "0" * _LONG
#: Before it in a line, and its key in JSON.
WORD, KEY = "指纹", "digest"

_BEFORE = (f"· {WORD} ", f'"{KEY}": "')
_SEAL = late(rf"(?:{'|'.join(_BEFORE)})([0-9a-f]{{{_LONG}}})(?= · |\")".encode())


def sealed(made: bytes) -> bytes:
    """A file with its digest, where there is a place for it."""
    found = _place(made)
    return _with(made, found, _digest(made)) if found else made


def as_sealed(held: bytes) -> bool | None:
    """Whether a file is as it was sealed; None where it bears no digest."""
    found = _place(held)
    return None if found is None else found[1] == _digest(_with(held, found, BLANK.encode()))


def _place(data: bytes) -> re.Match[bytes] | None:
    """The last of them: words before it are somebody's."""
    found = [match for before in _BEFORE if (match := _last(data, before.encode()))]
    return max(found, key=re.Match.start, default=None)


def _last(data: bytes, before: bytes) -> re.Match[bytes] | None:
    """The last after such words, looked for from the end: a pattern would go through the whole file."""
    at = data.rfind(before)
    while at >= 0:
        if match := _SEAL.match(data, at):
            return match
        at = data.rfind(before, 0, at)
    return None


def _with(data: bytes, place: re.Match[bytes], digest: bytes) -> bytes:
    return data[: place.start(1)] + digest + data[place.end(1) :]


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest()[:_LONG].encode()
