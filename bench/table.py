"""A table that is printed row by row: what was measured stays on the screen, whatever happens to the next work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence

from bench.process import FailedError
from lianxin.core.error import LianxinError
from lianxin.formats.width import text_width

_GAP = "  "
#: Cells of a row behind what was measured.
Row = tuple[str, ...]


def mark(*, met: bool) -> str:
    """What stands behind a figure that is not as it should be."""
    return "" if met else " ✗"


class Printed:
    """A table of so many columns; what is wider than its column pushes the rest of its row to the right."""

    def __init__(self, title: str, widths: Mapping[str, int]) -> None:
        """Print the title and the heads.

        Args:
            title: Above the table.
            widths: By the head of each column, in Latin characters; the first column is told from the left.
        """
        self._widths = tuple(widths.values())
        self.title, self.rows = title, list[Sequence[str]]()
        sys.stdout.write(f"\n{title}\n\n")
        self.row(*widths)
        sys.stdout.write(_GAP.join("─" * width for width in self._widths) + "\n")

    def row(self, *cells: str) -> None:
        """Print a row at once, and keep it."""
        self.rows.append(cells)
        padded = []
        for n, (cell, width) in enumerate(zip(cells, self._widths, strict=False)):
            blank = " " * (width - text_width(cell))
            padded.append(f"{blank}{cell}" if n else f"{cell}{blank}")
        sys.stdout.write(_GAP.join(padded).rstrip() + "\n")
        sys.stdout.flush()

    def tried(self, name: str, look: Callable[[], Row]) -> bool:
        """Print a row, or that there is none and why, so that the others are still measured; whether it failed."""
        try:
            self.row(name, *look())
        except (FailedError, OSError, LianxinError) as error:
            self.row(name, "没有测成 ✗")
            self.note(str(error))
            return True
        return False

    def note(self, text: str) -> None:
        """Print a line that is no row."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
