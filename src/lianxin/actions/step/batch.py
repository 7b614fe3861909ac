"""The same step of several records: what it would come to for each, and one commit for all that may take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from msgspec import Struct

from lianxin.actions.retry import retried
from lianxin.actions.shown import Seen, as_shown
from lianxin.actions.step.advanced import Advanced
from lianxin.actions.step.write import Ready, ready, write
from lianxin.actions.typed_filter import typed_filters
from lianxin.actions.veiled import veiled
from lianxin.actions.workspace import Workspace
from lianxin.core.book import Query
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step
from lianxin.core.document import Document, Face
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.filter import is_filter
from lianxin.core.value import FieldType
from lianxin.reports.ledger.listing import in_force
from lianxin.reports.life.batch import Left, Moved, several
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.journal import Change, Journal

#: So many refusals are told where no record may take the step.
_NAMED = 3


class Batch(Struct, frozen=True):
    """What a step of several records came to.

    Attributes:
        document: What will be, or was, changed, and what was left out.
        reasons: What is said of every one of them alike.
        commit: Empty on a dry run.
        seen: What the files held before.
    """

    done: tuple[Advanced, ...]
    left: tuple[Left, ...]
    document: Document
    reasons: tuple[str, ...]
    commit: str
    seen: Seen


def meant(book: LedgerBook, kind: Kind, words: Sequence[str], face: Face) -> list[str]:
    """The records that words mean: each an id or a name, or all of them conditions as ``list`` takes them.

    Raises:
        UsageError: A word means nothing; both sorts are mixed; or nothing answers to the conditions.
    """
    filters = [word for word in words if is_filter(word)]
    if filters and len(filters) < len(words):
        raise UsageError("编号和条件只写一样：要么一个一个写编号，要么写 状态=已交办 这样的条件")
    if not filters:
        return list(dict.fromkeys(book.resolve(word, kind.name) for word in words))
    conditions = in_force(kind, typed_filters(book, kind, filters, face))
    _, ids = book.select(Query(kind, ("编号",), conditions))
    if not ids:
        raise UsageError(f"没有符合条件的{kind.label}：{' '.join(filters)}")
    return ids


@retried
def batch(
    workspace: Workspace,
    kind: Kind,
    step: Step,
    events: Mapping[str, str],
    typed: Mapping[str, str | Sequence[str]],
    *,
    dry_run: bool = False,
    shown: Seen | None = None,
) -> Batch:
    """Take a step of every record that may take it, in one commit; each as if those before it had been written.

    Args:
        workspace: The data folder.
        kind: Of the records.
        step: Which one.
        events: The id of each record, and that of its event.
        typed: English field names and text, the same for all.
        dry_run: Only work it out.
        shown: What the files held when somebody said yes to it.

    Raises:
        UsageError: A value is wrong.
        OvertakenError: The files hold something else than what was shown.
        LianxinError: None of the records may take it, or it cannot be written.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        steps, refused = _made_ready(workspace, journal, book, step, events, typed)
        if not steps:
            raise _none(step, refused)
        seen = {change.path: change.base for one in steps for change in (*_edits(one), one.change)}
        as_shown(seen, shown)
        left = [Left(id_, book.title(id_), _why(workspace, book, error)) for id_, error in refused.items()]
        document = several(book, kind, step, [_moved(kind, one) for one in steps], left)
        commit = "" if dry_run else write(journal, steps, _said(step, steps))
        told = tuple(one.told for one in steps)
        alike = [line for line in told[0].reasons if all(line in one.reasons for one in told)]
        return Batch(told, tuple(left), document, tuple(alike), commit, seen)


def _made_ready(
    workspace: Workspace,
    journal: Journal,
    book: LedgerBook,
    step: Step,
    events: Mapping[str, str],
    typed: Mapping[str, str | Sequence[str]],
) -> tuple[list[Ready], dict[str, LianxinError]]:
    """The step of each record that may take it, and why the others may not."""
    steps: list[Ready] = []
    refused: dict[str, LianxinError] = {}
    with ExitStack() as laid:
        for id_, event_id in events.items():
            try:
                one = ready(workspace, journal, book, id_, step, typed, event_id)
            except LianxinError as error:
                refused[id_] = error
                continue
            steps.append(one)
            path, text = one.change.path, one.change.text or ""
            book = laid.enter_context(book.trying({path: text.encode()}, {path: one.loaded}))
    return steps, refused


def _edits(one: Ready) -> Sequence[Change]:
    return one.taken_in.changes if one.taken_in else ()


def _why(workspace: Workspace, book: LedgerBook, error: LianxinError) -> str:
    return veiled(book, error.veiled or str(error)) if workspace.veil else str(error)


def _none(step: Step, refused: Mapping[str, LianxinError]) -> LianxinError:
    """The refusal where no record may take the step: what all are refused for, else one after another."""
    errors = list(refused.values())
    if len({str(error) for error in errors}) == 1:
        return errors[0]
    fields = [label for label in errors[0].fields if all(label in error.fields for error in errors)]
    shown = list(refused.items())[:_NAMED]
    more = f"；等 {len(errors)} 条" if len(errors) > len(shown) else ""
    said = [
        f"一条也不能「{step.label}」：" + "；".join(f"{id_}：{text}" for id_, text in texts) + more
        for texts in (
            [(id_, str(error)) for id_, error in shown],
            [(id_, error.veiled or str(error)) for id_, error in shown],
        )
    ]
    sort = UsageError if all(isinstance(error, UsageError) for error in errors) else LianxinError
    return sort(said[0], fields, veiled=said[1])


def _moved(kind: Kind, one: Ready) -> Moved:
    """One line of what will change; the deadline is the first that a record of the kind has."""
    due = next((getattr(one.stands, column.name) for column in kind.derived if column.type is FieldType.DEADLINE), None)
    return Moved(one.told.id, one.told.title, one.told.before, one.told.after, one.told.now, due)


def _said(step: Step, steps: Sequence[Ready]) -> str:
    """The subject of the commit: ``WT-2026-A0007 等 3 条 交办 供电所``."""
    lines = {one.subject for one in steps}
    more = f" 等 {len(steps)} 条" if len(steps) > 1 else ""
    return f"{steps[0].told.id}{more} {lines.pop() if len(lines) == 1 else step.label}"
