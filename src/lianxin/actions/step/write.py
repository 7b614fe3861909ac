"""Writing a step down: prepared or refused, appended, read again, committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from lianxin.actions.entry.add import candidates
from lianxin.actions.entry.amend import as_its_field
from lianxin.actions.entry.crosscheck import follow_ups, named, refuse_across
from lianxin.actions.entry.entry import values_of
from lianxin.actions.entry.figure import told
from lianxin.actions.entry.gate import gate
from lianxin.actions.hand.handedit import hand_edit
from lianxin.actions.step.advanced import Advanced, asked, new_event_id
from lianxin.actions.workspace import Workspace, author
from lianxin.core.declare.lifecycle import Attempt, Event, Life, Step
from lianxin.core.declare.record import Record
from lianxin.core.declare.walk import future_faults
from lianxin.core.document import show
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.value import parse_moment
from lianxin.kinds import kind_of
from lianxin.kinds.life.amend import not_yet
from lianxin.kinds.life.event import Amend
from lianxin.reports.value import cell
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.complaint import EVENTS
from lianxin.storage.read.loading import Loaded
from lianxin.storage.write.draft import draft_name, drop
from lianxin.storage.write.journal import Change, Journal, NewCommit
from lianxin.storage.write.tree import order
from lianxin.storage.write.writing import append_loaded


def _moment(values: dict[str, Any], now: datetime, clock: datetime) -> datetime:
    """When it happened: as given, else now; nothing that has not happened by the clock."""
    text = values.pop("时间", None)
    try:
        at: datetime = parse_moment(f"{text} {now:%H:%M}" if len(text) == len("2026-03-02") else text) if text else now
    except PydanticCustomError as error:
        raise UsageError(f"没有写入：{error.message()}") from None
    if at > clock:
        raise UsageError(f"时间 {at:%Y-%m-%d %H:%M} 还没到，只能记已经发生的事")
    return at


#: Fields that what stands in other records is at odds with, by step.
_BLAMED: Mapping[str, tuple[str, ...]] = {"merge": ("并入",), "whistle": ("哨单",), "amend": ("新值",)}


def made(
    workspace: Workspace,
    book: LedgerBook,
    id_: str,
    step: Step,
    typed: Mapping[str, str | Sequence[str]],
    event_id: str,
    beside: Sequence[Event] = (),
    record: Record | None = None,
) -> Attempt[Life]:
    """The step tried: its event, where it leads, how its deadline was counted.

    Args:
        beside: Events that are added before it at the same stroke.
        record: As its file holds it, where that has been read.

    Raises:
        UsageError: A value is wrong or missing.
        LianxinError: The step cannot be taken now.
    """
    held: Any = record or book.record(id_)
    if step.name != "amend":
        _refuse_ahead(held, book)
    held = held.model_copy(update={"events": (*held.events, *beside)}) if beside else held
    typed = {**_only(step, typed, held, book), **typed}
    coming = any(spec.coming and spec.name in typed for spec in step.asks)
    since = step.model.runs_from(book.fold_of(held)) if coming else None
    values, meant = as_its_field(step, held, values_of(asked(step), typed, book, since), book)
    over = _taken_over(step, values, held, book)
    at = _moment(values, workspace.now, workspace.clock)
    common = {"编号": event_id, "时间": at, "记录时间": workspace.clock, "经办人": workspace.actor(book)}
    kind = kind_of(id_)
    if kind.conduct is None:
        raise LianxinError(f"{kind.label}没有办理步骤")
    tried = kind.conduct().attempt(step.name, held, {**values, **common}, book.context)
    if fault := tried.refusal:
        raise LianxinError(named(book, fault.message), map(str, fault.loc[2:3]))
    if refusal := refuse_across(book, kind, step, tried):
        raise LianxinError(named(book, refusal), _BLAMED.get(step.name, ()))
    meant = (*told(asked(step), typed, book, since), *meant)
    reasons = (*meant, *over, *tried.reasons, *follow_ups(book, kind, id_, step))
    return replace(tried, reasons=tuple(named(book, line) for line in reasons))


def _only(step: Step, typed: Mapping[str, Any], record: Record, book: LedgerBook) -> Mapping[str, str]:
    """What must be said and was not, where the record leaves but one thing to say."""
    wanted = [spec.name for spec in step.asks if spec.required and not typed.get(spec.name)]
    narrowed = step.model.narrowed(book.fold_of(record), book.context) if wanted else {}
    return {name: narrowed[name][0] for name in wanted if len(narrowed.get(name, ())) == 1}


def _taken_over(step: Step, values: dict[str, Any], record: Record, book: LedgerBook) -> list[str]:
    """What is owed and was not said is taken from the records that are named, and told."""
    wanted = [spec for spec in step.asks if spec.copy and spec.label not in values]
    owed = step.model.owed(book.fold_of(record), book.context) if wanted else {}
    labels, told = {spec.name: spec.label for spec in step.asks}, []
    for spec in wanted:
        said = candidates(spec, labels, values, book) if spec.name in owed else ()
        if len(said) == 1:
            values[spec.label] = said[0]
            sources = "、".join(str(values[labels[name]]) for name in spec.sources if values.get(labels[name]))
            told.append(f"没有写{spec.label}，照 {sources}：{said[0]}")
    return told


#: Two machines are never quite at one; what one of them has written is not held against the other.
_APART = timedelta(days=1)


def _refuse_ahead(record: Any, book: LedgerBook) -> None:
    """What was written by a clock gone wrong is corrected first: else all that follows would lie before it.

    Raises:
        LianxinError: The record tells of something that has not come yet.
    """
    found = not_yet(record, book.clock + _APART)
    if not found:
        return
    kind, (place, *_) = kind_of(record.id), (fault.loc for fault in found)
    at = int(place[1]) if place[0] == EVENTS else -1
    event = record.events[at] if at >= 0 else None
    which = f" --event {at + 1} --field {place[2]}" if event else f" --field {place[0]}"
    told = f"「{event.step}」的{place[2]}" if event else f"「{place[0]}」"
    raise LianxinError(
        f"没有写入：{record.id} {told}在将来，多半是电脑的时钟走快过；"
        f"请先更正：lianxin {kind.name} amend {record.id}{which} --value 实际的时间 --why 时钟错了"
    )


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
        told: What it comes to.
        draft: Of the same step, which can be taken no more; empty where it can.
    """

    change: Change
    loaded: Loaded
    stands: Life
    subject: str
    actor: tuple[str, str]
    taken_in: NewCommit | None
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
    path = kind.path_of(id_)
    base, record, values = book.held(id_)
    tried = made(workspace, book, id_, step, typed, event_id or new_event_id(), record=record)
    event = tried.event
    journal.present(path)
    text, loaded = appended(workspace, path, base, event, values)
    loaded = replace(loaded, life=tried.stands) if _as_tried(record, loaded.record, event) else loaded
    gate(book, path, text, loaded)
    actor = author(book, event.actor)
    taken_in = hand_edit(workspace, book, path, actor)
    told = Advanced(
        id_,
        book.title(id_),
        step,
        event,
        str(tried.before),
        str(tried.after),
        str(tried.stands.state),
        tried.reasons,
        _shown(event, book.title),
        "",
        taken_in is not None,
    )
    line = subject(book.title, step, event)
    draft = "" if step in tried.stands.lawful else draft_name(kind.name, step.name, id_)
    return Ready(Change(path, text, base), loaded, tried.stands, line, actor, taken_in, told, draft)


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
    entry = NewCommit([one.change for one in steps], said, trailers, steps[0].actor)
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
