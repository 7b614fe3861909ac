"""Writing beside the screen: one thing after another, each a command of its own and brought to its end."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from lianxin.cli.run.session import Session
from lianxin.core.error import LianxinError

if TYPE_CHECKING:
    from pathlib import Path

    from lianxin.actions.workspace import Workspace
    from lianxin.storage.station.standing import Standing

T = TypeVar("T")

#: Asks her whether something is so, from a thread; the answer is awaited.
Sure = Callable[[str], bool]


class Seated(Session, frozen=True):
    """A session at the desk: what has to be asked is asked on its screen."""

    sure: Sure = lambda _why: False

    def doubt(self, why: str) -> None:
        """Write by a clock that is likely wrong only if she says that it is right; asked once.

        Raises:
            LianxinError: It is wrong.
        """
        if not self.sure(why):
            raise LianxinError(f"没有写入：{why}；请先把电脑的日期和时间调准")

    def stranger(self, root: Path, found: Standing) -> None:  # noqa: ARG002 - as in a session
        """A clone that is no desk of the book is made one outside: it is asked which, and what it is called.

        Raises:
            LianxinError: Always.
        """
        raise LianxinError(f"没有写入：{found.why}；请先按 q 离开，运行 lianxin station 领一个字母，再回来")

    def named(self, letter: str) -> None:
        """The screen is the desk's: which letter this is stands under ``doctor``."""


class Writer:
    """What writes."""

    def __init__(self, session: Session, sure: Sure) -> None:
        known = {name: getattr(session, name) for name in session.__struct_fields__ if name != "sure"}
        self._session = Seated(**known, sure=sure)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="writing")

    def seat(self, person: str) -> None:
        """Write in somebody's name from now on."""
        self._session = replace(self._session, actor=person)

    def fresh(self) -> Session:
        """The session as a command of its own, which is taken back alone."""
        return replace(self._session, command=os.urandom(5).hex())

    async def run(self, work: Callable[[Workspace], T]) -> T:
        """Do what writes, or tries to.

        Raises:
            LianxinError: It was refused; nothing was written.
        """
        workspace = self.fresh().workspace()
        return await self.aside(lambda: work(workspace))

    async def aside(self, work: Callable[[], T]) -> T:
        """Do something in the thread that writes."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Wait for what is being written."""
        self._pool.shutdown(wait=True, cancel_futures=True)
