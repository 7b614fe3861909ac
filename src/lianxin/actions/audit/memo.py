"""What was found up to which commit, so that another time only what came since is gone through.

It lies in git's folder and may be deleted. It is believed only where it is the very file that was written (its inode
and the time of its last change are noted beside it), made by this very code under these settings, of a commit that
history still leads through; a commit's id stands for all that led to it. Whoever can write there as the clerk herself
can forge it all the same: so ``--whole``, every seal, and every look against a seal go through everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from lianxin.actions.audit.found import Found
from lianxin.core.error import LianxinError
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import Repo
from lianxin.storage.index.store import location
from lianxin.storage.write.placing import put


class Memo(msgspec.Struct, frozen=True):
    """All that another time begins with.

    Attributes:
        rules: Which code and which settings it was found by.
        head: Up to which commit.
        names: As ``Known`` has them.
        gone: Likewise.
    """

    rules: str
    head: str
    found: Sequence[Found] = ()
    names: Mapping[str, Sequence[str]] = {}
    gone: Sequence[str] = ()


def recall(repo: Repo, rules: str, ids: Sequence[str]) -> Memo | None:
    """What is known of a history; None where all of it has to be gone through."""
    path = _path(repo)
    try:
        if ordinary(path.with_suffix(".stamp")) != _stamp(path):
            return None
        memo = msgspec.json.decode(ordinary(path), type=Memo)
    except (OSError, LianxinError, msgspec.MsgspecError):
        return None
    return memo if memo.rules == rules and memo.head in set(ids) else None


def remember(repo: Repo, memo: Memo) -> None:
    """Keep it for another time."""
    path = _path(repo)
    with suppress(OSError):  # then all is gone through again
        path.parent.mkdir(mode=0o700, exist_ok=True)
        put(path, msgspec.json.encode(memo))
        put(path.with_suffix(".stamp"), _stamp(path))


def forget(repo: Repo) -> None:
    """Keep nothing of it."""
    with suppress(OSError):
        _path(repo).unlink(missing_ok=True)


def _stamp(path: Path) -> bytes:
    about = path.stat()
    return f"{about.st_ino} {about.st_ctime_ns} {about.st_size}".encode()


def _path(repo: Repo) -> Path:
    return location(repo).with_name(location(repo).name.replace("index", "audit", 1)).with_suffix(".json")
