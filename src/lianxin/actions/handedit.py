"""Edits made by hand: taken in on their own, said so, before anything else is written to that file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lianxin.actions.add import author
from lianxin.actions.workspace import Workspace
from lianxin.core.dataclass import dataclass
from lianxin.core.error import LianxinError
from lianxin.core.problem import Level
from lianxin.core.value import show_moment
from lianxin.storage.book import LedgerBook
from lianxin.storage.journal import Change, Entry
from lianxin.storage.loading import Loaded, load


def hand_edit(workspace: Workspace, book: LedgerBook, path: str, actor: tuple[str, str]) -> Entry | None:
    """The commit that takes in the hand edits of a file; None when it is as HEAD has it.

    Raises:
        LianxinError: What was edited is faulty, or a step was changed that had been recorded and was sound.
    """
    if path not in set(book.dirty):
        return None
    data = (workspace.root / path).read_bytes()
    loaded = load(path, data, now=workspace.clock)
    faults = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    if faults:
        first = faults[0]
        raise LianxinError(f"{first.place} 手工改动有错，没有提交：{first.message}；改好后运行 lianxin check 再来")
    lost = _lost_step(book, path, loaded)
    if lost:
        raise LianxinError(
            f"{path} 里记过的「{lost.step}」（{show_moment(lost.at)}）被改了或删了，没有提交；"
            f"步骤只用 amend 更正，恢复原样请运行 git restore {path}"
        )
    name = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    label = loaded.kind.label if loaded.kind else "文件"
    return Entry(
        [Change(path, data.decode(), data)],
        f"{name} 手工修改{label}",
        (("Record", name), ("Step", "edit")),
        actor,
        apart=True,
    )


def _lost_step(book: LedgerBook, path: str, loaded: Loaded) -> Any:
    """The first event that the commit has and the file has no more; None when all stand as they were."""
    if loaded.kind is None or loaded.kind.lifecycle is None or loaded.record is None or book.repo is None:
        return None
    before = load(path, book.repo.blob(book.commit, path) or b"")
    if before.record is None or before.problems:
        return None  # what was faulty has to be put right
    now = set(getattr(loaded.record, "events", ()))
    return next((event for event in getattr(before.record, "events", ()) if event not in now), None)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Which hand edits were committed."""

    paths: Sequence[str]
    commit: str


def _settings(workspace: Workspace, book: LedgerBook, paths: Sequence[str]) -> None:
    """Settings, policies and forms are taken in only when they are sound.

    Raises:
        LianxinError: One of them is faulty.
    """
    from lianxin.actions.check import policy_problems

    faults = policy_problems(book, workspace)
    first = next((problem for problem in sorted(faults) if problem.path in paths), None)
    if first:
        raise LianxinError(f"{first.place} 手工改动有错，没有提交：{first.message}；改好后运行 lianxin check 再来")


def take_in(workspace: Workspace, *, dry_run: bool = False) -> TakenIn:
    """Commit every file of the ledger edited by hand, each on its own.

    Raises:
        LianxinError: One of them is faulty, or a record was deleted.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book() as book:
        actor = author(book, workspace.actor(book))
        paths = [path for path in book.dirty if path.endswith(".yaml") and not path.startswith(".")]
        gone = [path for path in paths if not (workspace.root / path).exists()]
        if gone:
            raise LianxinError(f"{gone[0]} 被删掉了；记录不删只作废，请用 git restore {gone[0]} 找回")
        _settings(workspace, book, paths)
        entries = [entry for path in paths if (entry := hand_edit(workspace, book, path, actor))]
        if dry_run or not entries:
            return TakenIn(paths, "")
        return TakenIn(paths, journal.commit(entries))
