"""What became of the last runs of each export: kept in the git folder, told by ``today`` and ``doctor``."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict

from lianxin.core.error import LianxinError
from lianxin.core.value import show_moment
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import Repo
from lianxin.storage.index.store import location

if TYPE_CHECKING:
    from lianxin.storage.book import LedgerBook


class Run(Struct, frozen=True):
    """The last run of one profile.

    Attributes:
        at: When it was, as text.
        succeeded: When one last went well; empty if none ever did.
        message: Why it failed; empty when it went well.
    """

    at: str
    every: str
    succeeded: str = ""
    message: str = ""
    commit: str = ""


def _file(repo: Repo) -> Path:
    index = location(repo)
    return index.with_name(index.name.replace("index", "export", 1)).with_suffix(".json")


def runs(repo: Repo | None) -> dict[str, Run]:
    """The last run of each profile that ever ran; none when what was kept is damaged."""
    if repo is None:
        return {}
    try:
        kept: dict[str, Any] = json.loads(ordinary(_file(repo)))
        return {name: Run(**run) for name, run in kept.items()}
    except (LianxinError, OSError, ValueError, TypeError, AttributeError):
        return {}


def keep(repo: Repo, name: str, run: Run, profiles: Sequence[str]) -> None:
    """Write down how a run went; profiles that are no more are forgotten."""
    still = {name, *profiles}
    kept = {one: asdict(other) for one, other in (runs(repo) | {name: run}).items() if one in still}
    path = _file(repo)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_suffix(".tmp")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False, indent=1)
    fresh.replace(path)


def wrong(found: dict[str, Run], now: datetime) -> list[str]:
    """What is to be said of exports that failed or are late, one sentence each."""
    if not found:
        return []  # most offices, every morning: nothing more is loaded
    from lianxin.policies.export import Every

    told = []
    for name, run in found.items():
        if run.message:
            told.append(f"导出「{name}」{run.at} 没有成功：{run.message}。改好后运行 lianxin export {name}")
        elif now - datetime.fromisoformat(run.succeeded) > Every(run.every).patience:
            told.append(f"导出「{name}」{run.succeeded} 以后没有再运行，请看定时任务还在不在（lianxin cron {name}）")
    return told


def notices(book: LedgerBook) -> list[str]:
    """What the morning page says of exports."""
    found = wrong(runs(book.repo), book.now)
    if not found:
        return []
    named = {str(one.get("名称")) for one in (book.policy("exports") or {}).get("方案", []) if isinstance(one, dict)}
    return wrong({name: run for name, run in runs(book.repo).items() if name in named}, book.now)


def moment(now: datetime) -> str:
    """A minute as it is kept."""
    return show_moment(now)


@contextlib.contextmanager
def locked(repo: Repo) -> Iterator[None]:
    """Only one export at a time.

    Raises:
        LianxinError: Another one is at work.
    """
    path = _file(repo).with_suffix(".lock")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LianxinError("另一个导出正在进行，这次没有做；等它完了再来") from None
        yield
