"""Writing: one change of the records, one commit, under one lock; never with other work of hers.

The ref update is the commit point: ``git fast-import`` writes blob, trees and commit and moves the branch only from
the commit it was made for. The file is put in place by a rename and its one index entry refreshed after that; should
the command die in between, the next one does it. Hooks do not run, staged work and other edits stay as they are.
"""

from __future__ import annotations

import contextlib
import fcntl
import re
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from lianxin.core.error import LianxinError, reason
from lianxin.core.written import note
from lianxin.storage.git import GitError, Repo
from lianxin.storage.intent import Change, Intent
from lianxin.storage.placing import beside, place, put, sweep
from lianxin.storage.stream import Entry, Identity, commits

__all__ = ["Change", "Entry", "Journal"]

LOCK_WAIT = 10.0  # seconds
INDEX_WAIT = 5.0  # seconds


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


class Journal:
    """The one door through which records are written."""

    def __init__(self, repo: Repo, root: Path) -> None:
        self.repo = repo
        self.root = root
        self._intent = Intent(repo)

    @contextlib.contextmanager
    def locked(self) -> Iterator[Journal]:
        """Hold the tool's lock on this repository (flock: it does not survive its process), nothing left half done.

        Raises:
            LianxinError: Another lianxin held it for ten seconds; it cannot be written to at all; what a command that
                died has left cannot be joined with what was written by hand since.
        """
        folder = self.repo.common_dir / "lianxin"
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            lock = (folder / "lock").open("a+b")
        except OSError as error:
            raise LianxinError(f"{folder} 写不进去（{reason(error)}），没有写入；请检查权限和磁盘") from None
        with lock:
            deadline = time.monotonic() + LOCK_WAIT
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise LianxinError("另一个 lianxin 正在写入，等了 10 秒还没写完，请稍后再试") from None
                    time.sleep(0.05)
            self._recover()
            yield self

    def read(self, path: str) -> bytes | None:
        """What a record's file holds now; None when there is none."""
        try:
            return (self.root / path).read_bytes()
        except FileNotFoundError:
            return None

    def identity(self) -> Identity:
        """Git's committer identity.

        Raises:
            LianxinError: Git does not know who commits.
        """
        try:
            line = self.repo.run("var", "GIT_COMMITTER_IDENT").decode()
        except GitError:
            raise LianxinError(
                '还没有告诉 git 您是谁，请先运行 git config --global user.name "您的姓名" 和 user.email'
            ) from None
        found = re.match(r"(.*) <(.*)> (\d+ [+-]\d{4})\s*\Z", line)
        if not found:
            raise LianxinError("看不懂 git 的提交人身份，请检查 git config user.name 和 user.email")
        return Identity(found[1], found[2], found[3])

    def branch(self) -> str:
        """The full name of the branch in hand.

        Raises:
            LianxinError: HEAD is detached, or a merge or rebase is under way.
        """
        for mark, word in (
            ("MERGE_HEAD", "合并"),
            ("rebase-merge", "变基"),
            ("rebase-apply", "变基"),
            ("CHERRY_PICK_HEAD", "摘取"),
            ("REVERT_HEAD", "撤销"),
        ):
            if (self.repo.git_dir / mark).exists():
                raise LianxinError(f"git 正在{word}，还没做完；请先做完或放弃（git status 会告诉怎么做），再来记录")
        head = (self.repo.git_dir / "HEAD").read_text().strip()
        if not head.startswith("ref: refs/heads/"):
            raise LianxinError("现在不在任何分支上，记下的内容会丢；请先 git switch 回到平时用的分支")
        return head.removeprefix("ref: ")

    def commit(self, entries: Sequence[Entry]) -> str:
        """Commit each entry on its own, then put its files in place. Call under ``locked``.

        Returns:
            The last commit's id.

        Raises:
            LianxinError: A file changed since it was read, is not as HEAD has it, or git refused; nothing was written.
        """
        identity, branch, parent = self.identity(), self.branch(), self.repo.head()
        self._wait_for_index()
        latest: dict[str, Change] = {}
        for entry in entries:
            for change in entry.changes:
                if change.path not in latest:
                    self._unchanged(change)
                first = latest.get(change.path, change)
                latest[change.path] = Change(change.path, change.text, first.base)
        changes = list(latest.values())
        with _undisturbed():
            staged = self._staged(changes)
            try:
                commit = self._import(branch, parent, entries, identity)
            except GitError as error:
                self._discard(staged)
                raise LianxinError(f"git 没有接受这次提交，什么都没有写入：{error}") from None
            note(commit)
            try:
                self._finish(changes, staged)
            except OSError as error:
                told = f"已经提交（{commit[:10]}），只是文件还没换上新的（{reason(error)}）"
                raise LianxinError(f"{told}；不用重做，下次记录时会先补上") from None
        return commit

    def _unchanged(self, change: Change) -> None:
        if self.read(change.path) != change.base:
            raise LianxinError(f"{change.path} 刚刚被别处改过，这次没有写入，请重来一遍")
        if change.base is None and self.repo.blob("HEAD", change.path) is not None:
            raise LianxinError(
                f"{change.path} 提交里有，文件夹里却没有，没有写入；"
                f"请先用 git restore --ignore-skip-worktree-bits {change.path} 找回"
            )

    def _staged(self, changes: Sequence[Change]) -> list[Path]:
        """The new files beside their places, and a note of what is meant with them."""
        staged: list[Path] = []
        try:
            for change in changes:
                target = self.root / change.path
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                staged.append(beside(target, change.text.encode()))
            self._intent.note(changes)
        except OSError as error:
            self._discard(staged)
            raise LianxinError(f"写不进去（{reason(error)}），什么都没有写入；请检查磁盘和权限") from None
        return staged

    def _discard(self, staged: Sequence[Path]) -> None:
        for temporary in staged:
            temporary.unlink(missing_ok=True)
        self._intent.drop()

    def _finish(self, changes: Sequence[Change], staged: Sequence[Path | None]) -> None:
        """Put what was committed in place, and tell git's index of it.

        Raises:
            LianxinError: An editor has saved meanwhile what cannot be joined with it; that file is left as it is.
            OSError: A file cannot be replaced; the next command will try again.
        """
        held = {change.path: self._settle(change, temporary) for change, temporary in zip(changes, staged, strict=True)}
        self._refresh([one.path for one in changes if held[one.path] == one.text.encode()])
        for path in (one.path for one in changes if held[one.path] != one.text.encode()):
            blob = self.repo.run("rev-parse", f"HEAD:{self.repo.prefix}{path}").decode().strip()
            self.repo.run("update-index", "--add", "--cacheinfo", f"100644,{blob},{self.repo.prefix}{path}")
        self._intent.drop()
        torn = next((path for path, now in held.items() if now is None), "")
        if torn:
            raise LianxinError(
                f"{torn} 已经提交了新的内容，文件却同时被别处改过，两边合不到一起，文件没有动；"
                f"请对照 git diff {torn} 改好，提交里多出来的行要留着"
            )

    def _settle(self, change: Change, temporary: Path | None) -> bytes | None:
        """What the file holds afterwards; None when an editor's own version had to be left in place."""
        target, text, found = self.root / change.path, change.text.encode(), self.read(change.path)
        if temporary and found == change.base:
            place(temporary, target)
            return text
        if temporary:
            temporary.unlink(missing_ok=True)
        alone = found in (None, change.base, text)  # nobody else has written to it
        joined = text if alone else self._joined(found or b"", change.base or b"", text)
        if joined is not None and joined != found:
            put(target, joined)
        return joined

    def _joined(self, *sides: bytes) -> bytes | None:
        """Two versions of a file, with what they come from between them, in one; None when they cannot be."""
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / name for name in ("mine", "base", "theirs")]
            for path, content in zip(paths, sides, strict=True):
                path.write_bytes(content)
            joined = self.repo.run("merge-file", "-p", *map(str, paths), check=False)
        return joined if joined and b"<<<<<<<" not in joined else None  # git says nothing of what it cannot join

    def _recover(self) -> None:
        """Finish what a command that died after its commit has left; forget what never became a commit.

        Raises:
            LianxinError: As ``_finish``; or the disk will not have it.
        """
        changes = self._intent.left()
        if not changes:
            return
        with _undisturbed():
            committed = [one for one in changes if self.repo.blob("HEAD", one.path) == one.text.encode()]
            try:
                for folder in {(self.root / change.path).parent for change in changes}:
                    sweep(folder)
                self._finish(committed, [None] * len(committed))
            except OSError as error:
                raise LianxinError(f"上次没写完的还补不上（{reason(error)}），请检查磁盘和权限") from None

    def _wait_for_index(self) -> None:
        """Another program's lock on git's index is waited for, then refused before anything is written."""
        lock = self.repo.git_dir / "index.lock"
        deadline = time.monotonic() + INDEX_WAIT
        while lock.exists():
            if time.monotonic() > deadline:
                raise LianxinError(
                    f"git 的暂存区被别的程序锁住（{lock}），没有写入；确认没有别的 git 在运行后删掉它再来"
                )
            time.sleep(0.1)

    def _import(self, branch: str, parent: str, entries: Sequence[Entry], identity: Identity) -> str:
        stream = commits(branch, parent, entries, identity, self.repo.prefix)
        output = self.repo.run(
            "-c", "core.fsync=all", "fast-import", "--quiet", "--done", "--date-format=raw", input=stream
        )
        return output.decode().split()[-1]

    def _refresh(self, paths: Sequence[str]) -> None:
        """Tell git's index of files that are as committed; a lock held by another program is waited for."""
        names = b"".join((self.repo.prefix + path).encode() + b"\0" for path in paths)
        deadline = time.monotonic() + INDEX_WAIT
        while True:
            try:
                self.repo.run("update-index", "--add", "-z", "--stdin", input=names)
            except GitError:
                if time.monotonic() > deadline:
                    raise LianxinError(
                        "已经提交，但 git 的暂存区被别的程序锁住，没能刷新；请关掉那个程序后运行 git status 看看"
                    ) from None
                time.sleep(0.1)
            else:
                return
