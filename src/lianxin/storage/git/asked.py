"""What git is asked before anything is read: which repository this is, and what differs from HEAD in the folder."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from msgspec import Struct

from lianxin.storage.git.call import NoGitError, start
from lianxin.storage.git.flag import LISTED, flagged, seen
from lianxin.storage.git.head import refuse_lost
from lianxin.storage.git.repo import WHERE, Repo, found, refusal
from lianxin.storage.git.status import Status, parse_status

_STATUS = (
    *("status", "--porcelain=v2", "--branch", "--no-ahead-behind", "-z", "-uall", "--ignored=matching"),
    *("--no-renames", "--ignore-submodules=all", "--"),
)


class Asked(Struct, frozen=True):
    """The repository around a data folder and what differs from HEAD there, all asked for at once, not yet awaited."""

    root: Path
    where: subprocess.Popen[bytes]
    status: subprocess.Popen[bytes]
    flags: subprocess.Popen[bytes]
    begun: float

    def answer(self) -> tuple[Repo, Status] | None:
        """What git says; None when there is no repository.

        Raises:
            LianxinError: Git will not work there.
        """
        output, error = self.status.communicate()  # it may be long; the shortest answer waits in its pipe meanwhile
        listed, _ = self.flags.communicate()
        repo = found(self.root, *self.where.communicate(), self.where.returncode)
        if repo is None:
            return None
        if self.status.returncode:
            if b"object HEAD" in error:
                refuse_lost(self.root, repo.git_dir, repo.common_dir)
            raise refusal(_STATUS, self.status.returncode, error)
        status = parse_status(output, repo.prefix)
        if not status.commit:
            refuse_lost(self.root, repo.git_dir, repo.common_dir)
        flags = flagged(listed)
        return repo, seen(repo, self.root, status, flags) if flags or status.dropped else status


def ask(root: Path) -> Asked | None:
    """Set git to work on a data folder; None without git."""
    begun = time.time()
    try:
        where = start(root, WHERE, guarded=False)
        return Asked(root, where, start(root, (*_STATUS, ".")), start(root, LISTED, guarded=False), begun)
    except NoGitError:
        return None
