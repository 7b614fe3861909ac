"""Moving the branch: the ref update of ``git fast-import`` is the commit point, whatever git says of it afterwards."""

from __future__ import annotations

import time
from collections.abc import Sequence

from lianxin.core.error import LianxinError
from lianxin.storage.git.lock import clear_git
from lianxin.storage.git.process.trouble import DiskError, GitError, refusal
from lianxin.storage.git.repo import Repo
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.write.intent import Intent
from lianxin.storage.write.stream import Identity, NewCommit, Written, commits

#: So often a commit is tried on a branch that others move, with longer and longer pauses between (seconds).
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)


class RefusedError(LianxinError):
    """Git did not take the commit; nothing was written."""


class MovedError(RefusedError):
    """Somebody else has committed records meanwhile: what was worked out must be worked out again."""


class Branch:
    """The branch that is checked out, moved from the commit that something was made for.

    Attributes:
        repo: With the lock in hand.
    """

    def __init__(self, repo: Repo, intent: Intent, written: Written) -> None:
        self.repo = repo
        self._intent = intent
        self._written = written

    def moved(self, branch: str, parent: str, entries: Sequence[NewCommit], identity: Identity) -> str:
        """Commit the entries, one on another; the last commit's id. On a branch that others move it is tried again.

        Raises:
            RefusedError: Git would not; nothing was written.
            MovedError: What others have committed meanwhile touches records; nothing was written.
            LianxinError: Nobody can say whether it was; what is meant stays noted.
        """
        trouble = GitError("")
        for pause in PAUSES:
            try:
                return self._import(branch, parent, entries, identity)
            except DiskError as error:
                trouble = error
                break
            except GitError as error:
                trouble = error
            time.sleep(pause)
            moved = self.repo.head()
            if self._overtaken(parent, moved):
                raise MovedError("刚刚别处改了台账，这次没有写入，请重来一遍")
            parent = moved
        raise RefusedError(f"git 没有接受这次提交，什么都没有写入：{trouble}")

    def forwarded(self, branch: str, parent: str, commit: str) -> str:
        """Have the branch go on to a commit that stands on it, made elsewhere.

        Raises:
            RefusedError: Git would not; nothing was written.
            MovedError: Others have committed meanwhile; nothing was written.
        """
        words = ("-c", "core.fsync=all", "update-ref", "-m", "lianxin", branch, commit, parent or "0" * len(commit))
        done = self.repo.attempt(*words)
        clear_git(self.repo, self._intent.since())
        if done.returncode == 0 or self.repo.head() == commit:
            return commit
        if self.repo.head() != parent:
            raise MovedError("刚刚别处改了台账，这次没有写入，请重来一遍")
        raise RefusedError(f"git 没有接受，什么都没有写入：{refusal(words[2:], done.returncode, done.stderr)}")

    def _import(self, branch: str, parent: str, entries: Sequence[NewCommit], identity: Identity) -> str:
        """The last commit's id once the branch has it, whatever git says of it.

        Raises:
            GitError: The branch has it not.
            LianxinError: Nobody can say; what is meant stays noted.
        """
        stream = commits(branch, parent, entries, identity, self.repo.prefix, self._written)
        words = ("-c", "core.fsync=all", "fast-import", "--quiet", "--done", "--date-format=raw")
        done = self.repo.attempt(*words, input=stream)
        clear_git(self.repo, self._intent.since())
        told = done.stdout.decode().split()
        if told and done.returncode == 0:
            return told[-1]
        trouble = refusal(words, done.returncode, done.stderr)
        if told:  # it tells the commit before it moves the branch
            found = self.repo.attempt("merge-base", "--is-ancestor", told[-1], "HEAD").returncode
            if found == 0:
                return told[-1]
            if found != 1 and self.repo.head() != parent:
                raise LianxinError(
                    f"git 出了毛病（{trouble}），说不准写进去没有；请运行 lianxin log 看看，下次记录时会补齐"
                )
        raise trouble

    def _overtaken(self, parent: str, head: str) -> bool:
        """Whether records differ between the commit this was made for and the one HEAD has now."""
        if head == parent:
            return False
        return not parent or any(is_record(one.path) for one in self.repo.between(parent, head))
