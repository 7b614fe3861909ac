"""Drafts of steps that can no longer be taken: what was typed of a record that is gone, or done with, is not kept."""

from __future__ import annotations

from lianxin.actions.change.follow import settled
from lianxin.core.text.pattern import late
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.draft import Draft, drafts, drop, picked_once

#: So many days what was typed for several records at once is kept: they are seldom picked together again.
_PICKED = 30

#: ``issue-sign-WT-2026-A0007``.
_STEP = late(r"[a-z]+-(?P<step>.+)-(?P<id>[A-Z]{2,5}-(?:\d{4}-)?[A-Z]\d+)")


def sweep(repo: Repo, book: LedgerBook) -> None:
    """Drop the drafts nobody can finish; what may yet be written stays."""
    for name in drafts(repo):
        found = _STEP.fullmatch(name)
        if (found and _over(book, found["id"], found["step"])) or (picked_once(name) and _stale(repo, name, book)):
            drop(repo, name)


def _stale(repo: Repo, name: str, book: LedgerBook) -> bool:
    kept = Draft(repo, name, book.today).kept()
    return kept is None or (book.today - kept.day).days > _PICKED


def _over(book: LedgerBook, id_: str, step: str) -> bool:
    """Whether a record is not there any more, or is done with and does not take the step."""
    if not book.sql("SELECT 1 FROM record WHERE id = ? AND NOT voided", (id_,)):
        return True
    return settled(book, id_) and all(step != one.name for one in book.fold(id_).lawful)
