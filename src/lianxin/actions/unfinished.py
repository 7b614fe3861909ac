"""Drafts of steps that can no longer be taken: what was typed of a record that is gone, or done with, is not kept."""

from __future__ import annotations

import re
from datetime import date

from lianxin.actions.change.follow import settled
from lianxin.actions.entry.entry import pieces
from lianxin.actions.form.form import Form, of_new
from lianxin.core.declare.field import FieldSpec
from lianxin.core.text.pattern import late
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.draft import Draft, drafts, drop, kind_pasted, laid_aside, picked_once

#: So many days what may never be asked for again is kept: of several records at once, and what was laid aside.
_PICKED = 30

#: How the drafts of new records end.
_NEW = "-add"

#: So much of what was typed tells one from another.
_SHORT = 12

#: ``issue-sign-WT-2026-A0007``.
_STEP = late(r"[a-z]+-(?P<step>.+)-(?P<id>[A-Z]{2,5}-(?:\d{4}-)?[A-Z]\d+)(?:-aside-\d+)?")


def sweep(repo: Repo, book: LedgerBook) -> None:
    """Drop the drafts nobody can finish; what may yet be written stays."""
    for name in drafts(repo):
        found = _STEP.fullmatch(name)
        if (found and _over(book, found["id"], found["step"])) or (_picked(name) and _stale(repo, name, book)):
            drop(repo, name)


def taken_up(form: Form) -> bool:
    """Whether what was left of a form stands in it the next time: where that is for the same record, and no change."""
    return not (form.alters or (form.kind and form.name == of_new(form.kind).name))


def put_by(form: Form, draft: Draft) -> None:
    """Lay aside what was refused, or was for another: it is offered, never taken up as if typed for this."""
    kept = draft.kept()
    if kept and (kept.refused or not taken_up(form)) and not (laid_aside(form.name) or kind_pasted(form.name)):
        draft.lay_aside()


def another(form: Form, book: LedgerBook, repo: Repo, today: date) -> tuple[str, str]:
    """The name of another draft of the sort, the last one left, and what it says; empty: none.

    Of a new record those of others are of the sort, of anything else what was laid aside of it.

    Args:
        form: Of the one that is opened.
        book: Says what records are called.
        repo: Where drafts are.
        today: The day.
    """
    sort = form.kind and of_new(form.kind).name
    like = rf"{sort}(?:-[0-9a-f]+)?" if sort else re.escape(form.name)
    beside = [one for one in drafts(repo) if one != form.name and re.fullmatch(like, laid_aside(one) or one)]
    left = [(kept.day, name, kept) for name in beside if (kept := Draft(repo, name, today).kept())]
    if not left or form.because:
        return "", ""
    day, name, kept = max(left, key=lambda one: one[:2])
    said = kept.answers | kept.half
    texts = [_labelled(form, spec, said[spec.name], book) for spec in form.specs if said.get(spec.name)]
    return name, "，".join((f"{day.month} 月 {day.day} 日的", *texts[:2]))


def _labelled(form: Form, spec: FieldSpec, said: str | list[str], book: LedgerBook) -> str:
    return f"{spec.label}：{_read(spec, said, book)}" if form.alters else _read(spec, said, book)


def _read(spec: FieldSpec, said: str | list[str], book: LedgerBook) -> str:
    words = pieces(said) if isinstance(said, str) and spec.many else [said] if isinstance(said, str) else said
    told = "、".join(book.title(word) for word in words)
    return told if len(told) <= _SHORT else f"{told[:_SHORT]}……"


def _picked(name: str) -> bool:
    """Whether nobody may ever come back to it: the others are offered with each new record of their sort."""
    first = laid_aside(name)
    return picked_once(name) or bool(first and not first.endswith(_NEW))


def _stale(repo: Repo, name: str, book: LedgerBook) -> bool:
    kept = Draft(repo, name, book.today).kept()
    return kept is None or (book.today - kept.day).days > _PICKED


def _over(book: LedgerBook, id_: str, step: str) -> bool:
    """Whether a record is not there any more, or is done with and does not take the step."""
    if not book.sql("SELECT 1 FROM record WHERE id = ? AND NOT voided", (id_,)):
        return True
    return settled(book, id_) and all(step != one.name for one in book.fold(id_).lawful)
