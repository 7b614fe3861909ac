"""What git is asked before anything is read: which repository this is, and what differs from HEAD in the folder."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.error import LianxinError
from lianxin.storage.git.flag import Unflagged, asked_for, seen
from lianxin.storage.git.head import refuse_lost
from lianxin.storage.git.process.call import NoGitError, start
from lianxin.storage.git.process.waiting import answered
from lianxin.storage.git.repo import WHERE, Repo, found, refusal
from lianxin.storage.git.status import Status, parse_status

_STATUS = (
    *("status", "--porcelain=v2", "--branch", "--no-ahead-behind", "-z", "-uall", "--ignored=matching"),
    *("--no-renames", "--ignore-submodules=all", "--"),
)


class Asked(Struct, frozen=True):
    """The repository around a data folder and what differs from HEAD there, asked for at once, not yet awaited.

    Attributes:
        where: Git at work on the question which repository it is, or the answer.
    """

    root: Path
    where: subprocess.Popen[bytes] | Repo
    status: subprocess.Popen[bytes]
    begun: float

    def answer(self) -> tuple[Repo, Status] | None:
        """What git says; None when there is no repository.

        Raises:
            LianxinError: Git will not work there.
        """
        try:
            repo = self._repo()
        except LianxinError:
            answered(self.status, self.root)
            raise
        unflagged = Unflagged(repo) if repo else None
        flags = asked_for(self.root) if unflagged and not unflagged.known else None
        output, error = answered(self.status, self.root)
        listed = answered(flags, self.root)[0] if flags else b""
        if repo is None or unflagged is None:
            return None
        if self.status.returncode:
            if b"object HEAD" in error:
                refuse_lost(self.root, repo.git_dir, repo.common_dir)
            raise refusal(_STATUS, self.status.returncode, error)
        status = parse_status(output, repo.prefix)
        if not status.commit:
            refuse_lost(self.root, repo.git_dir, repo.common_dir)
        found = unflagged.told(listed) if flags else {}
        return repo, seen(repo, self.root, status, found) if found or status.dropped else status

    def _repo(self) -> Repo | None:
        if isinstance(self.where, Repo):
            return self.where
        return found(self.root, *answered(self.where, self.root), self.where.returncode)


def ask(root: Path, repo: Repo | None = None) -> Asked | None:
    """Set git to work on a data folder; None without git.

    Args:
        repo: The repository it belongs to, where that is known.
    """
    begun = time.time()
    try:
        where = replace(repo, held=()) if repo else start(root, WHERE, guarded=False)
        return Asked(root, where, start(root, (*_STATUS, ".")), begun)
    except NoGitError:
        return None
