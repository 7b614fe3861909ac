"""Changing what was written: in place for most kinds; where events are kept, by 更正 events that leave it as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lianxin.actions.add import author, checked
from lianxin.actions.amend import in_one_line
from lianxin.actions.entry import values_of
from lianxin.actions.handedit import hand_edit
from lianxin.actions.workspace import Workspace
from lianxin.actions.write_step import subject, write_step
from lianxin.core.dataclass import dataclass
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.kind import Kind
from lianxin.core.lifecycle import Event, Step
from lianxin.storage.book import LedgerBook
from lianxin.storage.journal import Change, Entry, Journal
from lianxin.storage.reading import read_yaml
from lianxin.storage.writing import append_event, edit_text


@dataclass(frozen=True, slots=True)
class Edited:
    """Which fields of which record were changed; ``commit`` is empty on a dry run."""

    id: str
    labels: tuple[str, ...]
    commit: str


def edit(
    workspace: Workspace,
    kind: Kind,
    word: str,
    typed: Mapping[str, str | Sequence[str]],
    why: str,
    *,
    dry_run: bool = False,
) -> Edited:
    """Change fields of a record, all that are named or none; an empty text or ``-`` takes a field out.

    Raises:
        UsageError: A value is wrong, or a correction has no reason.
        LianxinError: It cannot be written.
    """
    if kind.lifecycle and kind.lifecycle.step("amend"):
        return _amend(workspace, kind, word, typed, why, dry_run)
    journal = workspace.journal()
    with journal.locked(), workspace.book() as book:
        id_ = book.resolve(word, kind.name)
        path = kind.path_of(id_)
        base = journal.read(path)
        if base is None:
            raise LianxinError(f"{path} 不在文件夹里，请用 git restore --ignore-skip-worktree-bits {path} 找回")
        removed = [spec.label for spec in kind.fields if typed.get(spec.name) in ("-", ["-"])]
        kept = {name: value for name, value in typed.items() if value not in ("-", ["-"])}
        typed_ = values_of(kind.fields, kept, book) | dict.fromkeys(removed)
        changes = dict(kind.superseded(read_yaml(base), typed_, workspace.today))
        text = edit_text(base.decode(), changes)
        checked(kind, read_yaml(text.encode()), workspace)
        actor = workspace.actor(book)
        taken_in = hand_edit(workspace, book, path, author(book, actor))
        if dry_run:
            return Edited(id_, tuple(changes), "")
        entry = Entry(
            [Change(path, text, base)],
            f"{id_} 修改{kind.label}：{'、'.join(changes)}",
            (("Record", id_), ("Step", "edit"), ("Actor", actor)),
            author(book, actor),
            workspace.now,
        )
        return Edited(id_, tuple(changes), journal.commit([entry] if taken_in is None else [taken_in, entry]))


def _amend(
    workspace: Workspace,
    kind: Kind,
    word: str,
    typed: Mapping[str, str | Sequence[str]],
    why: str,
    dry_run: bool,
) -> Edited:
    step = kind.lifecycle.step("amend") if kind.lifecycle else None
    if step is None or not why:
        raise UsageError("登记内容不直接改，要记一条更正，请用 --why 写上理由")
    journal = workspace.journal()
    with journal.locked(), workspace.book() as book:
        id_ = book.resolve(word, kind.name)
        labels = {spec.name: spec.label for spec in kind.fields}
        removed = [labels[name] for name, value in typed.items() if value in ("-", ["-"])]
        kept = {name: value for name, value in typed.items() if value not in ("-", ["-"])}
        # what is taken out goes first, so that what is put in agrees with what is left
        changes: dict[str, Any] = dict.fromkeys(removed) | values_of(kind.fields, kept, book)
        events: list[Event] = []
        for label, value in changes.items():
            flags = {"field": label, "why": why} | ({} if value is None else {"value": in_one_line(value)})
            events.append(write_step(workspace, journal, book, id_, step, flags, True, "", events).event)
        commit = "" if dry_run else journal.commit([*_entries(workspace, journal, book, id_, step, events)])
    return Edited(id_, tuple(changes), commit)


def _entries(
    workspace: Workspace, journal: Journal, book: LedgerBook, id_: str, step: Step, events: Sequence[Event]
) -> Iterator[Entry]:
    """A commit for each correction, hand edits first: all of them are written, or none.

    Raises:
        LianxinError: The file is gone, or was edited into what cannot be added to.
    """
    path = book.path_of(id_)
    actor = workspace.actor(book)
    taken_in = hand_edit(workspace, book, path, author(book, actor))
    if taken_in:
        yield taken_in
    base = journal.read(path) or b""
    text = base.decode()
    for event in events:
        text = append_event(text, event)
        trailers = (("Record", id_), ("Step", step.name), ("Actor", actor), ("Event", event.id))
        said = f"{id_} {subject(book.title, step, event)}"
        yield Entry([Change(path, text, base)], said, trailers, author(book, actor), event.recorded)
