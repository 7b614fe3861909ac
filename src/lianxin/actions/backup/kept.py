"""When the last backup was made, and where to: kept in the git folder, told by ``today`` and ``doctor``."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from lianxin.core.error import LianxinError
from lianxin.core.value import show_moment
from lianxin.storage.git.disk import ordinary, read_file
from lianxin.storage.git.repo import Repo
from lianxin.storage.index.store import location

if TYPE_CHECKING:
    from lianxin.actions.workspace import Workspace


class Last(Struct, frozen=True):
    """The last backup that was read back.

    Attributes:
        at: When, as text; of what was pushed elsewhere, when that was committed.
        target: As it was typed, made whole; where it was pushed to.
        commit: The last one in it.
    """

    at: str
    target: str
    commit: str


def _file(repo: Repo) -> Path:
    index = location(repo)
    return index.with_name(index.name.replace("index", "backup", 1)).with_suffix(".json")


def last(repo: Repo) -> Last | None:
    """The last backup; None where none was ever made, or what was kept is damaged."""
    try:
        return Last(**json.loads(ordinary(_file(repo))))
    except (LianxinError, OSError, ValueError, TypeError):
        return None


def keep(repo: Repo, made: Last) -> None:
    """Write down that a backup was made."""
    path = _file(repo)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_suffix(".tmp")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(made), file, ensure_ascii=False)
    fresh.replace(path)


def moment(now: datetime) -> str:
    """A minute as it is kept."""
    return show_moment(now)


@contextlib.contextmanager
def locked(repo: Repo) -> Iterator[None]:
    """Only one backup at a time.

    Raises:
        LianxinError: Another one is at work.
    """
    path = _file(repo).with_suffix(".lock")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LianxinError("另一个备份正在进行，这次没有做；等它完了再来") from None
        yield


def _pushed(repo: Repo) -> Last | None:
    """What lies elsewhere by git's own account, where a remote was set up."""
    if b"[remote" not in (read_file(repo.common_dir / "config") or b""):
        return None
    form = "--format=%(committerdate:format:%Y-%m-%d %H:%M)%09%(refname:lstrip=2)%09%(objectname)"
    told = repo.run("for-each-ref", "--sort=-committerdate", "--count=1", form, "refs/remotes", check=False)
    words = told.decode(errors="replace").strip().split("\t")
    return Last(*words) if len(words) == len(Last.__struct_fields__) else None


def late(workspace: Workspace, repo: Repo | None) -> str:
    """What is to be said where what was written down since the last backup is older than the office lets it be.

    Nothing is said to who never made one.
    """
    found = max(filter(None, (last(repo), _pushed(repo))), key=lambda one: one.at, default=None) if repo else None
    if repo is None or found is None or not (days := workspace.office.backup):
        return ""
    if workspace.now - datetime.fromisoformat(found.at) <= timedelta(days=days):
        return ""
    if repo.run("rev-parse", "HEAD", check=False).decode().strip() == found.commit:
        return ""
    return f"{found.at[:10]} 以后没有再备份（上次备在 {found.target}）；请插上优盘，运行 lianxin backup"
