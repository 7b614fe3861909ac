"""The ``git`` program, called safely: argument lists, NUL-separated answers, nothing of a hook's environment."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from lianxin.core.dataclass import dataclass
from lianxin.core.error import LianxinError
from lianxin.storage.git_status import Status, parse_status, parts

#: What git may see of the environment; all else named ``GIT_…`` (in hooks: ``GIT_DIR``, ``GIT_INDEX_FILE``) is dropped.
_KEPT = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_SSH")

#: Hooks and watchers of a copied configuration run nobody's code here; pathspecs are names, never patterns.
_GIT = (
    *("git", "--literal-pathspecs", "--no-pager", "-c", "core.quotepath=off", "-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
)

#: ``git diff-tree`` and ``ls-tree`` mode of an ordinary file; links and submodules have others.
_REGULAR = ("100644", "100755")


class GitError(LianxinError):
    """Git refused. The sentence bears git's own first line."""


@dataclass(frozen=True, slots=True)
class Entry:
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


def environment() -> dict[str, str]:
    """The environment git runs in."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith(_KEPT)}
    return kept | {
        "LC_ALL": "C",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
    }


def _start(folder: Path, args: Sequence[str], stdin: int | IO[bytes] = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        (*_GIT, *args), cwd=folder, env=environment(), stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def refusal(args: Sequence[str], code: int, error: bytes) -> GitError:
    """Git's own first line, under the name of the subcommand; settings (``-c KEY=VALUE``) may stand before it."""
    while args[0] == "-c":
        args = args[2:]
    lines = error.decode(errors="replace").strip().splitlines()
    return GitError(f"git {args[0]} 没有成功：{lines[0] if lines else f'返回 {code}'}")


@dataclass(frozen=True, slots=True)
class Repo:
    """A repository seen from a data folder in its work tree.

    Attributes:
        top: The work tree's root.
        git_dir: Of this work tree (a linked one has its own).
        common_dir: Shared by all work trees.
        prefix: The data folder inside the work tree: empty, or ending with ``/``.
    """

    top: Path
    git_dir: Path
    common_dir: Path
    prefix: str

    @classmethod
    def find(cls, root: Path) -> Repo | None:
        """The repository a data folder belongs to; None when it is in none, or there is no git.

        Raises:
            LianxinError: There is one that git will not work with (foreign owner, a bare one).
        """
        try:
            process = _start(root, _WHERE)
        except FileNotFoundError:
            return None
        return _found(*process.communicate(), process.returncode)

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
        done = subprocess.run(
            (*_GIT, *args),
            cwd=self.top,
            env=environment() | dict(env or {}),
            input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            capture_output=True,
            check=False,
        )
        if check and done.returncode:
            raise refusal(args, done.returncode, done.stderr)
        return done.stdout

    def attempt(
        self,
        *args: str,
        input: bytes = b"",  # noqa: A002 - as in subprocess
        started: Callable[[int], None] = lambda _process: None,
    ) -> subprocess.CompletedProcess[bytes]:
        """All that ``git ARGS`` answers, a refusal too.

        Args:
            args: Words after ``git``.
            input: What it is told.
            started: Given the number of its process.
        """
        with _start(self.top, args, subprocess.PIPE) as process:
            started(process.pid)
            out, error = process.communicate(input)
        return subprocess.CompletedProcess(args, process.returncode, out, error)

    def config(self, key: str) -> str:
        """A configured value; empty when there is none."""
        return self.run("config", "--get", key, check=False).decode().strip()

    def commit_of(self, revision: str) -> str:
        """The id of the commit a revision names; empty when it names none."""
        return (
            self.run("rev-parse", "--verify", "-q", "--end-of-options", f"{revision}^{{commit}}", check=False)
            .decode()
            .strip()
        )

    def head(self) -> str:
        """The id of HEAD's commit; empty on an unborn branch."""
        return self.commit_of("HEAD")

    def tree(self, commit: str) -> list[Entry]:
        """Every file of the data folder in a commit."""
        output = self.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *self._inside())
        entries = []
        for line in parts(output):
            about, _, path = line.partition("\t")
            mode, _, oid = about.split(" ")
            entries.append(Entry(path.removeprefix(self.prefix), oid, mode in _REGULAR))
        return entries

    def between(self, old: str, new: str) -> list[Entry]:
        """What differs in the data folder from one commit to another.

        Raises:
            GitError: One of them is not there (any more).
        """
        output = self.run("diff-tree", "-r", "-z", "--no-renames", "--raw", old, new, "--", *self._inside())
        about_and_path = parts(output)
        entries = []
        for about, path in zip(about_and_path, about_and_path, strict=True):
            _, mode, _, oid, letter = about.split(" ")
            entries.append(Entry(path.removeprefix(self.prefix), "" if letter == "D" else oid, mode in _REGULAR))
        return entries

    def blobs(self, oids: Iterable[str], limit: int) -> Iterator[bytes]:
        """The contents of objects, in order; of one larger than ``limit`` bytes its first ``limit`` + 1.

        Raises:
            GitError: One is missing: a shallow, partial or damaged repository.
        """
        import tempfile

        with tempfile.TemporaryFile() as wanted:
            wanted.write("".join(f"{oid}\n" for oid in oids).encode())
            wanted.seek(0)
            with _start(self.top, ("cat-file", "--batch", "--buffer"), wanted) as process:
                yield from _objects(process.stdout, limit)

    def blob(self, commit: str, path: str) -> bytes | None:
        """One file of the data folder in a commit."""
        try:
            return self.run("cat-file", "blob", f"{commit}:{self.prefix}{path}")
        except GitError:
            return None

    def _inside(self) -> tuple[str, ...]:
        return (self.prefix,) if self.prefix else ()


