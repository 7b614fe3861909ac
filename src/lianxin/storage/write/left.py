"""How files that bear no sure digest of their own (``formats.paper.seal``) were left when they were last written.

An Office program writes down when it saved a file, but a clock may be wrong, or a program may keep the time as it was.

One small file for each place beside the index, named by a digest of where it is; removed, the tool asks once more.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from lianxin.core.error import LianxinError
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.placing import make, put


def as_left(root: Path | None, path: Path, held: bytes) -> bool | None:
    """Whether what stands at a place is what this ledger wrote there last; None where it does not know of that."""
    note = _note(root, path)
    with suppress(OSError):
        return note.read_bytes() == _digest(held) if note else None
    return None


def remember(root: Path | None, path: Path, content: bytes) -> None:
    """Keep in mind what was written at a place, where there is a git folder to keep it in."""
    note = _note(root, path)
    with suppress(OSError):  # then it is asked about
        if note is not None:
            make(note.parent)
            put(note, _digest(content))


def _note(root: Path | None, path: Path) -> Path | None:
    if root is None:
        return None
    try:
        repo = Repo.find(root)
    except LianxinError:
        return None
    place = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]
    return repo.git_dir / "lianxin" / "left" / place if repo else None


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
