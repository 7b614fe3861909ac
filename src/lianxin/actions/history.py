"""Who changed a record when: git's own log of its file."""

from __future__ import annotations

from datetime import datetime

from lianxin.actions.workspace import Workspace
from lianxin.reports.log import Commit
from lianxin.storage.git import Repo


def commits_of(workspace: Workspace, path: str) -> list[Commit]:
    """Every commit that touched a file of the data folder, newest first; none without git."""
    repo = Repo.find(workspace.root)
    if repo is None or not repo.head():
        return []
    output = repo.run("log", "-z", "--format=%H%x1f%at%x1f%an%x1f%s", "--", repo.prefix + path)
    commits = []
    for line in output.decode(errors="replace").split("\0"):
        if line:
            hash_, at, name, subject = line.split("\x1f", 3)
            commits.append(Commit(hash_, datetime.fromtimestamp(int(at)), name, subject))
    return commits
