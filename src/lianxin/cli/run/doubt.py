"""A clock that is likely wrong: she is asked before anything is written by it."""

from __future__ import annotations

from contextvars import ContextVar

from lianxin.core.error import LianxinError

#: Whether she has said in this run that the clock is right.
_SURE: ContextVar[bool] = ContextVar("sure", default=False)


def certain(why: str, *, interactive: bool) -> bool:
    """Whether the clock is right all the same.

    Raises:
        LianxinError: There is nobody to be asked.
    """
    if _SURE.get():
        return True
    if not interactive:
        raise LianxinError(f"没有写入：{why}；请先看看电脑的日期和时间，准的话加 --yes 再来")
    from lianxin.cli.run.prompt import confirm
    from lianxin.cli.run.saying import speak

    speak(f"{why}。照这样记下去，以后的步骤会排不进去。\n")
    _SURE.set(confirm("电脑现在的日期和时间是准的吗？", doubtful=True))
    return _SURE.get()
