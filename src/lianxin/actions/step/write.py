"""Writing a step down: prepared or refused, appended, read again, committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.entry.add import files_of
from lianxin.actions.entry.attach import attach
from lianxin.actions.entry.file import texts_of, unfound
from lianxin.actions.entry.gate import gate
from lianxin.actions.hand.handedit import hand_edit
from lianxin.actions.step.advanced import Advanced, new_event_id
from lianxin.actions.step.attempt import attempted
from lianxin.actions.workspace import Workspace, author
from lianxin.core.declare.lifecycle import Event, Life, Step
from lianxin.core.declare.walk import future_faults
from lianxin.core.document import show
from lianxin.core.error import LianxinError
from lianxin.kinds import kind_of
from lianxin.kinds.life.event import Amend
from lianxin.reports.value import cell
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.loading import Loaded
from lianxin.storage.write.draft import draft_name, drop
from lianxin.storage.write.journal import Change, Journal, NewCommit
from lianxin.storage.write.text.tree import order
from lianxin.storage.write.text.writing import append_loaded


def appended(
    workspace: Workspace, path: str, data: bytes, event: Event, values: Mapping[str, Any] = MappingProxyType({})
) -> tuple[str, Loaded]:
    """A file's text with an event added, and what it reads back as.

    What others have written down meanwhile, by a clock that is ahead of ours, is not held against it.

    Args:
        values: What the file holds, where it has been read.

    Raises:
        LianxinError: It does not read back without a fault.
    """
    text, loaded = append_loaded(path, data, event, values)
    said = f"{path} 加上这一步后有错，没有写入："
    if fault := next(future_faults(event, workspace.clock), None):
        raise LianxinError(said + fault.message)
    if loaded.record is None or loaded.problems:
        first = loaded.problems[0] if loaded.problems else None
        raise LianxinError(said + (first.message if first else "读不回来"), veiled=said + first.public if first else "")
    return text, loaded


class Ready(Struct, frozen=True):
    """A step that may be taken; nothing of it is written.

    Attributes:
        change: Of the record's file: with the event.
        loaded: What that reads back as.
        stands: What all its events add up to then.
        subject: What happened, in one line of a diary.
        actor: Under whom it is committed.
        taken_in: The commit that takes in hand edits of the file before it.
        beside: New files that are written with it.
        told: What it comes to.
        draft: Of the same step, which can be taken no more; empty where it can.
    """

    change: Change
    loaded: Loaded
    stands: Life
    subject: str
    actor: tuple[str, str]
    taken_in: NewCommit | None
    beside: tuple[Change, ...]
    told: Advanced
    draft: str


def ready(
    workspace: Workspace,
    journal: Journal,
    book: LedgerBook,
    id_: str,
    step: Step,
    typed: Mapping[str, str | Sequence[str]],
    event_id: str,
) -> Ready:
    """Prepare or refuse, append, re-read: all that comes before writing.

    Raises:
        UsageError: A value is wrong.
        LianxinError: The step is not lawful now, or cannot be written.
    """
    kind = kind_of(id_)
    path = book.path_of(id_)
    base, record, values = book.held(id_)
    lacking = unfound(texts_of(step.asks, typed))
    typed, borne_out = attach(workspace, journal, book, id_, step, typed)
    tried = attempted(workspace, book, id_, step, typed, event_id or new_event_id(), record=record)
    event = tried.event
    journal.present(path)
    text, loaded = appended(workspace, path, base, event, values)
    loaded = replace(loaded, life=tried.stands) if _as_tried(record, loaded.record, event) else loaded
    gate(book, path, text, loaded)
    actor = author(book, event.actor)
    taken_in = hand_edit(workspace, book, path, actor)
    line = subject(book.title, step, event)
    told = Advanced(
        id_,
        book.title(id_),
        step,
        line,
        event,
        str(tried.before),
        str(tried.after),
        str(tried.stands.state),
        (*lacking, *tried.reasons),
        _shown(event, book.title),
        "",
        taken_in is not None,
    )
    draft = "" if step in tried.stands.lawful else draft_name(kind.name, step.name, id_)
    return Ready(
        Change(path, text, base), loaded, tried.stands, line, actor, taken_in, files_of(borne_out), told, draft
    )


def write_step(
    workspace: Workspace,
    journal: Journal,
    book: LedgerBook,
    id_: str,
    step: Step,
    typed: Mapping[str, str | Sequence[str]],
    dry_run: bool,
    event_id: str,
) -> Advanced:
    """Take a step and commit it alone. Nothing is written until all of it holds.

    Raises:
        UsageError: A value is wrong.
        LianxinError: The step is not lawful now, or cannot be written.
    """
    one = ready(workspace, journal, book, id_, step, typed, event_id)
    if dry_run:
        return one.told
    return replace(one.told, commit=write(journal, [one], f"{id_} {one.subject}"))


def write(journal: Journal, steps: Sequence[Ready], said: str) -> str:
    """Commit steps together, hand edits of their files before them, each by itself.

    Args:
        journal: Locked since they were made ready.
        steps: One at least; all are the same step, by the same person.
        said: The subject of the commit.

    Returns:
        The commit's id.
    """
    first = steps[0].told
    trailers = (
        *(("Record", one.told.id) for one in steps),
        *(("Step", first.step.name), ("Actor", first.event.actor)),
        *(("Event", one.told.event.id) for one in steps),
    )
    changes = [change for one in steps for change in (one.change, *one.beside)]
    entry = NewCommit(changes, said, trailers, steps[0].actor)
    commit = journal.commit([*(one.taken_in for one in steps if one.taken_in), entry])
    for one in steps:
        if one.draft:
            drop(journal.repo, one.draft)
    return commit


def _as_tried(record: Any, read: Any, event: Event) -> bool:
    """Whether what was read back is what was played: the record with this event."""
    return bool(read == record.model_copy(update={"events": (*record.events, event)}))


#: Of an event, what is said already: which step of which record it is, and that it is written now.
_SAID = ("id", "step", "recorded")


def _shown(event: Event, title: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """What an event says, label by label, as people read it; a correction without a new value takes the old one out."""
    made: list[tuple[str, str]] = []
    for spec in order(type(event)):
        said = cell(spec, getattr(event, spec.name), title)
        if said is None and isinstance(event, Amend) and spec.name == "value":
            said = "（没有写，删去原来的）"
        if said is not None and spec.name not in _SAID:
            made.append((spec.label, show(said, spec.type)))
    return tuple(made)


def subject(title: Callable[[str], str], step: Step, event: Event) -> str:
    """What happened, in one line of a diary: ``交办 供电所 5个工作日``. Never free text, never a person."""
    words = [step.label]
    specs = {spec.name: spec for spec in step.asks}
    for name in step.model.TRAIL:
        value = getattr(event, name)
        if value is not None and value != step.label:
            words.append(title(value) if specs[name].refs == ("org",) else str(value))
    return " ".join(words)
