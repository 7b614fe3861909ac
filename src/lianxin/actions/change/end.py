"""终止 and 更名: what is no more, by its day and paper, with what came after; and what it leaves to be settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from lianxin.actions.change.void import in_force
from lianxin.actions.entry.gate import gates
from lianxin.actions.hand.handedit import hand_edit
from lianxin.actions.retry import retried
from lianxin.actions.shown import Seen, as_shown, seen
from lianxin.actions.workspace import Workspace
from lianxin.core.day.spoken import day as spoken_day
from lianxin.core.declare.kind import Kind
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.value import parse_day
from lianxin.kinds.ending import CAUSES, HEIRS, Cause
from lianxin.rules.unsettled import Hanging, hanging
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.loading import load
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.journal import Change, Journal, NewCommit
from lianxin.storage.write.text.writing import edit_text


class Told(Struct, frozen=True):
    """What is said of an ending or a new name.

    Attributes:
        on: From which day, as typed; empty: today.
        why: Of an ending: one of the kind's causes.
        paper: Number of the paper.
        into: What came after, as typed.
        notes: More.
    """

    on: str = ""
    why: str = ""
    paper: str = ""
    into: Sequence[str] = ()
    notes: str = ""


class Ended(Struct, frozen=True):
    """What came of it.

    Attributes:
        ids: Of what is no more, or bears a new name.
        what: Became of them, in a word.
        into: What came after.
        moved: Households that belong to another village from now on, with their group there.
        added: Groups that the village after has from now on.
        left: What is to be settled, one by one.
        told: Faults short of an error that it brings.
        commit: Empty on a dry run.
        seen: What the files held.
        titles: What they all are called, for whoever may read names.
    """

    ids: tuple[str, ...]
    what: str
    day: date
    into: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    added: tuple[str, ...]
    left: tuple[Hanging, ...]
    told: tuple[str, ...]
    commit: str
    seen: Seen
    titles: Mapping[str, str]


@retried
def end(
    workspace: Workspace,
    kind: Kind,
    words: Sequence[str],
    told: Told,
    *,
    dry_run: bool = False,
    shown: Seen | None = None,
) -> Ended:
    """Let villages, units or households be no more from a day on, in one commit with the households of such villages.

    Raises:
        UsageError: It is not said why, or what came after is missing or wrong.
        OvertakenError: The files hold something else than what was shown.
        LianxinError: One of them has ended or is voided; it cannot be written.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        day, cause = _day(told.on, book), _cause(kind, told)
        ids = tuple(dict.fromkeys(_standing(book, book.resolve(word, kind.name)) for word in words))
        into = tuple(dict.fromkeys(_standing(book, book.resolve(word, kind.name)) for word in told.into))
        if both := set(ids) & set(into):
            raise UsageError(f"{'、'.join(sorted(both))} 不能并到自己")
        if cause in HEIRS and not into:
            raise UsageError(f"{cause}的要写去向：--into 并到、分成了哪几个")
        work = _Work(workspace, journal, book)
        ending = {"日期": day.isoformat(), "事由": cause.value, "文号": told.paper, "去向": list(into)}
        ending |= {"经办人": workspace.actor(book), "说明": told.notes}
        for id_ in ids:
            work.edit(id_, {"终止": {label: value for label, value in ending.items() if value}})
        moved, added = _moved(work, ids, into[0], day) if kind.name == "village" and len(into) == 1 else ((), ())
        subject = f"{'、'.join(ids)} {cause}" + (f"，去向 {'、'.join(into)}" if into else "")
        return _written(
            work, (*ids, *into), "end", subject, dry_run, shown, (ids, cause.value, day, into, moved, added)
        )


