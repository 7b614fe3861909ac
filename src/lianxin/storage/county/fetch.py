"""An office's book as the county keeps it: its history alone, in a folder of the county's own.

Nothing of the office's own settings is heeded, its work tree is not looked at, and what is read is one commit.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from lianxin.core.error import LianxinError
from lianxin.storage.git.mirror import End, sent
from lianxin.storage.git.process.call import call
from lianxin.storage.git.process.waiting import bare
from lianxin.storage.git.repo import Repo

_HEADS = "refs/heads/"
_MARK = "lianxin.yaml"


class Fetched(Struct, frozen=True):
    """A book that can be opened at a commit.

    Attributes:
        root: The data folder in the county's own repository; there are no files in it.
    """

    root: Path
    commit: str


def fetched(where: Path, branch: str, folder: str, home: Path, last: str) -> Fetched:
    """Bring the county's copy of a book up to date.

    Args:
        where: The office's data folder, or a repository without files around it.
        branch: Which branch; empty for the one in hand there.
        folder: The data folder in the repository, where it has no files around it.
        home: Where the copy lies, or is made.
        last: The commit that was read the last time; empty for none.

    Raises:
        LianxinError: Nothing is there, or its history no longer goes on from the commit that was read last.
    """
    source, prefix = _source(where, folder)
    name = f"{_HEADS}{branch.removeprefix(_HEADS)}" if branch else source.head()
    commit = source.refs().get(name, "")
    if not commit:
        raise LianxinError(f"{where} 里没有「{name.removeprefix(_HEADS)}」这一支，或者还没有提交过")
    if last and last != commit and not (source.has(last) and source.goes_on(last, commit)):
        raise LianxinError(
            f"它的经过和上次读的接不上（上次 {last[:10]}，现在 {commit[:10]}）：被改写过，或退回了从前；"
            "请问清楚，确认无误再加 --again 重新收它"
        )
    if not source.run("cat-file", "-t", f"{commit}:{prefix}{_MARK}", check=False):
        raise LianxinError(f"{where} 的 {prefix or '最上层'} 里没有 {_MARK}，不是台账；在别的文件夹里的，请写「目录」")
    repo = _kept(home, source)
    sent(source, End.of(repo), {name: commit}, name)
    root = repo.top / prefix
    root.mkdir(parents=True, exist_ok=True)
    return Fetched(root, commit)


def _source(where: Path, folder: str) -> tuple[End, str]:
    inside = f"{folder.strip('/')}/" if folder and folder.strip("/") else ""
    if not where.is_dir():
        raise LianxinError(f"{where} 不是文件夹，或没有这个文件夹（盘接好了吗？）")
    if bare(where):
        return End.alone(where), inside
    repo = Repo.needed(where)
    return End.of(repo), f"{repo.prefix}{inside}"


def _kept(home: Path, source: End) -> Repo:
    if not (home / ".git").is_dir():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        kind = source.run("rev-parse", "--show-object-format").decode().strip()
        call(home, ("init", "-q", "--template=", f"--object-format={kind}"))
    return Repo.needed(home)
