"""How long the manual's way from an empty ledger to the first weekly report takes: typed in a real terminal, timed.

``python -m proof.walk``: what stands in ``docs/手册/把旧表搬进来.md`` is typed into a shell as a clerk would, key by
key, without the trial runs and without the flags that spare the questions, which are answered. What is measured is
the clock on the wall. How fast she types and reads is said below, and printed with the result.
"""

from __future__ import annotations

import os
import pty
import re
import select
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "手册" / "把旧表搬进来.md"
#: Seconds: a Chinese character by pinyin (40 a minute), any other key, each Enter with a look before it; then what is
#: new on the screen is read, so many characters a second, but never longer than this.
HAN, KEY, LOOK, READ, MOST = 1.5, 0.3, 1.5, 8.0, 30.0
_CLOCK = "2026-11-20 09:00"
_QUIET = 0.8
_FILE = re.compile(r"<!-- file 搬家 (\S+) -->\n```csv\n(.*?)```", re.DOTALL)
_RUN = re.compile(r"<!-- run 搬家[^>]*-->\n```console\n(.*?)```", re.DOTALL)
_ESCAPES = re.compile(r"\x1b(\[[0-9;?<>=]*[a-zA-Z~]|\][^\x07]*\x07|[=>()][0B]?)")
_PROMPT = "要敲的 "


class Clerk:
    """Somebody at a shell in a terminal of 80 columns."""

    def __init__(self, folder: Path) -> None:
        self.keys = 0
        pid, self._master = pty.fork()
        if pid == 0:
            os.chdir(folder)
            kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
            path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
            more = {"PATH": path, "PS1": _PROMPT, "TERM": "xterm", "COLUMNS": "80", "LINES": "24"}
            os.execvpe("bash", ["bash", "--norc", "--noprofile"], kept | more | {"LIANXIN_CLOCK": _CLOCK})  # noqa: S606 - a shell is what is wanted
        self.answer()

    def type(self, text: str) -> None:
        """Key by key; then a look, and Enter."""
        for letter in text:
            time.sleep(HAN if unicodedata.east_asian_width(letter) == "W" else KEY)
            self._send(letter)
        time.sleep(LOOK)
        self._send("\r")

    def answer(self) -> str:
        """Whatever comes, read once it has come to rest."""
        said = b""
        while select.select([self._master], [], [], _QUIET if said else 30)[0]:
            piece = os.read(self._master, 65536)
            if b"\x1b[6n" in piece:
                os.write(self._master, b"\x1b[1;1R")
            said += piece
        text = _ESCAPES.sub("", said.decode("utf-8", "replace"))
        time.sleep(min(len(re.sub(r"\s", "", text)) / READ, MOST))
        return text

    def _send(self, letter: str) -> None:
        self.keys += 1
        os.write(self._master, letter.encode())


def _commands(page: str) -> Iterator[str]:
    """What a clerk types of the page: no trial runs, no list that is only looked at, no flag against questions."""
    for block in _RUN.findall(page):
        for line in block.splitlines():
            if line.startswith("$ ") and "--试运行" not in line and "--模板" not in line:
                yield line.removeprefix("$ ").replace(" --不问", "")


def main() -> None:
    """Walk, and say how long it took."""
    page = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in _FILE.findall(page):
            (folder / Path(path).name).write_text(text, encoding="utf-8")
        begun = time.monotonic()
        clerk = Clerk(folder)
        for command in _commands(page):
            since = time.monotonic()
            clerk.type(command)
            said = clerk.answer()
            while not said.endswith(_PROMPT):
                clerk.type("")
                said = clerk.answer()
            lines = [line for line in said.splitlines() if line.strip() and line != _PROMPT]
            print(f"{time.monotonic() - since:6.1f} s  {command}  {lines[-2:][0] if lines else ''}", flush=True)
        there = sorted(path.name for path in folder.glob("周报.*"))
        took = (time.monotonic() - begun) / 60
        print(f"{took:.1f} minutes, {clerk.keys} keys, {', '.join(there) or 'no report'}")
        print(
            f"a Chinese character {HAN} s, a key {KEY} s, an Enter {LOOK} s more, {READ:.0f} characters read a second"
        )


if __name__ == "__main__":
    main()
