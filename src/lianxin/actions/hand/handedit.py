"""Edits made by hand: taken in on their own, said so, before anything else is written to that file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from lianxin.actions.entry.gate import by_hand
from lianxin.actions.retry import retried
from lianxin.actions.veiled import Outward
from lianxin.actions.workspace import Workspace, author
from lianxin.core.error import LianxinError
from lianxin.core.problem import Finding, Level, Problem
from lianxin.core.value import show_moment
from lianxin.kinds import BY_FOLDER, home
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.process.trouble import restored
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.read.loading import Loaded, load
from lianxin.storage.write.given import used_before
from lianxin.storage.write.journal import Change, NewCommit


def hand_edit(workspace: Workspace, book: LedgerBook, path: str, actor: tuple[str, str]) -> NewCommit | None:
    """The commit that takes in the hand edits of a file; None when it is as HEAD has it.

    Raises:
        LianxinError: What was edited is faulty or brings an error into another record, its number was used before, or a
            step was changed that had been recorded and was sound.
    """
    if path not in set(book.dirty):
        return None
    entry = _entry(workspace, book, path, actor)
    _across(book, [path])
    return entry


def by_hand_edited(book: LedgerBook) -> list[str]:
    """The records and definitions that are not as HEAD has them; reports that lie in the folder are no part of it."""
    return [path for path in book.dirty if path.endswith(".yaml") and not path.startswith(".")]


def _across(book: LedgerBook, paths: Sequence[str]) -> tuple[str, ...]:
    """What ``check`` will remark on because of hand edits.

    Raises:
        LianxinError: They bring an error into the ledger, or use a number again.
    """
    records = [path for path in paths if is_record(path)]
    if book.repo is not None:
        new = [path for path in records if book.repo.blob(book.commit, path) is None]
        if used := used_before(book.repo, new):
            id_ = used.rsplit("/", 1)[-1].removesuffix(".yaml")
            kind = BY_FOLDER[home(used).partition("/")[0]].name
            raise LianxinError(
                f"编号 {id_} 从前给过一份记录，那份撤去了，编号也不再给别的用，没有收进；"
                f"请用 lianxin {kind} add 登记，或给 {used} 换一个没有用过的编号"
            )
    wrong, told = by_hand(book, records)
    if wrong:
        raise _refusal(book, wrong)
    return told


def _entry(workspace: Workspace, book: LedgerBook, path: str, actor: tuple[str, str]) -> NewCommit:
    data = ordinary(workspace.root / path)
    loaded = load(path, data, now=workspace.clock)
    faults = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    if faults:
        raise _refusal(book, faults[0])
    _refuse_rewriting(book, path, loaded)
    name = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    label = loaded.kind.label if loaded.kind else "文件"
    return NewCommit(
        [Change(path, data.decode(), data)],
        f"{name} 手工修改{label}",
        (("Record", name), ("Step", "edit")),
        actor,
        apart=True,
    )


def _refusal(book: LedgerBook, wrong: Problem | Finding) -> LianxinError:
    """What was edited is not taken in: quoted for whoever sits at the file, veiled as ``check`` does elsewhere."""

    def said(message: str) -> str:
        if isinstance(wrong, Problem):
            return f"{wrong.place} 手工改动有错，没有收进：{message}；改好后运行 lianxin check 再来"
        return f"手工改动有错，没有收进：{wrong.record}：{message}；改好后运行 lianxin check 再来"

    return LianxinError(said(wrong.message), veiled=said(Outward(book).told(wrong)))


def _refuse_rewriting(book: LedgerBook, path: str, loaded: Loaded) -> None:
    """What was taken down and every step stand as they were; only 更正 corrects them.

    Raises:
        LianxinError: One of them was changed or taken out.
    """
    kind, record = loaded.kind, loaded.record
    if kind is None or kind.lifecycle is None or record is None or book.repo is None:
        return
    before = load(path, book.repo.blob(book.commit, path) or b"")
    if before.record is None or before.problems:
        return  # what was faulty has to be put right
    restore = f"恢复原样请运行 {restored(path)}"
    for spec in kind.fields:
        if getattr(record, spec.name) != getattr(before.record, spec.name):
            id_ = path.rsplit("/", 1)[-1].removesuffix(".yaml")
            how = f"lianxin {kind.name} edit {id_} --{spec.flag} 新值 --why 理由"
            told = "是一组明细，不能更正，写错了的作废后重新登记" if spec.group else f"只用更正：{how}"
            raise LianxinError(f"{path} 里登记的「{spec.label}」被改了，没有收进；{told}；{restore}")
    now = set(getattr(record, "events", ()))
    lost: Any = next((event for event in getattr(before.record, "events", ()) if event not in now), None)
    if lost:
        when = show_moment(lost.at)
        raise LianxinError(
            f"{path} 里记过的「{lost.step}」（{when}）被改了或删了，没有收进；步骤只用 amend 更正，{restore}"
        )


class TakenIn(Struct, frozen=True):
    """Which hand edits were committed; ``told`` is what ``check`` will remark on."""

    paths: Sequence[str]
    commit: str
    told: tuple[str, ...] = ()


def _settings(workspace: Workspace, book: LedgerBook, paths: Sequence[str]) -> None:
    """Settings, policies and forms are taken in only when they are sound.

    Raises:
        LianxinError: One of them is faulty.
    """
    from lianxin.actions.check import policy_problems

    faults = policy_problems(book, workspace)
    first = next((problem for problem in sorted(faults) if problem.path in paths), None)
    if first:
        raise _refusal(book, first)


def _instead(path: str) -> str:
    """What to do in place of deleting a file: records are only voided."""
    brief = BY_FOLDER.get(home(path).partition("/")[0])
    id_ = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    return f"，登错了的用 lianxin {brief.name} void {id_} --why 理由" if brief else ""


@retried
def take_in(workspace: Workspace, *, dry_run: bool = False) -> TakenIn:
    """Commit every file of the ledger edited by hand, each on its own.

    Raises:
        LianxinError: One of them is faulty, brings an error into another or uses a number again, or a record was
            deleted.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        actor = author(book, workspace.actor(book))
        paths = by_hand_edited(book)
        gone = [path for path in paths if not (workspace.root / path).exists()]
        if gone:
            raise LianxinError(f"{gone[0]} 被删掉了，没有收进；先用 {restored(gone[0])} 找回{_instead(gone[0])}")
        if not paths:
            return TakenIn((), "")
        _settings(workspace, book, paths)
        entries = [_entry(workspace, book, path, actor) for path in paths]
        told = _across(book, paths)
        return TakenIn(paths, "" if dry_run or not entries else journal.commit(entries), told)
