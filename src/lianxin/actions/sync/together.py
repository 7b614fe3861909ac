"""What another desk has written and what this one has, as one book: one commit, or none where only one wrote."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lianxin.actions.retry import retried
from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError
from lianxin.core.problem import spelt
from lianxin.kinds import ARCHIVE
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.repo import Repo
from lianxin.storage.merge.tree import bases, together
from lianxin.storage.merge.unsettled import Unsettled
from lianxin.storage.sealed import NAME, digest
from lianxin.storage.write.journal import Change, Journal, NewCommit


class Joined(Struct, frozen=True):
    """What came of it.

    Attributes:
        before: Where this desk stood.
        commit: Where it stands.
        unsettled: What the two wrote differently.
    """

    before: str
    commit: str
    unsettled: tuple[Unsettled, ...] = ()


@retried
def join(workspace: Workspace, theirs: str) -> Joined:
    """Go on to what another desk has written, with what this one has.

    Args:
        workspace: With nothing left to be taken in.
        theirs: The last commit of the other; it was fetched.

    Raises:
        LianxinError: It is another ledger, or it cannot be written; nothing was.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        repo, ours = journal.repo, journal.repo.head()
        shared = bases(repo, ours, theirs)
        if not shared:
            raise LianxinError("那里是另一本台账，和这本没有共同的来历，没有合；请核对地址")
        if shared == [theirs]:
            return Joined(ours, ours)
        if shared == [ours]:
            changes = _changes(journal, book, _gone_on(repo, ours, theirs))
            return Joined(ours, journal.forward(theirs, changes))
        found = together(repo, ours, theirs)
        changes = _changes(journal, book, found.files)
        asked = tuple(("Unsettled", one.id) for one in found.unsettled)
        entry = NewCommit(
            changes,
            f"同步：合进别处记的{f'，{len(found.unsettled)} 份待定' if asked else ''}",
            (("Step", "sync"), *asked, *_seals(found.files)),
            workspace.author(book),
            also=(theirs,),
        )
        return Joined(ours, journal.commit([entry]), found.unsettled)


def _seals(files: Mapping[str, bytes | None]) -> list[tuple[str, str]]:
    """What stands for the lists of closed years that came to be by joining."""
    sums = (data for path, data in files.items() if path.startswith(f"{ARCHIVE}/") and path.endswith(f"/{NAME}"))
    return [("Seal", digest(data)) for data in sums if data is not None]


def _gone_on(repo: Repo, ours: str, theirs: str) -> dict[str, bytes | None]:
    """What each file holds in a commit that stands on ours."""
    entries = repo.between(ours, theirs)
    odd = next((one.path for one in entries if one.oid and not one.regular), "")
    if odd:
        raise LianxinError(f"那边的 {spelt(odd)} 不是普通文件，没有合；请找管理员把它去掉")
    if repo.prefix and len(entries) != repo.run("diff-tree", "-r", "-z", "--name-only", ours, theirs).count(b"\0"):
        raise LianxinError("台账在一个更大的仓库里，台账以外的文件那边也改过，没有合；请找管理员")
    there = [one for one in entries if one.oid]
    held = dict(zip((one.path for one in there), repo.blobs((one.oid for one in there), 1 << 31), strict=True))
    return {one.path: held.get(one.path) for one in entries}


def _changes(journal: Journal, book: LedgerBook, files: Mapping[str, bytes | None]) -> list[Change]:
    """What is to become of the files in the folder.

    Raises:
        LianxinError: One of them holds what is not committed.
    """
    edited = next((path for path in sorted({*book.dirty} & {*files})), "")
    if edited:
        raise LianxinError(f"{spelt(edited)} 有没收进来的改动，没有合；请先运行 lianxin commit，再同步")
    held = journal.repo.holds("HEAD", sorted(files))
    found = []
    for path, data in sorted(files.items()):
        base = journal.there(path) if path in held else None
        text = None if data is None else data.decode("utf-8", "surrogateescape")
        found.append(Change(path, text, base))
    return found
