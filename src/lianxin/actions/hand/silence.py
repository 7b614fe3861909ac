"""Answering a hint that was looked into: written down with a reason, so that it is no longer shown."""

from __future__ import annotations

from msgspec import Struct

from lianxin.actions.policy.hush import LABEL, PATH, key_of, silences_of
from lianxin.actions.retry import retried
from lianxin.actions.workspace import Workspace, author
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import Level
from lianxin.policies.hint import Silence, Silences
from lianxin.storage.book import LedgerBook
from lianxin.storage.settings import settings_text
from lianxin.storage.write.journal import Change, NewCommit


class Silenced(Struct, frozen=True):
    """What was written. ``commit`` is empty on a dry run."""

    silence: Silence
    commit: str


@retried
def silence(workspace: Workspace, code: str, word: str, why: str, *, dry_run: bool = False) -> Silenced:
    """Answer one hint of one record, with the reason, and commit it alone.

    Raises:
        UsageError: No such hint on that record, or no reason.
        LianxinError: The file is faulty or was edited by hand; nothing was written.
    """
    from lianxin.actions.check import every_problem

    if not why.strip():
        raise UsageError("要写理由：--why 为什么可以这样")
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        id_ = book.resolve(word)
        if (code, id_) not in {key_of(one) for one in every_problem(book, workspace) if one.level is Level.HINT}:
            raise UsageError(f"{id_} 没有 {code} 这条提示，运行 lianxin check --hints 看有哪些")
        if PATH in set(book.dirty):
            raise LianxinError(f"{PATH} 有手工改动，请先运行 lianxin commit 再来")
        made = Silence(record=id_, code=code, why=why.strip(), by=workspace.actor(book), on=workspace.clock.date())
        return Silenced(made, "" if dry_run else journal.commit([_entry(book, journal.read(PATH), made)]))


def _entry(book: LedgerBook, base: bytes | None, made: Silence) -> NewCommit:
    """The list with one more at its end; what stands there stays as it is written."""
    whole = settings_text(LABEL, Silences(silences=(made,)))
    old = base.decode() if base else ""
    text = old.rstrip("\n") + "\n" + whole.partition("\n")[2] if old.strip() else whole
    known, _ = silences_of(base if old.strip() else None)
    again, _ = silences_of(text.encode())
    if known is None or again is None or again.silences != (*known.silences, made):
        raise LianxinError(f"{PATH} 加上这一条后读不回来，没有写入；请运行 lianxin check 看哪里要改")
    trailers = (("Record", made.record), ("Step", "silence"), ("Actor", str(made.by)))
    subject = f"{made.record} 免提 {made.code}"
    return NewCommit([Change(PATH, text, base)], subject, trailers, author(book, str(made.by)))
