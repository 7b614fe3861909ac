"""Every command loads with nothing loaded before it but what all commands load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lianxin import cli

#: Where the commands stand.
ROOMS = ("care", "keep", "paper")

#: Loads what all have in common once, then each command in a process forked for it.
PROGRAM = """
import os, sys, traceback
from importlib import import_module
import lianxin.cli.app

for name in sys.argv[1:]:
    process = os.fork()
    if not process:
        try:
            import_module(name)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if os.waitpid(process, 0)[1]:
        print(name)
"""


def test_each_command_loads_by_itself() -> None:
    top = Path(cli.__file__).parent
    names = [f"lianxin.cli.{room}.{path.stem}" for room in ROOMS for path in sorted((top / room).glob("[!_]*.py"))]
    assert len(names) > 20
    done = subprocess.run([sys.executable, "-c", PROGRAM, *names], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.split() == [], done.stderr
