"""A snapshot: the files of HEAD's tree, and those of the work tree that differ from it. Git is asked for both."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec import field as member

from lianxin.core.error import LianxinError
from lianxin.core.problem import spelt
from lianxin.kinds import BY_FOLDER, home
from lianxin.storage import MAX_BYTES
from lianxin.storage.git import rewritten
from lianxin.storage.git.asked import Asked, ask
from lianxin.storage.git.disk import on_disk, ordinary, read_file, same_on_disk, strange, walk
from lianxin.storage.git.head import LostError
from lianxin.storage.git.process.trouble import SHALLOW
from lianxin.storage.git.repo import GitError, Repo, TreeEntry, object_id
from lianxin.storage.git.status import Status

#: Hexadecimal digits of an id, where no commit tells.
_SHA1 = 40
#: So often it is asked again (pauses in seconds).
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)


def is_record(path: str) -> bool:
    """Whether a path, relative to the data folder, is where a record stands."""
    folder, _, rest = home(path).partition("/")
    return folder in BY_FOLDER and rest.endswith(".yaml") and not rest.rpartition("/")[2].startswith(".")


def _is_yaml(path: str) -> bool:
    return path.endswith(".yaml") and "/." not in path


class File(Struct, frozen=True):
    """One record file.

    Attributes:
        blob: Its id in the commit; empty when it stands on disk and differs.
        data: None for a link, a device and the like; empty for what is no record.
    """

    path: str
    blob: str
    data: bytes | None


class Snapshot(Struct, frozen=True):
    """What the data folder held at one moment.

    Attributes:
        repo: None without git.
        commit: HEAD, or the commit that was asked for; empty without git and on an unborn branch.
        status: What differs from it in the work tree; None for a commit's own tree.
        over: Files that are to be written, as if they stood there already.
        lost: Why HEAD leads to no commit although there are some; then the files are read as without git.
    """

    root: Path
    repo: Repo | None
    commit: str
    status: Status | None
    over: Mapping[str, bytes] = member(default_factory=dict)
    lost: str = ""

    @property
    def dirty(self) -> tuple[str, ...]:
        """Paths whose content is not the commit's; of those git ignores or does not look into, only records."""
        if self.status is None:
            return ()
        unseen = [entry.path for entry in self._unseen()]
        listed = (path for path in self.status.present if not path.endswith("/"))
        return tuple(sorted({*listed, *unseen, *self.status.gone}))

    def tree(self) -> list[TreeEntry]:
        """Every file of the commit."""
        return self.repo.tree(self.commit) if self.repo and self.commit else []

    def changed(self, since: str) -> list[TreeEntry]:
        """The files that differ between another commit and this one.

        Raises:
            GitError: The other commit is not there any more.
        """
        if self.repo is None or not self.commit or not since:
            raise GitError("没有可比的提交")
        return self.repo.between(since, self.commit)

    def edited(self) -> list[TreeEntry]:
        """The files on disk that differ from the commit. Of those git ignores, only records."""
        if self.repo is None:
            return list(walk(self.root, ""))
        if self.status is None:
            return []
        listed = [on_disk(self.root, path) for path in self.status.present if not path.endswith("/")]
        return [*listed, *self._unseen()]

    def _unseen(self) -> Iterator[TreeEntry]:
        """What stands in folders that git does not look into, and the records among what it ignores."""
        for path in self.status.present if self.status else ():
            yield from walk(self.root, path) if path.endswith("/") else ()
        for path in self.status.ignored if self.status else ():
            inside = walk(self.root, path) if not path or path.endswith("/") else [on_disk(self.root, path)]
            yield from (entry for entry in inside if is_record(entry.path))

    def files(self, entries: Sequence[TreeEntry]) -> Iterator[File]:
        """The contents of record files: of the commit where there is a blob, on disk where there is none.

        Of the commit in hand, a file of the work tree that is clean is read from disk in place of its blob.

        Raises:
            GitError: A blob is missing: a shallow, partial or damaged repository.
        """
        blobs = self._committed([e for e in entries if e.oid and e.regular and is_record(e.path)])
        for entry in entries:
            name = spelt(entry.path)
            if not entry.regular and home(entry.path).partition("/")[0] in BY_FOLDER:
                yield File(name, entry.oid, None)
            elif not is_record(entry.path):
                yield File(name, entry.oid, b"")
            elif entry.oid:
                yield File(name, entry.oid, next(blobs))
            else:
                yield from self._edited_file(entry.path)

    def _committed(self, entries: Sequence[TreeEntry]) -> Iterator[bytes]:
        """What the commit holds: read from the work tree as long as it is the same there, else from git.

        A file on disk costs a quarter of an object in a pack.
        """
        done = 0
        for entry in entries if self.status is not None else ():
            data = same_on_disk(self.root, entry)
            if data is None:
                break
            yield data
            done += 1
        if self.repo is not None and done < len(entries):
            yield from self.repo.blobs((entry.oid for entry in entries[done:]), MAX_BYTES)

    def _edited_file(self, path: str) -> Iterator[File]:
        with contextlib.suppress(FileNotFoundError):  # gone since git was asked
            yield File(spelt(path), "", read_file(self.root / path))

    def read(self, path: str) -> bytes | None:
        """One file as it stands in this snapshot; None when there is none."""
        if path in self.over:
            return self.over[path]
        if self.status is None and self.repo is not None:
            return _committed(self.repo, self.commit, path)
        try:
            return read_file(self.root / path)
        except FileNotFoundError:
            return self._unchecked(path)

    def folder(self, name: str) -> list[tuple[str, bytes]]:
        """The YAML files under a folder, by path, with their contents."""
        if self.status is None and self.repo is not None:
            return list(_committed_folder(self.repo, self.commit, name))
        found = [path for path in self.paths(name) if _is_yaml(path)]
        return [(path, data) for path in found if (data := self.read(path)) is not None]

    def digests(self, name: str) -> dict[str, str]:
        """Every ordinary file under a folder with git's id of what it holds; only files that differ are read."""
        found: dict[str, str] = {}
        if self.repo is not None and self.commit:
            found = {entry.path: entry.oid for entry in self.repo.tree(self.commit, name) if entry.regular}
        for path in self.status.gone if self.status else ():
            found.pop(path, None)
        wide = max(map(len, found.values()), default=len(self.commit) or _SHA1)
        for entry in self.edited() if self.status or self.repo is None else ():
            if entry.regular and entry.path.startswith(f"{name}/"):
                with contextlib.suppress(FileNotFoundError):  # gone since git was asked
                    found[entry.path] = object_id(ordinary(self.root / entry.path), wide)
        return found

    def whole(self, path: str) -> bytes | None:
        """A file that is no page of text, as it stands in this snapshot; None when there is none."""
        if self.status is None and self.repo is not None:
            return self.repo.blob(self.commit, path)
        try:
            return ordinary(self.root / path)
        except FileNotFoundError:
            return self._unchecked(path)

    def paths(self, name: str) -> list[str]:
        """Every ordinary file under a folder."""
        return sorted(entry.path for entry in self._below(name))

    def strange(self, name: str) -> list[str]:
        """What stands in the work tree under a folder, or by a file's name, and is no ordinary file: links, pipes."""
        return [] if self.status is None else list(strange(self.root, name))

    def _below(self, name: str) -> list[TreeEntry]:
        if self.status is None and self.repo is not None:
            return _committed_below(self.repo, self.commit, name)
        return [entry for entry in walk(self.root, name) if entry.regular]

    def _unchecked(self, path: str) -> bytes | None:
        """A file of the commit that a sparse checkout leaves out."""
        if self.repo is None or not self.commit or self.status is None or path in self.status.gone:
            return None
        if not (self.repo.git_dir / "info" / "sparse-checkout").is_file():
            return None  # nor did the commit have it: no need to ask
        return self.repo.blob(self.commit, path)


