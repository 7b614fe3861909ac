"""Two records of one person, household or the like become one: hers to choose, field by field, in one commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from lianxin.actions.change.follow import Moved, following
from lianxin.actions.change.void import in_force, replaced
from lianxin.actions.entry.add import checked
from lianxin.actions.retry import retried
from lianxin.actions.shown import Seen, as_shown
from lianxin.actions.workspace import Workspace
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record
from lianxin.core.document import Column, Document, Paragraph, Table
from lianxin.core.error import UsageError
from lianxin.reports.value import cell
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.journal import Change, Journal
from lianxin.storage.write.text.tree import as_text
from lianxin.storage.write.text.writing import edit_text


class Choice(StrEnum):
    """Whose value of a field is kept."""

    FIRST = "留下的"
    SECOND = "多余的"
    BOTH = "合起来"


class Side(Struct, frozen=True):
    """One field of both records, as their files hold it; None where nothing is written."""

    spec: FieldSpec
    first: Any
    second: Any

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen: lists can be put together."""
        return tuple(Choice) if self.spec.many else (Choice.FIRST, Choice.SECOND)

    def chosen(self, choice: Choice) -> Any:
        """The value so chosen."""
        if choice is Choice.BOTH:
            return [*self.first, *(part for part in self.second if part not in self.first)]
        return self.first if choice is Choice.FIRST else self.second


class Compared(Struct, frozen=True):
    """Two records side by side.

    Attributes:
        first, second: The records; the first is to stay.
        differing: Fields that both have, and in which they differ.
        filled: Fields that only the second has: the first takes them over.
        kept: Fields that only the first has: they stay.
    """

    first: Any
    second: Any
    differing: tuple[Side, ...]
    filled: tuple[Side, ...]
    kept: tuple[Side, ...]


class Joined(Struct, frozen=True):
    """What came of it.

    Attributes:
        labels: The fields of the first that changed.
        told: Faults short of an error that it brings.
        commit: Empty on a dry run.
    """

    first: str
    second: str
    labels: tuple[str, ...]
    moved: tuple[Moved, ...]
    left: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    commit: str


def compare(book: LedgerBook, kind: Kind, words: tuple[str, str]) -> Compared:
    """Two records of a kind, field by field; the first is to stay.

    Raises:
        UsageError: One is not there, or they are the same.
        LianxinError: One is voided.
    """
    first, second = (in_force(book, book.resolve(word, kind.name)) for word in words)
    if first == second:
        raise UsageError(f"{first} 和自己没有什么可合的")
    one, other = (book.record(id_) for id_ in (first, second))
    mine, theirs = _told(kind, one), _told(kind, other)
    sides = [Side(spec, mine.get(spec.label), theirs.get(spec.label)) for spec in kind.fields if spec.name != "id"]
    told = [side for side in sides if side.second != side.first]
    return Compared(
        one,
        other,
        tuple(side for side in told if None not in (side.first, side.second)),
        tuple(side for side in told if side.first is None),
        tuple(side for side in told if side.second is None),
    )


def held(journal: Journal, book: LedgerBook, found: Compared) -> Seen:
    """What the files of two records hold."""
    paths = [book.path_of(str(one.id)) for one in (found.first, found.second)]
    return {path: journal.read(path) for path in paths}


def _told(kind: Kind, record: Record) -> dict[str, Any]:
    """What a record says as its file has it, without what is only the default."""
    left_out = {spec.label for spec in kind.fields if getattr(record, spec.name) == spec.default}
    return {label: value for label, value in as_text(record).items() if label not in left_out}


@retried
def join(
    workspace: Workspace,
    kind: Kind,
    words: tuple[str, str],
    chosen: Mapping[str, Choice],
    *,
    dry_run: bool = False,
    shown: Seen | None = None,
) -> Joined:
    """The first record takes over what was chosen of the second, which is voided; what names the second follows.

    Args:
        words: The record that stays, and the other.
        chosen: By label or English name, for every field in which they differ.
        dry_run: Only work it out.
        shown: What both files held when the choices were made.

    Raises:
        UsageError: A choice is wanting, or is for what is no field.
        OvertakenError: They hold something else by now.
        LianxinError: They cannot be joined; nothing was written.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        found = compare(book, kind, words)
        as_shown(held(journal, book, found), shown)
        changes = _changes(kind, found, chosen)
        first, second = str(found.first.id), str(found.second.id)
        path, base, text = _kept(workspace, journal, book, kind, first, changes)
        followed = following(workspace, journal, book, second, first)
        why = f"与 {first} 是同一份，合并"
        beside = [Change(path, text, base)] if changes else []
        entries, told = replaced(workspace, journal, book, second, why, first, followed, beside)
        commit = "" if dry_run else journal.commit(entries)
        return Joined(first, second, tuple(changes), followed.moved, followed.left, told, commit)


def _changes(kind: Kind, found: Compared, chosen: Mapping[str, Choice]) -> dict[str, Any]:
    """New values of the first, by label."""
    unknown = [word for word in chosen if all(word not in (spec.label, spec.name) for spec in kind.fields)]
    if unknown:
        raise UsageError(f"{kind.label}没有「{unknown[0]}」这一栏")
    changes: dict[str, Any] = {side.spec.label: side.second for side in found.filled}
    open_: list[str] = []
    for side in found.differing:
        spec = side.spec
        choice = chosen.get(spec.label) or chosen.get(spec.name)
        if choice is None:
            open_.append(spec.label)
        elif choice not in side.choices:
            raise UsageError(f"「{spec.label}」不是清单，不能合起来，只能用其中一份的")
        elif choice is not Choice.FIRST:
            changes[spec.label] = side.chosen(choice)
    if open_:
        how = "--keep 栏目 用留下的那份的，--take 栏目 用多余的那份的，--both 栏目 两份的清单合起来"
        raise UsageError(f"{found.first.id} 和 {found.second.id} 的{'、'.join(open_)}不同，要选用哪一份的：{how}")
    return changes


def _kept(
    workspace: Workspace, journal: Journal, book: LedgerBook, kind: Kind, id_: str, changes: Mapping[str, Any]
) -> tuple[str, bytes, str]:
    """Path of the record that stays, its text as it is and as it will be."""
    path = book.path_of(id_)
    base = journal.held(path)
    text = edit_text(base.decode(), changes) if changes else base.decode()
    checked(kind, read_yaml(text.encode()), workspace)
    return path, base, text


def side_by_side(found: Compared, title: Callable[[str], str]) -> Document:
    """Both records, field by field: what differs, and what only one of them says."""
    both = (found.first, found.second)
    columns = (Column("栏目", "field"), *(Column(one.id, "first" if one is found.first else "second") for one in both))
    specs = [side.spec for side in (*found.differing, *found.filled, *found.kept)]
    rows = [(spec.label, *(cell(spec, getattr(one, spec.name), title) for one in both)) for spec in specs]
    blocks = (Table(columns, rows),) if rows else (Paragraph("两份没有不同的地方。"),)
    return Document(f"{title(found.first.id)}：两份记录", blocks, name="join")
