"""The command line: words in, words out; nothing here knows a rule of the office."""

from __future__ import annotations

import contextlib
import gc
import os
import sys


def main() -> None:
    """Entry point of ``lianxin`` and ``lx``."""
    if sys.platform == "win32":
        sys.stderr.write("lianxin 不能直接在 Windows 上运行，请在 WSL 里使用\n")
        sys.exit(3)
    gc.set_threshold(200_000, 20, 20)  # what is loaded at the start stays: looking through it time and again is waste
    from lianxin.cli.run.stop import listen, obey

    listen()
    try:
        from lianxin.cli.boundary import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130  # before or after all that could be told of it
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    obey()
    os._exit(code)  # everything is written and closed: taking the interpreter apart would tell the user nothing
