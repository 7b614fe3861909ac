"""Forms that were left and can be gone on with: of new records, of steps, of changes; the last one left first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from msgspec import Struct

from lianxin.actions.form.form import AMENDED
from lianxin.actions.workspace import Workspace
from lianxin.core.called import OF_A_KIND
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Document, KeyValues, Pair
from lianxin.core.error import LianxinError
from lianxin.core.text.pattern import late
from lianxin.kinds import KIND
from lianxin.kinds.fate import fates
from lianxin.reports.desk.page import Chosen
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.draft import Draft, Kept, drafts, laid_aside, left_at

#: So many are told of.
_MOST = 3
#: So much of what was typed tells one from another.
_SHORT = 16

ADD, EDIT = "add", "edit"

#: ``visit-add-3f2a…``, ``issue-sign-WT-2026-A0007``.
_NAME = late(r"(?P<kind>[a-z]+)-(?:(?P<add>add)(?:-[0-9a-f]+)?|(?P<step>.+)-(?P<id>[A-Z]{2,5}-(?:\d{4}-)?[A-Z]\d+))")


class Waiting(Struct, frozen=True):
    """One form.

    Attributes:
        name: Of its draft.
        kind: Of the record.
        does: What it is for: ``ADD``, ``EDIT``, or the English name of a step or a fate.
        id: Of the record; empty for a new one.
        label: What it is for, in a word.
        said: What was typed, label by label.
        left: When; at midnight where the hour is not known.
    """

    name: str
    kind: str
    does: str
    id: str
    label: str
    said: tuple[tuple[str, str], ...]
    left: datetime

    @property
    def title(self) -> str:
        """What it is, and when it was left."""
        hour = f" {self.left:%H:%M}" if self.left.time() != time() else ""
        return f"有一张没写完的「{self.label}」（{self.left.month}月{self.left.day}日{hour}）"

    @property
    def short(self) -> str:
        """What was typed first."""
        text = "，".join(said for _, said in self.said[:2])
        return text if len(text) <= _SHORT else f"{text[:_SHORT]}……"


def waiting(workspace: Workspace, book: LedgerBook) -> list[Waiting]:
    """The forms that can be gone on with; none where the folder keeps no history."""
    try:
        repo = book.repo or Repo.needed(workspace.root)
    except LianxinError:
        return []
    found = [one for name in drafts(repo) if (one := _read(repo, book, name))]
    return sorted(found, key=lambda one: one.left, reverse=True)[:_MOST]


def typed(book: LedgerBook, form: Waiting) -> Chosen:
    """What stands in a form that was left."""
    title = book.title(form.id) if form.id else form.title
    pairs = tuple(Pair(label, said, f"said_{n}") for n, (label, said) in enumerate(form.said))
    return Chosen(form.name, "", title, Document(title, (KeyValues(pairs),), "desk"))


def _read(repo: Repo, book: LedgerBook, name: str) -> Waiting | None:
    told, kept = _NAME.fullmatch(laid_aside(name) or name), Draft(repo, name, book.today).kept()
    kind = KIND.get(told["kind"]) if told else None
    if told is None or kind is None or kept is None:
        return None
    does, id_ = told["add"] or told["step"], told["id"] or ""
    label = kind.label if does == ADD else _label(book, kind, does, id_)
    said = tuple(_said(book, kind, does, kept))
    return Waiting(name, kind.name, does, id_, label, said, _left(repo, name, kept)) if label and said else None


def _label(book: LedgerBook, kind: Kind, does: str, id_: str) -> str:
    """What is done with a record, in a word; empty where that cannot be done now."""
    if not book.sql("SELECT 1 FROM record WHERE id = ? AND NOT voided", (id_,)):
        return ""
    if kind.lifecycle is None:
        return "修改" if does == EDIT else OF_A_KIND[does] if does in fates(kind, book.record(id_)) else ""
    lawful = {step.name: step.label for step in book.fold(id_).lawful}
    return lawful.get("amend" if does == EDIT else does, "") and ("修改" if does == EDIT else lawful[does])


def _said(book: LedgerBook, kind: Kind, does: str, kept: Kept) -> Iterator[tuple[str, str]]:
    step = kind.lifecycle.step(does) if kind.lifecycle else None
    labels = {spec.name: spec.label for spec in (step.asks if step else kind.fields)}
    labels |= AMENDED if does == "amend" else {"why": AMENDED["why"]} if does == EDIT else {}
    for name, text in (kept.answers | kept.half).items():
        told = "、".join(book.title(one) for one in ([text] if isinstance(text, str) else text))
        if told:
            yield labels.get(name, ""), told


def _left(repo: Repo, name: str, kept: Kept) -> datetime:
    """By the machine, where its day is the one that was meant."""
    try:
        at = left_at(repo, name)
    except OSError:
        at = datetime.min
    return at if at.date() == kept.day else datetime.combine(kept.day, time())
