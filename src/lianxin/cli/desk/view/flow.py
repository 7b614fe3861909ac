"""Pieces of a line, none of which is broken: as many side by side as the width holds, the rest below."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from lianxin.cli.desk.keys import KEYS


class Flow(Static):
    """Pieces side by side."""

    def __init__(self, pieces: Sequence[Content] = (), id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, markup=False)
        self._pieces = pieces
        self._room = 0

    def flow(self, pieces: Sequence[Content]) -> None:
        """Show other pieces."""
        self._pieces = pieces
        self._lay()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay them anew."""
        if self._room != self.content_size.width:
            self._lay()

    def _lay(self) -> None:
        self._room = self.content_size.width
        lines: list[list[Content]] = [[]]
        left = self._room
        for piece in self._pieces:
            if lines[-1] and piece.cell_length > left:
                lines.append([])
                left = self._room
            lines[-1].append(piece)
            left -= piece.cell_length + 2
        self.update(Content("\n").join(Content("  ").join(line) for line in lines))


def key_line() -> Flow:
    """The last line: what every key does."""
    pieces = [
        Content.assemble((key.cap, "bold $foreground"), f" {key.label}").stylize(
            Style.from_meta({"@click": f"app.clicked('{key.action}')"})
        )
        for key in KEYS
    ]
    return Flow(pieces, id="keys")
