"""What a person was shown before she said yes is what is written: files that changed meanwhile are shown again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.core.error import LianxinError
from lianxin.storage.write.journal import NewCommit

#: What each file held, by path.
Seen = Mapping[str, bytes | None]


class OvertakenError(LianxinError):
    """A file is no longer as it was shown; nothing was written."""


def seen(entries: Sequence[NewCommit]) -> Seen:
    """What the files of some commits hold before them."""
    made: dict[str, bytes | None] = {}
    for change in (change for entry in entries for change in entry.changes):
        made.setdefault(change.path, change.base)
    return made


def as_shown(now: Seen, shown: Seen | None) -> None:
    """Let a change pass whose files are as they were shown, or were not shown to anybody.

    Raises:
        OvertakenError: One of them is not.
    """
    if shown is None or now == shown:
        return
    changed = [path for path in {**shown, **now} if now.get(path) != shown.get(path)]
    ids = "、".join(path.rpartition("/")[2].removesuffix(".yaml") for path in changed)
    raise OvertakenError(f"{ids} 在您看的时候又改过了，没有写入；请看现在的样子再定")