@lru_cache(maxsize=256)
def _committed(repo: Repo, commit: str, path: str) -> bytes | None:
    return repo.blob(commit, path)


@lru_cache(maxsize=32)
def _committed_folder(repo: Repo, commit: str, name: str) -> tuple[tuple[str, bytes], ...]:
    inside = [entry for entry in _committed_below(repo, commit, name) if _is_yaml(entry.path)]
    blobs = repo.blobs((entry.oid for entry in inside), MAX_BYTES)
    return tuple(sorted((entry.path, data) for entry, data in zip(inside, blobs, strict=True)))


def _committed_below(repo: Repo, commit: str, name: str) -> list[TreeEntry]:
    return [entry for entry in repo.tree(commit) if entry.regular and entry.path.startswith(f"{name}/")]


def take(root: Path, asked: Asked | None = None, *, lenient: bool = False) -> Snapshot:
    """The data folder as it stands now: one ``git status``, asked again while another lianxin is writing.

    Between its commit and its files what it writes would look like somebody's edit.

    Args:
        root: The data folder.
        asked: What git is already at work on.
        lenient: Where HEAD leads to no commit although there are some, the files alone are read.

    Raises:
        LianxinError: Git will not work there.
    """
    try:
        found = _settled(root, asked or ask(root))
    except LostError as error:
        if not lenient:
            raise
        return Snapshot(root, None, "", None, lost=str(error))
    if found is None:
        return Snapshot(root, None, "", None)
    repo, status = found
    return Snapshot(root, repo, status.commit, status)


def _settled(root: Path, asked: Asked | None) -> tuple[Repo, Status] | None:
    """What git says once nobody is writing any more."""
    found = asked.answer() if asked else None
    for pause in _PAUSES:
        if asked is None or found is None or not _half_written(*found, asked.begun):
            break
        time.sleep(pause)
        asked = ask(root)
        found = asked.answer() if asked else None
    return found


def _half_written(repo: Repo, status: Status, since: float) -> bool:
    """Whether a record that differs may do so only because another lianxin is about to put it in place."""
    from lianxin.storage.git.lock import at_work

    return any(map(is_record, (*status.present, *status.gone))) and at_work(repo, since)


def at_commit(root: Path, revision: str) -> Snapshot:
    """The data folder as a commit has it.

    Raises:
        LianxinError: There is no such commit, or no git.
    """
    repo = Repo.needed(root)
    commit = repo.commit_of(revision) or repo.commit_of(rewritten.now(root, revision) or revision)
    if not commit:
        cut = f"；{SHALLOW}" if repo.cut() else ""
        raise LianxinError(f"找不到提交「{revision}」，请用 git log 看看有哪些{cut}")
    return Snapshot(root, repo, commit, None)
