"""作废 of a record that keeps no events: it stays with its number and its reason; what names it follows, or is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from lianxin.actions.change.follow import SETTLED, Following, Moved, elsewhere, following, in_words, pointing, settled
from lianxin.actions.entry.gate import gates
from lianxin.actions.hand.handedit import hand_edit
from lianxin.actions.retry import retried
from lianxin.actions.shown import Seen, as_shown, seen
from lianxin.actions.workspace import Workspace
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import VOID
from lianxin.core.error import LianxinError, UsageError
from lianxin.kinds import kind_of
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.loading import load
from lianxin.storage.write.journal import Change, Journal, NewCommit
from lianxin.storage.write.text.writing import edit_text


class Voided(Struct, frozen=True):
    """What came of it.

    Attributes:
        into: The record that takes its place, or empty.
        moved: Records that now name that one.
        left: Records that go on naming the voided one, and why.
        told: Faults short of an error that it brings.
        commit: Empty on a dry run.
        seen: What its files held.
    """

    id: str
    title: str
    into: str
    moved: tuple[Moved, ...]
    left: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    commit: str
    seen: Seen


@retried
def void(
    workspace: Workspace,
    kind: Kind,
    word: str,
    why: str,
    into: str = "",
    *,
    dry_run: bool = False,
    shown: Seen | None = None,
) -> Voided:
    """Void a record, one commit with everything that follows.

    Args:
        workspace: The data folder.
        kind: Of the record.
        word: Its id, the tail of it, or a name.
        why: The reason.
        into: The record that takes its place.
        dry_run: Only work it out.
        shown: What the files held when somebody said yes to it.

    Raises:
        OvertakenError: They hold something else by now.
        UsageError: No such record, no reason, or it would take its own place.
        LianxinError: Others name it and nothing takes its place; it cannot be written.
    """
    if not why.strip():
        raise UsageError("要写理由：--why 为什么作废")
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        id_ = in_force(book, book.resolve(word, kind.name))
        heir = in_force(book, book.resolve(into, kind.name)) if into else ""
        if heir == id_:
            raise UsageError(f"{id_} 不能并入自己")
        followed = following(workspace, journal, book, id_, heir) if heir else _nobody(workspace, book, id_)
        entries, told = replaced(workspace, journal, book, id_, why.strip(), heir, followed)
        now = seen(entries)
        as_shown(now, shown)
        commit = "" if dry_run else journal.commit(entries)
        return Voided(id_, book.title(id_), heir, followed.moved, followed.left, told, commit, now)


def in_force(book: LedgerBook, id_: str) -> str:
    """The id, if the record is not voided.

    Raises:
        LianxinError: It is.
    """
    voided: Any = getattr(book.record(id_), "voided", None)
    if voided:
        raise LianxinError(f"{id_} 已经作废" + (f"，并入了 {voided.into}，请写 {voided.into}" if voided.into else ""))
    return id_


def _nobody(workspace: Workspace, book: LedgerBook, id_: str) -> Following:
    """What names a record that nothing takes the place of."""
    found = pointing(book, id_)
    open_ = [source for source in found if not settled(book, source)]
    if open_:
        rest = f"（其中 {len(found) - len(open_)} 条{SETTLED}）" if len(found) > len(open_) else ""
        told = f"还有 {len(found)} 条记录写着 {id_}{rest}，没有作废：{in_words(found)}"
        raise LianxinError(f"{told}；请先作废或改好它们，或用 --into 写明由哪一份接替，它们就跟过去")
    return Following((), (*((source, SETTLED) for source in found), *elsewhere(workspace, book, id_)))


def replaced(
    workspace: Workspace,
    journal: Journal,
    book: LedgerBook,
    id_: str,
    why: str,
    heir: str,
    followed: Following,
    beside: Sequence[Change] = (),
) -> tuple[list[NewCommit], tuple[str, ...]]:
    """The commit that voids a record and turns what names it, hand edits of their files before it; and what to tell.

    Args:
        beside: What else is changed at the same stroke.

    Raises:
        UsageError: It would bring an error into the ledger.
        LianxinError: A file is gone, or was edited by hand into what cannot be added to.
    """
    kind, path, actor = kind_of(id_), book.path_of(id_), workspace.actor(book)
    told = {"作废日期": workspace.clock.date().isoformat(), "作废人": actor, "理由": why} | (
        {"并入": heir} if heir else {}
    )
    base = journal.held(path)
    text = edit_text(base.decode(), {VOID: told})
    loaded = load(path, text.encode(), now=workspace.clock)
    if loaded.record is None:
        first = loaded.problems[0]
        said = f"{path} 有错，没有写入：%s；请先改好再作废"
        raise LianxinError(said % first.message, veiled=said % first.public)
    author = workspace.author(book)
    changes = [Change(path, text, base), *beside, *(one.change for one in followed.moved)]
    told_of = gates(book, {one.path: one.text for one in changes if one.text is not None})
    taken_in = [hand_edit(workspace, book, one.path, author) for one in (changes[0], *beside)]
    taken_in += [one.taken_in for one in followed.moved]
    ids = [id_, *([heir] if heir else []), *(one.id for one in followed.moved)]
    trailers = (*(("Record", one) for one in ids), ("Step", "void"), ("Actor", actor))
    subject = f"{id_} 作废{kind.label}" + (f"，并入 {heir}" if heir else "")
    return [*filter(None, taken_in), NewCommit(changes, subject, trailers, author)], told_of
