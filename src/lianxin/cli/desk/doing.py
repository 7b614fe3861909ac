"""The way from the desk to what writes: every change goes through here, in a thread, as a command of its own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from lianxin.cli.run.session import Session
from lianxin.core.declare.lifecycle import Step
from lianxin.kinds import KIND

if TYPE_CHECKING:
    from lianxin.actions.change.undo import Undone
    from lianxin.actions.step.advanced import Advanced
    from lianxin.actions.workspace import Workspace

T = TypeVar("T")


class Done(Struct, frozen=True):
    """What was written.

    Attributes:
        id: The record it is about.
        told: In one line.
    """

    id: str
    told: str


class Writer:
    """What writes, one thing after another; whatever has begun is brought to its end."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="writing")

    def fresh(self) -> Session:
        """The session as a command of its own, which is taken back alone."""
        return replace(self.session, command=os.urandom(5).hex())

    async def write(self, work: Callable[[Workspace], T]) -> T:
        """Do what writes.

        Raises:
            LianxinError: It was refused; nothing was written.
        """
        workspace = self.fresh().workspace()
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, workspace)

    def close(self) -> None:
        """Wait for what is being written."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def try_step(self, id_: str, step: Step) -> Advanced:
        """What a step that asks for nothing would come to."""
        return await self.write(lambda workspace: _advance(workspace, id_, step, dry_run=True))

    async def take_step(self, id_: str, step: Step) -> Done:
        """Take a step that asks for nothing."""
        done = await self.write(lambda workspace: _advance(workspace, id_, step, dry_run=False))
        return Done(id_, told(done))

    async def last(self) -> Undone:
        """What would be taken back."""
        from lianxin.actions.change.undo import undo

        return await self.write(lambda workspace: undo(workspace, dry_run=True))

    async def take_back(self, shown: Undone) -> Done:
        """Take back what was shown."""
        from lianxin.actions.change.undo import undo

        done = await self.write(lambda workspace: undo(workspace, shown=shown.commits[0].command))
        record = next(iter(done.commits[0].told.get("Record", ())), "")
        return Done(record, f"已撤销：{done.commits[0].subject}")


def _advance(workspace: Workspace, id_: str, step: Step, *, dry_run: bool) -> Advanced:
    from lianxin.actions.step.advance import advance

    return advance(workspace, KIND[_kind(id_)], id_, step, {}, dry_run=dry_run)


def _kind(id_: str) -> str:
    from lianxin.kinds import BY_PREFIX

    return BY_PREFIX[id_.partition("-")[0]].name


def told(done: Advanced) -> str:
    """What a step came to, in a line."""
    moved = f"{done.before} → {done.after}" if done.before != done.after else done.after
    return f"✓ {done.id} {done.step.label}：{moved}"
