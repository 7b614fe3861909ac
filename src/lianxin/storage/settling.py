"""What was committed is put in place, and git's index learns of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lianxin.storage.git import Repo
from lianxin.storage.intent import Change
from lianxin.storage.placing import place, put


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
    held = {one.path: _settled(repo, root, one, new) for one, new in zip(changes, waiting, strict=True)}
    same = [one.path for one in changes if held[one.path] == one.text.encode()]
    _refresh(repo, same, [one.path for one in changes if one.path not in same])
    return next((path for path, now in held.items() if now is None), "")


def _settled(repo: Repo, root: Path, change: Change, waiting: Path | None) -> bytes | None:
    """What the file holds afterwards; None when an editor's own version had to be left in place."""
    target, text = root / change.path, change.text.encode()
    found = _read(target)
    if waiting and found == change.base:
        place(waiting, target)
        return text
    if waiting:
        waiting.unlink(missing_ok=True)
    alone = found in (None, change.base, text)  # nobody else has written to it
    joined = text if alone else _joined(repo, found or b"", change.base or b"", text)
    if joined is not None and joined != found:
        put(target, joined)
    return joined


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
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


def _refresh(repo: Repo, same: Sequence[str], joined: Sequence[str]) -> None:
    """Let git's index, which is locked, know of files: a copy of it takes its place.

    Args:
        repo: Whose index.
        same: Files that are as committed.
        joined: Files that hold more than was committed.
    """
    index, copy = repo.git_dir / "index", repo.git_dir / "lianxin" / "index.new"
    lock = copy.with_suffix(".new.lock")
    lock.unlink(missing_ok=True)  # git's own on the copy, should it have died
    try:
        if index.exists():
            shutil.copy2(index, copy)  # with its time: by that git knows which files it must look into
        _update(repo, copy, same, joined)
        place(copy, index)
    finally:
        copy.unlink(missing_ok=True)
        lock.unlink(missing_ok=True)


def _update(repo: Repo, index: Path, same: Sequence[str], joined: Sequence[str]) -> None:
    update = ("-c", "core.fsync=all", "update-index", "--add")
    env = {"GIT_INDEX_FILE": str(index)}
    if same:
        names = b"".join((repo.prefix + path).encode() + b"\0" for path in same)
        repo.run(*update, "-z", "--stdin", input=names, env=env)
    for path in joined:
        blob = repo.run("rev-parse", f"HEAD:{repo.prefix}{path}").decode().strip()
        repo.run(*update, "--cacheinfo", f"100644,{blob},{repo.prefix}{path}", env=env)
