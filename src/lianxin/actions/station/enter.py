"""How a second desk begins: the book is fetched whole, a letter claimed and made known, and all is looked through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from lianxin.actions.backup.back import data_root
from lianxin.actions.begin.start import fresh
from lianxin.actions.check import check
from lianxin.actions.station.claim import Stood, introduced, take
from lianxin.actions.workspace import Workspace
from lianxin.core.problem import Level
from lianxin.storage.git.driver import set_up
from lianxin.storage.git.far import Far, OvertakenError, cloned, give, place

#: So often it is begun anew where others claim a letter at the same time.
_TRIES = 5


class Entered(Struct, frozen=True):
    """The new desk.

    Attributes:
        root: Its data folder.
        office: Whose book it is.
        errors: What the check found wrong.
        sent: The place it came from knows of it already.
    """

    root: Path
    office: str
    stood: Stood
    records: int
    errors: int
    sent: bool


def enter(address: str, folder: Path, name: str, at: Callable[[Path], Workspace]) -> Entered:
    """Begin a second desk in a new folder.

    Args:
        address: A folder, a stick's, or ``user@machine:folder``.
        folder: A new one.
        name: What the desk is called.
        at: The data folder as this run works on it.

    Raises:
        UsageError: There is no book there, or the folder is not new.
        LianxinError: It cannot be reached or is damaged; nothing of it stays.
    """
    far = place(address)
    for _ in range(_TRIES):
        try:
            return _entered(far, folder, name, at)
        except OvertakenError:
            continue
    return _entered(far, folder, name, at)


def _entered(far: Far, folder: Path, name: str, at: Callable[[Path], Workspace]) -> Entered:
    with fresh(folder):
        repo = cloned(far, folder.resolve())
        set_up(repo)
        workspace = at(data_root(repo))
        journal = workspace.door(introduced(workspace))
        with journal.locked():
            stood = take(workspace, journal, name)
        sent = give(repo, far)
        with workspace.book() as book:
            checked = check(book, workspace, ())
    errors = sum(one.level is Level.ERROR for one in checked.problems)
    return Entered(workspace.root, workspace.office.name, stood, sum(many for _, many in checked.counts), errors, sent)
