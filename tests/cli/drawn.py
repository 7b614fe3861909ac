"""A terminal as it is drawn: what a person sees of a program that has the whole screen."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pyte
from tests.cli.desk import ENVIRONMENT, TODAY


class Drawn:
    """A person in front of a terminal that has just typed ``lianxin``."""

    def __init__(self, root: Path, *words: str, size: tuple[int, int] = (80, 24), **more: str) -> None:
        self.width, self.height = size
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.told = b""
        self.master, slave = pty.openpty()
        self._sized()
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "NO_COLOR"))}
        environment |= ENVIRONMENT | {"TERM": "xterm-256color", "LIANXIN_CLOCK": f"{TODAY} 15:30"} | more
        self.before = termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lianxin", *words],
            cwd=root,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
        )
        self.slave = slave

    def _sized(self) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", self.height, self.width, 0, 0))

    def resize(self, width: int, height: int) -> None:
        """Pull at the window's corner."""
        self.width, self.height = width, height
        self.screen.resize(height, width)
        self._sized()

    @property
    def lines(self) -> list[str]:
        """What stands on the screen; the second half of a wide character is no character."""
        shown = []
        for y in range(self.height):
            row = self.screen.buffer[y]
            shown.append("".join(row[x].data for x in range(self.width)).rstrip())
        return shown

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def see(self, text: str, seconds: float = 60) -> None:
        """Wait until it stands on the screen."""
        deadline = time.monotonic() + seconds
        while text not in self.text:
            assert self._read() or self.process.poll() is None, self.text
            assert time.monotonic() < deadline, self.text

    def _read(self) -> bool:
        if not select.select([self.master], [], [], 0.2)[0]:
            return False
        try:
            piece = os.read(self.master, 65536)
        except OSError:
            return False
        self.told += piece
        self._stream.feed(piece)
        return True

    def end(self, seconds: float = 60) -> int:
        """Its exit code, everything it still draws being drawn."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < deadline, self.text
            self._read()
        while self._read():
            pass
        return self.process.returncode

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was: its modes, its own screen, its cursor, no mouse reports."""
        same = termios.tcgetattr(self.slave)[:4] == self.before[:4]
        last = {code: self.told.rfind(code) for code in (b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25l", b"\x1b[?25h")}
        own = last[b"\x1b[?1049l"] > last[b"\x1b[?1049h"] and last[b"\x1b[?25h"] > last[b"\x1b[?25l"]
        return same and own and self.told.rfind(b"\x1b[?1003l") > self.told.rfind(b"\x1b[?1003h")

    def drop(self) -> None:
        """The line is gone."""
        for end in (self.master, self.slave):
            with contextlib.suppress(OSError):
                os.close(end)
