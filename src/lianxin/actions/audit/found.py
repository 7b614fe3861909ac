"""What going through the books finds: a fault with its code, or a mark that is none."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from lianxin.storage.git.history import Commit


class Found(Struct, frozen=True):
    """One thing found.

    Attributes:
        code: Of ``core.code``; of a mark, what it is called.
        told: In one sentence, without a word of a villager's.
        record: Its id, or the path of what is no record; empty where it is about the whole.
        commit: Which one it is about; empty where it is none.
        at: When that was made, by the clock on its wall.
        who: Under whose name.
    """

    code: str
    told: str
    record: str = ""
    commit: str = ""
    at: datetime | None = None
    who: str = ""


def in_commit(commit: Commit, code: str, told: str, record: str = "") -> Found:
    """Something found in a commit."""
    return Found(code, told, record, commit.id, commit.committer.local, commit.author.name)
