"""A question over the screen: yes or no, or one of some lines."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

_YES, _NO = ("y", "Y", "ｙ", "enter"), ("n", "N", "ｎ", "escape")


class Question(ModalScreen[bool]):
    """Lines to read, and whether to go on."""

    def __init__(self, title: str, lines: Sequence[str], asked: str) -> None:
        super().__init__()
        self._title, self._lines, self._asked = title, lines, asked

    def compose(self) -> ComposeResult:
        """What is asked, and how it is answered."""
        with Vertical(id="box"):
            yield Static(Content.styled(self._title, "bold"), markup=False)
            with VerticalScroll(id="lines"):
                yield Static("\n".join(self._lines), markup=False)
            yield Static(f"{self._asked}    y 是    n 否（回车是，退出键否）", id="answers", markup=False)

    def on_key(self, event: Key) -> None:
        """Take the answer; any other key is none."""
        event.stop()
        if event.key in _YES or event.character in _YES:
            self.dismiss(True)
        elif event.key in _NO or event.character in _NO:
            self.dismiss(False)
