"""Writing beside the screen: one thing after another, each a command of its own and brought to its end."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from lianxin.cli.run.session import Session

if TYPE_CHECKING:
    from lianxin.actions.workspace import Workspace

T = TypeVar("T")


class Writer:
    """What writes."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="writing")

    def fresh(self) -> Session:
        """The session as a command of its own, which is taken back alone."""
        return replace(self._session, command=os.urandom(5).hex())

    async def run(self, work: Callable[[Workspace], T]) -> T:
        """Do what writes, or tries to.

        Raises:
            LianxinError: It was refused; nothing was written.
        """
        workspace = self.fresh().workspace()
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, workspace)

    def close(self) -> None:
        """Wait for what is being written."""
        self._pool.shutdown(wait=True, cancel_futures=True)
