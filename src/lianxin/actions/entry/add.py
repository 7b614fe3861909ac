"""A new record: numbered, filled from what is known, checked, written and committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from pydantic_core import ValidationError

from lianxin.actions.entry.carry import put_in, take_over
from lianxin.actions.entry.crosscheck import named
from lianxin.actions.entry.entry import understood, values_of
from lianxin.actions.entry.figure import told as read_as
from lianxin.actions.entry.file import EVIDENCE, is_file, kept_file, texts_of, unfound
from lianxin.actions.entry.follow import Follow, issues_of
from lianxin.actions.entry.gate import gate
from lianxin.actions.entry.namesake import namesakes
from lianxin.actions.entry.number import next_id
from lianxin.actions.retry import retried
from lianxin.actions.workspace import Workspace, author
from lianxin.core.declare.condition import refuse_blank
from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.need import EMPTY
from lianxin.core.declare.record import Record
from lianxin.core.declare.walk import future_faults
from lianxin.core.document import show
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import Fault, Finding
from lianxin.core.value import show_moment
from lianxin.kinds import KIND
from lianxin.kinds.evidence import Stage
from lianxin.kinds.inner import NAMED
from lianxin.reports.value import cell
from lianxin.rules import doubts
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.complaint import complaints
from lianxin.storage.write.journal import Change, Journal, NewCommit
from lianxin.storage.write.text.writing import record_text


class Added(Struct, frozen=True):
    """What came of it.

    Attributes:
        commit: Empty on a dry run.
        told: What ``check`` will remark on.
        meant: What was made of days and numbers in words, and of what was not said.
        follows: What else wants to be entered now that it is written.
        files: What is kept beside it, by path.
        title: What it is called.
    """

    id: str
    path: str
    text: str
    commit: str
    told: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    follows: tuple[Follow, ...] = ()
    files: Mapping[str, bytes] = MappingProxyType({})
    title: str = ""

    @property
    def next(self) -> tuple[str, ...]:
        """What else wants to be entered, and by which command."""
        return tuple(dict.fromkeys(one.told for one in self.follows))


class Along(Struct, frozen=True):
    """What is written with a new record at one stroke: steps of others that are taken by it.

    Attributes:
        changes: Of their files.
        taken_in: Commits that take in hand edits of those before.
        trailers: Of the commit.
        subject: What happened, behind what is said of the new record.
        told: What it comes to.
    """

    changes: tuple[Change, ...] = ()
    taken_in: tuple[NewCommit, ...] = ()
    trailers: tuple[tuple[str, str], ...] = ()
    subject: str = ""
    told: tuple[str, ...] = ()


#: Finds it, of a new record: under the journal's lock, with that record laid in the book.
FindAlong = Callable[[Workspace, Journal, LedgerBook, Added], Along]


def checked(kind: Kind, values: Mapping[str, Any], workspace: Workspace) -> Record:
    """The record these values make.

    Raises:
        UsageError: With every fault of them.
        LianxinError: It is voided.
    """
    try:
        record = kind.model.model_validate(values, by_alias=True, by_name=False)
    except ValidationError as error:
        raise _refused([*complaints(kind, error, dict(values))]) from None
    if getattr(record, "voided", None):
        raise LianxinError(f"{values.get('编号')} 已经作废，不能再改")
    faults = [*kind.faults(record), *future_faults(record, workspace.clock)]
    if faults:
        raise _refused(faults)
    return record


def _refused(faults: Sequence[Fault]) -> UsageError:
    fields = [str(fault.loc[0]) for fault in faults if fault.loc]
    said = "没有写入：" + "；".join(fault.message for fault in faults)
    veiled = "没有写入：" + "；".join(fault.veiled or fault.message for fault in faults)
    return UsageError(said, fields, veiled=veiled if veiled != said else "")


def _unsaid(kind: Kind, typed: Mapping[str, Any], record: Record, book: LedgerBook, *, veil: bool) -> Iterator[str]:
    """What nobody said and is written all the same, in one line; where it is veiled, of what is private only that."""
    open_, hidden = list[str](), list[str]()
    for spec in kind.fields:
        said = None if spec.auto or typed.get(spec.name) else getattr(record, spec.name)
        if said in EMPTY or said is False:
            continue
        if veil and (spec.privacy is not Privacy.OPEN or not NAMED.isdisjoint(spec.refs)):
            hidden.append(spec.label)
        else:
            open_.append(f"{spec.label} {show(cell(spec, said, book.title), spec.type)}")
    told = [*(["、".join(open_)] if open_ else []), *([f"{'、'.join(hidden)}（内部）"] if hidden else [])]
    if told:
        yield f"没有写的照此记：{'；'.join(told)}"


def _follows(record: Any, id_: str) -> Iterator[Follow]:
    """Of a visit that heard a request, the issues that are made of it."""
    if getattr(record, "requests", None) and not record.no_issue:
        yield from issues_of(id_, record.requests)


@retried
def add(
    workspace: Workspace,
    kind: Kind,
    typed: Mapping[str, str | Sequence[str]],
    *,
    dry_run: bool = False,
    beware: Callable[[Sequence[Finding]], None] = lambda _twins: None,
    along: FindAlong | None = None,
) -> Added:
    """Add a record from what was typed.

    Args:
        workspace: The data folder.
        kind: Of the record.
        typed: English field names and text as a file would hold it; references may be tails or names.
        dry_run: Only work it out.
        beware: Told, before anything is written, of records that are likely the same one, and of other doubts.
        along: Finds the steps of others that are taken by it.

    Raises:
        UsageError: Something of it is wrong; all of it is said.
        LianxinError: It cannot be written here and now.
    """
    (made,) = _add(workspace, kind, (typed,), dry_run=dry_run, beware=beware, along=along)
    return made


@retried
def add_several(
    workspace: Workspace,
    kind: Kind,
    rows: Sequence[Mapping[str, str | Sequence[str]]],
    *,
    dry_run: bool = False,
    beware: Callable[[Sequence[Finding]], None] = lambda _twins: None,
) -> tuple[Added, ...]:
    """Add records of a kind, all or none, each as if those before it had been written.

    Args:
        workspace: The data folder.
        kind: Of the records.
        rows: What was typed of each.
        dry_run: Only work it out.
        beware: Told as ``add`` tells it.

    Raises:
        UsageError: Something of one is wrong; its row is named.
        LianxinError: They cannot be written here and now.
    """
    return _add(workspace, kind, rows, dry_run=dry_run, beware=beware)


def _add(
    workspace: Workspace,
    kind: Kind,
    rows: Sequence[Mapping[str, str | Sequence[str]]],
    *,
    dry_run: bool,
    beware: Callable[[Sequence[Finding]], None],
    along: FindAlong | None = None,
) -> tuple[Added, ...]:
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as found, ExitStack() as laid:
        book, made, entries = found, [], []
        actor = workspace.actor(book)
        for n, typed in enumerate(rows, 1):
            try:
                one, evidence = _with_files(workspace, journal, book, kind, actor, typed, beware)
            except UsageError as error:
                if len(rows) > 1:
                    error.args = (f"第 {n} 行：{str(error).removeprefix('没有写入：')}", *error.args[1:])
                raise
            if n < len(rows) or along:
                book = laid.enter_context(book.trying({each.path: each.text.encode() for each in (one, *evidence)}))
            beside = along(workspace, journal, book, one) if along else Along()
            made.append(replace(one, meant=(*one.meant, *beside.told)))
            entries += [*beside.taken_in, _entry(book, kind, actor, (one, *evidence), beside)]
        commit = "" if dry_run else journal.commit(entries)
    return tuple(replace(one, commit=commit, follows=one.follows if commit else ()) for one in made)


def _entry(book: LedgerBook, kind: Kind, actor: str, made: Sequence[Added], beside: Along) -> NewCommit:
    """The commit of a record, the first of these, and of what is written with it."""
    id_ = made[0].id
    told = beside.trailers or (("Step", "add"), ("Actor", actor))
    subject = "，".join(filter(None, (f"{id_} 新增{kind.label}", beside.subject)))
    return NewCommit((*files_of(made), *beside.changes), subject, (("Record", id_), *told), author(book, actor))


def files_of(made: Sequence[Added]) -> tuple[Change, ...]:
    """Every file that new records come to."""
    texts = [Change(one.path, one.text, None) for one in made]
    return (*texts, *(Change.new(path, data) for one in made for path, data in one.files.items()))


def borne_out(
    workspace: Workspace, journal: Journal, book: LedgerBook, id_: str, texts: Sequence[str], stage: Stage | None
) -> tuple[list[str], tuple[Added, ...]]:
    """The texts with ids in place of the files that they name, and the evidence of the record that is made of those.

    Raises:
        UsageError: A file cannot be kept.
    """
    kind, actor, named, made = KIND["evidence"], workspace.actor(book), list(texts), list[Added]()
    with ExitStack() as laid:
        for n, text in enumerate(texts):
            if not is_file(text):
                continue
            told = {"about": id_, "file": text, **({"stage": stage.value} if stage else {})}
            one = worked_out(workspace, journal, book, kind, actor, told, lambda _doubts: None)
            made.append(one)
            named[n] = one.id
            book = laid.enter_context(book.trying({one.path: one.text.encode()}))
    return named, tuple(made)


def _with_files(
    workspace: Workspace,
    journal: Journal,
    book: LedgerBook,
    kind: Kind,
    actor: str,
    typed: Mapping[str, str | Sequence[str]],
    beware: Callable[[Sequence[Finding]], None],
) -> tuple[Added, tuple[Added, ...]]:
    """A record, and the evidence that was typed with it."""
    texts = texts_of(kind.fields, typed)
    if not any(map(is_file, texts)):
        return worked_out(workspace, journal, book, kind, actor, typed, beware), ()
    words = [text for text in texts if not is_file(text)]
    bare = worked_out(workspace, journal, book, kind, actor, {**typed, EVIDENCE: words}, lambda _doubts: None)
    with book.trying({bare.path: bare.text.encode()}) as laid:
        named, made = borne_out(workspace, journal, laid, bare.id, texts, None)
    return worked_out(workspace, journal, book, kind, actor, {**typed, EVIDENCE: named}, beware), made


def worked_out(
    workspace: Workspace,
    journal: Journal,
    book: LedgerBook,
    kind: Kind,
    actor: str,
    typed: Mapping[str, str | Sequence[str]],
    beware: Callable[[Sequence[Finding]], None],
) -> Added:
    """What is to be written of one record; call it under the journal's lock."""
    typed = understood(kind.fields, typed)
    brought = kept_file(kind, typed, book)
    values = {"编号": next_id(kind, journal, book, workspace.today.year), **brought.values}
    values |= values_of([spec for spec in kind.fields if spec.label not in brought.fixed], typed, book)
    labels = {spec.name: spec.label for spec in kind.fields}
    if "taken" in labels:
        values |= {labels["taken"]: show_moment(workspace.clock), labels["taker"]: actor}
    take_over(kind.fields, values, book)
    put = put_in(kind.fields, values, book)
    try:
        record = checked(kind, values, workspace)
    except UsageError as error:
        raise UsageError(named(book, str(error)), error.fields, veiled=named(book, error.veiled)) from None
    refuse_blank(record)
    id_ = values["编号"]
    path = kind.path_of(id_)
    text = record_text(kind, record)
    told, meant = (
        gate(book, path, text),
        (
            *unfound(texts_of(kind.fields, typed)),
            *put,
            *read_as(kind.fields, typed, book),
            *(namesakes(book, record, veil=workspace.veil) if kind.name == "household" else ()),
            *_unsaid(kind, typed, record, book, veil=workspace.veil),
        ),
    )
    if twins := doubts(book, kind.name, record, new=True):
        beware(twins)
    if journal.read(path) is not None:
        raise LianxinError(f"{path} 已经有了，请重来一遍")
    return Added(id_, path, text, "", told, meant, tuple(_follows(record, id_)), brought.files, kind.title(record))
