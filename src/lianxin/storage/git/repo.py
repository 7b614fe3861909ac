"""A repository as git tells of it: NUL-separated answers, read apart."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct

from lianxin.core.error import LianxinError
from lianxin.storage.git.head import refuse_lost, refuse_unknown
from lianxin.storage.git.process.call import OldGitError, call, start
from lianxin.storage.git.process.trouble import DAMAGED, PARTIAL, DiskError, GitError, refusal
from lianxin.storage.git.process.waiting import answered, watched
from lianxin.storage.git.status import parts

__all__ = ["WHERE", "DiskError", "GitError", "Repo", "TreeEntry", "found", "object_id", "refusal"]

#: ``git diff-tree`` and ``ls-tree`` mode of an ordinary file; links and submodules have others.
_REGULAR = ("100644", "100755")


class TreeEntry(Struct, frozen=True):
    """One path of a tree, or of a difference between two: ``oid`` is empty where it is gone.

    Attributes:
        path: Relative to the data folder.
        regular: Neither a symbolic link nor a submodule.
    """

    path: str
    oid: str
    regular: bool


def object_id(data: bytes, digits: int) -> str:
    """The id git gives a file's content, in a repository whose ids have so many digits."""
    name = "sha1" if digits == 40 else "sha256"
    return hashlib.new(name, b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


class Repo(Struct, frozen=True):
    """A repository seen from a data folder in its work tree.

    Attributes:
        top: The work tree's root.
        git_dir: Of this work tree (a linked one has its own).
        common_dir: Shared by all work trees.
        prefix: The data folder inside the work tree: empty, or ending with ``/``.
        held: Handles that git keeps open as long as it lives: a lock on them outlives us by no more than that.
    """

    top: Path
    git_dir: Path
    common_dir: Path
    prefix: str
    held: tuple[int, ...] = ()

    @classmethod
    def find(cls, root: Path) -> Repo | None:
        """The repository a data folder belongs to; None when it is in none.

        Raises:
            LianxinError: There is one that git will not work with (foreign owner, a bare one); or there is no git.
        """
        process = start(root, WHERE, guarded=False)
        return found(root, *answered(process, root), process.returncode)

    @classmethod
    def needed(cls, root: Path) -> Repo:
        """The repository a data folder belongs to, where nothing can be done without.

        Raises:
            LianxinError: There is none, or no git.
        """
        repo = cls.find(root)
        if repo is None:
            raise LianxinError(f"{root} 不在 git 管理之下，没有留痕；请先在那里运行 git init 并提交一次")
        return repo

    def run(
        self,
        *args: str,
        input: bytes | None = None,  # noqa: A002 - as in subprocess
        check: bool = True,
        env: Mapping[str, str] | None = None,
    ) -> bytes:
        """What ``git ARGS`` prints, run at the work tree's root.

        Raises:
            GitError: Git failed, and ``check``.
        """
        return call(self.top, args, input, check=check, env=env, held=self.held)

    def attempt(self, *args: str, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:  # noqa: A002 - as in subprocess
        """All that ``git ARGS`` answers to what it is told, a refusal too."""
        process = start(self.top, args, subprocess.PIPE, held=self.held)
        out, error = answered(process, self.top, input)
        return subprocess.CompletedProcess(args, process.returncode, out, error)

    def config(self, key: str) -> str:
        """A configured value; empty when there is none, or it is no UTF-8."""
        try:
            return self.run("config", "--get", key, check=False).decode().strip()
        except UnicodeDecodeError:
            return ""

    def commit_of(self, revision: str) -> str:
        """The id of the commit a revision names; empty when it names none."""
        return (
            self.run("rev-parse", "--verify", "-q", "--end-of-options", f"{revision}^{{commit}}", check=False)
            .decode()
            .strip()
        )

    def roots(self, commit: str) -> tuple[str, ...]:
        """The first commits of a history, by which two ledgers are told apart; of a shallow clone where it was cut."""
        return tuple(self.run("rev-list", "--max-parents=0", commit).decode().split())

    def cut(self) -> frozenset[str]:
        """The commits at which a shallow clone's history was cut off: what they changed cannot be known."""
        try:
            return frozenset((self.common_dir / "shallow").read_text().split())
        except FileNotFoundError:
            return frozenset()

    def partial(self) -> bool:
        """Whether contents were left out when this was cloned."""
        return bool(self.run("config", "--get-regexp", r"^remote\..*\.partialclonefilter$", check=False))

    def head(self) -> str:
        """The id of HEAD's commit; empty where none was ever made.

        Raises:
            GitError: HEAD names none although there are some.
        """
        commit = self.commit_of("HEAD")
        if not commit:
            refuse_lost(self.top, self.git_dir, self.common_dir)
        return commit

    def tree(self, commit: str, folder: str = "") -> list[TreeEntry]:
        """Every file of the data folder, or of one folder in it, in a commit."""
        inside = (f"{self.prefix}{folder}/",) if folder else self._inside()
        output = self.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *inside)
        entries = []
        for line in parts(output):
            about, _, path = line.partition("\t")
            mode, _, oid = about.split(" ")
            entries.append(TreeEntry(path.removeprefix(self.prefix), oid, mode in _REGULAR))
        return entries

    def between(self, old: str, new: str) -> list[TreeEntry]:
        """What differs in the data folder from one commit to another.

        Raises:
            GitError: One of them is not there (any more).
        """
        output = self.run("diff-tree", "-r", "-z", "--no-renames", "--raw", old, new, "--", *self._inside())
        about_and_path = parts(output)
        entries = []
        for about, path in zip(about_and_path, about_and_path, strict=True):
            _, mode, _, oid, letter = about.split(" ")
            entries.append(TreeEntry(path.removeprefix(self.prefix), "" if letter == "D" else oid, mode in _REGULAR))
        return entries

    def blobs(self, oids: Iterable[str], limit: int) -> Iterator[bytes]:
        """The contents of objects, in order; of one larger than ``limit`` bytes its first ``limit`` + 1.

        Raises:
            GitError: One is missing: a shallow, partial or damaged repository.
        """
        import tempfile

        asked = list(oids)
        with tempfile.TemporaryFile() as wanted:
            wanted.write("".join(f"{oid}\n" for oid in asked).encode())
            wanted.seek(0)
            process = start(self.top, ("cat-file", "--batch", "--buffer"), wanted)
            with process, watched(process, self.top):
                found = _objects(process.stdout, limit)
                for _ in asked:
                    data = next(found, None)  # git leaves when it cannot fetch what was left out
                    if data is None:
                        raise self._lacking()
                    yield data

    def blob(self, commit: str, path: str) -> bytes | None:
        """One file of the data folder in a commit; None when it has none.

        Raises:
            GitError: It has one, which is not there: a shallow, partial or damaged repository.
        """
        process = start(self.top, ("cat-file", "blob", f"{commit}:{self.prefix}{path}"))
        output, error = answered(process, self.top)
        if process.returncode and not re.search(_ABSENT, error):
            raise self._lacking()
        return None if process.returncode else output

    def holds(self, commit: str, paths: Sequence[str]) -> set[str]:
        """Which of some files of the data folder a commit has; none where there is no such commit."""
        asked = "".join(f"{commit}:{self.prefix}{path}\n" for path in paths).encode()
        told = self.run("cat-file", "--batch-check=%(objecttype)", input=asked).decode().splitlines()
        return {path for path, line in zip(paths, told, strict=True) if line == "blob"}

    def taken(self, path: str, text: str) -> str:
        """A text as git would take it in from a file of the data folder: with its line ends turned, or as it is."""
        turned = text.replace("\r\n", "\n")
        if turned == text:
            return text
        args = ("hash-object", "--stdin", "--path", self.prefix + path)
        oid = self.run(*args, input=text.encode("utf-8", "surrogateescape")).decode().strip()
        return turned if oid == object_id(turned.encode("utf-8", "surrogateescape"), len(oid)) else text

    def _lacking(self) -> GitError:
        """Why contents are not there that the history names."""
        return GitError(PARTIAL if self.partial() else DAMAGED)

    def _inside(self) -> tuple[str, ...]:
        return (self.prefix,) if self.prefix else ()


#: What git says of a file that a commit does not have, or of a commit that is none.
_ABSENT = rb"does not exist in|exists on disk, but not in|nvalid object name|Not a valid object name"
WHERE = (
    "rev-parse",
    "--path-format=absolute",
    "--show-toplevel",
    "--absolute-git-dir",
    "--git-common-dir",
    "--show-prefix",
)


def found(root: Path, output: bytes, error: bytes, code: int) -> Repo | None:
    """The repository that git tells of when asked ``WHERE`` in a folder; None when the folder is in none.

    Raises:
        LianxinError: There is one that git will not work with, or does not know for one.
    """
    if code:
        if b"not a git repository" in error and b"dubious" not in error:
            refuse_unknown(root)
            return None
        raise refusal(WHERE, code, error)
    if output.startswith(WHERE[1].encode()):  # what it does not know it gives back
        raise OldGitError
    lines = os.fsdecode(output).split("\n")
    if len(lines) != len(("top", "git_dir", "common_dir", "prefix", "")):
        raise LianxinError("数据文件夹的路径里有换行，请改名后再用")
    if not Path(os.path.realpath(root)).is_relative_to(os.path.realpath(lines[0])):
        raise LianxinError(
            f"这里的 git 设置把工作目录指到了 {lines[0]}，不是 {root}，没有打开；"
            "请运行 git config --unset core.worktree，再来一遍"
        )
    if lines[3]:
        refuse_unknown(root, Path(lines[0]))
    return Repo(Path(lines[0]), Path(lines[1]), Path(lines[2]), lines[3])


def _objects(stream: IO[bytes] | None, limit: int) -> Iterator[bytes]:
    """The answers of ``cat-file --batch``, as far as there are any."""
    if stream is None:
        return
    while header := stream.readline():
        words = header.split()
        if len(words) != 3:
            return
        size = int(words[2])
        yield stream.read(min(size, limit + 1))
        left = size - min(size, limit + 1)
        while left > 0:
            left -= len(stream.read(min(left, 1 << 20))) or left
        stream.read(1)