@retried
def rename(
    workspace: Workspace,
    kind: Kind,
    word: str,
    name: str,
    told: Told,
    *,
    dry_run: bool = False,
    shown: Seen | None = None,
) -> Ended:
    """Give a village or unit a new name from a day on; the old one stays known.

    Raises:
        UsageError: There is no new name, or another bears it.
        OvertakenError: The file holds something else than what was shown.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        day, id_ = _day(told.on, book), _standing(book, book.resolve(word, kind.name))
        held = read_yaml(journal.held(book.path_of(id_)))
        before, after = str(held["名称"]), name.strip()
        if not after or after == before:
            raise UsageError("要写新的名称：--name 新名称，和原来的不一样")
        former = {"名称": before, "至": (day - timedelta(days=1)).isoformat(), "文号": told.paper}
        entry = {label: value for label, value in former.items() if value}
        work = _Work(workspace, journal, book)
        work.edit(id_, {"名称": after, "曾用名": [*held.get("曾用名", ()), entry]})
        return _written(
            work, (id_,), "rename", f"{id_} 更名", dry_run, shown, ((id_,), f"更名为 {after}", day, (), (), ())
        )


class _Work:
    """Files as they come to be, each changed once or more."""

    def __init__(self, workspace: Workspace, journal: Journal, book: LedgerBook) -> None:
        self.workspace, self.journal, self.book = workspace, journal, book
        self.changes: dict[str, Change] = {}

    def edit(self, id_: str, values: Mapping[str, Any]) -> None:
        """Change fields of a record.

        Raises:
            LianxinError: Its file has an error.
        """
        path = self.book.path_of(id_)
        base = self.journal.held(path)
        text = self.changes[path].text if path in self.changes else base.decode()
        text = edit_text(text or "", values)
        loaded = load(path, text.encode(), now=self.workspace.clock)
        if loaded.record is None:
            first = loaded.problems[0]
            raise LianxinError(f"{path} 有错，没有写入：{first.message}", veiled=f"{path} 有错：{first.public}")
        self.changes[path] = Change(path, text, base)


def _written(
    work: _Work,
    ids: Sequence[str],
    step: str,
    subject: str,
    dry_run: bool,
    shown: Seen | None,
    found: tuple[tuple[str, ...], str, date, tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]],
) -> Ended:
    """Judge what was worked out, and commit it."""
    book, workspace = work.book, work.workspace
    texts = {change.path: change.text for change in work.changes.values() if change.text is not None}
    told = gates(book, texts)
    with book.trying({path: text.encode() for path, text in texts.items()}) as after:
        left = tuple(hanging(after, frozenset(found[0]))) if step == "end" else ()
    listed = {(one.id, one.ended) for one in left}  # these are told one by one
    told = tuple(line for line in told if not any(id_ in line and gone in line for id_, gone in listed))
    author, actor = workspace.author(book), workspace.actor(book)
    taken_in = [hand_edit(workspace, book, path, author) for path in texts]
    trailers = (*(("Record", one) for one in ids), ("Step", step), ("Actor", actor))
    entries = [*filter(None, taken_in), NewCommit([*work.changes.values()], subject, trailers, author)]
    now = seen(entries)
    as_shown(now, shown)
    commit = "" if dry_run else work.journal.commit(entries)
    ended, what, day, into, moved, added = found
    titles = {id_: book.title(id_) for id_ in (*ended, *into, *(one.id for one in left))}
    return Ended(ended, what, day, into, moved, added, left, told, commit, now, titles)


def _day(text: str, book: LedgerBook) -> date:
    made: date = parse_day(spoken_day(text, book.today)) if text else book.today
    if made > book.today:
        raise UsageError(f"{made} 还没有到；到了那天再写")
    return made


def _cause(kind: Kind, told: Told) -> Cause:
    allowed = CAUSES[kind.name]
    found = [one for one in allowed if told.why and one.value.startswith(told.why)]
    if len(found) != 1:
        raise UsageError(f"要写事由：--why {'、'.join(one.value for one in allowed)}")
    return found[0]


def _standing(book: LedgerBook, id_: str) -> str:
    """The id, if the record is neither voided nor ended.

    Raises:
        LianxinError: It is.
    """
    ended: Any = getattr(book.record(in_force(book, id_)), "ended", None)
    if ended:
        after = f"，现在是 {'、'.join(ended.into)}" if ended.into else ""
        raise LianxinError(f"{id_} 从 {ended.on} 起已经终止（{ended.why}）{after}")
    return id_


def _moved(
    work: _Work, ids: Sequence[str], heir: str, day: date
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The households of villages go to the one that came after, their groups with them.

    Where a group is there already by such a name, they all take the old village's name before their own.
    """
    book: LedgerBook = work.book
    after: Any = book.record(heir)
    groups, moved = list(after.groups), list[tuple[str, str]]()
    for id_ in ids:
        old: Any = book.record(id_)
        before_it = "" if set(groups).isdisjoint(old.groups) else _bare(old.name)
        named = {group: f"{before_it}{group}" for group in old.groups}
        groups += named.values()
        rows = book.sql('SELECT id, "group" FROM household WHERE village = ? AND ended IS NULL ORDER BY id', (id_,))
        for household, group in rows:
            held = read_yaml(work.journal.held(book.path_of(household)))
            was = {"所属村": id_, "所属组": group, "至": (day - timedelta(days=1)).isoformat()}
            before = [*held.get("曾属", ()), {label: value for label, value in was.items() if value}]
            now = named.get(group, group)
            work.edit(household, {"所属村": heir, "所属组": now, "曾属": before})
            moved.append((str(household), str(now or "")))
    added = tuple(group for group in groups if group not in after.groups)
    if added:
        work.edit(heir, {"村组": groups})
    return tuple(moved), added


def _bare(name: str) -> str:
    return name.removesuffix("村").removesuffix("社区")