_WHERE = (
    "rev-parse",
    "--path-format=absolute",
    "--show-toplevel",
    "--absolute-git-dir",
    "--git-common-dir",
    "--show-prefix",
)
_STATUS = (
    *("status", "--porcelain=v2", "--branch", "--no-ahead-behind", "-z", "-uall", "--ignored=matching"),
    *("--no-renames", "--ignore-submodules=all", "--"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The repository around a data folder and what differs from HEAD there, both asked for at once, not yet awaited."""

    where: subprocess.Popen[bytes]
    status: subprocess.Popen[bytes]

    def answer(self) -> tuple[Repo, Status] | None:
        """What git says; None when there is no repository.

        Raises:
            LianxinError: Git will not work there.
        """
        # The status may be long; the other answer waits in its pipe meanwhile.
        output, error = self.status.communicate()
        repo = _found(*self.where.communicate(), self.where.returncode)
        if repo is None:
            return None
        if self.status.returncode:
            raise refusal(_STATUS, self.status.returncode, error)
        return repo, parse_status(output, repo.prefix)


def ask(root: Path) -> Asked | None:
    """Set git to work on a data folder; None without git."""
    try:
        return Asked(_start(root, _WHERE), _start(root, (*_STATUS, ".")))
    except FileNotFoundError:
        return None


def _found(output: bytes, error: bytes, code: int) -> Repo | None:
    if code:
        if b"not a git repository" in error and b"dubious" not in error:
            return None
        if b"work tree" in error:
            raise LianxinError("数据文件夹在 git 的内部目录或裸仓库里；请换到有工作区的文件夹（git clone 一份）")
        raise refusal(_WHERE, code, error)
    lines = os.fsdecode(output).split("\n")
    if len(lines) != len(("top", "git_dir", "common_dir", "prefix", "")):
        raise LianxinError("数据文件夹的路径里有换行，请改名后再用")
    return Repo(Path(lines[0]), Path(lines[1]), Path(lines[2]), lines[3])


def _objects(stream: IO[bytes] | None, limit: int) -> Iterator[bytes]:
    """The answers of ``cat-file --batch``."""
    if stream is None:
        return
    while header := stream.readline():
        words = header.split()
        if len(words) != 3:
            raise GitError(f"仓库里缺少内容 {words[0].decode()}：可能是浅克隆或已损坏，请运行 git fsck 看看")
        size = int(words[2])
        yield stream.read(min(size, limit + 1))
        left = size - min(size, limit + 1)
        while left > 0:
            left -= len(stream.read(min(left, 1 << 20))) or left
        stream.read(1)
