"""Taking back her last command: the files as they were before it, in a commit that says so; again goes further back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from lianxin.actions.change.follow import settled
from lianxin.actions.change.last import Commit, final, last_command
from lianxin.actions.entry.gate import restoring
from lianxin.actions.retry import retried
from lianxin.actions.workspace import DESK, Workspace
from lianxin.core.error import LianxinError
from lianxin.core.value import file_text
from lianxin.kinds import BY_FOLDER, brief_of, home, kind_of
from lianxin.kinds.evidence import Evidence
from lianxin.kinds.frozen import Frozen
from lianxin.reports.record.restored import Restored, told
from lianxin.storage.book import LedgerBook, open_book
from lianxin.storage.git.process.trouble import SHALLOW, restored
from lianxin.storage.git.repo import Repo, object_id
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.journal import Change, Journal, NewCommit

#: So many files are told of one by one; an import writes thousands.
_LISTED = 20

#: Where files lie that evidence is of.
_KEPT = "attachments/"

_NAMING = """SELECT DISTINCT source FROM reference
WHERE target IN ({marks}) AND source NOT IN ({marks}) ORDER BY source"""


class Undone(Struct, frozen=True):
    """What is taken back.

    Attributes:
        commits: Of the command, the last first.
        changes: Each file as it will be; one the command made is taken away.
        commit: Empty on a dry run.
        told: What ``check`` will remark on once it is taken back.
        lines: What becomes of each record, in the clerk's words; of so many records.
        said: What each commit did, in the clerk's words.
        elsewhere: Others have it already: that it is taken back goes to them with the next sync.
        passed: What came after it and is not taken back by anything.
    """

    commits: tuple[Commit, ...]
    changes: tuple[Change, ...]
    commit: str
    told: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    elsewhere: bool = False
    passed: tuple[str, ...] = ()

    @property
    def stays(self) -> list[str]:
        """What is said of that, a line each."""
        return [f"「{subject}」不能撤销，留着；撤的是它前面的。" for subject in self.passed]


@retried
def undo(workspace: Workspace, *, shown: str = "", earlier: bool = False, dry_run: bool = False) -> Undone:
    """Take back the last command that was not taken back before, whole, in one commit.

    Args:
        shown: The command she was asked about; empty when she was not.
        earlier: What was done before a 注销 is meant, which itself is not taken back.

    Raises:
        LianxinError: There is none, it is another than the one shown, or later work hangs on it; nothing was written.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        last = last_command(journal)
        commits = last.commits
        if last.passed and not (shown or earlier or dry_run):
            raise LianxinError(f"{final(last.passed)}；再往前能撤的是「{commits[0].subject}」，要撤那一条请加 --往前")
        if shown and commits[0].command != shown:
            raise LianxinError(
                f"没有撤销：刚才又记下了「{commits[0].subject}」，不是给您看的那一条了；请再运行 lianxin undo 看过再定"
            )
        changes = tuple(_changes(journal, book, commits))
        _refuse_named(book, changes)
        _refuse_erased(workspace, last.erasings, changes)
        remarks = restoring(book, {change.path: change.text for change in changes})
        actor = workspace.actor(book)
        more = f" 等 {len(commits)} 笔" if len(commits) > 1 else ""
        records = dict.fromkeys(one for commit in commits for one in commit.told.get("Record", ()))
        trailers = (
            *(("Record", one) for one in records),
            *(("Step", "undo"), ("Actor", actor), ("Undoes", commits[0].command)),
        )
        entry = NewCommit(changes, f"撤销：{commits[0].subject}{more}", trailers, workspace.author(book))
        elsewhere = bool(journal.repo.run("for-each-ref", "--contains", commits[-1].id, "refs/remotes"))
        lines = tuple(_told(book, changes))
        said = tuple(_said(book, one) for one in commits)
        commit = "" if dry_run else journal.commit([entry])
        passed = tuple(one.subject for one in last.passed)
        return Undone(commits, changes, commit, remarks, lines, said, elsewhere, passed)


def _told(book: LedgerBook, changes: Sequence[Change]) -> Iterator[str]:
    """What becomes of each record, field by field; of any other file that it is as it was."""
    for change in changes[:_LISTED]:
        if id_ := _record(change.path):
            yield from told(book, Restored(id_, kind_of(id_), _held(change.base), _held(change.text)))
        else:
            what = file_text(change.path) if change.path.startswith(_KEPT) else change.path
            yield f"{what}：{'撤去' if change.text is None else '恢复成原来的样子'}"
    if len(changes) > _LISTED:
        yield f"…… 一共 {len(changes)} 份，都照这样"


def _said(book: LedgerBook, commit: Commit) -> str:
    """What a commit did: of a paper and of the figures it was made of which one it is, of anything else its subject."""
    id_ = commit.says("Record")
    try:
        kept = book.record(id_) if commit.says("Step") in ("add", "freeze") else None
    except LianxinError:  # it cannot be read
        return commit.subject
    if isinstance(kept, Frozen):
        return f"定稿：{book.title(id_)}"
    if isinstance(kept, Evidence) and (kept.paper or kept.report):
        return f"登记{book.title(id_)}"
    return commit.subject


