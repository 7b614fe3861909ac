"""A person at a real terminal."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pyte
from tests.cli.desk import ENVIRONMENT, MINUTE, TODAY, Desk

#: Keys; ``CLEAR`` takes away what stands in a field.
ENTER, TAB, DOWN, UP, INTERRUPT, ESCAPE, CLEAR = "\r", "\t", "\x1b[B", "\x1b[A", "\x03", "\x1b", "\x15"
WRITE, MORE, BACK, BACKSPACE, END = "\x13", "\x0f", "\x1b[Z", "\x7f", "\x1b[F"

#: What pyte would print instead of doing nothing.
_UNKNOWN = re.compile(r"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-z]")


class Terminal:
    """A person at an 80-column terminal."""

    def __init__(self, desk: Desk | Path, *words: str, lines: int = 40, today: str = TODAY) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        for size in ("LINES", "COLUMNS"):  # whoever runs the tests may say how large his own is
            environment.pop(size, None)
        clock = today if " " in today else f"{today} {MINUTE}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lianxin", *words],
            cwd=desk.root if isinstance(desk, Desk) else desk,
            env=environment | ENVIRONMENT | {"TERM": "xterm", "LIANXIN_CLOCK": clock},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
        )
        os.close(slave)
        self.shown = ""
        self.screen = pyte.Screen(80, lines)
        self._drawn = pyte.Stream(self.screen)
        self._decoded = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self._begun = ""  # of a sequence whose end has not come

    def wait_for(self, text: str, seconds: float = 60) -> None:
        """Wait until a text is shown, wherever it is broken into lines."""
        deadline = time.monotonic() + seconds
        wanted = re.compile(r"(?:\r?\n *)?".join(" *" if one == " " else re.escape(one) for one in text))
        while not wanted.search(self.shown):
            if not self._read():
                break
            assert time.monotonic() < deadline, self.shown
        found = wanted.search(self.shown)
        assert found, self.shown
        self.shown = self.shown[found.end() :]

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, line by line."""
        drawn = self.screen.buffer  # pyte's own display breaks where half of a wide character was overwritten
        places = range(self.screen.columns)
        return ["".join(drawn[y][x].data for x in places).rstrip() for y in range(self.screen.lines)]

    def see(self, text: str, seconds: float = 20) -> None:
        """Wait until a text stands on the screen, wherever it is broken into lines."""
        deadline = time.monotonic() + seconds
        wanted = re.sub(r"\s", "", text)
        while wanted not in re.sub(r"\s", "", "".join(self.lines)):
            assert self._read(), "\n".join(self.lines)
            assert time.monotonic() < deadline, "\n".join(self.lines)

    @property
    def hand(self) -> str:
        """The label of the field that has the hand: it is seen reversed."""
        starts = (0, 2)  # by itself, and in the desk's frame
        rows = ((y, x) for y in range(self.screen.lines) for x in starts if self.screen.buffer[y][x].reverse)
        return next((self.lines[y][x:].split()[0].strip("*") for y, x in rows), "")

    def come_to(self, label: str, seconds: float = 20) -> None:
        """Wait until the hand is in a field."""
        deadline = time.monotonic() + seconds
        while self.hand != label:
            assert self._read(), "\n".join(self.lines)
            assert time.monotonic() < deadline, (label, self.hand, *self.lines)

    def row(self, label: str, seconds: float = 20) -> str:
        """What stands in a field, as it is seen once the screen is drawn to its end."""
        deadline = time.monotonic() + seconds
        while True:
            before = self.lines
            assert self._read(), "\n".join(before)
            found = next((line for line in self.lines if line.startswith(label)), None)
            if found is not None and self.lines == before:
                return found.removeprefix(label).strip(" *▁▂▃▄▅▆▇█")
            assert time.monotonic() < deadline, (label, *self.lines)

    def reach(self, label: str) -> None:
        """Put the hand in a field that follows."""
        came = {""}
        deadline = time.monotonic() + 60
        while self.hand != label:
            if self.hand not in came:
                came.add(self.hand)
                self.type(TAB)
            assert self._read(), "\n".join(self.lines)
            assert time.monotonic() < deadline, "\n".join(self.lines)

    def fill(self, *pairs: tuple[str, str]) -> None:
        """Wait until a text stands on the screen, then type; of each in turn."""
        for text, keys in pairs:
            self.see(text)
            self.type(keys)

    def _read(self) -> bool:
        """Read what is shown next, for a moment; False when the other side is gone."""
        ready, _, _ = select.select([self.master], [], [], 0.2)
        if ready:
            try:
                piece = self._begun + self._decoded(os.read(self.master, 65536))
            except OSError:
                return False
            whole = re.sub(r"\x1b(\[[0-9;?]*)?\Z", "", piece)
            piece, self._begun = whole, piece[len(whole) :]
            if "\x1b[6n" in piece:  # where is the cursor?
                os.write(self.master, b"\x1b[1;1R")
            self._drawn.feed(_UNKNOWN.sub("", piece))
            self.shown += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", piece)
        return True

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def end(self) -> int:
        """Its exit code; what it still shows, and asks of the terminal, is read to its end."""
        deadline = time.monotonic() + 60
        while (code := self.process.poll()) is None:
            assert time.monotonic() < deadline, self.shown
            self._read()
        while select.select([self.master], [], [], 0.2)[0] and self._read():
            pass
        os.close(self.master)
        return code

    def answer(self, *pairs: tuple[str, str | None]) -> None:
        """Wait for each text in turn and type its answer; nothing where there is none."""
        for text, keys in pairs:
            self.wait_for(text)
            if keys is not None:
                self.type(keys)
