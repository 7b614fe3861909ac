"""Whether the machine's clock can be right, by the commit that HEAD stands on.

What is written by a clock that runs ahead lies after everything that is written until the day it tells of.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.core.value import show_moment
from lianxin.storage.git.repo import Repo

#: An office may rest for a month, and over the new year; so long it does not.
AHEAD = timedelta(days=60)
#: Two machines are never quite at one.
BEHIND = timedelta(minutes=10)

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
        return f"电脑的时钟是 {show_moment(clock)}，比上一次入账（{show_moment(last)}）还早，时钟可能走慢了"
    return ""
