"""Writing: one change of the records, one commit, under one lock; never with other work of hers.

The ref update is the commit point: ``git fast-import`` writes blob, trees and commit and moves the branch only from
the commit it was made for. Git's index is locked from before that until a copy of it that knows the new files has taken
its place, so that nobody commits the reversal. Files are put in place by a rename; should the command die in between,
the next one does it. Whether something was written is asked of HEAD, never of an exit code. Hooks do not run, staged
work and other edits stay as they are.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from lianxin.core.error import LianxinError, reason
from lianxin.core.written import note
from lianxin.kinds import home
from lianxin.storage.git import config
from lianxin.storage.git.disk import ordinary, sync
from lianxin.storage.git.lock import clear_git, free, indexed, ours
from lianxin.storage.git.process.trouble import restored
from lianxin.storage.git.repo import GitError, Repo
from lianxin.storage.write.branch import Branch, RefusedError
from lianxin.storage.write.bystander import await_commits
from lianxin.storage.write.committer import identity_of, stand
from lianxin.storage.write.given import keep
from lianxin.storage.write.intent import Change, Intent
from lianxin.storage.write.placing import beside, make, sweep, sync_all
from lianxin.storage.write.settling import settle
from lianxin.storage.write.stream import NewCommit, Written

__all__ = ["Change", "Journal", "NewCommit", "Written"]


#: From so many files on the disks are told to take everything at once, not file by file.
_MANY = 64


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """What is begun here is finished: Ctrl-C comes too late, a closed terminal and a stop wait, git's own included."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        if signal.SIGINT in signal.sigpending():
            signal.sigwait({signal.SIGINT})
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _gone(path: str) -> LianxinError:
    return LianxinError(f"{path} 提交里有，文件夹里却没有，没有写入；请先用 {restored(path)} 找回")


def unsealed(path: str) -> None:
    """Look whether a file may be written to as far as closed years go.

    Raises:
        LianxinError: It is of one.
    """
    if home(path) == path:
        return
    year, name = path.split("/")[1], path.rpartition("/")[2].removesuffix(".yaml")
    raise LianxinError(
        f"{name} 已经随 {year} 年归档封存，不能再改，没有写入；"
        f"确实要改的，先撤回归档：lianxin archive {year} --withdraw --why 事由"
    )


