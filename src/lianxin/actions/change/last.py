"""Which command is taken back: the last of whoever writes here that still stands and can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from lianxin.actions.workspace import DESK
from lianxin.core.error import LianxinError
from lianxin.core.text.erased import ERASING, PURGING
from lianxin.storage.git.repo import Repo
from lianxin.storage.station.mark import letter_of
from lianxin.storage.write.committer import identity_of
from lianxin.storage.write.journal import Journal

#: So many commits are gone through for a command that can be taken back.
_REACH = 1000

#: Steps of the book as a whole that come by the way, and those behind which nothing is taken back.
_BY_THE_WAY, _WALLS = frozenset({"station", "sync"}), frozenset({"renumber", "archive"})

_FORM = "%H%x1f%P%x1f%cE%x1f%ad%x1f%s%x1f%(trailers:only,unfold)"


class Commit(Struct, frozen=True):
    """One commit, with what its trailers say by their keys."""

    id: str
    parent: str
    committer: str
    at: str
    subject: str
    told: dict[str, list[str]] = field(default_factory=dict)

    def says(self, key: str) -> str:
        """The first value of a trailer; empty when there is none."""
        return next(iter(self.told.get(key, ())), "")

    @property
    def command(self) -> str:
        """What tells the command it belongs to; empty where no command of ours wrote it."""
        return self.says("Command") or (self.id if self.says("Step") else "")


class Last(Struct, frozen=True):
    """The commits of a command, the last first.

    Attributes:
        passed: Those of hers that came after it and stay, the last first.
        erasings: Every commit since that took somebody's personal data out, whoever made it.
    """

    commits: tuple[Commit, ...]
    passed: tuple[Commit, ...]
    erasings: tuple[Commit, ...]


def final(passed: Sequence[Commit]) -> str:
    """Why what came last is not taken back."""
    return (
        f"上一条是「{passed[0].subject}」，注销不能撤销：撤了，注销的姓名电话就又回到台账里；误注销的，凭原件重新登记"
    )


def last_command(journal: Journal) -> Last:
    """The last command of whoever commits here that still stands and can be taken back.

    Raises:
        LianxinError: There is none.
    """
    me, here = identity_of(journal.repo).email, letter_of(journal.repo)
    gone: set[str] = set()
    found: list[Commit] = []
    passed: list[Commit] = []
    erasings: list[Commit] = []
    for commit in _history(journal.repo):
        if not found and commit.says("Step") == ERASING:
            erasings.append(commit)
        if found:
            if commit.command == found[0].command:
                found.append(commit)
        elif commit.says("Undoes"):
            gone.add(commit.says("Undoes"))
        elif commit.says("Step") == "init" and commit.parent == "":
            break
        elif commit.says("Step") in _WALLS:
            raise LianxinError(
                f"上一条是「{commit.subject}」，不能用撤销；归档要撤回的：lianxin archive 年份 --withdraw --why 事由"
            )
        elif commit.says("Step") in _BY_THE_WAY or commit.says(DESK) not in ("", here):
            continue
        elif commit.command and commit.command not in gone and commit.committer == me:
            (passed if commit.says("Step") in (ERASING, PURGING) else found).append(commit)
    if not found and passed:
        raise LianxinError(final(passed))
    if not found:
        raise LianxinError("没有可以撤销的了：往前再没有您在这台机器上记下、还没撤销的")
    return Last(tuple(found), tuple(passed), tuple(erasings))


def _history(repo: Repo) -> Iterator[Commit]:
    """The commits of the branch in hand that touch the data folder, newest first."""
    if not repo.head():
        return
    folder = (repo.prefix,) if repo.prefix else ()
    output = repo.run(
        *("log", "-z", "--no-merges", f"-{_REACH}", "--date=format:%Y-%m-%d %H:%M", f"--format={_FORM}", "HEAD"),
        *("--", *folder),
    )
    for line in output.decode(errors="replace").split("\0"):
        if line:
            id_, parents, committer, at, subject, trailers = line.split("\x1f", 5)
            told: dict[str, list[str]] = {}
            for trailer in trailers.splitlines():
                key, _, value = trailer.partition(": ")
                told.setdefault(key, []).append(value)
            yield Commit(id_, parents.partition(" ")[0], committer, at, subject, told)
