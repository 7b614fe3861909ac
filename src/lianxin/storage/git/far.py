"""Another place where the book lies: a folder, a stick, a machine reached by ssh. A clone of it, and what goes back.

To a folder objects go from one guarded git to another (``mirror``). Over ssh git does it itself, by ssh and nothing
else, and by no setting that came with a folder.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from msgspec import Struct

from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import spelt
from lianxin.storage.git.config import configure
from lianxin.storage.git.mirror import End, sent, sound, unpacked
from lianxin.storage.git.process.call import call
from lianxin.storage.git.process.trouble import GitError
from lianxin.storage.git.process.waiting import bare
from lianxin.storage.git.repo import Repo

REMOTE = "origin"
_HEADS = "refs/heads/"
_OVER_SSH = {"GIT_ALLOW_PROTOCOL": "ssh", "GIT_SSH_COMMAND": "ssh -o ConnectTimeout=20"}
_SSH = re.compile(r"ssh://[\w.@:/~%\[\]-]+|[\w.-]+@[\w.-]+:[\w./~\w-]+")


class OvertakenError(LianxinError):
    """Somebody else has sent something there meanwhile."""


class Far(Struct, frozen=True):
    """A place.

    Attributes:
        address: As git is told of it.
        folder: Where it is a folder of this machine; None over ssh.
        alone: It is a history without files around it, so that something may be sent there.
    """

    address: str
    folder: Path | None = None
    alone: bool = True

    @property
    def end(self) -> End:
        """A folder's repository."""
        if self.folder is None:
            raise TypeError(self.address)
        return End.alone(self.folder) if self.alone else End.of(Repo.needed(self.folder))


def place(text: str) -> Far:
    """What an address means.

    Raises:
        UsageError: There is no book there, or there are several.
    """
    folder = Path(os.path.realpath(Path(text).expanduser()))
    if folder.is_dir():
        return _within(folder, text)
    if _SSH.fullmatch(text) and not text.startswith("-"):
        return Far(text)
    raise UsageError(f"没有「{spelt(text)}」这个地方；写优盘或共享盘的文件夹，或管理员给的地址")


def _within(folder: Path, text: str) -> Far:
    """The book in a folder: the folder itself, or the one copy that lies in it, as on a stick."""
    found = [folder] if bare(folder) else sorted(one for one in folder.glob("*") if bare(one))
    if not bare(folder) and (folder / ".git").exists():
        return Far(str(folder), folder, alone=False)
    if len(found) == 1:
        return Far(str(found[0]), found[0])
    if found:
        raise UsageError(f"{spelt(text)} 里有几本，请写明哪一本：{'、'.join(spelt(str(one)) for one in found)}")
    if (repo := Repo.find(folder)) is not None:
        return Far(str(repo.top), repo.top, alone=False)
    raise UsageError(f"{spelt(text)} 里没有台账；优盘插好了吗？")


def cloned(far: Far, folder: Path) -> Repo:
    """The book from another place, whole, in an empty folder; it knows where it came from.

    Raises:
        LianxinError: It cannot be reached, is damaged, or was never whole.
    """
    if far.folder is None:
        call(folder, ("clone", "-q", "--template=", "--", far.address, "."), env=_OVER_SSH)
        repo = Repo.needed(folder)
        if repo.cut():
            raise LianxinError("那边的不是完整的一本（历史没有取全），不能从它加入；请换一个地方")
        return repo
    end = far.end
    if (far.alone and end.borrows()) or (not far.alone and _cut(end)):
        raise LianxinError("那边的不是完整的一本（历史没有取全），不能从它加入；请换一个地方")
    sound(end)
    repo = unpacked(end, folder)
    branch = end.head()
    short = branch.removeprefix(_HEADS)
    configure(
        repo,
        (f"remote.{REMOTE}.url", far.address),
        (f"remote.{REMOTE}.fetch", f"+{_HEADS}*:refs/remotes/{REMOTE}/*"),
        (f"branch.{short}.remote", REMOTE),
        (f"branch.{short}.merge", branch),
    )
    repo.run("update-ref", f"refs/remotes/{REMOTE}/{short}", repo.head())
    return repo


def _cut(end: End) -> bool:
    repo = Repo.needed(end.folder)
    return bool(repo.cut()) or repo.partial()


def give(repo: Repo, far: Far) -> bool:
    """Send there what was committed since it was cloned; whether it has it now: to a folder in use nothing is sent.

    Raises:
        OvertakenError: Somebody else has sent something meanwhile.
    """
    branch = repo.run("symbolic-ref", "HEAD").decode().strip()
    short = branch.removeprefix(_HEADS)
    known = repo.commit_of(f"refs/remotes/{REMOTE}/{short}")
    if not far.alone:
        return False
    if _stands(repo, far, branch) not in ("", known):
        raise OvertakenError
    try:
        if far.folder is None:
            repo.run("push", "-q", REMOTE, f"{branch}:{branch}", env=_OVER_SSH)
        else:
            sent(End.of(repo), far.end, {branch: repo.head()}, branch, {branch: known} if known else {})
    except (GitError, OSError):
        if _stands(repo, far, branch) not in ("", known, repo.head()):
            raise OvertakenError from None
        return False  # nobody may write there
    repo.run("update-ref", f"refs/remotes/{REMOTE}/{short}", repo.head())
    return True


def _stands(repo: Repo, far: Far, branch: str) -> str:
    """The commit a branch is at over there; empty where that cannot be told."""
    if far.folder is not None:
        return far.end.refs().get(branch, "")
    told = repo.run("ls-remote", REMOTE, branch, env=_OVER_SSH, check=False).decode()
    return told.partition("\t")[0].strip()
