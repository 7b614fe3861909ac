"""A repository's history without files around it: made, brought up to date, looked through, unpacked again.

What ``git push`` and ``git clone`` start at the other end heeds that folder's own settings and hooks, and by the
settings at this end a path may lead elsewhere. So objects go over from one guarded git to another, and the branches are
moved after them, each only from where it was seen to stand.
"""

from __future__ import annotations

import contextlib
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from lianxin.storage.git.disk import read_file, sync
from lianxin.storage.git.process.call import WHERE, call, start
from lianxin.storage.git.process.trouble import refusal
from lianxin.storage.git.process.waiting import watched
from lianxin.storage.git.repo import Repo

#: All of a repository that goes over.
_REFS = ("refs/heads", "refs/tags")
_HEADS = "refs/heads/"
#: It is to be on the disk before a branch says so.
_SAFELY = ("-c", "core.fsync=all")
_PACK = ("pack-objects", "-q", "--revs", "--thin", "--delta-base-offset", "--stdout")
_INDEX = (*_SAFELY, "index-pack", "--stdin", "--fix-thin")


class End(Struct, frozen=True):
    """A repository as one end of a copy.

    Attributes:
        env: What its git is told.
    """

    folder: Path
    env: Mapping[str, str]

    @classmethod
    def of(cls, repo: Repo) -> End:
        """The repository of a work tree."""
        return cls(repo.top, {})

    @classmethod
    def alone(cls, folder: Path) -> End:
        """A repository without files around it."""
        return cls(folder, {WHERE: str(folder)})

    def run(self, *args: str, input: bytes | None = None, check: bool = True) -> bytes:  # noqa: A002 - as in subprocess
        """What ``git ARGS`` prints.

        Raises:
            GitError: Git failed, and ``check``.
        """
        return call(self.folder, args, input, check=check, env=self.env)

    def refs(self) -> dict[str, str]:
        """Every branch and tag, and what it names."""
        told = self.run("for-each-ref", "--format=%(objectname) %(refname)", *_REFS).decode(errors="replace")
        return {name: oid for oid, _, name in (line.partition(" ") for line in told.splitlines())}

    def head(self) -> str:
        """The full name of the branch in hand."""
        return self.run("symbolic-ref", "HEAD").decode(errors="replace").strip()

    def has(self, oid: str) -> bool:
        """Whether it holds an object."""
        return bool(self.run("cat-file", "-t", oid, check=False))

    def goes_on(self, old: str, new: str) -> bool:
        """Whether one commit goes on from another; both are there."""
        return self.run("merge-base", old, new, check=False).decode().strip() == old

    def lasting(self, branch: str) -> None:
        """Have the disk take what has come: git syncs its files, but no folder. A stick is pulled out at once.

        Args:
            branch: The full name of the one that went on.

        Raises:
            OSError: It would not.
        """
        objects = self.folder / "objects"
        for folder in (objects / "pack", objects, (self.folder / branch).parent, self.folder):
            if folder.is_dir():
                sync(folder)

    def locks(self, branch: str) -> tuple[Path, Path]:
        """What keeps others from moving a branch, be it left by one who died: git locks HEAD with the one in hand."""
        return self.folder / f"{branch}.lock", self.folder / "HEAD.lock"

    def litter(self) -> list[Path]:
        """Objects half written, by whoever is at it or was killed or pulled out."""
        objects = self.folder / "objects"
        return [*objects.glob("??/tmp_*"), *objects.glob("pack/tmp_*")]

    def roots(self) -> frozenset[str]:
        """The first commits of all branches, by which two histories are told apart."""
        heads = [oid for name, oid in self.refs().items() if name.startswith(_HEADS)]
        return frozenset(self.run("rev-list", "--max-parents=0", *heads).decode().split()) if heads else frozenset()

    def borrows(self) -> bool:
        """Whether, being alone, it leans on another repository, or was never whole."""
        names = ("objects/info/alternates", "objects/info/http-alternates", "shallow")
        told = self.run("config", "--get-regexp", r"^remote\..*\.(promisor|partialclonefilter)$", check=False)
        return bool(told) or any(_holds(self.folder / name) for name in names)


def _holds(path: Path) -> bool:
    try:
        return read_file(path) != b""
    except FileNotFoundError:
        return False


