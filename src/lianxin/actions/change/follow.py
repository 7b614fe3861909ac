"""References that follow when one record takes another's place: in place, or by 更正 where events are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from lianxin.actions.entry.amend import in_one_line
from lianxin.actions.hand.handedit import hand_edit
from lianxin.actions.step.advanced import new_event_id
from lianxin.actions.step.attempt import attempted
from lianxin.actions.workspace import Workspace
from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.declare.walk import pointers
from lianxin.core.error import LianxinError
from lianxin.kinds import kind_of
from lianxin.kinds.life.event import Amend
from lianxin.storage import DEFINING
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.complaint import EVENTS
from lianxin.storage.read.loading import load
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.journal import Change, Journal, NewCommit
from lianxin.storage.write.text.writing import append_event, edit_text

_POINTING = """SELECT DISTINCT r.source FROM reference AS r JOIN record AS s ON s.id = r.source
WHERE r.target = ? AND r.source <> ?1 AND NOT s.voided ORDER BY r.source"""


class Moved(Struct, frozen=True):
    """One record whose references follow.

    Attributes:
        labels: The fields that now name the other record.
        taken_in: The commit of its hand edits, which goes first.
    """

    id: str
    labels: tuple[str, ...]
    change: Change
    taken_in: NewCommit | None


class Following(Struct, frozen=True):
    """What follows, and what cannot: the record, and why."""

    moved: tuple[Moved, ...]
    left: tuple[tuple[str, str], ...]


#: Why a record cannot be made to name another.
SETTLED = "已经办完，不能再更正"


def elsewhere(workspace: Workspace, book: LedgerBook, id_: str) -> list[tuple[str, str]]:
    """What names a record beside records: policies, campaigns and forms are hers to change.

    Raises:
        LianxinError: The settings say that this office or its clerk is it.
    """
    if id_ in (workspace.office.clerk, workspace.office.org):
        raise LianxinError(f"lianxin.yaml 里写着 {id_}，请先改好那里再来")
    files = [file for folder in DEFINING for file in book.files(folder)]
    word = re.compile(rb"(?<![0-9A-Za-z-])" + id_.encode() + rb"(?![0-9A-Za-z])")
    return [(path, f"里面写着 {id_}，请自己改") for path, data in files if word.search(data)]


def pointing(book: LedgerBook, id_: str) -> list[str]:
    """The records in force that name this one."""
    return [str(source) for (source,) in book.sql(_POINTING, (id_,))]


def settled(book: LedgerBook, id_: str) -> bool:
    """Whether nothing of a record can be corrected any more, as when it is struck off."""
    kind = kind_of(id_)
    return kind.lifecycle is not None and all(step.name != "amend" for step in book.fold(id_).lawful)


def following(workspace: Workspace, journal: Journal, book: LedgerBook, old: str, new: str) -> Following:
    """Every record that names one, made to name the other.

    Raises:
        LianxinError: One of them was edited by hand into what cannot be committed.
    """
    moved: list[Moved] = []
    left: list[tuple[str, str]] = []
    actor = workspace.author(book)
    for source in pointing(book, old):
        if source == new:
            raise LianxinError(f"{new} 自己写着 {old}，不能让它接替；请先改好：lianxin edit {new}")
        if settled(book, source):
            left.append((source, SETTLED))
            continue
        path = book.path_of(source)
        try:
            base = journal.held(path)
            labels, text = _turned(workspace, book, source, base.decode(), old, new)
        except LianxinError as error:
            left.append((source, str(error)))
            continue
        moved.append(Moved(source, labels, Change(path, text, base), hand_edit(workspace, book, path, actor)))
    return Following(tuple(moved), (*left, *elsewhere(workspace, book, old)))


def _turned(
    workspace: Workspace, book: LedgerBook, source: str, text: str, old: str, new: str
) -> tuple[tuple[str, ...], str]:
    """The fields of a record that name the old one, and its text with the new one in them."""
    kind = kind_of(source)
    step = kind.lifecycle.step("amend") if kind.lifecycle else None
    if step is None:
        held = read_yaml(text.encode())
        after = _replaced(kind.model, held, old, new)
        changes = {label: value for label, value in after.items() if value != held[label]}
        made_ = edit_text(text, changes)
        labels = tuple(changes)
    else:
        labels, made_ = _amended(workspace, book, source, step, text, old, new)
    loaded = load(book.path_of(source), made_.encode(), now=workspace.clock)
    if loaded.record is None or loaded.problems:
        first = loaded.problems[0] if loaded.problems else None
        raise LianxinError(first.message if first else "改写后读不回来", veiled=first.public if first else "")
    return labels, made_


def _replaced(model: type[Record], values: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    """The values of a record or group as its file has them, every reference to one record turned to another."""
    after = dict(values)
    for spec in fields_of(model):
        value = values.get(spec.label)
        if value is None or spec.name == "id":
            continue
        parts = value if isinstance(value, list) else [value]
        if spec.refs:
            turned: list[Any] = [new if part == old else part for part in parts]
            turned = list(dict.fromkeys(turned)) if new in turned else turned
        elif spec.group is not None:
            turned = [_replaced(spec.group, part, old, new) for part in parts]
        else:
            continue
        after[spec.label] = turned if isinstance(value, list) else turned[0]
    return after


def _amended(
    workspace: Workspace, book: LedgerBook, source: str, step: Step, text: str, old: str, new: str
) -> tuple[tuple[str, ...], str]:
    """A 更正 for each field that names the old record, those of its steps included."""
    events: list[Event] = []
    labels: list[str] = []
    for flags in _corrections(book.fold(source).record, old, new):
        event = attempted(workspace, book, source, step, flags, new_event_id(), events).event
        text = append_event(text, event)
        events.append(event)
        labels.append(flags["field"])
    return tuple(dict.fromkeys(labels)), text


def _corrections(record: Any, old: str, new: str) -> Iterator[dict[str, str]]:
    """What a 更正 is told of each field of a record, read as corrected so far, that names the old one."""
    wanted = dict.fromkeys(_field(loc) for loc, target, _kinds in pointers(record) if target == old)
    for place, label in wanted:
        holder = record if place is None else record.events[place]
        if isinstance(holder, Amend):
            continue  # who corrected it stays as it was
        model: type[Record] = type(holder)
        spec = next(one for one in fields_of(model) if one.label == label)
        if spec.group is not None:
            raise LianxinError(f"「{label}」是一组明细，不能更正")
        value = getattr(holder, spec.name)
        ids = list(dict.fromkeys(new if one == old else one for one in (value if spec.many else (value,))))
        told = {"field": label, "value": in_one_line(ids if spec.many else ids[0]), "why": f"{old} 并入 {new}"}
        yield told if place is None else {**told, "event": holder.id}


def _field(loc: Sequence[str | int]) -> tuple[int | None, str]:
    """The place of the event a location lies in, and the field it leads to."""
    return (int(loc[1]), str(loc[2])) if loc[0] == EVENTS else (None, str(loc[0]))


def in_words(ids: Sequence[str], most: int = 8) -> str:
    """Some records by id and kind, the rest by their number."""
    named = "、".join(f"{id_}（{kind_of(id_).label}）" for id_ in ids[:most])
    return named + (f" 等 {len(ids)} 条" if len(ids) > most else "")
