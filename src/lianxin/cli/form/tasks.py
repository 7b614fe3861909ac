"""What forms are filled in for: a new record, a step, a change of what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace

from lianxin.actions.change.edit import Edited
from lianxin.actions.change.edit import edit as change
from lianxin.actions.entry.add import Added, add, add_several
from lianxin.actions.form.correct import Correcting
from lianxin.actions.form.edited import changes, of_held
from lianxin.actions.form.form import Answers, Form, of_new, of_new_for, of_several, of_step
from lianxin.actions.form.table import of_table
from lianxin.actions.form.title import told_in_public
from lianxin.actions.shown import Seen
from lianxin.actions.step.advance import advance
from lianxin.actions.step.advanced import Advanced, new_event_id
from lianxin.actions.step.along import whistling
from lianxin.actions.step.batch import Batch, batch
from lianxin.cli.form.task import TableTask, Task, Tried
from lianxin.cli.run.session import Session
from lianxin.cli.say.answer import cautions
from lianxin.cli.say.output import lines_of
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import Finding
from lianxin.storage.book import LedgerBook

Typed = Mapping[str, str | list[str]]


def add_task(session: Session, kind: Kind, typed: Typed | None = None, *, handed: bool = False) -> Task[Added]:
    """A new record.

    Args:
        session: This run.
        kind: Of the record.
        typed: What is known of it.
        handed: That was taken from another record, not typed.
    """
    session = replace(session, full=True)
    form = of_new(kind)
    if any(spec.refs and (typed or {}).get(spec.name) for spec in form.specs):
        with session.book(quiet=True) as book:
            form = of_new_for(form, typed or {}, book)
    along = whistling if kind.name == "whistle" else None

    def tries(answers: Answers) -> Tried:
        twins: list[Finding] = []
        made = add(session.workspace(), kind, answers, dry_run=True, beware=twins.extend, along=along)
        with session.book(quiet=True) as book:
            named = told_in_public(form, answers, book)
        lines = (*named, *made.meant, *cautions(session, twins, before=True))
        return Tried(lines, question="照样登记吗？" if twins or named else "", doubtful=True)

    def writes(answers: Answers) -> Added:
        return add(session.workspace(), kind, answers, dry_run=session.dry_run, along=along)

    return Task(form, tries, writes, typed or {}, handed)


def table_task(session: Session, kind: Kind) -> TableTask:
    """Several new records, a row each."""
    session = replace(session, full=True)

    def tries(rows: Sequence[Answers]) -> Tried:
        twins: list[Finding] = []
        add_several(session.workspace(), kind, rows, dry_run=True, beware=twins.extend)
        return Tried(
            tuple(cautions(session, twins, before=True)), question=f"写入这 {len(rows)} 条吗？", doubtful=bool(twins)
        )

    def writes(rows: Sequence[Answers]) -> tuple[Added, ...]:
        return add_several(session.workspace(), kind, rows, dry_run=session.dry_run)

    return TableTask(of_table(kind), tries, writes)


def step_task(session: Session, kind: Kind, step: Step, word: str, typed: Typed | None = None) -> Task[Advanced]:
    """A step of a record.

    Raises:
        LianxinError: It cannot be taken now.
    """
    session = replace(session, full=True)
    event_id = new_event_id()
    with session.book(quiet=True) as book:
        id_ = book.resolve(word, kind.name)
        form = _in_hand(session, book, of_step(book, kind, step, id_, made_up="at" in (typed or {})))
        correcting = Correcting(form.held, book) if form.held is not None else None
        typed = _by_name(correcting, typed or {}) if correcting else typed

    def take(answers: Answers, *, dry_run: bool) -> Advanced:
        meant = correcting.meant(answers) if correcting else answers
        try:
            return advance(session.workspace(), kind, id_, step, meant, dry_run=dry_run, event_id=event_id)
        except LianxinError as error:
            error.fields = tuple(form.labels.get(names.get(label, ""), label) for label in error.fields)
            raise

    names = {spec.label: "field" if spec.name == "event" else spec.name for spec in step.asks}

    def tries(answers: Answers) -> Tried:
        made = take(answers, dry_run=True)
        moved = f"{made.before} → {made.after}" if made.before != made.after else ""
        named = _named(session, form, answers)
        lines = tuple(filter(None, (*named, moved, *made.reasons)))
        return Tried(lines, made.shown, question="照样更正吗？" if named else "", doubtful=bool(named))

    return Task(form, tries, lambda answers: take(answers, dry_run=session.dry_run), typed or {})


def _by_name(correcting: Correcting, typed: Typed) -> Typed:
    """What flags said of a correction, as its form has it."""
    if "field" not in typed:
        return {name: said for name, said in typed.items() if name != "event"}
    named = correcting.named(str(typed.get("event", "")), str(typed["field"]))
    return {name: said for name, said in typed.items() if name != "event"} | {"field": named}


def batch_task(
    session: Session,
    kind: Kind,
    step: Step,
    events: Mapping[str, str],
    words: Sequence[str] = (),
    typed: Typed | None = None,
) -> Task[Batch]:
    """A step of several records.

    Args:
        session: This run.
        kind: Of the records.
        step: To be taken.
        events: The id of each record, and that of its event.
        words: By which they were picked, if not by their ids.
        typed: What flags said.
    """
    session = replace(session, full=True)
    with session.book(quiet=True) as book:
        form = _in_hand(session, book, of_several(book, kind, step, [*events], words))
    take = partial(batch, session.workspace(), kind, step, events)
    shown: list[Seen] = []

    def tries(answers: Answers) -> Tried:
        made = take(answers, dry_run=True)
        shown[:] = [made.seen]
        return Tried((*lines_of(made.document), *made.reasons), question="就这样记下吗？")

    return Task(form, tries, lambda answers: take(answers, shown=shown[-1]), typed or {})


def edit_task(session: Session, kind: Kind, word: str, why: str = "") -> Task[Edited]:
    """A change of a record: its fields as they stand, and what becomes of them."""
    session = replace(session, full=True)
    with session.book(quiet=True) as book:
        id_ = book.resolve(word, kind.name)
        form = of_held(book, kind, id_)

    shown: list[Seen] = []

    def made(answers: Answers, *, dry_run: bool) -> Edited:
        reason, seen = why or str(answers.get("why", "")), None if dry_run or not shown else shown[-1]
        return change(session.workspace(), kind, id_, changes(form, answers), reason, dry_run=dry_run, shown=seen)

    def tries(answers: Answers) -> Tried:
        if not changes(form, answers):
            return Tried()
        done = made(answers, dry_run=True)
        shown[:] = [done.seen]
        named = _named(session, form, {name: text for name, text in answers.items() if name in changes(form, answers)})
        lines = (*named, *lines_of(done.document), *done.meant, *done.told)
        return Tried(lines, question="照样改吗？" if named else "就这样改吗？", doubtful=bool(named))

    def writes(answers: Answers) -> Any:
        return made(answers, dry_run=session.dry_run)

    return Task(form, tries, writes, {"why": why} if why else {})


def _in_hand(session: Session, book: LedgerBook, form: Form) -> Form:
    """The form as whoever sits there fills it in; where nobody is named that is told when it is written."""
    try:
        return replace(form, actor=session.workspace().actor(book))
    except UsageError:
        return form


def _named(session: Session, form: Form, answers: Answers) -> tuple[str, ...]:
    """What is said of a title that is changed."""
    if not form.alters:
        return ()
    with session.book(quiet=True) as book:
        return told_in_public(form, answers, book)
