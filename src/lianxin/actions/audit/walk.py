"""History gone through, parents first: every commit judged by what it did to the records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime

from lianxin.actions.audit.found import Found, in_commit
from lianxin.actions.audit.joined import joined
from lianxin.actions.audit.judge import judged
from lianxin.actions.audit.known import Known
from lianxin.actions.audit.place import signatures
from lianxin.actions.audit.reader import Reader
from lianxin.core.value import show_moment
from lianxin.storage.git.clock import BEHIND
from lianxin.storage.git.history import Commit, commits
from lianxin.storage.git.repo import Repo

#: So many commits are asked for at a time.
_AT_ONCE = 2_000


def walked(
    repo: Repo,
    ids: Sequence[str],
    reader: Reader,
    known: Known,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Found]:
    """What is found in some commits.

    Args:
        repo: Where.
        ids: Parents before children.
        reader: Gives out what files held.
        known: What came before them.
        now: Nothing was committed later.
        progress: Told (done, total).
    """
    clock = _Clock(repo, now)
    cut = repo.cut()
    for start in range(0, len(ids), _AT_ONCE):
        window = [*commits(repo, ids[start : start + _AT_ONCE])]
        lacking = {parent for one in window if one.id not in cut for parent in one.parents}
        clock.learn(lacking - {one.id for one in window})
        reader.fetch(delta for one in window for delta in one.deltas)
        yield from signatures(repo, window)
        for number, commit in enumerate(window, start + 1):
            yield from _one(commit, reader, known, begun=commit.id in cut)
            yield from clock.dated(commit)
            if progress:
                progress(number, len(ids))
    for where, code, told in (
        (reader.missing, "A023", "这份文件从前的一版没有了"),
        (reader.spoilt, "A032", "这份文件从前的一版，内容不是编号所指的"),
    ):
        yield from (Found(code, told, path) for path in dict.fromkeys(where.values()))


def _one(commit: Commit, reader: Reader, known: Known, *, begun: bool) -> Iterator[Found]:
    if not commit.whole:
        yield in_commit(commit, "A032", "这一笔的内容不是它编号所指的")
    changes = [reader.change(delta) for delta in commit.deltas]
    known.meet(commit, changes)
    if begun:
        return  # what it changed cannot be known
    if len(commit.parents) > 1:
        yield from joined(commit, reader)
    else:
        yield from judged(commit, changes, known)
    known.leave(changes)


class _Clock:
    """Time goes on from each commit to the next; two machines are never quite at one."""

    def __init__(self, repo: Repo, now: datetime) -> None:
        self._repo = repo
        self._now = now.timestamp()
        self._times: dict[str, int] = {}

    def learn(self, ids: Collection[str]) -> None:
        """When commits were made to which others are held."""
        self._times |= {one.id: one.committer.at for one in commits(self._repo, sorted({*ids} - self._times.keys()))}

    def dated(self, commit: Commit) -> Iterator[Found]:
        """What is wrong with the time of a commit, or with that of one it joins; what is to come was told."""
        made = self._times[commit.id] = commit.committer.at
        if _behind(self._now, made):
            yield _untimely(commit, "还没到")
            return
        parents = [one for one in commit.parents if one in self._times]
        ahead = [one for one in parents if _behind(made, self._times[one]) and not _behind(self._now, self._times[one])]
        if not ahead:
            return
        if parents[0] in ahead or _behind(made, self._shared(commit)):
            yield _untimely(commit, "比前一笔还早")
        else:  # the desk that joined them went on in its own time
            later = f"比合进它的那一笔（{show_moment(commit.committer.local)}）还晚"
            yield from (_untimely(one, later) for one in commits(self._repo, ahead))

    def _shared(self, commit: Commit) -> int:
        """The last moment that both sides of a merge have in common."""
        found = self._repo.run("merge-base", "--all", *commit.parents[:2], check=False).decode().split()
        self.learn(found)
        return max((self._times[one] for one in found), default=0)


def _behind(one: float, other: float) -> bool:
    return other - one > BEHIND.total_seconds()


def _untimely(commit: Commit, how: str) -> Found:
    return in_commit(commit, "A015", f"入账时间 {show_moment(commit.committer.local)} {how}", commit.says("Record"))
