"""Where a backup goes: the copy of this very ledger that lies there, a new one, or one beside what does not fit."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from itertools import chain, count
from pathlib import Path

from msgspec import Struct

from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import spelt
from lianxin.storage.git.mirror import End
from lianxin.storage.git.process.waiting import bare
from lianxin.storage.git.repo import GitError, Repo
from lianxin.storage.write.outlet import refuse

_SUFFIX = ".git"
#: What sticks take in no name.
_ODD = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


class Place(Struct, frozen=True):
    """Where a backup goes.

    Attributes:
        folder: Of the copy.
        fresh: There is none yet.
        told: Why it is not the one that lay there; empty where there is none, or it fits.
    """

    folder: Path
    fresh: bool
    told: str = ""


def place(repo: Repo, root: Path, target: Path, today: date) -> Place:
    """Where in a folder, or in which repository, this ledger is backed up.

    Args:
        repo: Of the ledger.
        root: Its data folder.
        target: As typed: a folder, or the copy itself.
        today: Names a copy beside one that does not fit.

    Raises:
        UsageError: There is no such folder, or it is no place for a backup.
        LianxinError: The copy of another ledger lies there.
    """
    real = Path(os.path.realpath(target))
    if not real.is_dir():
        told = "不是文件夹" if real.exists() else "没有这个文件夹（优盘插好了吗？）"
        raise UsageError(f"{spelt(str(target))} {told}，没有备份")
    if real.is_relative_to(os.path.realpath(repo.top)) or real.is_relative_to(os.path.realpath(repo.common_dir)):
        raise UsageError(f"{spelt(str(target))} 在台账自己的文件夹里，台账坏了它也没有了；请备到优盘或别的盘上")
    refuse(real, None, ours=True)
    if (real / ".git").exists():
        raise UsageError(f"{spelt(str(target))} 是一本台账（或别的东西）正用着的文件夹；请另找一个文件夹放备份")
    ours = End.of(repo)
    if bare(real):
        return _fitting(ours, real, real.parent, real.name.removesuffix(_SUFFIX), today)
    name = _ODD.sub("_", root.name) or "台账"
    return _fitting(ours, real / f"{name}{_SUFFIX}", real, name, today)


def _fitting(ours: End, first: Path, folder: Path, name: str, today: date) -> Place:
    """The copy that can go on: the one meant, else one that was made beside it, else a new one."""
    if not os.path.lexists(first):
        return Place(first, fresh=True)
    if first.is_symlink() or not bare(first):
        raise UsageError(f"{spelt(str(first))} 已经有了，不是备份；请另找一个文件夹，或给它改个名字")
    why = _unfit(ours, first)
    if not why:
        return Place(first, fresh=False)
    for one in sorted(folder.glob(f"{name}-[0-9]*{_SUFFIX}"), reverse=True):
        if bare(one) and not one.is_symlink() and not _unfit(ours, one, strict=False):
            return Place(one, fresh=False)
    told = f"原来的备份接不上：{why}。没有动它，在旁边另做一份"
    return Place(_free(folder, f"{name}-{today:%Y%m%d}"), fresh=True, told=told)


def set_aside(broken: Place, today: date) -> Place:
    """The place of a copy of ours that cannot be gone on with: that one is kept under another name."""
    folder = broken.folder
    kept = _free(folder.parent, f"{folder.name.removesuffix(_SUFFIX)}-坏了-{today:%Y%m%d}")
    folder.rename(kept)
    return Place(folder, fresh=True, told=f"原来的备份坏了，改名成 {kept.name} 留着，另做一份")


def _free(folder: Path, name: str) -> Path:
    """A name that nothing in a folder has."""
    names = chain([name], (f"{name}-{n}" for n in count(2)))
    return next(path for one in names if not os.path.lexists(path := folder / f"{one}{_SUFFIX}"))


def _unfit(ours: End, folder: Path, *, strict: bool = True) -> str:
    """Why the ledger cannot go on where a copy stands; empty where it can.

    Raises:
        LianxinError: It is a copy of another ledger, and ``strict``.
    """
    copy = End.alone(folder)
    try:
        refs, theirs = copy.refs(), copy.roots()
        if copy.borrows():
            return "它不是完整的一份（靠着别处的一份，或只取了一部分）"
    except GitError as error:
        return f"它坏了（{str(error).partition('；')[0]}）"
    if theirs and not theirs & ours.roots():
        if strict:
            raise LianxinError(f"{spelt(str(folder))} 是另一本台账的备份，没有动它；请在盘上另建一个文件夹，备到那里")
        return "另一本台账的"
    return "" if _behind(ours, refs) else "它里面有这本台账没有的内容（从它那里恢复过，或在别处接着记过）"


def _behind(ours: End, refs: Mapping[str, str]) -> bool:
    """Whether every branch of a copy is one of ours at an earlier moment, or is none of ours."""
    held = ours.refs()
    return all(
        name not in held or held[name] == oid or (ours.has(oid) and ours.goes_on(oid, held[name]))
        for name, oid in refs.items()
    )
