"""Running a command of ours beside the screen."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

from lianxin.cli.run.exit import Exit
from lianxin.cli.run.session import Session
from lianxin.core.error import LianxinError


async def run(session: Session, words: Sequence[str]) -> str:
    """What a command says.

    Raises:
        LianxinError: It refused.
    """
    day = ("--today", session.today.isoformat()) if session.today else ()
    line = [sys.executable, "-m", "lianxin", "--data", str(session.workspace().root), *day, *words]
    process = await asyncio.create_subprocess_exec(
        *line,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, error = (told.decode(errors="replace").strip() for told in await process.communicate())
    if process.returncode not in (Exit.FINE, Exit.PROBLEMS):
        raise LianxinError(error or "没有办成")
    return out or error
