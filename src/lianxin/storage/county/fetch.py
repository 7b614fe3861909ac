"""An office's book as the county keeps it: its history alone, in a folder of the county's own.

Nothing of the office's own settings is heeded, its work tree is not looked at, and what is read is one commit. All of
the history comes over, not the last commit alone: that it goes on from what was read before can only be told by it, and
who was named in the book before is masked as well.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from lianxin.core.error import LianxinError
from lianxin.storage.git.meeting import AwayError, Meeting, is_host, shown
from lianxin.storage.git.mirror import End, sent
from lianxin.storage.git.process.call import call
from lianxin.storage.git.process.trouble import GitError
from lianxin.storage.git.process.waiting import bare
from lianxin.storage.git.repo import Repo

_HEADS = "refs/heads/"
_MARK = "lianxin.yaml"


class Place(Struct, frozen=True):
    """Where an office's book is to be had.

    Attributes:
        where: Its data folder, a repository without files around it, or an address that ssh takes.
        branch: Empty for the one in hand there.
        folder: The data folder in the repository, where it has no files around it.
    """

    where: str
    branch: str = ""
    folder: str = ""

    @property
    def called(self) -> str:
        """As people are told it: never with whoever logs in there."""
        return shown(self.where) if is_host(self.where) else self.where


class Fetched(Struct, frozen=True):
    """A book that can be opened at a commit.

    Attributes:
        root: The data folder in the county's own repository; there are no files in it.
    """

    root: Path
    commit: str


@contextmanager
def fetched(place: Place, home: Path, last: str) -> Iterator[Fetched]:
    """The county's copy of a book, brought up to date, for the time of the block.

    Args:
        place: Where it is to be had.
        home: Where the copy lies, or is made; while somebody else works in it, another one is made for this time.
        last: The commit that was read the last time; empty for none.

    Raises:
        LianxinError: Nothing is there, or its history no longer goes on from the commit that was read last.
    """
    home.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home.parent / f".{home.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            with tempfile.TemporaryDirectory(prefix="lianxin-") as aside:
                yield _fetched(place, Path(aside) / "copy", last)
        else:
            yield _kept(place, home, last)


def _kept(place: Place, home: Path, last: str) -> Fetched:
    """In the copy there is; one that was left unsound by whoever was killed in it is made anew.

    It stays until the new one is there: where the office's own book is what is broken, it may be the last good one.
    """
    known = home.is_dir()
    try:
        return _fetched(place, home, last)
    except AwayError:
        raise
    except GitError:
        if not known:
            raise
        fresh = home.with_name(f".{home.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            made = _fetched(place, fresh, last)
            shutil.rmtree(home, ignore_errors=True)
            fresh.rename(home)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return Fetched(home / made.root.relative_to(fresh), made.commit)


def _fetched(place: Place, home: Path, last: str) -> Fetched:
    copy, commit, prefix = (_from_host if is_host(place.where) else _from_folder)(place, home)
    ours = End.of(copy)
    if last and last != commit and not (ours.has(last) and ours.goes_on(last, commit)):
        raise LianxinError(
            f"它的经过和上次读的接不上（上次 {last[:10]}，现在 {commit[:10]}）：被改写过，或退回了从前；"
            "请问清楚，确认无误再加 --again 重新收它"
        )
    if not copy.run("cat-file", "-t", f"{commit}:{prefix}{_MARK}", check=False):
        raise LianxinError(
            f"{place.called} 的 {prefix or '最上层'} 里没有 {_MARK}，不是台账；在别的文件夹里的，请写「目录」"
        )
    root = copy.top / prefix
    root.mkdir(parents=True, exist_ok=True)
    return Fetched(root, commit)


def _from_folder(place: Place, home: Path) -> tuple[Repo, str, str]:
    source, prefix = _source(Path(place.where), place.folder)
    name = f"{_HEADS}{place.branch.removeprefix(_HEADS)}" if place.branch else source.head()
    commit = source.refs().get(name, "")
    if not commit:
        raise _nothing(place, name)
    copy = _copy(home, source.run("rev-parse", "--show-object-format").decode().strip())
    sent(source, End.of(copy), {name: commit}, name)
    return copy, commit, prefix


def _from_host(place: Place, home: Path) -> tuple[Repo, str, str]:
    copy = _copy(home)
    there = Meeting(copy, place.where)
    name = f"{_HEADS}{place.branch.removeprefix(_HEADS)}" if place.branch else there.head()
    commit = there.fetch(name) if name else ""
    if not commit:
        raise _nothing(place, name)
    return copy, commit, _inside(place.folder)


def _nothing(place: Place, name: str) -> LianxinError:
    return LianxinError(f"{place.called} 里没有「{name.removeprefix(_HEADS)}」这一支，或者还没有提交过")


def _inside(folder: str) -> str:
    return f"{folder.strip('/')}/" if folder and folder.strip("/") else ""


def _source(where: Path, folder: str) -> tuple[End, str]:
    if not where.is_dir():
        raise LianxinError(f"{where} 不是文件夹，或没有这个文件夹（盘接好了吗？）")
    if bare(where):
        return End.alone(where), _inside(folder)
    repo = Repo.needed(where)
    return End.of(repo), f"{repo.prefix}{_inside(folder)}"


def _copy(home: Path, kind: str = "sha1") -> Repo:
    if not (home / ".git" / "HEAD").is_file():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        call(home, ("init", "-q", "--template=", f"--object-format={kind}"))
    return Repo.needed(home)
