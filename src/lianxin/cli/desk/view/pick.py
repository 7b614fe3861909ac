"""One of a few, picked by its number or by the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar
from unicodedata import normalize

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import OptionList, Static

from lianxin.cli.desk.keys import NUMBERS
from lianxin.cli.form.base import Over, answered_by


class Pick(Over[str | None]):
    """A few lines, one of which is meant.

    Args:
        title: What is asked.
        choices: What each means, and says.
        early: Keys that were typed before it was there.
        numbers: The key of each; they are counted where there are none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], early: Sequence[Key] = (), numbers: str = NUMBERS
    ) -> None:
        super().__init__()
        self._numbers = numbers
        self._title, self._choices, self._early = title, choices, early

    def compose(self) -> ComposeResult:
        """The lines, numbered."""
        with Vertical(id="box"):
            yield Static(Content.styled(self._title, "bold"), markup=False)
            lines = [f"{self._numbers[n : n + 1] or ' '} {label}" for n, (_, label) in enumerate(self._choices)]
            yield OptionList(*lines, classes="ask", compact=True, markup=False)
            yield Static("按行首的数字、字母，或用上下键选   回车 定   Esc 算了", id="answers", markup=False)

    def on_mount(self) -> None:
        """The first is the likeliest."""
        self.query_one(OptionList).highlighted = 0
        for key in self._early:  # typed before it was there
            self.post_message(key)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.dismiss(self._choices[event.option_index][0])

    def on_key(self, event: Key) -> None:
        """The key before it will do, full-width or a capital too."""
        typed = normalize("NFKC", event.character).lower() if event.is_printable and event.character else " "
        place = self._numbers.find(typed)
        if 0 <= place < len(self._choices):
            event.stop()
            answered_by(self)
            self.dismiss(self._choices[place][0])

    def action_leave(self) -> None:
        """None of them."""
        self.dismiss(None)
