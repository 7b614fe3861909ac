"""One sync: what was edited is taken in, what others wrote is fetched and joined with ours, all of it is sent.

Each part is whole by itself: a command that dies on the way, or finds nobody there, has lost nothing, and the next one
goes on from where it was.
"""

from __future__ import annotations

import time

from msgspec import Struct

from lianxin.actions.hand.handedit import take_in
from lianxin.actions.retry import retried
from lianxin.actions.station.renumber import give_way
from lianxin.actions.sync.place import meeting
from lianxin.actions.sync.together import Joined, join
from lianxin.actions.sync.trouble import AFTER, BEFORE, met
from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError
from lianxin.storage.git.driver import ATTRIBUTES, EARLIER, set_up
from lianxin.storage.git.meeting import AwayError, Meeting, QuickerError, last, shown
from lianxin.storage.git.process.trouble import PARTIAL, SHALLOW
from lianxin.storage.git.repo import Repo
from lianxin.storage.merge.tree import bases
from lianxin.storage.merge.unsettled import Unsettled
from lianxin.storage.write.committer import stand
from lianxin.storage.write.journal import Change, NewCommit

_ATTRIBUTES = ".gitattributes"
#: So often it is fetched and joined anew where others send at the same time (pauses in seconds).
_PAUSES = (0.05, 0.2, 0.5, 1.0, 2.0, 4.0)


class Synced(Struct, frozen=True):
    """What was done.

    Attributes:
        place: Where, as it may be shown.
        before: Where this desk stood before anything came.
        there: Where the other end stood before anything was sent; empty where it held nothing.
        commit: Where both stand now.
        sent: The other end has it all; nothing is sent to a ledger that somebody works in.
        taken_in: Files edited by hand that were taken in first.
        gave_way: What got another number, since another desk has sent that one first; a line each.
        unsettled: What two desks wrote differently.
    """

    place: str
    before: str
    there: str
    commit: str
    sent: bool
    taken_in: tuple[str, ...] = ()
    gave_way: tuple[str, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()


def sync(workspace: Workspace, word: str = "") -> Synced:
    """Meet other desks.

    Args:
        workspace: The ledger.
        word: Where; empty: where it was the last time.

    Raises:
        UsageError: That is no place to meet.
        AwayError: It is not there; nothing but the edits was taken in.
        LianxinError: Edits are faulty, another ledger lies there, or something cannot be written.
    """
    workspace.writable()
    repo = Repo.needed(workspace.root)
    if repo.cut() or repo.partial():
        raise LianxinError(f"{SHALLOW if repo.cut() else PARTIAL}，再同步")
    set_up(repo)
    _opened(workspace)
    _named(workspace)
    taken = tuple(take_in(workspace).paths)
    with met(word or last(repo), BEFORE):
        where = meeting(repo, workspace.root, word)
    branch, before = stand(repo)
    where.keep()
    gave_way: tuple[str, ...] = ()
    for pause in (*_PAUSES, 0):
        with met(where.address, BEFORE, here=True):
            there = where.fetch(branch)
        gave_way += _gave_way(workspace, repo, there)
        joined = join(workspace, there) if there else Joined(repo.head(), repo.head())
        unsettled = joined.unsettled
        try:
            sent = _sent(where, branch, joined.commit, there)
        except QuickerError:
            time.sleep(pause)
            continue
        return Synced(
            shown(where.address), before or joined.before, there, joined.commit, sent, taken, gave_way, unsettled
        )
    raise AwayError("那边一直有人在送，这次没有送成；别处记的已经合进来了，过一会儿再同步一次")


@retried
def _opened(workspace: Workspace) -> None:
    """Be a desk of the book before others are met: whoever is none by then passes for a clone of theirs."""
    journal = workspace.journal()
    with journal.locked():
        journal.opened()


@retried
def _named(workspace: Workspace) -> None:
    """Have an earlier ledger name the driver of its records: what it named keeps one side and drops the other."""
    if workspace.read(_ATTRIBUTES) != EARLIER.encode():
        return
    journal = workspace.journal()
    with journal.locked():
        change = Change(_ATTRIBUTES, ATTRIBUTES, EARLIER.encode())
        journal.commit([NewCommit([change], "记录由连心合并", (("Step", "settings"),))])


def _gave_way(workspace: Workspace, repo: Repo, there: str) -> tuple[str, ...]:
    """What had to get another number before two histories are joined."""
    if not there or bases(repo, repo.head(), there) in ([there], [repo.head()], []):
        return ()
    return tuple(give_way(workspace, there).told)


def _sent(where: Meeting, branch: str, commit: str, there: str) -> bool:
    if not where.takes:
        return False
    with met(where.address, AFTER):
        where.send(branch, commit, there)
    return True
