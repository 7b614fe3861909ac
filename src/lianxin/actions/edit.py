"""Changing what was written: in place for most kinds; where events are kept, by 更正 events that leave it as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lianxin.actions.add import author, checked
from lianxin.actions.advance import advance
from lianxin.actions.entry import values_of
from lianxin.actions.handedit import hand_edit
from lianxin.actions.workspace import Workspace
from lianxin.core.dataclass import dataclass
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.kind import Kind
from lianxin.storage.journal import Change, Entry
from lianxin.storage.reading import read_yaml
from lianxin.storage.writing import edit_text


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
    """Change fields of a record; an empty text or ``-`` takes a field out.

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
            raise LianxinError(f"{path} 不在文件夹里，请用 git restore {path} 找回")
        removed = [spec.label for spec in kind.fields if typed.get(spec.name) in ("-", ["-"])]
        kept = {name: value for name, value in typed.items() if value not in ("-", ["-"])}
        changes: dict[str, Any] = values_of(kind.fields, kept, book) | dict.fromkeys(removed)
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
    with workspace.book() as book:
        id_ = book.resolve(word, kind.name)
        labels = {spec.name: spec.label for spec in kind.fields}
        removed = [labels[name] for name, value in typed.items() if value in ("-", ["-"])]
        kept = {name: value for name, value in typed.items() if value not in ("-", ["-"])}
        changes: dict[str, Any] = values_of(kind.fields, kept, book) | dict.fromkeys(removed)
    commit = ""
    for label, value in changes.items():
        flags = {"field": label, "why": why} | ({} if value is None else {"value": _joined(value)})
        commit = advance(workspace, kind, id_, step, flags, dry_run=dry_run).commit
    return Edited(id_, tuple(changes), commit)


def _joined(value: Any) -> str:
    """The new value of a correction as it is written: a list in one line."""
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
