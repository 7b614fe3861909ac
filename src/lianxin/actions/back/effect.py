"""What accepted cells become: steps that columns tell of, corrections of what was taken down, edits elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from lianxin.actions.back.bearer import bearer
from lianxin.actions.back.told import Told
from lianxin.actions.entry.add import checked
from lianxin.actions.entry.entry import many, one, pieces
from lianxin.actions.step.advanced import new_event_id
from lianxin.actions.step.attempt import attempted
from lianxin.actions.step.write import appended
from lianxin.actions.workspace import Workspace
from lianxin.core.declare.condition import refuse_blank
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.error import LianxinError
from lianxin.core.text.fold import fold
from lianxin.core.value import show_moment
from lianxin.kinds import kind_of
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.text.writing import edit_text

_DAY = len("2026-03-02")


class Effect(Struct, frozen=True):
    """What one record comes to.

    Attributes:
        text: What its file is to hold.
        base: What it holds now.
        events: The ids of the steps.
        becomes: What it is, in a word each: ``办结``, ``更正``, ``修改``.
    """

    path: str
    text: str
    base: bytes
    events: Sequence[str]
    becomes: Sequence[str]


def effect(workspace: Workspace, book: LedgerBook, told: Sequence[Told], sender: str) -> Effect:
    """What the cells of one record come to; nothing is written.

    Args:
        workspace: The data folder.
        book: The records as they stand.
        told: One cell at least, all of one record.
        sender: Who has filled them in, as it is noted.

    Raises:
        UsageError: A value is wrong; the labels of what is wrong are with it.
        LianxinError: It cannot be done now.
    """
    kind = kind_of(told[0].id)
    if kind.lifecycle is None:
        return _edited(workspace, book, kind, told)
    return _Course(workspace, book, kind, told, sender).effect()


def _edited(workspace: Workspace, book: LedgerBook, kind: Kind, told: Sequence[Told]) -> Effect:
    id_ = told[0].id
    base, _, held = book.held(id_)
    wanted = {cell.ask.spec.label: _value(book, cell.ask.spec, cell.text, held) for cell in told}
    besides = kind.superseded(held, wanted, book.today)
    text = edit_text(base.decode(), besides)
    record = checked(kind, read_yaml(text.encode()), workspace)
    refuse_blank(record, {cell.ask.spec.name for cell in told})
    return Effect(kind.path_of(id_), text, base, (), ("修改",))


def _value(book: LedgerBook, spec: FieldSpec, text: str, held: Mapping[str, Any]) -> Any:
    """What a file would hold; whoever stands there already is meant rather than a namesake."""
    if not text:
        return None
    if not spec.refs:
        return many(spec, text, book) if spec.many else one(spec, text, book)
    before = held.get(spec.label) or []
    there = {fold(book.title(id_)): id_ for id_ in (before if isinstance(before, list) else [before])}
    words = pieces(text) if spec.many else [text]
    found = [there.get(fold(word)) or one(spec, word, book) for word in words]
    return list(dict.fromkeys(found)) if spec.many else found[0]


class _Course:
    """Cells of one record that advances by steps."""

    def __init__(self, workspace: Workspace, book: LedgerBook, kind: Kind, told: Sequence[Told], sender: str) -> None:
        self._workspace, self._book, self._kind, self._told, self._sender = workspace, book, kind, told, sender
        self._id = told[0].id
        self._base, record, self._values = book.held(self._id)
        self._record: Any = record
        self._events: list[Event] = []

    def effect(self) -> Effect:
        """Corrections first, then the steps in their order, each as if those before it were written."""
        for cell in self._told:
            if cell.ask.step is None:
                self._correct(cell)
        fresh: dict[str, list[Told]] = {}
        for cell in self._told:
            if cell.ask.step and (held := bearer(self._book, self._id, cell.ask, cell.now)):
                self._correct(cell, held)
            elif cell.ask.step:
                fresh.setdefault(cell.ask.step.name, []).append(cell)
        self._take(fresh)
        data, text = self._base, ""
        for event in self._events:
            text, _ = appended(self._workspace, self._kind.path_of(self._id), data, event)
            data = text.encode()
        becomes = list(dict.fromkeys(event.step for event in self._events))
        return Effect(self._kind.path_of(self._id), text, self._base, [one.id for one in self._events], becomes)

    def _correct(self, cell: Told, held: Event | None = None) -> None:
        typed = {"field": cell.ask.spec.label, "why": f"{self._sender}回填的表"}
        typed |= {"value": cell.text} if cell.text else {}
        typed |= {"event": held.id} if held else {}
        self._attempt(self._step("amend"), typed, (cell,))

    def _take(self, fresh: Mapping[str, Sequence[Told]]) -> None:
        lifecycle = self._kind.lifecycle
        steps = [step for step in (lifecycle.steps if lifecycle else ()) if step.name in fresh]
        told = [self._moment(fresh[step.name]) for step in steps]
        for n, step in enumerate(steps):
            cells = fresh[step.name]
            dated = next((later for later, at in enumerate(told[n:], n) if at), n)
            if n == 0 and (before := self._before(step)):
                self._attempt(before, {"note": self._note(before, step)}, cells, told[dated])
            typed = {cell.ask.spec.name: cell.text for cell in cells if cell.text and cell.ask.spec.name != "at"}
            self._attempt(step, {**typed, "note": self._note(step, steps[dated])}, cells, told[dated])

    def _note(self, step: Step, dated: Step) -> str:
        """Who has told of it, and by which other step its day is taken where none was told."""
        borrowed = "" if step is dated else f"，没有写{step.label}的时间，照{dated.label}的日子记"
        return f"{self._sender}回填{borrowed}"

    def _before(self, step: Step) -> Step | None:
        """The step without which this one cannot be, where it needs no word of anybody: signing for what was given."""
        life, lifecycle = self._book.fold_of(self._record), self._kind.lifecycle
        if lifecycle is None or any(one.name == step.name for one in life.lawful):
            return None
        state: Any = life.state
        before = lifecycle.step(lifecycle.awaited.get(state, ""))
        needless = before and before.model.REPORTED and not any(spec.required for spec in before.asks)
        return before if needless else None

    def _moment(self, cells: Sequence[Told]) -> str:
        return next((cell.text for cell in cells if cell.ask.spec.name == "at"), "")

    def _attempt(self, step: Step, typed: Mapping[str, str], cells: Sequence[Told], at: str = "") -> None:
        typed = {**typed, **({"at": self._as_late(at)} if at else {})}
        try:
            tried = attempted(
                self._workspace, self._book, self._id, step, typed, new_event_id(), self._events, self._record
            )
        except LianxinError as error:
            if step.name == "amend":  # it is blamed on what is corrected
                error.fields = tuple(cell.ask.spec.label for cell in cells)
            raise
        self._events.append(tried.event)

    def _as_late(self, at: str) -> str:
        """A moment not before what went before on the same day; a day alone is at this hour."""
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            return at
        if len(at) == _DAY:
            now = self._workspace.now
            moment = min(moment.replace(hour=now.hour, minute=now.minute), max(self._workspace.clock, moment))
        last = max((event.at for event in (*self._record.events, *self._events)), default=moment)
        if moment < last and moment.date() == last.date():
            moment = last
        return show_moment(moment)

    def _step(self, name: str) -> Step:
        lifecycle = self._kind.lifecycle
        step = lifecycle.step(name) if lifecycle else None
        if step is None:
            raise LianxinError(f"{self._kind.label}不能更正")
        return step


def told_by_record(told: Sequence[Told]) -> Iterator[tuple[str, list[Told]]]:
    """The cells of each record, in the order they came."""
    found: dict[str, list[Told]] = {}
    for cell in told:
        found.setdefault(cell.id, []).append(cell)
    yield from found.items()
