"""Closing a year: what is settled of it goes into a sealed folder, under the same names; what is open is carried over.

Records stand in ``archive/2025/`` as they stood before it, so their ids lead to them as ever. The list beside them
bears the digest of each, its order is that of the file numbers (件号), and the commit bears the digest of the list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import PurePosixPath

from msgspec import Struct

from lianxin.actions.retry import retried
from lianxin.actions.workspace import Workspace
from lianxin.core.book import Query
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.value import show_moment
from lianxin.kinds import ARCHIVE, BRIEFS, KIND, home
from lianxin.kinds.issue.state import OFF
from lianxin.kinds.whistle.state import SETTLED
from lianxin.storage import UNSETTLED
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.merge.unsettled import every
from lianxin.storage.sealed import WITHDRAWN, digest, place, read, text
from lianxin.storage.write.journal import Change, Journal, NewCommit

#: In which states a record with a life is settled; a kind without one is settled once it is written.
_SETTLED = {"issue": OFF, "whistle": SETTLED}


class Closed(Struct, frozen=True):
    """What was put away.

    Attributes:
        year: Whose.
        ids: The records, in the order of their file numbers.
        files: How many pictures and papers went along.
        carried: The records that are not settled yet and stay.
        before: How many had been put away with the year before.
        commit: Empty on a dry run.
    """

    year: int
    ids: Sequence[str]
    files: int
    carried: Sequence[str]
    before: int = 0
    commit: str = ""


class Opened(Struct, frozen=True):
    """A closed year that was opened again: how many records came back."""

    year: int
    records: int
    commit: str = ""


def carried(book: LedgerBook, year: int) -> list[str]:
    """The records of a year that are not settled yet."""
    found: list[str] = []
    for name, settled in _SETTLED.items():
        rows, ids = book.select(Query(KIND[name], ("状态",), sort=("编号",)))
        found += [id_ for id_, (state,) in zip(ids, rows, strict=True) if _of(id_, year) and state not in settled]
    return found


def _of(id_: str, year: int) -> bool:
    return f"-{year}-" in id_


@retried
def close(workspace: Workspace, year: int, *, dry_run: bool = False) -> Closed:
    """Put away what is settled of a year, in one commit. Done again later, it adds what has been settled since.

    Raises:
        UsageError: The year is not over, or nothing of it is left to be put away.
        LianxinError: There are edits without a commit, or records that cannot be read.
    """
    if year >= workspace.today.year:
        raise UsageError(f"{year} 年还没有过完，不能归档；能归档的是 {workspace.today.year - 1} 年和以前")
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        _ready(book)
        left = carried(book, year)
        ids = _settled(book, year, frozenset(left))
        if not ids:
            more = f"，还有 {len(left)} 件没有办完的，办完再归" if left else ""
            raise UsageError(f"{year} 年没有可以归档的记录了{more}")
        _agreed(book, ids)
        files = _files(book, ids)
        changes, listed, before = _moves(journal, book, year, ids, files)
        told = Closed(year, ids, len(files), left, before)
        if dry_run:
            return told
        trailers = (("Step", "archive"), ("Actor", workspace.actor(book)), ("Seal", digest(listed.encode())))
        entry = NewCommit(changes, f"归档 {year} 年：{len(ids)} 件", trailers, workspace.author(book))
        commit = journal.commit([entry])
        _emptied(journal, changes)
    return Closed(year, ids, len(files), left, before, commit)


def _ready(book: LedgerBook) -> None:
    edited = [path for path in book.dirty if is_record(path) or path.startswith((f"{ARCHIVE}/", "attachments/"))]
    if edited:
        raise LianxinError(f"{edited[0]} 有还没收进的改动，先不归档；请运行 lianxin commit，再来")
    if many := book.unreadable():
        raise LianxinError(f"有 {many} 份记录读不出来，先不归档；请运行 lianxin check，改好再来")


def _agreed(book: LedgerBook, ids: Sequence[str]) -> None:
    """Look whether all desks say the same of what is to be put away: a record that was put away is changed no more.

    Raises:
        LianxinError: Two say something else, and nobody has chosen yet.
    """
    waiting = {one.id for one in every(book.files(UNSETTLED))}
    if found := [id_ for id_ in ids if id_ in waiting]:
        more = f" 等 {len(found)} 份" if len(found) > 1 else ""
        raise LianxinError(
            f"{found[0]}{more}两台电脑记得不一样，还没有选定，先不归档；请先运行 lianxin settle {found[0]} 选定，再来"
        )


def _settled(book: LedgerBook, year: int, left: frozenset[str]) -> list[str]:
    """The records of a year that are settled and stand in no archive yet, by kind and number."""
    rows = book.sql("SELECT id, kind FROM record WHERE path NOT GLOB ? ORDER BY id", (f"{ARCHIVE}/*",))
    found = {kind: [id_ for id_, of in rows if of == kind and _of(id_, year) and id_ not in left] for _, kind in rows}
    yearly = [id_ for brief in BRIEFS if brief.yearly for id_ in found.get(brief.name, ())]
    about = _about_open(book, left)
    return [id_ for id_ in yearly if id_ not in about]


def _about_open(book: LedgerBook, left: frozenset[str]) -> frozenset[str]:
    """The evidence of what is carried over, and the whistles of issues that are: they stay with it."""
    pointing = book.sql("SELECT source, target FROM reference WHERE kind IN ('evidence', 'whistle')")
    return frozenset(source for source, target in pointing if target in left)


def _files(book: LedgerBook, ids: Sequence[str]) -> list[str]:
    """The pictures and papers that nothing but evidence among these tells of."""
    gone = set(ids)
    told = book.sql("SELECT id FROM record WHERE kind = 'evidence' ORDER BY id")
    named = [(id_, str(getattr(book.record(id_), "file", ""))) for (id_,) in told]
    kept = {path for id_, path in named if id_ not in gone}
    return list(dict.fromkeys(path for id_, path in named if id_ in gone and path not in kept))


def _moves(
    journal: Journal, book: LedgerBook, year: int, ids: Sequence[str], files: Sequence[str]
) -> tuple[list[Change], str, int]:
    """The changes, what the list will hold, and how many records were in it before.

    Raises:
        LianxinError: A file is gone.
    """
    base = journal.read(place(year))
    known = dict(read(base or b""))
    before = sum(map(is_record, known))
    changes: list[Change] = []
    for path in (*(book.path_of(id_) for id_ in ids), *files):
        data = journal.held(path)
        known[path] = digest(data)
        changes += [Change(path, None, data), Change.new(place(year, path), data)]
    records = {path: told for path, told in known.items() if is_record(path)}
    listed = text((records | known).items())  # records first: their order is that of the file numbers
    return [*changes, Change(place(year), listed, base)], listed, before


def _emptied(journal: Journal, changes: Sequence[Change]) -> None:
    """Take away the folders in which nothing stands any more."""
    gone = {PurePosixPath(one.path).parent for one in changes if one.text is None}
    for folder in sorted(gone, key=lambda one: -len(one.parts)):
        for one in (folder, *folder.parents):
            if not one.parts:
                break
            with suppress(OSError):  # something still stands there
                (journal.root / one).rmdir()


@retried
def withdraw(workspace: Workspace, year: int, why: str, *, dry_run: bool = False) -> Opened:
    """Open a closed year again: every file goes back where it stood, the reason stays in the archive.

    Raises:
        UsageError: The year is not closed, or no reason is given.
        LianxinError: The archive was changed by hand.
    """
    why = " ".join(why.split())
    if not why:
        raise UsageError("撤回归档要写明事由：--why 事由")
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        _ready(book)
        paths = [path for path in book.paths(ARCHIVE) if path.startswith(place(year, ""))]
        if not paths:
            raise UsageError(f"{year} 年没有归档，不用撤回")
        moves: list[Change] = []
        for path, data in _held(journal, paths).items():
            moves.append(Change(path, None, data))
            if path != place(year) and journal.read(home(path)) is None:  # else another desk went on with it meanwhile
                moves.append(Change.new(home(path), data))
        records = sum(is_record(path) for path in paths)
        if dry_run:
            return Opened(year, records)
        actor = workspace.actor(book)
        moves.append(noted(journal, f"{show_moment(workspace.clock)}  撤回 {year} 年归档 {records} 件  {actor}  {why}"))
        trailers = (("Step", "archive"), ("Actor", actor))
        entry = NewCommit(moves, f"撤回 {year} 年归档：{records} 件", trailers, workspace.author(book))
        commit = journal.commit([entry])
        _emptied(journal, moves)
    return Opened(year, records, commit)


def noted(journal: Journal, line: str, before: Callable[[str], str] = str) -> Change:
    """One more line of what was done to closed years, and why.

    Args:
        journal: Where.
        line: Without its end.
        before: What is to become of the lines that stand there.
    """
    base = journal.read(WITHDRAWN)
    return Change(WITHDRAWN, before((base or b"").decode("utf-8", "surrogateescape")) + f"{line}\n", base)


def _held(journal: Journal, paths: Sequence[str]) -> Mapping[str, bytes]:
    held = {path: journal.read(path) for path in paths}
    return {path: data for path, data in held.items() if data is not None}
