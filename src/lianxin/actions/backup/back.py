"""A ledger fetched back from a backup, into a new folder, and looked through."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

from msgspec import Struct

from lianxin.actions.backup.make import counted
from lianxin.actions.begin.start import fresh, introduce
from lianxin.actions.workspace import MARK, author
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import spelt
from lianxin.storage.book import open_book
from lianxin.storage.git.mirror import End, sound, unpacked
from lianxin.storage.git.process.waiting import bare
from lianxin.storage.git.repo import GitError, Repo
from lianxin.storage.settings import read_office


class Back(Struct, frozen=True):
    """What was fetched back.

    Attributes:
        root: The data folder.
        at, subject: Of the last commit.
    """

    root: Path
    office: str
    records: int
    unreadable: int
    at: str
    subject: str


def back(target: Path, folder: Path, now: datetime, progress: Callable[[int, int], None] | None = None) -> Back:
    """A ledger out of a backup.

    Args:
        target: The copy, or the folder it lies in.
        folder: A new one.
        now: This minute.
        progress: Told (done, total) while records are read.

    Raises:
        UsageError: There is no backup, or several; or the folder is not new.
        LianxinError: The backup is damaged; nothing of it stays.
    """
    copy = _copy(target)
    with fresh(folder):
        try:
            sound(End.alone(copy))
            repo = unpacked(End.alone(copy), folder.resolve())
        except GitError as error:
            told = str(error).partition("；")[0]
            raise LianxinError(f"{spelt(str(copy))} 读不出来：{told}；请换一份备份") from None
        root = data_root(repo)
        with open_book(root, today=now.date(), now=now, progress=progress) as book:
            records = sum(counted(book).values()) - book.unreadable()
            office, unreadable = read_office(book.file(MARK) or b""), book.unreadable()
            if office.clerk:
                introduce(repo, author(book, office.clerk))
    at, _, subject = (
        repo.run("log", "-1", "--date=format:%Y-%m-%d %H:%M", "--format=%ad%x1f%s")
        .decode(errors="replace")
        .partition("\x1f")
    )
    return Back(root, office.name, records, unreadable, at, subject.strip())


def _copy(target: Path) -> Path:
    """The one backup meant.

    Raises:
        UsageError: There is none, or there are several.
    """
    real = Path(os.path.realpath(target))
    if bare(real):
        return real
    found = sorted(one for one in real.glob("*") if bare(one)) if real.is_dir() else []
    if not found:
        raise UsageError(f"{spelt(str(target))} 里没有备份；优盘插好了吗？")
    if len(found) > 1:
        named = "、".join(spelt(str(one)) for one in found)
        raise UsageError(f"{spelt(str(target))} 里有几份备份，请写明哪一份：{named}")
    return found[0]


def data_root(repo: Repo) -> Path:
    """The data folder in a work tree: the uppermost that bears the mark.

    Raises:
        LianxinError: It holds no ledger.
    """
    names = os.fsdecode(repo.run("ls-files", "-z")).split("\0")
    found = sorted((name for name in names if PurePosixPath(name).name == MARK), key=lambda name: name.count("/"))
    if not found:
        raise LianxinError(f"这份备份里没有 {MARK}，不是台账")
    return repo.top / PurePosixPath(found[0]).parent
