"""What was imported before, beside the index: which row became which record, and whom a name of a file meant.

Only digests of rows stand there, no word of them, in the folder that git does not carry. It may be removed: rows are
then recognised by what tells their records from others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from lianxin.core.error import LianxinError
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import Repo
from lianxin.storage.index.store import location
from lianxin.storage.write.placing import put


class Memory(Struct, frozen=True):
    """What is kept.

    Attributes:
        rows: The id of the record by the digest of its row.
        names: The id that was meant by the digest of a file's name and of what was asked.
    """

    rows: Mapping[str, str]
    names: Mapping[str, str]

    def answers(self, file: str, asked: Mapping[str, str]) -> dict[str, str]:
        """What was answered before of one file, with what is answered now."""
        return _Answers(self.names, file, asked)


class _Answers(dict[str, str]):
    """Answers by what was asked; those of before are kept under digests."""

    def __init__(self, kept: Mapping[str, str], file: str, now: Mapping[str, str]) -> None:
        super().__init__(now)
        self._kept, self._file = kept, file

    def get(self, asked: str, default: Any = None) -> Any:
        """What was answered, now or before."""
        return super().get(asked) or self._kept.get(named(self._file, asked), default)


def named(file: str, asked: str) -> str:
    """What stands for a question about one file."""
    return hashlib.sha256(f"{file}\0{asked}".encode()).hexdigest()[:20]


def _path(repo: Repo) -> Path:
    return location(repo).with_suffix(".imported")


def remembered(repo: Repo) -> Memory:
    """What is kept; nothing where it cannot be read."""
    try:
        told: Any = json.loads(ordinary(_path(repo)))
        return Memory(*({str(key): str(id_) for key, id_ in told[part].items()} for part in ("rows", "names")))
    except (LianxinError, OSError, ValueError, TypeError, KeyError, AttributeError):
        return Memory({}, {})


def forgotten(repo: Repo, ids: Collection[str]) -> None:
    """Keep nothing more of rows and names that led to some records."""
    before = remembered(repo)
    kept = [{key: id_ for key, id_ in part.items() if id_ not in ids} for part in (before.rows, before.names)]
    if kept != [before.rows, before.names]:
        with suppress(OSError):
            put(_path(repo), json.dumps(dict(zip(("rows", "names"), kept, strict=True))).encode())


def remember(repo: Repo, rows: Mapping[str, str], names: Mapping[str, str]) -> None:
    """Keep more of it."""
    before = remembered(repo)
    told = {"rows": {**before.rows, **rows}, "names": {**before.names, **names}}
    with suppress(OSError):  # the rows are recognised by what they say
        _path(repo).parent.mkdir(mode=0o700, exist_ok=True)
        put(_path(repo), json.dumps(told).encode())
