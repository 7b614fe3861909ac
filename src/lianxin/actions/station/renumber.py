"""A number that two desks have given: what was sent first keeps it, what was not sent yet gets another one.

In the history of one desk a number means that desk's own record, wherever it is written: in the file's name, in the
record, in other records and in the steps of any of them, in words too. So all of them are changed together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from lianxin.actions.entry.number import last_number, stem_of
from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError
from lianxin.kinds import brief_of, kind_of
from lianxin.policies.station import Station
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.repo import Repo, TreeEntry
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.station.claim import at, free
from lianxin.storage.station.mark import kept, renewed
from lianxin.storage.station.standing import How, Standing, claimed, held
from lianxin.storage.write.journal import Change, Journal, NewCommit


class GaveWay(Struct, frozen=True):
    """What this desk has changed for another's sake.

    Attributes:
        ids: The old number of each record, and its new one.
        letter: The desk's letter by now.
        before: The one it had, where another desk was first to send that.
        commit: The last one; empty where nothing had to be changed.
    """

    ids: Mapping[str, str]
    letter: str
    before: str = ""
    commit: str = ""

    @property
    def told(self) -> Sequence[str]:
        """What is said of it, a line each."""
        lines = [f"{self.before} 台已经由别的台先领了，这台机器在账本里改为 {self.letter} 台"] if self.before else []
        return [*lines, *(f"{old} 别的台已经用了，这边登记的改为 {new}" for old, new in self.ids.items())]


def renumbered(files: Mapping[str, bytes], ids: Mapping[str, str]) -> list[Change]:
    """Files with some records' numbers changed for others wherever they stand.

    Args:
        files: What they hold, by path.
        ids: The old number of each record, and its new one; no new one is an old one of another.
    """
    old = re.compile(rf"(?<![A-Za-z0-9-])({'|'.join(map(re.escape, ids))})(?![0-9])")
    changes: list[Change] = []
    for path, data in sorted(files.items()):
        text = old.sub(lambda found: ids[found[0]], data.decode("utf-8", "surrogateescape"))
        folder, slash, name = path.rpartition("/")
        moved = f"{folder}{slash}{old.sub(lambda found: ids[found[0]], name)}"
        if moved != path:
            changes += [Change(path, None, data), Change(moved, text, None)]
        elif text.encode("utf-8", "surrogateescape") != data:
            changes.append(Change(path, text, data))
    return changes


def give_way(workspace: Workspace, theirs: str) -> GaveWay:
    """Before two histories are joined: what this desk has given and another has sent first gets another number.

    Where even the letter was claimed by another desk first, this one takes the next, and all that it has not sent yet
    goes along.

    Args:
        workspace: With nothing left to be taken in.
        theirs: The commit that is to be joined; it was fetched.

    Raises:
        LianxinError: A file that has to be changed holds edits; it cannot be written.
    """
    journal = workspace.door(workspace.timely())
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        repo, own = journal.repo, kept(journal.repo)
        base = repo.run("merge-base", "--all", "HEAD", theirs, check=False).decode().split()
        entry, letter, mark = _claim_again(workspace, journal, own.letter, own.claim, theirs, base)
        ids = _new_numbers(journal, book, theirs, base, letter, own.letter if entry else "")
        changes = _changes(journal, book, ids)
        entries = [entry] if entry else []
        if ids:
            told = (*(("Record", new) for new in ids.values()), ("Step", "renumber"))
            entries.append(NewCommit(changes, f"{len(ids)} 条记录换编号，原来的别的台已用", told))
        if not entries:
            return GaveWay({}, own.letter)
        commit = journal.commit(entries)
        if entry:
            renewed(repo, letter, mark)
    return GaveWay(ids, letter, own.letter if entry else "", commit)


def _claim_again(
    workspace: Workspace, journal: Journal, letter: str, claim: str, theirs: str, base: Sequence[str]
) -> tuple[NewCommit | None, str, str]:
    """The claim of another letter, that letter and its mark, where another desk has sent its claim of ours first."""
    repo = journal.repo
    first = next((one for one in at(repo, theirs) if one.letter == letter), None)
    known = [one for commit in base for one in at(repo, commit)]
    if first is None or not first.mark or first.mark == claim or first in known:
        return None, letter, claim
    stations = [first if one.letter == letter else one for one in at(repo, "HEAD")]
    mine = next((one for one in at(repo, "HEAD") if one.letter == letter), None)
    another = free(repo, [*stations, *at(repo, theirs)])
    name = mine.name if mine and mine.name != f"{letter} 台" else f"{another} 台"
    new = Station(
        letter=another, name=name, claimer=mine.claimer if mine else workspace.office.clerk, claimed=workspace.clock
    )
    entry, mark = claimed(repo, Standing(How.CLONED, another, tuple(stations)), new, held(workspace.root))
    return entry, another, mark


def _new_numbers(
    journal: Journal, book: LedgerBook, theirs: str, base: Sequence[str], letter: str, before: str
) -> dict[str, str]:
    """The records that need another number, each with it.

    Args:
        journal: Locked.
        book: The records as they stand.
        theirs: What the other desk has sent.
        base: Where the two parted: several commits, where they met in several places.
        letter: What new numbers bear.
        before: The letter that is another's now; empty where it is not.
    """
    repo = journal.repo
    ours, sent = _added(repo, base, "HEAD"), _added(repo, base, theirs)
    ids: dict[str, str] = {}
    last: dict[str, int] = {}
    for id_, oid in sorted(ours.items()):
        found = (kind := kind_of(id_)).id_pattern().match(id_)
        if not found or not (sent.get(id_, oid) != oid or found["station"] == before):
            continue
        year = int(found["year"]) if kind.yearly else 0
        stem = stem_of(kind, year, letter)
        last[stem] = last.get(stem, last_number(kind, journal, book, year, stem, theirs)) + 1
        ids[id_] = f"{stem}{last[stem]:04d}"
    return ids


def _added(repo: Repo, base: Sequence[str], commit: str) -> dict[str, str]:
    """The records that a commit has and where it parted from another had not: by id what git calls their content."""
    before = {_stem(one) for known in base for one in repo.tree(known)}
    return {
        _stem(one): one.oid
        for one in repo.tree(commit)
        if is_record(one.path) and _stem(one) not in before and brief_of(_stem(one))
    }


def _stem(entry: TreeEntry) -> str:
    return entry.path.rpartition("/")[2].removesuffix(".yaml")


def _changes(journal: Journal, book: LedgerBook, ids: Mapping[str, str]) -> list[Change]:
    """Every file in which one of the numbers stands, changed.

    Raises:
        LianxinError: One of them holds edits that were not taken in.
    """
    if not ids:
        return []
    repo = journal.repo
    words = [word for id_ in ids for word in ("-e", id_)]
    told = repo.run("grep", "-l", "-z", "-I", "-F", *words, "HEAD", "--", repo.prefix or ".", check=False)
    paths = [path.removeprefix(f"HEAD:{repo.prefix}") for path in told.decode().split("\0") if path]
    if edited := next((path for path in paths if path in set(book.dirty)), ""):
        raise LianxinError(f"{edited} 有还没收进的改动，编号换不了；请先运行 lianxin commit")
    return renumbered({path: journal.held(path) for path in paths}, ids)
