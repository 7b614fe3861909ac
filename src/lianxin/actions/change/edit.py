"""Changing what was written: in place for most kinds; where events are kept, by 更正 events that leave it as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import zip_longest
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.change.staying import staying
from lianxin.actions.entry.add import Added, borne_out, checked, files_of
from lianxin.actions.entry.amend import in_one_line
from lianxin.actions.entry.entry import one, understood
from lianxin.actions.entry.figure import by_name, runs_from
from lianxin.actions.entry.figure import told as read_as
from lianxin.actions.entry.file import EVIDENCE, is_file, texts_of
from lianxin.actions.entry.follow import Follow, issues_of
from lianxin.actions.entry.gate import gate, twins
from lianxin.actions.entry.item import changed_items, merged
from lianxin.actions.entry.namesake import namesakes
from lianxin.actions.hand.handedit import hand_edit
from lianxin.actions.retry import retried
from lianxin.actions.shown import Seen, as_shown, seen
from lianxin.actions.step.advanced import new_event_id
from lianxin.actions.step.attempt import attempted
from lianxin.actions.step.write import appended, subject
from lianxin.actions.workspace import Workspace, author
from lianxin.core.change import Changed, Item
from lianxin.core.declare.condition import refuse_blank
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.document import Document
from lianxin.core.error import UsageError
from lianxin.core.problem import Finding
from lianxin.core.value import FieldType
from lianxin.kinds import kind_of
from lianxin.kinds.inner import inner_of, privacy_of
from lianxin.reports.record.change import changes as show_changes
from lianxin.rules import doubtful
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.journal import Change, Journal, NewCommit
from lianxin.storage.write.text.tree import as_text
from lianxin.storage.write.text.writing import edit_text

Typed = Mapping[str, "str | Sequence[str]"]


class Edited(Struct, frozen=True):
    """What of which record was changed.

    Attributes:
        document: Each field as it was and as it is now.
        commit: Empty on a dry run.
        told: What ``check`` will remark on.
        seen: What its file held.
        meant: What was made of days and numbers in words.
        follows: What else wants to be entered now that it is written.
    """

    id: str
    title: str
    changes: tuple[Changed, ...]
    document: Document
    commit: str
    told: tuple[str, ...]
    seen: Seen
    meant: tuple[str, ...] = ()
    follows: tuple[Follow, ...] = ()


@retried
def edit(
    workspace: Workspace,
    kind: Kind,
    word: str,
    typed: Mapping[str, str | Sequence[str]],
    why: str,
    *,
    dry_run: bool = False,
    shown: Seen | None = None,
    beware: Callable[[Sequence[Finding]], None] = lambda _twins: None,
) -> Edited:
    """Change fields of a record, all that are named or none; ``-`` takes a field out.

    Args:
        workspace: The data folder.
        kind: Of the record.
        word: Its id, the tail of it, or a name.
        typed: English field names and text, or changes of a list.
        why: The reason of a correction.
        dry_run: Only work it out.
        shown: What its file held when somebody said yes to the change.
        beware: Told, before anything is written, of records that it is likely one with from now on.

    Raises:
        UsageError: A value is wrong, or a correction has no reason.
        OvertakenError: The file holds something else than what was shown.
        LianxinError: It cannot be written.
    """
    amend = kind.lifecycle.step("amend") if kind.lifecycle else None
    if amend and not why:
        raise UsageError("登记内容不直接改，要记一条更正，请用 --why 写上理由")
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        id_ = book.resolve(word, kind.name)
        path = book.path_of(id_)
        base = journal.held(path)
        held = as_text(book.fold(id_).record) if amend else read_yaml(base)
        typed, evidence = _with_files(workspace, journal, book, kind, id_, _meant(kind, held, typed))
        known = {**by_name(kind.fields, held), **typed}
        starts = {spec.name: runs_from(spec, known, book.today) for spec in kind.fields if spec.name in typed}
        changes = _changes(kind, held, typed, book, starts)
        hushed = dry_run and workspace.veil and any(_hidden(one) for one in kind.fields if one.name in typed)
        shown_as = _either_way(kind, _typed(kind, held, typed, book, starts), changes) if hushed else changes
        if not shown_as:
            raise UsageError(f"{id_} 里写的就是这些，没有要改的")
        document = show_changes(book, id_, shown_as)
        meant = tuple(
            line for one in kind.fields if one.name in typed for line in read_as((one,), typed, book, starts[one.name])
        )
        if kind.name == "household" and changes and {"head", "village"} & {*typed}:
            laid = {one.spec.name: one.after for one in changes if one.spec.name in ("head", "village")}
            meant += tuple(namesakes(book, book.record(id_).model_copy(update=laid), veil=workspace.veil))
        meant += tuple(staying(kind, held, changes))
        if not changes:
            return Edited(id_, book.title(id_), shown_as, document, "", (), {}, meant)
        write = partial(_amend, amend, why) if amend else _in_place
        entries = write(workspace, journal, book, id_, changes)
        now = seen(entries)
        as_shown(now, shown)
        text = entries[-1].changes[-1].text or ""
        entries[-1] = replace(entries[-1], changes=(*entries[-1].changes, *files_of(evidence)))
        told = gate(book, path, text)
        decides = any(change.spec.name in doubtful(kind.name) for change in changes)
        if found := twins(book, path, text) if decides else []:
            beware(found)
        commit = "" if dry_run else journal.commit(entries)
        follows = tuple(_follows(id_, held, changes)) if commit else ()
        title = _called(book.title(id_), changes)
        return Edited(id_, title, shown_as, document, commit, () if hushed else told, now, meant, follows)


def _called(before: str, changes: Sequence[Changed]) -> str:
    """What a record goes by once it is changed: another title than before where that is what was changed."""
    return next((str(one.after) for one in changes if one.before == before and one.after), before)


def _follows(id_: str, held: Mapping[str, Any], changes: Sequence[Changed]) -> Iterator[Follow]:
    """Of a visit that is said to have heard more than was written down, the issues that are made of that."""
    now = {one.spec.name: (one.spec, one.after) for one in changes}
    if "requests" in now and now["requests"][1] and "no_issue" not in now:
        spec, after = now["requests"]
        yield from issues_of(id_, str(after), str(held.get(spec.label) or ""))


def _with_files(
    workspace: Workspace, journal: Journal, book: LedgerBook, kind: Kind, id_: str, typed: Typed
) -> tuple[Typed, tuple[Added, ...]]:
    """What is typed with ids in place of files, and the evidence of the record that is made of those."""
    texts = texts_of(kind.fields, typed)
    plus = [text.removeprefix("+") for text in texts]
    if not any(map(is_file, plus)):
        return typed, ()
    named, made = borne_out(workspace, journal, book, id_, plus, None)
    marks = ["+" if text.startswith("+") else "" for text in texts]
    return {**typed, EVIDENCE: [mark + one for mark, one in zip(marks, named, strict=True)]}, made


def _meant(
    kind: Kind, held: Mapping[str, Any], typed: Mapping[str, str | Sequence[str]]
) -> Mapping[str, str | Sequence[str]]:
    """What is typed; where that is the word that names nobody, all that goes with a name is taken out."""
    made = understood(kind.fields, typed)
    nameless = {spec.copy_unless for spec in kind.fields if spec.name in typed and spec.name not in made}
    gone = [spec.name for spec in kind.fields if spec.copy_unless in nameless and spec.label in held]
    return {**dict.fromkeys(gone, "-"), **made}


def _changes(
    kind: Kind,
    held: Mapping[str, Any],
    typed: Mapping[str, str | Sequence[str]],
    book: LedgerBook,
    starts: Mapping[str, datetime | None],
) -> tuple[Changed, ...]:
    """What differs from what is held, and what has to be written besides so that what was true stays known."""
    specs = {spec.label: spec for spec in kind.fields}
    made = _typed(kind, held, typed, book, starts)
    wanted = {label: change.after for label, change in made.items() if (change.after or None) != change.before}
    besides = kind.superseded(held, wanted, book.today)
    return tuple(
        made[label] if label in wanted else _besides(specs[label], held.get(label), value)
        for label, value in besides.items()
    )


def _typed(
    kind: Kind,
    held: Mapping[str, Any],
    typed: Mapping[str, str | Sequence[str]],
    book: LedgerBook,
    starts: Mapping[str, datetime | None],
) -> dict[str, Changed]:
    """What every field that is typed was and will be, by its label."""
    return {
        spec.label: _change(spec, held.get(spec.label), typed[spec.name], book, starts[spec.name])
        for spec in kind.fields
        if spec.name in typed
    }


def _hidden(spec: FieldSpec) -> bool:
    return privacy_of(spec) is not Privacy.OPEN or bool(inner_of(spec))


def _either_way(kind: Kind, typed: Mapping[str, Changed], changes: Sequence[Changed]) -> tuple[Changed, ...]:
    """What a trial tells outside: hidden fields whether they change or not, lest it be told what is written there."""
    said = {change.spec.label: change for change in changes}
    said |= {label: replace(change, items=()) for label, change in typed.items() if _hidden(change.spec)}
    return tuple(said[spec.label] for spec in kind.fields if spec.label in said)


def _besides(spec: FieldSpec, before: Any, after: Any) -> Changed:
    was = before if isinstance(before, list) else ()
    now = after if isinstance(after, list) else ()
    pairs = zip_longest(was, now)
    return Changed(spec, before, after, tuple(Item(n, *pair) for n, pair in enumerate(pairs, 1)))


def _change(
    spec: FieldSpec, before: Any, typed: str | Sequence[str], book: LedgerBook, since: datetime | None
) -> Changed:
    texts = [typed] if isinstance(typed, str) else [*typed]
    if not all(map(str.strip, texts)):  # a variable of the shell that was never set
        flag = f"--{spec.flag}"
        raise UsageError(f"{spec.label}后面是空的，没有改；要删去请写 {flag} -", (spec.label,))
    if spec.many:
        held = before if isinstance(before, list) else []
        if texts == ["-"]:
            return Changed(spec, before, None, tuple(Item(n + 1, value, None) for n, value in enumerate(held)))
        items = tuple(changed_items(spec, held, texts, book, since))
        return Changed(spec, before, [item.after for item in items if item.after is not None], items)
    if texts[-1] == "-":
        return Changed(spec, before, None)
    if spec.type is FieldType.GROUP:
        return Changed(spec, before, merged(spec, before, texts[-1], book, since))
    return Changed(spec, before, one(spec, texts[-1], book, since))


def _in_place(
    workspace: Workspace, journal: Journal, book: LedgerBook, id_: str, changes: Sequence[Changed]
) -> list[NewCommit]:
    kind = kind_of(id_)
    path = book.path_of(id_)
    base = journal.held(path)
    text = edit_text(base.decode(), {change.spec.label: change.after for change in changes})
    record = checked(kind, read_yaml(text.encode()), workspace)
    refuse_blank(record, {change.spec.name for change in changes})
    actor = workspace.actor(book)
    taken_in = hand_edit(workspace, book, path, author(book, actor))
    entry = NewCommit(
        [Change(path, text, base)],
        f"{id_} 修改{kind.label}：{'、'.join(change.spec.label for change in changes)}",
        (("Record", id_), ("Step", "edit"), ("Actor", actor)),
        author(book, actor),
    )
    return [entry] if taken_in is None else [taken_in, entry]


def _amend(
    step: Step,
    why: str,
    workspace: Workspace,
    journal: Journal,
    book: LedgerBook,
    id_: str,
    changes: Sequence[Changed],
) -> list[NewCommit]:
    events: list[Event] = []
    # what is taken out goes first, so that what is put in agrees with what is left
    for change in sorted(changes, key=lambda change: bool(change.after)):
        flags = {"field": change.spec.label, "why": why}
        flags |= {"value": in_one_line(change.after)} if change.after else {}
        events.append(attempted(workspace, book, id_, step, flags, new_event_id(), events).event)
    return [*_entries(workspace, journal, book, id_, step, events)]


def _entries(
    workspace: Workspace, journal: Journal, book: LedgerBook, id_: str, step: Step, events: Sequence[Event]
) -> Iterator[NewCommit]:
    """A commit for each correction, hand edits first: all of them are written, or none.

    Raises:
        LianxinError: The file is gone, or was edited into what cannot be added to.
    """
    path = book.path_of(id_)
    actor = workspace.actor(book)
    taken_in = hand_edit(workspace, book, path, author(book, actor))
    if taken_in:
        yield taken_in
    base = journal.held(path)
    data = base
    for event in events:
        text, _ = appended(workspace, path, data, event)
        data = text.encode()
        trailers = (("Record", id_), ("Step", step.name), ("Actor", actor), ("Event", event.id))
        said = f"{id_} {subject(book.title, step, event)}"
        yield NewCommit([Change(path, text, base)], said, trailers, author(book, actor))
