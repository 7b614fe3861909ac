"""A stop from outside: a kill, or a terminal that went. It unwinds as Ctrl-C does, and then we die of it."""

from __future__ import annotations

import os
import signal
from types import FrameType

from lianxin.storage.git.process.child import interrupt

_STOPS = (signal.SIGTERM, signal.SIGHUP)
_CAME: list[int] = []


def listen() -> None:
    """Take a stop for an interruption; one that is ignored, as under ``nohup``, stays so."""
    for stop in _STOPS:
        if signal.getsignal(stop) is signal.SIG_DFL:
            signal.signal(stop, _unwind)


def _unwind(number: int, _frame: FrameType | None) -> None:
    """Leave whatever is being done; the other stop of a pair, as systems send them, leaves what is being put away."""
    if _CAME and number not in _CAME:
        return
    _CAME.append(number)
    interrupt()


def heed(number: int) -> None:
    """One has come, and is seen to by whoever heard of it; at the end we die of it all the same."""
    _CAME.append(number)


def came() -> bool:
    """Whether one has come."""
    return bool(_CAME)


def obey() -> None:
    """Die of it, if one has come: whoever sent it sees that it was heeded."""
    if _CAME:
        signal.signal(_CAME[0], signal.SIG_DFL)
        os.kill(os.getpid(), _CAME[0])