def made(folder: Path, source: End, branch: str) -> End:
    """A new repository without files around it, for a copy of another.

    Args:
        folder: Empty.
        source: What is to be copied.
        branch: The full name of the one in hand.
    """
    kind = source.run("rev-parse", "--show-object-format").decode().strip()
    found = End.alone(folder)
    found.run("init", "-q", "--bare", "--template=", f"--object-format={kind}")
    found.run("symbolic-ref", "HEAD", branch)
    return found


def sent(source: End, target: End, refs: Mapping[str, str], branch: str, seen: Mapping[str, str] | None = None) -> None:
    """Have one repository hold what another does.

    Args:
        source: It holds all that is named.
        target: Where its branches are not those of the source, they go on to them; the caller has looked.
        refs: The branches and tags that are to stand there, and what they name.
        branch: The full name of the one in hand.
        seen: Where the target's branches stood when the caller looked; None: where they stand now.

    Raises:
        GitError: It cannot be read or written, or a branch was moved meanwhile; the branches stand as they did.
    """
    held = target.refs() if seen is None else seen
    wanted = {name: oid for name, oid in refs.items() if held.get(name) != oid}
    if wanted:
        known = [oid for oid in set(held.values()) if source.has(oid)]
        carried(source, target, [*sorted(set(wanted.values())), *(f"^{oid}" for oid in sorted(known))])
        lines = (f"update {name} {oid} {held.get(name, '0' * len(oid))}\n" for name, oid in wanted.items())
        target.run(*_SAFELY, "update-ref", "--stdin", input="".join(lines).encode())
    if target.head() != branch:
        target.run("symbolic-ref", "HEAD", branch)


def carried(source: End, target: End, names: list[str]) -> None:
    """Have objects go over from one repository to another.

    Args:
        source: It holds all that is named.
        target: Its branches stand as they did.
        names: Commits to carry, with all they name; ``^COMMIT``: the target has that one.

    Raises:
        GitError: They cannot be read or written; no half of them stays.
    """
    begun = time.time()
    try:
        _carried(source, target, names)
    except BaseException:
        _sweep(target, begun)
        raise


def _carried(source: End, target: End, names: list[str]) -> None:
    """Carry objects over in one pack, as it is made."""
    packing = start(source.folder, _PACK, subprocess.PIPE, env=source.env)
    with packing, watched(packing, source.folder):
        indexing = start(target.folder, _INDEX, packing.stdout or subprocess.DEVNULL, env=target.env)
        with indexing, watched(indexing, target.folder):
            if packing.stdout:
                packing.stdout.close()  # it is the other's alone: should that one die, this one hears of it
            if packing.stdin:
                with contextlib.suppress(BrokenPipeError), packing.stdin:
                    packing.stdin.write("".join(f"{name}\n" for name in names).encode())
            _, why = indexing.communicate()
        told = packing.stderr.read() if packing.stderr else b""
        packing.wait()
    if indexing.returncode:
        raise refusal(_INDEX, indexing.returncode, why)
    if packing.returncode:
        raise refusal(_PACK, packing.returncode, told)


def _sweep(end: End, since: float) -> None:
    """Take away half a pack: it would fill the disk."""
    packs = end.run("rev-parse", "--git-path", "objects/pack", check=False).decode("utf-8", "surrogateescape").strip()
    for left in (end.folder / packs).glob("tmp_*") if packs else ():
        with contextlib.suppress(OSError):
            if left.stat().st_mtime >= since - 1:
                left.unlink()


def sound(found: End) -> None:
    """Read every object.

    Raises:
        GitError: One is missing or damaged, or cannot be read.
    """
    found.run("fsck", "--full", "--no-dangling", "--no-progress")


def unpacked(source: End, folder: Path) -> Repo:
    """A repository with its files, of a history alone.

    Args:
        source: The history.
        folder: Empty.
    """
    branch = source.head()
    kind = source.run("rev-parse", "--show-object-format").decode().strip()
    call(folder, ("init", "-q", "--template=", f"--object-format={kind}", "-b", branch.removeprefix(_HEADS)))
    repo = Repo.needed(folder)
    sent(source, End.of(repo), source.refs(), branch)
    repo.run("reset", "-q", "--hard")
    return repo