class Journal:
    """The one door through which records are written."""

    def __init__(
        self,
        repo: Repo,
        root: Path,
        written: Written | None = None,
        opening: Callable[[], NewCommit | None] = lambda: None,
    ) -> None:
        self.repo = repo
        self.root = root
        self._opening = opening
        self._intent = Intent(repo)
        self._branch = Branch(repo, self._intent, written or Written(""))

    @contextlib.contextmanager
    def locked(self) -> Iterator[Journal]:
        """Hold the tool's lock on this repository, nothing left half done.

        Raises:
            LianxinError: Another lianxin held it for ten seconds; it cannot be written to at all; what a command that
                died has left cannot be joined with what was written by hand since.
        """
        with ours(self.repo) as handle:
            self.repo = self._branch.repo = replace(self.repo, held=(handle,))
            clear_git(self.repo, self._intent.since())
            config.clear(self.repo)
            try:
                self._recover()
            except LianxinError as error:
                raise LianxinError(f"上一条命令没有收尾：{error}。这一条还没有做，什么都没有写入") from None
            free(self.repo)
            yield self

    def read(self, path: str) -> bytes | None:
        """What a record's file holds now; None when there is none.

        Raises:
            LianxinError: A link, a pipe, a device or a folder stands in its place.
        """
        try:
            return ordinary(self.root / path)
        except FileNotFoundError:
            return None

    def held(self, path: str) -> bytes:
        """What a record's file holds now.

        Raises:
            LianxinError: There is none, though the record is known; or its year is closed.
        """
        unsealed(path)
        return self.there(path)

    def there(self, path: str) -> bytes:
        """The same, of a closed year too.

        Raises:
            LianxinError: There is none, though the file is known.
        """
        data = self.read(path)
        if data is None:
            raise _gone(path)
        return data

    def present(self, path: str) -> None:
        """Look whether a record's file stands in the folder.

        Raises:
            LianxinError: It does not, though the record is known; or its year is closed.
        """
        unsealed(path)
        if not (self.root / path).exists():
            raise _gone(path)

    def commit(self, entries: Sequence[NewCommit]) -> str:
        """Commit each entry on its own, then put its files in place. Call under ``locked``.

        Returns:
            The last commit's id.

        Raises:
            LianxinError: A file changed since it was read, is not as HEAD has it, or git refused; nothing was written.
            MovedError: Others have committed records meanwhile; nothing was written.
        """
        self._open(entries)
        identity, (branch, parent) = identity_of(self.repo), stand(self.repo)
        if first := self._opening():  # what a clone says of itself before it first writes
            entries = [first, *entries]
        self._opening = lambda: None
        entries = [self._as_taken(entry) for entry in entries]
        changes = self._latest(entries)
        return self._written(branch, changes, lambda: self._branch.moved(branch, parent, entries, identity))

    def opened(self) -> None:
        """Have a clone say what it says of itself before it first writes, be there nothing else. Call under ``locked``.

        Raises:
            LianxinError: As ``commit``.
        """
        first = self._opening()
        self._opening = lambda: None
        if first:
            self.commit([first])

    def forward(self, commit: str, changes: Sequence[Change]) -> str:
        """Go on to a commit that was made elsewhere and stands on ours; then put its files in place.

        Args:
            commit: It is there, with all that it names.
            changes: What it holds otherwise than ours. Call under ``locked``.

        Raises:
            LianxinError: As ``commit``.
        """
        branch, parent = stand(self.repo)
        for change in changes:
            self._unchanged(change, None if change.base is None else ())
        return self._written(branch, changes, lambda: self._branch.forwarded(branch, parent, commit))

    def _written(self, branch: str, changes: Sequence[Change], move: Callable[[], str]) -> str:
        """Have the branch moved, then put the files in place.

        Raises:
            LianxinError: Git refused, nothing was written; or the files are not in place yet.
        """
        with indexed(self.repo), _undisturbed():
            staged = self._staged(changes)
            try:
                commit = move()
            except RefusedError:
                self._discard(staged)
                raise
            note(commit)
            try:
                self._keep(branch)
                self._finish(changes, staged)
            except (OSError, GitError) as error:
                why = reason(error) if isinstance(error, OSError) else error
                told = f"已经记下，只是文件还没换上新的（{why}）"
                raise LianxinError(f"{told}；不用重做，下次记录时会先补上") from None
            if new := [one.path for one in changes if one.base is None]:
                keep(self.repo, new)
        return commit

    def _keep(self, branch: str) -> None:
        """Have the disk take the names of what git has made: it syncs its files, but no folder.

        Raises:
            OSError: The disk would not.
        """
        since = self._intent.since() or 0.0
        objects = self.repo.common_dir / "objects"
        for folder in (*objects.iterdir(), objects, (self.repo.common_dir / branch).parent):
            with contextlib.suppress(FileNotFoundError):  # somebody's gc has packed it meanwhile, and taken it away
                if folder.is_dir() and folder.stat().st_mtime >= since:
                    sync(folder)

    def _latest(self, entries: Sequence[NewCommit]) -> list[Change]:
        """What each file is to hold after all of them, from what it holds now.

        Raises:
            LianxinError: It holds something else by now.
        """
        latest: dict[str, Change] = {}
        new = {one.path for entry in entries for one in entry.changes if one.base is None}
        held = self.repo.holds("HEAD", sorted(new)) if len(new) > 1 else None
        for entry in entries:
            for change in entry.changes:
                if change.path not in latest:
                    self._unchanged(change, held)
                first = latest.get(change.path, change)
                latest[change.path] = Change(change.path, change.text, first.base)
        return list(latest.values())

    def _as_taken(self, entry: NewCommit) -> NewCommit:
        """An entry as git will have it: line ends turned where the folder's attributes turn them.

        Else git would take every file written for changed.
        """
        return replace(entry, changes=[self._taken(one) for one in entry.changes])

    def _taken(self, change: Change) -> Change:
        return change if change.text is None else replace(change, text=self.repo.taken(change.path, change.text))

    @staticmethod
    def _open(entries: Sequence[NewCommit]) -> None:
        """Look whether only what closes a year, opens it again, or takes personal data out touches what is sealed.

        Raises:
            LianxinError: Something else does.
        """
        for entry in entries:
            if not {("Step", one) for one in ("archive", "sync", "erase")}.intersection(entry.trailers):
                for change in entry.changes:
                    unsealed(change.path)

    def _unchanged(self, change: Change, held: Collection[str] | None) -> None:
        """Look whether a file is as it was, and as HEAD has it.

        Args:
            change: What is to become of it.
            held: Of the new files those that HEAD has; None: it is asked.
        """
        if self.read(change.path) != change.base:
            raise LianxinError(f"{change.path} 刚刚被别处改过，这次没有写入，请重来一遍")
        if change.base is not None:
            return
        if change.path in held if held is not None else self.repo.blob("HEAD", change.path) is not None:
            raise _gone(change.path)

    @property
    def _waiting(self) -> Path | None:
        """Where new files wait, where that is the disk of the records; else they wait beside their places."""
        folder = self.repo.git_dir / "lianxin" / "new"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if folder.stat().st_dev == self.root.stat().st_dev else None

    def _staged(self, changes: Sequence[Change]) -> list[Path | None]:
        """The new files, None for one that is taken away, and a note of what is meant with them."""
        staged: list[Path | None] = []
        alone = len(changes) < _MANY
        try:
            waiting = self._waiting
            for change in changes:
                target = self.root / change.path
                make(target.parent)
                staged.append(None if change.data is None else beside(target, change.data, waiting, synced=alone))
            if not alone:
                sync_all()
            self._intent.note(changes)
        except OSError as error:
            self._discard(staged)
            raise LianxinError(f"写不进去（{reason(error)}），什么都没有写入；请检查磁盘和权限") from None
        return staged

    def _discard(self, staged: Sequence[Path | None]) -> None:
        with contextlib.suppress(OSError):  # a disk that takes nothing more: the next command clears them away
            for temporary in filter(None, staged):
                temporary.unlink(missing_ok=True)
            self._intent.drop()

    def _finish(self, changes: Sequence[Change], waiting: Sequence[Path | None]) -> None:
        """Put what was committed in place.

        Raises:
            LianxinError: An editor has saved meanwhile what cannot be joined with it; that file is left as it is.
            OSError: A file cannot be replaced; the next command will try again.
        """
        torn = settle(self.repo, self.root, changes, waiting)
        self._intent.drop()
        await_commits(self.repo)
        if torn:
            raise LianxinError(
                f"{torn} 已经提交了新的内容，文件却同时被别处改过，两边合不到一起，文件没有动；"
                f"请对照 git diff {torn} 改好，提交里多出来的行要留着"
            )

    def _recover(self) -> None:
        """Finish what a command that died after its commit has left; forget what never became a commit.

        Raises:
            LianxinError: As ``_finish``; or the disk will not have it.
        """
        try:
            changes = self._intent.left()
            notes = self.repo.git_dir / "lianxin"
            for folder in {self._waiting or notes, notes, *((self.root / change.path).parent for change in changes)}:
                sweep(folder)
            if not changes:
                return
            with indexed(self.repo), _undisturbed():
                committed = [one for one in changes if self._in_head(one)]
                self._finish(committed, [None] * len(committed))
        except OSError as error:
            raise LianxinError(f"文件还补不上（{reason(error)}），请检查磁盘和权限") from None

    def _in_head(self, change: Change) -> bool:
        """Whether HEAD has a change.

        Raises:
            GitError: HEAD cannot be read.
        """
        try:
            found = self.repo.run("cat-file", "blob", f"HEAD:{self.repo.prefix}{change.path}")
        except GitError:
            self.repo.run("ls-tree", "HEAD")  # there is a HEAD, and it has no such file
            return change.data is None
        return found == change.data
