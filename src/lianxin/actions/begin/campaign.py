"""Campaign packs: shipped folders that an office copies into its data, and may change there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from lianxin.actions.hand.handedit import hand_edit
from lianxin.actions.retry import retried
from lianxin.actions.workspace import MARK, Workspace
from lianxin.core.asset import asset
from lianxin.core.error import UsageError
from lianxin.kinds.path import near
from lianxin.storage.write.committer import identity_of
from lianxin.storage.write.journal import Change, NewCommit
from lianxin.storage.write.text.writing import edit_text

#: In the data folder as among the templates.
FOLDER = "campaigns"


class Joined(Struct, frozen=True):
    """Campaigns that were added to an office's data, and the commit that did it."""

    root: Path
    names: tuple[str, ...]
    commit: str


def packs() -> tuple[str, ...]:
    """The names of the shipped campaigns."""
    return tuple(sorted(folder.name for folder in asset(FOLDER).iterdir() if (folder / "campaign.yaml").is_file()))


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """The campaigns asked for, each once.

    Raises:
        UsageError: One of them is not shipped; all that are stand in the sentence.
    """
    known = packs()
    for name in names:
        if name not in known:
            raise UsageError(f"没有「{name}」这个活动，自带的有 {'、'.join(known)}{near(name, known)}")
    return tuple(dict.fromkeys(names))


def pack(name: str) -> list[Change]:
    """The files of a shipped campaign as they are put into an empty data folder."""
    folder = asset(FOLDER, name)
    return [
        Change(f"{FOLDER}/{name}/{file.relative_to(folder).as_posix()}", file.read_text(encoding="utf-8"), None)
        for file in sorted(folder.rglob("*.yaml"))
    ]


@retried
def join(workspace: Workspace, names: Sequence[str]) -> Joined:
    """Add campaigns to an office that has its data already; what it has changed of them stays as it is.

    Raises:
        UsageError: No such campaign, or all of them are in force.
        LianxinError: It cannot be written.
    """
    wanted = chosen(names)
    journal = workspace.journal()
    before = workspace.office.campaigns
    fresh = tuple(name for name in wanted if name not in before)
    if not fresh:
        raise UsageError(f"{'、'.join(wanted)} 已经在用了")
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        base = journal.held(MARK)
        changes = [change for name in fresh for change in pack(name) if journal.read(change.path) is None]
        changes.append(Change(MARK, edit_text(base.decode(), {"活动": [*before, *fresh]}), base))
        subject = f"开展活动：{'、'.join(fresh)}"
        identity = identity_of(journal.repo)
        taken_in = hand_edit(workspace, book, MARK, (identity.name, identity.email))
        entry = NewCommit(changes, subject, (("Step", "init"),))
        commit = journal.commit([taken_in, entry] if taken_in else [entry])
    return Joined(workspace.root, fresh, commit)
