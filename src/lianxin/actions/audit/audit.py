"""``audit``: history gone through, the folder and git's own files looked at, seals held against it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from lianxin.actions.audit.found import Found
from lianxin.actions.audit.known import Known, names_of
from lianxin.actions.audit.memo import Memo, recall, remember
from lianxin.actions.audit.place import elsewhere, folder, gone_back, shown_otherwise
from lianxin.actions.audit.reader import Reader
from lianxin.actions.audit.seal import Seal, against, keep, kept, made
from lianxin.actions.audit.walk import walked
from lianxin.actions.workspace import Workspace
from lianxin.core.code import CODES
from lianxin.core.error import LianxinError
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.history import listed
from lianxin.storage.git.repo import Repo
from lianxin.storage.git.rewritten import rewritten
from lianxin.storage.git.signature import signed_by_rule
from lianxin.storage.git.snapshot import Snapshot, at_commit, take
from lianxin.storage.index.policy import digest
from lianxin.storage.index.seal import sealed
from lianxin.storage.index.store import location, maker

Progress = Callable[[int, int], None]


class Audited(Struct, frozen=True):
    """What came of it.

    Attributes:
        head: The commit that history was gone through to.
        count: How many commits lead to it, itself among them.
        fresh: How many of them were gone through now; of the others it was known already.
        faults: What is wrong.
        marks: What is told of besides.
        seal: The one that was made, if one was.
        held: The one that history was held against.
    """

    head: str
    count: int
    fresh: int
    faults: Sequence[Found]
    marks: Sequence[Found]
    seal: Seal | None = None
    held: Seal | None = None


def index_found(workspace: Workspace, snapshot: Snapshot) -> list[Found]:
    """Where the index says otherwise than the records; asked before anything opens it, for then it is made again."""
    repo = snapshot.repo
    if repo is None or workspace.at or not location(repo).exists() or sealed(location(repo)):
        return []
    from lianxin.storage.find.store import forget
    from lianxin.storage.index.remake import remake

    try:
        differing = remake(snapshot).differing
        forget(snapshot)  # what is searched was made of it
    except (OSError, sqlite3.Error):
        return []  # another command is at it
    return [Found("A025", f"索引里的「{what}」和文件里的不一样，现在已经重做", name) for name, what in differing]


def looked_at(workspace: Workspace) -> Snapshot:
    """The ledger as it stands, or as the commit has it that is looked at.

    Raises:
        LianxinError: It is under no git, or nothing was ever committed.
    """
    if workspace.at:
        return at_commit(workspace.root, workspace.at)
    Repo.needed(workspace.root)
    snapshot = take(workspace.root)
    if not snapshot.commit:
        raise LianxinError("这本台账还没有入过账，没有可查的")
    return snapshot


def audit(
    workspace: Workspace,
    book: LedgerBook,
    snapshot: Snapshot,
    beside: Sequence[Found] = (),
    *,
    whole: bool = False,
    since: Seal | None = None,
    sealing: bool = False,
    progress: Progress | None = None,
) -> Audited:
    """Go through the books.

    Args:
        workspace: The data folder.
        book: Its records.
        snapshot: What is gone through.
        beside: What was found before the records were opened.
        whole: Trust nothing that was found another time.
        since: Hold history against this seal.
        sealing: Make a seal of it.
        progress: Told (done, total).
    """
    repo = Repo.needed(workspace.root)
    head, here = snapshot.commit, not workspace.at
    ids = listed(repo, head)
    reader = Reader(repo, book.context)
    rules = f"{maker('core', 'kinds', 'storage', 'actions')} {digest(snapshot)} {signed_by_rule(repo)}"
    memo = None if whole or since or sealing or not here else recall(repo, rules, ids)
    fresh = listed(repo, head, memo.head) if memo else ids
    became = rewritten(workspace.root)
    known = _known(repo, book, memo)
    known.remade = frozenset(became.values())
    found = [*(memo.found if memo else ()), *walked(repo, fresh, reader, known, workspace.clock, progress)]
    if here and fresh and not (reader.missing or reader.spoilt):
        names = {id_: [*said] for id_, said in known.names.items()}
        remember(repo, Memo(rules, head, found, names, sorted(known.gone)))
    found += beside
    if here:
        found += _here(repo, snapshot, book, reader, ids)
    found += [
        one for seal in ((since,) if since else kept(repo) if here else ()) for one in against(repo, seal, ids, became)
    ]
    seal = made(repo, head, len(ids), workspace.now) if sealing else None
    if seal and here:
        keep(repo, seal)
    order = {id_: n for n, id_ in enumerate(ids)}
    told = sorted(dict.fromkeys(found), key=lambda one: order.get(one.commit, len(ids)))
    faults = [one for one in told if one.code in CODES]
    return Audited(head, len(ids), len(fresh), faults, [one for one in told if one.code not in CODES], seal, since)


def _known(repo: Repo, book: LedgerBook, memo: Memo | None) -> Known:
    if memo is None:
        return Known(repo)
    known = Known(repo, names_of(memo.names), set(memo.gone))
    for event, record in book.sql("SELECT id, record FROM event ORDER BY record DESC"):
        known.events[str(event)] = str(record)
    return known


def _here(repo: Repo, snapshot: Snapshot, book: LedgerBook, reader: Reader, ids: Sequence[str]) -> Iterator[Found]:
    """What is wrong with this folder and this machine's git, whatever was found in history."""
    yield from shown_otherwise(repo)
    yield from gone_back(repo, snapshot.commit, ids)
    yield from elsewhere(repo, snapshot.commit, ids)
    yield from folder(snapshot, reader)
    for name in book.spoilt():
        yield Found("A025", "索引里的和文件里的不一样；重做用 lianxin doctor --rebuild", name)