def _held(content: bytes | str | None) -> dict[str, Any] | None:
    """What a file says; nothing where it cannot be read."""
    if content is None:
        return None
    try:
        return read_yaml(content if isinstance(content, bytes) else content.encode())
    except LianxinError:
        return {}


def _changes(journal: Journal, book: LedgerBook, commits: Sequence[Commit]) -> Iterator[Change]:
    """Every file of a command as it was before it.

    Raises:
        LianxinError: One of them was changed since, or there is nothing before them.
    """
    repo = journal.repo
    if any(not commit.parent for commit in commits):
        why = SHALLOW if repo.cut() else "再往前没有记过什么了"
        raise LianxinError(f"「{commits[-1].subject}」以前的样子这里没有，不能撤销；{why}")
    first: dict[str, str] = {}
    last: dict[str, tuple[str, str]] = {}
    for commit in commits:  # the last first: the earliest commit has the last word on what was there before
        for entry in repo.between(commit.parent, commit.id):
            first[entry.path] = commit.parent
            last.setdefault(entry.path, (commit.id, entry.oid))
    edited = set(book.dirty)
    held = {
        parent: repo.holds(parent, [path for path in first if first[path] == parent]) for parent in {*first.values()}
    }
    for path in sorted(first):
        now = journal.read(path)
        if path in edited:
            raise LianxinError(f"{path} 有手工改动，没有撤销；请先运行 lianxin commit 入账，或用 {restored(path)} 还原")
        commit_id, oid = last[path]
        taken = _as_committed(repo, path, now)
        if oid != ("" if taken is None else object_id(taken, len(oid))):
            raise LianxinError(f"{path} 后来又改过（{_later(repo, commit_id, path)}），不能只撤销前面的，没有撤销")
        before = repo.blob(first[path], path) if path in held[first[path]] else None
        yield Change(path, None if before is None else _text(path, before), now)


def _as_committed(repo: Repo, path: str, now: bytes | None) -> bytes | None:
    """A file as git takes it in: its line ends may be turned in the folder."""
    return (
        None
        if now is None
        else repo.taken(path, now.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    )


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise LianxinError(f"{path} 原来不是 UTF-8 文本，没有撤销；要找回原样请用 git restore") from None


def _later(repo: Repo, commit: str, path: str) -> str:
    """What was done last to a file since a commit."""
    said = repo.run("log", "-1", "--format=%h %s", f"{commit}..HEAD", "--", repo.prefix + path)
    return said.decode(errors="replace").strip() or "不知道是谁改的"


def _refuse_named(book: LedgerBook, changes: Sequence[Change]) -> None:
    """A record that would be gone must be named by none that stays.

    Raises:
        LianxinError: One is.
    """
    ids = [id_ for change in changes if change.text is None and (id_ := _record(change.path))]
    if not ids:
        return
    marks = ", ".join("?" * len(ids))
    back = {_record(change.path): change.text for change in changes if change.text is not None}
    every = [str(source) for (source,) in book.sql(_NAMING.format(marks=marks), (*ids, *ids))]
    found = [one for one in every if one not in back or any(id_ in back[one] for id_ in ids)]
    if not found:
        return
    said = f"{'、'.join(found)} 写着 {'、'.join(ids)}，不能撤销；"
    if any(not _fixed(book, source) for source in found):
        raise LianxinError(f"{said}请先作废或改好它们")
    # they cannot be changed any more: what they name keeps its file, and is voided instead
    how = "、".join(f"lianxin {kind_of(id_).name} void {id_} --why 理由" for id_ in ids)
    raise LianxinError(f"{said}它们已经作废或办完，改不了了；要不算数请改用作废：{how}")


def _refuse_erased(workspace: Workspace, erasings: Sequence[Commit], changes: Sequence[Change]) -> None:
    """Nobody comes back into the ledger who was taken out of it since.

    Raises:
        LianxinError: Somebody would.
    """
    from lianxin.actions.erase.erase import eraser_of
    from lianxin.actions.erase.subject import subject

    texts = [(one, one.text, (one.base or b"").decode("utf-8", "replace")) for one in changes if one.text]
    for commit in erasings if texts else ():
        id_ = commit.says("Record")
        with open_book(workspace.root, today=workspace.today, now=workspace.now, commit=commit.parent) as before:
            erase = eraser_of(before, subject(before, id_), commit.says(DESK))
            for one, text, now in texts:
                record = _record(one.path)
                if erase.tells(text, record) and not erase.tells(now, record):
                    name = record or one.path
                    raise LianxinError(
                        f"{name} 从前写着的人后来注销了（{id_}），撤了就又回到台账里，不能撤销；写错的请直接改 {name}"
                    )


def _fixed(book: LedgerBook, id_: str) -> bool:
    """Whether nothing of a record can be changed any more."""
    return bool(getattr(book.record(id_), "voided", None)) or settled(book, id_)


def _record(path: str) -> str:
    """The id of a record's file; empty for any other file."""
    name = path.rpartition("/")[2].removesuffix(".yaml")
    return name if home(path).partition("/")[0] in BY_FOLDER and brief_of(name) else ""
