"""History gone through, parents first: every commit judged by what it did to the records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    times: dict[str, int] = {}
    cut = repo.cut()
    for start in range(0, len(ids), _AT_ONCE):
        window = [*commits(repo, ids[start : start + _AT_ONCE])]
        lacking = {parent for one in window if one.id not in cut for parent in one.parents}
        lacking -= times.keys() | {one.id for one in window}
        times |= {one.id: one.committer.at for one in commits(repo, sorted(lacking))}
        reader.fetch(delta for one in window for delta in one.deltas)
        yield from signatures(repo, window)
        for number, commit in enumerate(window, start + 1):
            yield from _one(commit, reader, known, begun=commit.id in cut)
            yield from _dated(commit, times, now)
            times[commit.id] = commit.committer.at
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


def _dated(commit: Commit, times: dict[str, int], now: datetime) -> Iterator[Found]:
    """Time goes on from each commit to the next; two machines are never quite at one."""
    made = commit.committer
    before = max((times.get(parent, made.at) for parent in commit.parents), default=made.at)
    if before - made.at > BEHIND.total_seconds():
        yield in_commit(commit, "A015", f"入账时间 {show_moment(made.local)} 比前一笔还早", commit.says("Record"))
    elif made.at - now.timestamp() > BEHIND.total_seconds():
        yield in_commit(commit, "A015", f"入账时间 {show_moment(made.local)} 还没到", commit.says("Record"))
