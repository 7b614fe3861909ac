"""Who changed a record when: git's own log of its file."""

from __future__ import annotations

from datetime import datetime

from lianxin.actions.workspace import Workspace
from lianxin.reports.record.log import Commit
from lianxin.storage.git.catalogue import keep_up
from lianxin.storage.git.process.trouble import SHALLOW
from lianxin.storage.git.repo import Repo


def commits_of(workspace: Workspace, *paths: str, since: str = "") -> list[Commit]:
    """Every commit that touched a record's file, newest first; none outside of git.

    The first commit of a shallow clone seems to have made everything, and is left out.

    Args:
        workspace: The data folder.
        paths: Where the file stands and stood, relative to it.
        since: Only those after this commit.

    Raises:
        LianxinError: There is no git on this machine, or it will not work there.
    """
    repo = Repo.find(workspace.root)
    if repo is None or not repo.head():
        return []
    keep_up(repo)
    until = repo.commit_of(workspace.at) if workspace.at else "HEAD"
    reach = f"{since}..{until}" if since else until
    form = ("--date=format:%Y-%m-%d %H:%M:%S", "--format=%H%x1f%ad%x1f%an%x1f%s")
    output = repo.run("log", "-z", *form, reach, "--", *(repo.prefix + path for path in paths))
    commits = []
    cut = repo.cut()
    for line in filter(None, output.split(b"\0")):
        hash_, at, name, subject = map(_text, line.split(b"\x1f", 3))
        if hash_ not in cut:
            commits.append(Commit(hash_, datetime.fromisoformat(at), name, subject))
    return commits


def _text(word: bytes) -> str:
    """A word of a commit; one written as GBK without saying so is read as that."""
    try:
        return word.decode()
    except UnicodeDecodeError:
        return word.decode("gb18030", errors="replace")


def cut_off(workspace: Workspace) -> str:
    """What to know of a history that does not go back to its beginning; empty when it does."""
    repo = Repo.find(workspace.root)
    return SHALLOW if repo and repo.cut() else ""
