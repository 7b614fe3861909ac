"""Commands as forks of one process that has taken them before: most of a command's time is Python's own start.

The process has the library preloaded, which takes no notice of it. A fork that is to be stopped tells the library so
when it begins to be a command; the gits it starts are told by the environment, as anybody's would be.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import select
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from proof.ledger import SCRATCH, TODAY, Answer, environment

_ADOPTS = 36  # PR_SET_CHILD_SUBREAPER
_LATER = 10.0  # seconds that what a command started may go on after it


def prepare() -> None:
    """Be told when any process of a command ends, however it was started."""
    ctypes.CDLL(None).prctl(_ADOPTS, 1, 0, 0, 0)


def learn(root: Path, *lines: Sequence[str]) -> None:
    """Take commands here, in a folder that nobody needs: what is loaded and made ready for them stays."""
    from lianxin.cli.boundary import run

    here, kept = Path.cwd(), os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        os.chdir(root)
        for words in lines:
            run([*TODAY, *words])
    finally:
        os.chdir(here)
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
    gc.collect()
    gc.freeze()


def say(
    root: Path, words: Sequence[str], told: Mapping[str, str] | None = None, wait: float = 60
) -> tuple[Answer, int]:
    """A command in a folder, all its processes in a group of their own.

    Args:
        root: The folder.
        words: After ``lianxin``.
        told: What the library is to do, if anything.
        wait: So many seconds; 999 stands for the answer of one that takes longer.

    Returns:
        The answer, and the group.
    """
    output = SCRATCH / f"said-{os.getpid()}"
    group = os.fork()
    if not group:
        try:
            _become(root, words, told or {}, output)
        finally:
            os._exit(70)
    with os.fdopen(os.pidfd_open(group)) as handle:
        ended, _, _ = select.select([handle], [], [], wait)
    if not ended:
        os.killpg(group, signal.SIGKILL)
    _, status = os.waitpid(group, 0)
    code = os.waitstatus_to_exitcode(status) if ended else 999
    return Answer(code, output.read_text(errors="replace")), group


def _become(root: Path, words: Sequence[str], told: Mapping[str, str], output: Path) -> None:
    os.setsid()
    os.chdir(root)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    said = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    os.dup2(said, 1)
    os.dup2(said, 2)
    settings = environment()
    os.environ.clear()
    os.environ.update(settings | ({**told, "INJECT_MAIN": str(os.getpid())} if told else {}))
    sys.argv = ["lianxin", *TODAY, *words]
    ctypes.CDLL(None).inject_begin()
    from lianxin.cli import main

    main()


def gone(group: int) -> bool:
    """Wait for the rest of a command's processes; False when some will not end."""
    until = time.monotonic() + _LATER
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < until:
            if os.waitpid(-group, os.WNOHANG) == (0, 0):
                time.sleep(0.005)
        os.killpg(group, signal.SIGKILL)
        return False
    return True
