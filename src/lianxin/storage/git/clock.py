"""Whether the machine's clock can be right, by the commit that HEAD stands on; and those of other desks, by theirs.

What is written by a clock that runs ahead lies after everything that is written until the day it tells of.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from lianxin.core.value import show_moment
from lianxin.storage.git.repo import Repo

#: An office may rest for a month, and over the new year; so long it does not.
AHEAD = timedelta(days=60)
#: Two machines are never quite at one.
BEHIND = timedelta(minutes=10)
#: Desks that meet tell of each other from here on.
APART = timedelta(days=1)

_SAYS = "%(trailers:key={},valueonly)"


def doubt(repo: Repo, clock: datetime) -> str:
    """Why the clock is likely wrong; empty when it is not, or nothing was committed yet.

    Args:
        repo: Where something is to be written.
        clock: What the machine's clock says.
    """
    told = repo.run("log", "-1", f"--format=%ct%x00{_SAYS.format('Step')}%x00{_SAYS.format('Command')}", check=False)
    when, *said = told.decode(errors="replace").strip("\n").split("\0")
    if not when.isdigit():
        return ""
    last = datetime.fromtimestamp(int(when))
    replayed = bool(said[0].strip()) and not said[1].strip()  # a history played again ends when it ends
    if clock - last > AHEAD and not replayed:
        days = (clock - last).days
        return f"电脑的时钟是 {show_moment(clock)}，离上一次入账（{show_moment(last)}）有 {days} 天，时钟可能走快了"
    if last - clock > BEHIND:
        return (
            f"电脑的时钟是 {show_moment(clock)}，比上一次入账（{show_moment(last)}）还早，时钟可能走慢了，"
            "或者上一次入账的电脑时钟走快了"
        )
    return ""


def apart(repo: Repo, before: str, after: str, clock: datetime, desk: str) -> Iterator[str]:
    """What came from desks whose clocks are not at one with this one's, a line a desk.

    Args:
        repo: Where it was fetched to.
        before: Where this desk stood; empty where nothing had been written.
        after: Where it stands.
        clock: What this machine's clock says.
        desk: The trailer by which a commit says at which desk it was made.
    """
    words = ("log", "--boundary", f"--format=%m%x00%H%x00%ct%x00%P%x00{_SAYS.format(desk)}%x01", after)
    told = repo.run(*words, *((f"^{before}",) if before else ())).decode(errors="replace")
    commits = [one.strip("\n").split("\0") for one in told.split("\1") if one.strip("\n")]
    times = {oid: datetime.fromtimestamp(int(when)) for _, oid, when, _, _ in commits}
    ahead: dict[str, list[datetime]] = {}
    behind: dict[str, list[datetime]] = {}
    for mark, oid, _, parents, letter in commits:
        if mark == "-":  # it was here
            continue
        earlier = [times[one] for one in parents.split() if one in times and times[one] - clock <= APART]
        if times[oid] - clock > APART:
            ahead.setdefault(letter.strip(), []).append(times[oid])
        elif earlier and max(earlier) - times[oid] > APART:
            behind.setdefault(letter.strip(), []).append(times[oid])
    for letter, found in sorted(ahead.items()):
        yield f"{_named(letter)}有 {len(found)} 笔记在还没到的时间（最晚 {show_moment(max(found))}），那台的时钟走快了"
    for letter, found in sorted(behind.items()):
        told = f"有 {len(found)} 笔记得比它前面的还早（最早 {show_moment(min(found))}），那台的时钟走慢了"
        yield f"{_named(letter)}{told}，或前面那台的走快了"


def _named(letter: str) -> str:
    return f"{letter} 台" if letter else "别的电脑"
