"""What was committed is put in place, and git's index learns of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from lianxin.storage.git.disk import ordinary, sync
from lianxin.storage.git.flag import LISTED, Unflagged, flagged
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.intent import Change
from lianxin.storage.write.placing import place, put


class Settled(Enum):
    """How a committed file came to stand in its place."""

    SAME = "as committed"
    JOINED = "with what an editor has saved meanwhile"
    TORN = "an editor's own version had to be left"


def settle(repo: Repo, root: Path, changes: Sequence[Change], waiting: Sequence[Path | None]) -> str:
    """Put committed files in place. Call while git's index is locked.

    Args:
        repo: Where they are committed.
        root: The data folder.
        changes: What was committed, and what each file held before.
        waiting: The new files; None where there is none and it must be made anew.

    Returns:
        A file that was left as it is, because an editor has saved meanwhile what cannot be joined; else empty.

    Raises:
        OSError: A file cannot be replaced, or there is no room for the index.
        GitError: Git cannot make the index.
    """
    settled = {one: _settled(repo, root, one, new) for one, new in zip(changes, waiting, strict=True)}
    for folder in {(root / one.path).parent for one in changes}:
        if folder.is_dir():
            sync(folder)
    same = [one.path for one, how in settled.items() if how is Settled.SAME]
    _refresh(repo, same, [one for one, how in settled.items() if how is not Settled.SAME])
    return next((one.path for one, how in settled.items() if how is Settled.TORN), "")


def _settled(repo: Repo, root: Path, change: Change, waiting: Path | None) -> Settled:
    """Put one file in place, with what an editor has saved meanwhile, where the two can be joined."""
    target, data = root / change.path, change.data
    found = _read(target)
    if waiting and found == change.base:
        waiting.replace(target)
        return Settled.SAME
    if waiting:
        waiting.unlink(missing_ok=True)
    alone = found in (None, change.base, data)  # nobody else has written to it
    if data is None:
        if alone and found is not None:
            target.unlink()
        return Settled.SAME if alone else Settled.TORN
    joined = data if alone else _joined(repo, found or b"", change.base or b"", data)
    if joined is None:
        return Settled.TORN
    if joined != found:
        put(target, joined)
    return Settled.SAME if joined == data else Settled.JOINED


def _read(path: Path) -> bytes | None:
    try:
        return ordinary(path)
    except FileNotFoundError:
        return None


def _joined(repo: Repo, *sides: bytes) -> bytes | None:
    """Two versions of a file, with what they come from between them, in one; None when they cannot be."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("mine", "base", "theirs")]
        for path, content in zip(paths, sides, strict=True):
            path.write_bytes(content)
        joined = repo.run("merge-file", "-p", *map(str, paths), check=False)
    return joined if joined and b"<<<<<<<" not in joined else None  # git says nothing of what it cannot join


def _refresh(repo: Repo, same: Sequence[str], other: Sequence[Change]) -> None:
    """Let git's index, which is locked, know of files: a copy of it takes its place.

    Args:
        repo: Whose index.
        same: Files that are as committed.
        other: Changes whose files hold something else than was committed.
    """
    unflagged = Unflagged(repo).known
    index, copy = repo.git_dir / "index", repo.git_dir / "lianxin" / "index.new"
    lock = copy.with_suffix(".new.lock")
    lock.unlink(missing_ok=True)  # git's own on the copy, should it have died
    try:
        if index.exists():
            shutil.copy2(index, copy)  # with its time: by that git knows which files it must look into
        _update(repo, copy, same, other, unflagged=unflagged)
        place(copy, index)
    finally:
        copy.unlink(missing_ok=True)
        lock.unlink(missing_ok=True)


def _update(repo: Repo, index: Path, same: Sequence[str], other: Sequence[Change], *, unflagged: bool) -> None:
    update = ("-c", "core.fsync=all", "update-index", "--add", "--remove")
    env = {"GIT_INDEX_FILE": str(index)}
    if same:
        listed = b"" if unflagged else repo.run(*LISTED, "--", *(repo.prefix + path for path in same), env=env)
        for path, flag in flagged(listed).items():
            repo.run("update-index", f"--no-{flag}", "--", path, env=env)  # else it would not look at the new file
        names = b"".join((repo.prefix + path).encode() + b"\0" for path in same)
        repo.run(*update, "-z", "--stdin", input=names, env=env)
    for change in other:
        path = repo.prefix + change.path
        if change.data is None:
            repo.run(*update, "--force-remove", "--", path, env=env)
            continue
        blob = repo.run("rev-parse", f"HEAD:{path}").decode().strip()
        repo.run(*update, "--cacheinfo", f"100644,{blob},{path}", env=env)
