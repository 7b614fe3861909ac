"""A backup: the whole history sent to a stick or a disk, then read back from there and counted."""

from __future__ import annotations

import contextlib
import glob
import os
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.backup.kept import Last, keep, last, locked, moment
from lianxin.actions.backup.place import Place, place, set_aside
from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError, reason
from lianxin.core.problem import spelt
from lianxin.storage.book import LedgerBook, open_book
from lianxin.storage.git.catalogue import keep_up
from lianxin.storage.git.mirror import End, made, sent, sound, unpacked
from lianxin.storage.git.packs import MUCH, gather
from lianxin.storage.git.process.trouble import PARTIAL, SHALLOW
from lianxin.storage.git.repo import DiskError, GitError, Repo
from lianxin.storage.write.committer import stand

#: A copy in the making; what a command that died has left of one is taken away by the next.
_UNDER_WAY = ".lianxin-backup-"
Progress = Callable[[int, int], None]


class Backup(Struct, frozen=True):
    """What was done.

    Attributes:
        commit: The last one in it; of a trial the one that would be.
        commits: How many were added.
        records: How many were read back; 0 of a trial.
        near: It lies on the very disk of the ledger.
        before: The backup before.
    """

    place: Place
    commit: str
    commits: int
    records: int
    near: bool
    before: Last | None


def backup(
    workspace: Workspace, target: Path | None, *, dry_run: bool = False, progress: Progress | None = None
) -> Backup:
    """Send all that is committed to where it was sent the last time, or to a folder, and read it back.

    Raises:
        UsageError: That is no place for a backup.
        LianxinError: Nothing is committed, the history is not whole, or it cannot be written there or read back.
    """
    workspace.writable()
    repo = Repo.needed(workspace.root)
    before = last(repo)
    if target is None and before is None:
        raise LianxinError("还没有备份过，要写备到哪里：lianxin backup 优盘的文件夹")
    branch, commit = stand(repo)
    if not commit:
        raise LianxinError("台账里还什么都没有记过，没有东西可备份")
    if repo.cut() or repo.partial():
        raise LianxinError(f"{SHALLOW if repo.cut() else PARTIAL}，再备份")
    chosen = target or Path(before.target if before else "")
    with _told(f"{spelt(str(chosen))} 没有备份成", "什么都没有写"):
        where = place(repo, workspace.root, chosen, workspace.today)
    if target is None and where.fresh and not where.told:
        raise LianxinError(
            f"上次备在 {spelt(str(chosen))}，那里现在没有这份备份（优盘插好了吗？）；"
            f"真要在那里另做一份，写上它：lianxin backup {shlex.quote(str(chosen))}"
        )
    source, refs = End.of(repo), End.of(repo).refs()
    refs[branch] = commit
    near = where.folder.parent.stat().st_dev == repo.top.stat().st_dev
    if dry_run:
        return Backup(where, commit, _added(source, where, commit), 0, near, before)

    def send(where: Place) -> Backup:
        count = _added(source, where, commit)
        then = "没做完的下次会清掉" if where.fresh else "上一次备份好的还是原来的"
        with _told(f"{spelt(str(where.folder))} 没有备份成", then):
            _written(source, where, refs, branch)
        with _told(f"{spelt(str(where.folder))} 写进去了，没能读回来核对", "不能当它备份好了，请再来一次"):
            records = _proved(workspace, repo, where.folder, commit, progress)
        return Backup(where, commit, count, records, near, before)

    with locked(repo):
        try:
            done = send(where)
        except _BrokenError:
            if where.fresh:
                raise
            done = send(set_aside(where, workspace.today))
        keep(repo, Last(moment(workspace.clock), str(Path(os.path.realpath(chosen))), commit))
    keep_up(repo, whole=True)  # somebody waits for the disk anyway
    for end in (End.of(repo), End.alone(done.place.folder)):
        with contextlib.suppress(GitError, OSError):  # it is backed up: that it is in many packs is no loss
            gather(end, MUCH)
    return done


class _BrokenError(LianxinError):
    """Git cannot go on with what lies there."""


@contextlib.contextmanager
def _told(what: str, then: str) -> Iterator[None]:
    """What the disk, or git, says, with what it has come to."""
    try:
        yield
    except OSError as error:
        raise LianxinError(f"{what}（{reason(error)}）；优盘是不是拔了、满了？{then}") from None
    except GitError as error:
        sort = LianxinError if isinstance(error, DiskError) else _BrokenError
        raise sort(f"{what}：{str(error).partition('；')[0]}；{then}") from None


def _added(source: End, where: Place, commit: str) -> int:
    """How many commits go over."""
    known = [] if where.fresh else [oid for oid in End.alone(where.folder).refs().values() if source.has(oid)]
    return int(source.run("rev-list", "--count", commit, *(f"^{oid}" for oid in known)))


def _written(source: End, where: Place, refs: dict[str, str], branch: str) -> None:
    """Send it; a new copy is made beside its place and takes it when it is whole."""
    begun = f"{_UNDER_WAY}{where.folder.stem}-"
    for left in where.folder.parent.glob(f"{glob.escape(begun)}*"):
        shutil.rmtree(left, ignore_errors=True)
    if not where.fresh:
        sent(source, End.alone(where.folder), refs, branch)
        _to_disk(where.folder)
        return
    fresh = Path(tempfile.mkdtemp(prefix=begun, dir=where.folder.parent))
    try:
        sent(source, made(fresh, source, branch), refs, branch)
        fresh.rename(where.folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _to_disk(where.folder)


def _to_disk(folder: Path) -> None:
    """Have the disk take all of it, so that what is read back comes from there and from no memory."""
    os.sync()
    if not hasattr(os, "posix_fadvise"):
        return
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)


def _proved(workspace: Workspace, repo: Repo, folder: Path, commit: str, progress: Progress | None) -> int:
    """Read the copy back: every object, then every record out of it; how many records there are.

    Raises:
        LianxinError: It is not what was sent.
    """
    copy = End.alone(folder)
    sound(copy)
    with tempfile.TemporaryDirectory(prefix="lianxin-") as name:
        back = unpacked(copy, Path(name))
        root = Path(name) / repo.prefix
        tree = back.run("write-tree")
        with _read(root, workspace.now, progress) as again, replace(workspace, at=commit).book() as ours:
            same = (
                back.head() == commit
                and tree == repo.run("rev-parse", f"{commit}^{{tree}}")
                and not again.dirty
                and counted(again) == counted(ours)
            )
            records = sum(counted(again).values()) - again.unreadable()
    if not same:
        raise LianxinError(f"{spelt(str(folder))} 写进去了，读回来却和台账不一样；请换一个盘再备份")
    return records


@contextlib.contextmanager
def _read(root: Path, now: datetime, progress: Progress | None) -> Iterator[LedgerBook]:
    with open_book(root, today=now.date(), now=now, progress=progress) as book:
        yield book


def counted(book: LedgerBook) -> dict[str, int]:
    """How many records of each kind a book has, and how many that cannot be read."""
    found = book.sql("SELECT kind, count(*) FROM record WHERE NOT voided GROUP BY kind ORDER BY kind")
    return {**{str(kind): int(many) for kind, many in found}, "": book.unreadable()}
