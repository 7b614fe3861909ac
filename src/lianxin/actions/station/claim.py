"""A clone gets its letter: one of its own, or that of a desk that is no more."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from lianxin.actions.begin.start import introduce
from lianxin.actions.workspace import Workspace, author
from lianxin.core.error import LianxinError, UsageError
from lianxin.policies.station import Station
from lianxin.storage.git.repo import Repo
from lianxin.storage.station.claim import free
from lianxin.storage.station.mark import keep, renewed
from lianxin.storage.station.standing import How, Standing, claimed, held, named, standing
from lianxin.storage.write.journal import Journal


class Stood(Struct, frozen=True):
    """Which desk this is, and which there are.

    Attributes:
        commit: Of the claim; empty where nothing was claimed.
    """

    found: Standing
    stations: Sequence[Station]
    commit: str = ""

    @property
    def letter(self) -> str:
        """This one's."""
        return self.found.letter

    @property
    def name(self) -> str:
        """What this one is called; empty where it is by its letter alone."""
        found = next((one.name for one in self.stations if one.letter == self.letter), "")
        return "" if found == _by_letter(self.letter) else found


def stood(workspace: Workspace) -> Stood:
    """Which desk this is.

    Raises:
        LianxinError: There is no git, or ``stations.yaml`` is faulty.
    """
    repo = Repo.needed(workspace.root)
    return Stood(standing(repo, workspace.root), named(repo, workspace.root))


def introduced(workspace: Workspace) -> Repo:
    """The repository of a new desk; where git knows nobody there, the clerk commits.

    Raises:
        LianxinError: The folder is under no git, or the clock is likely wrong.
    """
    repo = workspace.timely()
    if workspace.office.clerk:
        with workspace.book(repo=repo) as book:
            introduce(repo, author(book, workspace.office.clerk))
    return repo


def claim(workspace: Workspace, name: str = "") -> Stood:
    """Claim the next free letter for this clone, in one commit.

    Args:
        workspace: Of a clone that has none of its own.
        name: What the desk is called; ``B 台`` where nothing is said.

    Raises:
        LianxinError: It has one; it cannot be written; all letters are given out.
    """
    repo = introduced(workspace)
    journal = workspace.door(repo)
    with journal.locked():
        found = standing(repo, workspace.root)
        if not found.strange:
            raise LianxinError(f"这台机器在账本里已经是 {found.letter} 台，不用再领")
        return take(workspace, journal, name)


def take(workspace: Workspace, journal: Journal, name: str = "") -> Stood:
    """The next free letter, for a clone whose journal is locked; as ``claim``."""
    repo = journal.repo
    stations = named(repo, workspace.root)
    letter = free(repo, stations)
    office = workspace.office
    new = Station(letter=letter, name=name.strip() or _by_letter(letter), claimer=office.clerk, claimed=workspace.clock)
    entry, mark = claimed(repo, Standing(How.CLONED, letter, stations), new, held(workspace.root))
    commit = journal.commit([entry])
    renewed(repo, letter, mark)
    return Stood(standing(repo, workspace.root), named(repo, workspace.root), commit)


def take_over(workspace: Workspace, letter: str) -> Stood:
    """Go on as a desk that is no more: its machine was replaced, its folder was fetched back from a backup.

    Raises:
        UsageError: The book has no such desk.
        LianxinError: There is no git.
    """
    repo = introduced(workspace)
    letter = letter.strip().upper()
    before = stood(workspace)
    mine = next((one for one in before.stations if one.letter == letter), None)
    if mine is None and letter != before.found.letter:
        known = "、".join(one.letter for one in before.stations)
        raise UsageError(f"账本里没有 {letter} 台，有的是 {known or '（还没有）'}")
    keep(repo, letter, (mine.mark if mine else "") or "")
    return stood(workspace)


def _by_letter(letter: str) -> str:
    """What a desk is called to which nobody has given a name."""
    return f"{letter} 台"
