"""A long list leafed through at a terminal: the first page is there at once, the others when they are wanted."""

from __future__ import annotations

import os
import shutil
import sys
import termios
import tty
from collections.abc import Callable, Iterator
from itertools import islice

from msgspec.structs import replace

from lianxin.cli.run.saying import turned
from lianxin.core.document import Document, Face
from lianxin.formats import format_for, render
from lianxin.formats.face.mask import mask
from lianxin.formats.screen.part import notes_alone, row_count
from lianxin.formats.screen.reworded import reworded

#: Rows that are asked for and laid out together.
ROWS = 200
_ASKED = "—— 空格 下一页 · 回车 下一行 · q 不看了 ——"
#: What is typed for the next page, the next line, the end; an arrow or a page key comes as several characters.
_PAGE, _LINE, _END = {" ", "f", "\x1b[6~", "\x1b[C"}, {"\r", "\n", "j", "\x1b[B"}, {"q", "Q", "\x1b", "\x03", "\x04"}


def leaf(first: Document, more: Callable[[int], Document]) -> None:
    """Show a list page by page until somebody has seen enough.

    Args:
        first: The first ``ROWS`` rows.
        more: The rows after so many; where they are the last, fewer than ``ROWS``.
    """
    lines = _lines(first, more)
    while _shown(lines, shutil.get_terminal_size((80, 24)).lines - 1):
        key = _key()
        while key in _LINE and _shown(lines, 1):
            key = _key()
        if key in _END or key in _LINE:
            return


def _shown(lines: Iterator[str], many: int) -> bool:
    """Whether so many lines were there to be printed."""
    made = list(islice(lines, many))
    sys.stdout.write("".join(f"{line}\n" for line in made))
    sys.stdout.flush()
    return len(made) == many


def _lines(first: Document, more: Callable[[int], Document]) -> Iterator[str]:
    """The lines of all rows: the title over the first part, where it came from under the last."""
    document, seen = first, 0
    while True:
        many = row_count(document)
        last = many < ROWS
        if seen and not many:  # the part before ended with the last row
            document = notes_alone(document)
        lines = _laid(document if last else replace(document, provenance=None))
        yield from lines[1:] if seen else lines
        if last:
            return
        seen += many
        document = more(seen)


def _laid(document: Document) -> list[str]:
    color = "NO_COLOR" not in os.environ
    width = shutil.get_terminal_size((80, 24)).columns
    told = mask(reworded(document, turned), Face.INTERNAL)
    return str(render(told, format_for("terminal"), width=width, color=color)).splitlines()


def _key() -> str:
    """What is typed next, the question wiped away."""
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    try:
        tty.setcbreak(keyboard, termios.TCSADRAIN)  # what is typed ahead stays
        sys.stdout.write(f"\x1b[7m{_ASKED}\x1b[0m")
        sys.stdout.flush()
        typed = ""
        while typed not in _PAGE | _LINE | _END:
            typed = os.read(keyboard, 16).decode(errors="replace") or "q"
        return typed
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
        sys.stdout.write("\r\x1b[K")
        sys.stdout.flush()
