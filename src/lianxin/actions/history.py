"""Who changed a record when: git's own log of its file."""

from __future__ import annotations

from datetime import datetime

from lianxin.actions.workspace import Workspace
from lianxin.reports.log import Commit
from lianxin.storage.git import Repo


def commits_of(workspace: Workspace, path: str, since: str = "") -> list[Commit]:
    """Every commit that touched a file of the data folder, newest first; none without git.

    Args:
        workspace: The data folder.
        path: Relative to it.
        since: Only those after this commit.
    """
    repo = Repo.find(workspace.root)
    if repo is None or not repo.head():
        return []
    until = repo.commit_of(workspace.at) if workspace.at else "HEAD"
    reach = f"{since}..{until}" if since else until
    form = ("--date=format:%Y-%m-%d %H:%M:%S", "--format=%H%x1f%ad%x1f%an%x1f%s")
    output = repo.run("log", "-z", *form, reach, "--", repo.prefix + path)
    commits = []
    for line in output.decode(errors="replace").split("\0"):
        if line:
            hash_, at, name, subject = line.split("\x1f", 3)
            commits.append(Commit(hash_, datetime.fromisoformat(at), name, subject))
    return commits
