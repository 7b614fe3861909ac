"""One question on the screen, answered by a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class Question(ModalScreen[bool]):
    """Yes or no; Esc and Enter mean what is safe."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "是"),
        Binding("n,escape,enter", "answer(False)", "否"),
    ]

    def __init__(self, question: str, lines: Sequence[str] = ()) -> None:
        super().__init__()
        self._question = question
        self._lines = lines

    def compose(self) -> ComposeResult:
        """What it is about, the question, the keys."""
        with Vertical(classes="question"):
            yield Static(Content("\n".join(self._lines)))
            yield Static(Content(self._question), classes="title")
            yield Static("[@click=screen.answer(True)]y 是[/]    [@click=screen.answer(False)]n 否[/]", classes="keys")

    def action_answer(self, yes: bool) -> None:
        """The answer."""
        self.dismiss(yes)
