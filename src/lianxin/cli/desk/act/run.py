"""Running a command of ours beside the screen, or below it."""

from __future__ import annotations

import asyncio
import subprocess
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
    process = await asyncio.create_subprocess_exec(
        *_line(session, words),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, error = (told.decode(errors="replace").strip() for told in await process.communicate())
    if process.returncode not in (Exit.FINE, Exit.PROBLEMS):
        raise LianxinError(error or "没有办成")
    return out or error


def at_terminal(session: Session, words: Sequence[str]) -> None:
    """Run a command in the terminal itself, and wait until whoever sits there has read what it said."""
    subprocess.run(_line(session, words), check=False)
    sys.stdout.write("\n按回车回到工作台")
    sys.stdout.flush()
    sys.stdin.readline()


def _line(session: Session, words: Sequence[str]) -> list[str]:
    day = ("--today", session.today.isoformat()) if session.today else ()
    who = ("--as", session.actor) if session.actor else ()
    return [sys.executable, "-m", "lianxin", "--data", str(session.workspace().root), *day, *who, *words]
