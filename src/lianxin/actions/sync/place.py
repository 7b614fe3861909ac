"""Where desks meet: the copy of this very ledger in a folder, another machine by ssh, or the folder of another desk."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import spelt
from lianxin.storage.git.meeting import AwayError, Meeting, is_host, known, last, shown
from lianxin.storage.git.mirror import End, made
from lianxin.storage.git.process.trouble import GitError
from lianxin.storage.git.process.waiting import bare
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.outlet import refuse
from lianxin.storage.write.placing import sync_all

_SUFFIX = ".git"
#: A new one is made beside its place.
_UNDER_WAY = ".lianxin-sync-"


def meeting(repo: Repo, root: Path, word: str) -> Meeting:
    """Where to meet.

    Args:
        repo: Of the ledger.
        root: Its data folder.
        word: As typed: a folder, or what ssh takes; empty: where it was the last time.

    Raises:
        UsageError: That is no place to meet, or none was ever named.
        AwayError: It is not there.
        LianxinError: Another ledger lies there.
    """
    if not word:
        before = last(repo)
        if not before:
            raise UsageError(
                "还没有同步过，要写到哪里同步：lianxin sync 优盘的文件夹（或共享盘的文件夹、管理员给的地址）"
            )
        if not is_host(before) and not Path(before).is_dir():
            raise AwayError(f"{spelt(shown(before))} 不在（优盘插好了吗？）")
        return Meeting(repo, before)
    if is_host(word):
        return Meeting(repo, word)
    if "://" in word:
        raise UsageError(f"「{spelt(word)}」不是能同步的地方；写优盘或共享盘的文件夹，或管理员给的地址")
    return Meeting(repo, str(_folder(repo, root, Path(os.path.realpath(Path(word).expanduser())))))


def _folder(repo: Repo, root: Path, folder: Path) -> Path:
    """The copy in a folder; a new and empty one where there is none."""
    if not folder.is_dir():
        raise AwayError(f"没有 {spelt(str(folder))} 这个文件夹（优盘插好了吗？）")
    if folder.is_relative_to(os.path.realpath(repo.top)) or folder.is_relative_to(os.path.realpath(repo.common_dir)):
        raise UsageError(f"{spelt(str(folder))} 在台账自己的文件夹里；请写优盘、共享盘上的文件夹")
    if bare(folder) or (folder / ".git").exists():
        return folder
    ours = End.of(repo).roots()
    held = [one for one in sorted(folder.glob("*")) if bare(one) and not one.is_symlink() and _same(one, ours)]
    named = [one for one in held if one.name == f"{root.name}{_SUFFIX}"]
    if len(held) > 1 and not named:
        raise UsageError(
            f"{spelt(str(folder))} 里有几份这本台账，请写明哪一份：{'、'.join(spelt(str(one)) for one in held)}"
        )
    if held:
        return (named or held)[0]
    if any(Path(one).parent == folder for one in known(repo)):
        raise AwayError(
            f"{spelt(str(folder))} 里没有上次同步的那一份（优盘插好了吗？）；"
            "真要另做一份，请在那里另建一个空文件夹，同步到那个文件夹去"
        )
    return _made(repo, folder / f"{root.name}{_SUFFIX}")


def _same(folder: Path, ours: frozenset[str]) -> bool:
    """Whether a history is one of this ledger; one with nothing in it yet may become one."""
    try:
        theirs = End.alone(folder).roots()
    except GitError:
        return False
    return not theirs or bool(theirs & ours)


def _made(repo: Repo, place: Path) -> Path:
    """An empty history, whole at once: whoever dies on the way leaves none, or one that can be gone on with."""
    if os.path.lexists(place):
        raise LianxinError(f"{spelt(str(place))} 已经有了，不是这本台账；请在那里另建一个文件夹，写那个文件夹")
    refuse(place.parent, None, ours=True)
    for left in place.parent.glob(f"{_UNDER_WAY}*"):  # of one that was killed, or pulled out
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_UNDER_WAY, dir=place.parent) as name:
        fresh = Path(name) / place.name
        fresh.mkdir(mode=0o700)
        source = End.of(repo)
        made(fresh, source, source.head())
        sync_all()
        fresh.rename(place)
    return place
