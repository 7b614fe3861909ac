"""What was known before a commit: who was in the books, which numbers had been given, what each command had changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from lianxin.actions.audit.change import Change
from lianxin.actions.station.renumber import renumbered
from lianxin.kinds import home
from lianxin.kinds.org import ORG
from lianxin.kinds.person import PERSON
from lianxin.storage.git.history import Commit, Delta, commits
from lianxin.storage.git.repo import Repo

#: Kinds whose names stand in what commits say.
NAMED = (PERSON, ORG)


class Known(Struct):
    """It grows while history is gone through, parents first.

    Attributes:
        repo: Where commits are looked up that were gone through another time.
        names: Everything that people and units were ever called, by their ids.
        gone: Files of records that were there once.
        events: Every step and the record it stands in.
        commands: The commits of each command.
        remade: Commits as they came to be when personal data were taken out of history: a change may be none any more.
    """

    repo: Repo
    names: dict[str, dict[str, None]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    events: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[Commit]] = field(default_factory=dict)
    remade: frozenset[str] = frozenset()

    def meet(self, commit: Commit, changes: Sequence[Change]) -> None:
        """Take in whom a commit brings into the books, and to which command it belongs; before it is judged."""
        if commit.command:
            self.commands.setdefault(commit.command, []).append(commit)
        for change in changes:
            new = change.new
            if new is not None and new.kind in NAMED and new.record is not None:
                self.names.setdefault(new.id, {})[new.kind.title(new.record)] = None

    def leave(self, changes: Sequence[Change]) -> None:
        """Take in what it took away; once it is judged."""
        self.gone.update(one.delta.path for one in changes if one.old is not None and not one.delta.new)

    def restored(self, commit: Commit, changes: Sequence[Change]) -> frozenset[str]:
        """The files that are as they were before the command that a commit says it takes back."""
        before: dict[str, Delta] = {}
        for one in self._command(commit.says("Undoes")):
            for delta in one.deltas:
                before.setdefault(delta.path, delta)
        return frozenset(
            one.delta.path
            for one in changes
            if one.delta.path in before and before[one.delta.path].old == one.delta.new
        )

    def given_way(self, commit: Commit, changes: Sequence[Change]) -> frozenset[str]:
        """The files in which a commit did nothing but give records other numbers, wherever they stand."""
        gone = sorted(one.record for one in changes if one.old is not None and not one.delta.new)
        ids = dict(zip(gone, commit.told.get("Record", ()), strict=False))
        held = {one.delta.path: one.old.data for one in changes if one.old is not None}
        made = {one.path: one.text for one in renumbered(held, ids)} if ids else {}
        right = {one.delta.path for one in changes if made.get(one.delta.path, "") == _text(one)}
        return frozenset(right if len(right) == len(changes) else ())

    def _command(self, command: str) -> Sequence[Commit]:
        """Its commits, the first of them first."""
        if command and command not in self.commands:
            self.commands[command] = [*self._looked_up(command)]
        return self.commands.get(command, ())

    def _looked_up(self, command: str) -> Iterator[Commit]:
        if not command.isalnum() and not command.replace("-", "").isalnum():
            return
        words = ("log", "--reverse", "--format=%H", "-F", f"--grep=Command: {command}")
        ids = self.repo.run(*words).decode().split() or [self.repo.commit_of(command)]
        yield from (one for one in commits(self.repo, [id_ for id_ in ids if id_]) if one.command == command)


def put_away(repo: Repo, commit: Commit, changes: Sequence[Change]) -> frozenset[str]:
    """The files that went into the archive of a closed year, or came out of it, as they are.

    What another desk went on with meanwhile stands beside the archive: then the archived one only goes.
    """
    come = {(home(one.delta.path), one.delta.new): one.delta.path for one in changes if not one.delta.old}
    gone = [one.delta for one in changes if not one.delta.new]
    pairs = {one.path: come.get((home(one.path), one.old), "") for one in gone}
    alone = [path for path, there in pairs.items() if not there and home(path) != path]
    beside = repo.holds(commit.id, [home(path) for path in alone]) if alone else set()
    return frozenset(
        (*(path for pair in pairs.items() if pair[1] for path in pair), *(one for one in alone if home(one) in beside))
    )


def _text(change: Change) -> str | None:
    return None if change.new is None else change.new.data.decode("utf-8", "surrogateescape")


def names_of(names: Mapping[str, Sequence[str]]) -> dict[str, dict[str, None]]:
    """Names as they were kept, to be added to."""
    return {id_: dict.fromkeys(said) for id_, said in names.items()}
