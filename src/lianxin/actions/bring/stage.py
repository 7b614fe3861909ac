"""The drafts of one kind become records, as ``add`` makes them, laid over the book for those that point to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from msgspec import Struct
from pydantic_core import ValidationError

from lianxin.actions.bring.draft import Draft, Fate, Trouble
from lianxin.actions.bring.history import Historian
from lianxin.actions.bring.lexicon import Lexicon
from lianxin.actions.bring.match import Understood
from lianxin.actions.bring.row import completed, heading_of
from lianxin.actions.bring.same import Known, differing
from lianxin.actions.bring.value import Reader, Refused
from lianxin.actions.bring.whistle import Whistler
from lianxin.actions.entry.carry import take_over
from lianxin.actions.entry.number import next_id
from lianxin.actions.workspace import Workspace
from lianxin.core.declare.condition import refuse_blank
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Event
from lianxin.core.declare.walk import future_faults
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import Fault, Loc
from lianxin.core.value import show_moment
from lianxin.kinds import BRIEF
from lianxin.kinds.whistle.record import WHISTLE, Whistle
from lianxin.policies.importing import WHISTLED
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.complaint import complaints
from lianxin.storage.write.journal import Journal
from lianxin.storage.write.text.writing import append_event, edit_text, record_text

_FLAG = re.compile(r"--[a-z-]+ ")


class Bench(Struct):
    """What making records takes.

    Attributes:
        numbers: The last number given, by the folder it is of.
    """

    workspace: Workspace
    journal: Journal
    actor: str
    remembered: Mapping[str, str]
    numbers: dict[str, int]
    prefixes: dict[str, str]

    def number(self, kind: Kind, book: LedgerBook) -> str:
        """The next free id, looked for once."""
        if kind.name not in self.numbers:
            first = next_id(kind, self.journal, book, self.workspace.today.year)
            found = re.fullmatch(r"(.*?)(\d{4,})", first.rpartition("-")[2])
            digits = found[2] if found else "0001"
            self.prefixes[kind.name] = first.removesuffix(digits)
            self.numbers[kind.name] = int(digits) - 1
        self.numbers[kind.name] += 1
        return f"{self.prefixes[kind.name]}{self.numbers[kind.name]:04d}"

    def give_back(self, kind: Kind) -> None:
        """The number given last was not needed."""
        self.numbers[kind.name] -= 1


class Recorder(Struct):
    """Makes the records of one kind by the book as it stands for them.

    Attributes:
        beside: The whistles that come with issues, by id.
    """

    bench: Bench
    book: LedgerBook
    words: Lexicon
    read: Sequence[Understood]
    reader: Reader
    known: Known
    labels: dict[str, str]
    whistler: Whistler
    beside: dict[str, Draft]

    @classmethod
    def of(cls, bench: Bench, book: LedgerBook, words: Lexicon, read: Sequence[Understood], reader: Reader) -> Recorder:
        """For a kind."""
        labels = {spec.name: spec.label for spec in words.kind.fields}
        return cls(bench, book, words, read, reader, Known(book, words), labels, Whistler(book, {}), {})

    def record(self, draft: Draft) -> None:
        """Recognise a draft in the ledger, or make a record of it; what is wrong is noted on it."""
        if draft.fate is Fate.TWICE or draft.grave:
            return
        completed(draft, self.words)
        id_ = self.bench.remembered.get(draft.digest, "")
        if id_ and self.book.sql("SELECT 1 FROM record WHERE id = ?", (id_,)):  # voided since, it does not rise again
            draft.id, draft.fate = id_, Fate.SAME
            return
        found = self.known.ids(self.words, draft)
        if len(found) > 1:
            said = (
                f"台账里有 {len(found)} 条和这一行一样的（{'、'.join(found)}），分不清是哪一条；请加上能分开的，如电话"
            )
            self._say(draft, (), said)
        elif found:
            self._met(draft, found[0])
        else:
            self._new(draft)

    def _met(self, draft: Draft, id_: str) -> None:
        """The ledger has it: what is blank there is filled in, what differs is named and left."""
        draft.id = id_
        data, record, held = self.book.held(id_)
        odd, blank = differing(draft, held)
        draft.record, draft.fate = record, Fate.SAME
        specs = {spec.label: spec for spec in self.words.kind.fields}
        for label in odd:
            draft.fate = Fate.DIFFERS
            flag = f"lianxin {self.words.kind.name} edit {id_} --{specs[label].flag}"
            said = f"和台账里的 {id_} 不一样，台账没有动；要照这里改：{flag}"
            self._say(draft, (label,), said, grave=False)
        if draft.kind.lifecycle:
            self._steps_told(draft, record, data)
        elif blank:
            draft.base = data
            try:
                draft.text = edit_text(data.decode(), blank)
            except LianxinError as error:
                self._say(draft, (), str(error))
                return
            draft.fate = Fate.FILLED

    def _steps_told(self, draft: Draft, record: Any, data: bytes) -> None:
        """The steps a row tells of that the ledger does not have: those that come after what it has are taken."""
        events = self._further(draft, record)
        if events:
            text = data.decode()
            for event in events:
                text = append_event(text, event)
            draft.text, draft.base, draft.events, draft.fate = text, data, events, Fate.FILLED
        taken = {event.COMMAND for event in (*record.events, *events)}
        lifecycle = draft.kind.lifecycle
        more = [
            step.label
            for step in (lifecycle.steps if lifecycle else ())
            if step.name in draft.steps and step.name not in taken
        ]
        if more and not events:
            draft.fate = Fate.DIFFERS
        if more:
            said = f"这一行比台账里的 {draft.id} 多出 {'、'.join(more)}；请在台账里照办：lianxin next {draft.id}"
            self._say(draft, (), said, grave=False)

    def _further(self, draft: Draft, record: Any) -> tuple[Event, ...]:
        """What a row tells of that came after what the ledger has; nothing where that was corrected, or says no."""
        corrected = any(event.COMMAND == "amend" for event in record.events)
        if draft.kind.name != "issue" or not draft.steps or corrected:
            return ()
        trial = Draft(draft.table, draft.kind, draft.rows, steps=draft.steps, columns=draft.columns)
        events = self._past(trial, record)
        if trial.grave:
            return ()
        draft.troubles += [one for one in trial.troubles if events]
        return events

    def _historian(self, draft: Draft) -> Historian:
        workspace, read = self.bench.workspace, self.read[draft.table]
        return Historian(read, self.reader, self.book.context, self.bench.actor, workspace.now, workspace.clock)

    def _new(self, draft: Draft) -> None:
        specs = self.words.kind.fields
        values: dict[str, Any] = {"编号": self.bench.number(self.words.kind, self.book)}
        values |= {spec.label: draft.values[spec.label] for spec in specs if spec.label in draft.values}
        if "taken" in self.labels:
            values |= {
                self.labels["taken"]: show_moment(self.bench.workspace.clock),
                self.labels["taker"]: self.bench.actor,
            }
        if "level" in self.labels and draft.steps.get("accept", {}).get("level"):
            values.setdefault(self.labels["level"], draft.steps["accept"]["level"].text)
        take_over(specs, values, self.book)
        record = self._checked(draft, values)
        if record is None:
            return
        draft.id, draft.record = values["编号"], record
        if self.words.kind.lifecycle:
            self._lived(draft, values)
        if not draft.grave:
            self.write(draft)

    def write(self, draft: Draft) -> None:
        """The text of a new record."""
        draft.text = record_text(self.words.kind, draft.record)

    def _past(self, draft: Draft, issue: Any) -> tuple[Event, ...]:
        """The steps that a row tells of; the whistle among them becomes a record beside the issue."""
        historian = self._historian(draft)
        if known := self._known_whistle(issue):
            return self._gone_on(historian, draft, issue, known)
        whistle = self.whistler.begun(historian, draft, issue, self.bench.number(WHISTLE, self.book))
        blown = self.whistler.blown(historian, draft, whistle) if whistle else None
        events = historian.events(draft, issue, blown)
        tied = whistle is not None and any(event.COMMAND == "whistle" for event in events) and not draft.grave
        if whistle is None or not tied or whistle.id in self.beside:
            self.bench.give_back(WHISTLE)
        if whistle is not None and tied:
            self.whistler.keep(whistle)
            self.beside[whistle.id] = Draft(
                draft.table, WHISTLE, draft.rows, id=whistle.id, record=whistle, text=record_text(WHISTLE, whistle)
            )
        elif told := [
            one for name, typed in draft.steps.items() if name.startswith(WHISTLED) for one in typed.values()
        ]:
            read = self.read[draft.table]
            draft.loose += [f"{heading_of(read, one.column)} {one.text}" for one in told if one.column >= 0]
        return events

    def _known_whistle(self, issue: Any) -> Whistle | None:
        """The whistle that an issue of the ledger was tied to last, with what rows before told of it."""
        id_ = next((event.whistle for event in reversed(issue.events) if event.COMMAND == "whistle"), "")
        if id_ in self.beside:
            return cast("Whistle", self.beside[id_].record)
        return cast("Whistle", self.book.held(id_)[1]) if id_ else None

    def _gone_on(self, historian: Historian, draft: Draft, issue: Any, known: Whistle) -> tuple[Event, ...]:
        """The steps that a row tells of after those that the ledger has; those of its whistle are added to that."""
        whistle = self.whistler.gone_on(historian, draft, known)
        events = historian.events(draft, issue, self.whistler.blown(historian, draft, whistle))
        more = whistle.events[len(known.events) :]
        if draft.grave or not more:
            return events
        before = self.beside.get(whistle.id)
        base = before.base if before else self.book.held(whistle.id)[0]
        text = before.text if before else base.decode() if base else ""
        for event in more:
            text = append_event(text, event)
        self.beside[whistle.id] = Draft(
            draft.table, WHISTLE, draft.rows, id=whistle.id, record=whistle, text=text, base=base, fate=Fate.FILLED
        )
        return events

    def _lived(self, draft: Draft, values: dict[str, Any]) -> None:
        events = self._past(draft, draft.record)
        if draft.loose:
            notes = "；".join(filter(None, (values.get("备注"), f"旧表还写着：{'；'.join(draft.loose)}")))
            draft.record = draft.record.model_copy(update={"notes": notes})
        draft.events = events
        draft.record = draft.record.model_copy(update={"events": events})

    def _checked(self, draft: Draft, values: Mapping[str, Any]) -> Any:
        """The record these values make; None where something is wrong, all of which is noted."""
        kind = self.words.kind
        try:
            record = kind.model.model_validate(values, by_alias=True, by_name=False)
        except ValidationError as error:
            self.blame(draft, complaints(kind, error, dict(values)))
            return None
        faults = [*kind.faults(record), *future_faults(record, self.bench.workspace.clock)]
        self.blame(draft, faults)
        try:
            refuse_blank(record)
        except UsageError as error:
            self._say(draft, error.fields[:1], _FLAG.sub("", str(error).removeprefix("没有写入：")))
        return None if draft.grave else record

    def blame(self, draft: Draft, faults: Iterable[Fault]) -> None:
        """Faults of a record at the columns they came from."""
        for fault in faults:
            self._say(draft, fault.loc, fault.message, fault.veiled)

    def _say(self, draft: Draft, loc: Loc | Sequence[str], said: str, veiled: str = "", *, grave: bool = True) -> None:
        path = ".".join(str(part) for part in loc if isinstance(part, str))
        read = self.read[draft.table]
        column = draft.columns.get(path, draft.columns.get(path.partition(".")[0], read.column_of(path)))
        said = _mended(said, there=column >= 0)
        draft.troubles.append(
            Trouble(read.table.sheet, draft.rows[0], column, heading_of(read, column), said, veiled, grave)
        )


def _mended(said: str, *, there: bool) -> str:
    """``缺「所属村」`` with what can be done in a workbook, by whether it has such a column."""
    found = re.fullmatch(r"缺「(.+)」", said)
    if not found:
        return said
    return f"{said}，请补上" if there else f"{said}，表里没有这一栏；每行都一样的，可加 --都写 {found[1]}=…"


def settle_late(drafts: Iterable[Draft], reader: Reader, read: Sequence[Understood]) -> Iterator[Draft]:
    """The drafts in which something named is there by now; of the rest it is said that it stays blank."""
    for draft in drafts:
        filled = {}
        for late in draft.late:
            spec, one = late.typed.target.spec, late.typed
            try:
                filled[spec.label] = reader.value(spec, one.text)
            except Refused:
                heading = heading_of(read[draft.table], one.column)
                label = "、".join(BRIEF[kind].label for kind in spec.refs)
                later = f"还没有登记，先空着；导入「{label}」的旧表以后，再导一次这份表就补上"
                said = veiled = f"这里写的{spec.label}{later}"
                sheet = read[draft.table].table.sheet
                draft.troubles.append(Trouble(sheet, one.row, one.column, heading, said, veiled, grave=False))
        fresh = {label: value for label, value in filled.items() if not draft.values.get(label)}
        draft.values.update(fresh)
        if fresh and draft.text:
            draft.text = edit_text(draft.text, fresh)
            yield draft
