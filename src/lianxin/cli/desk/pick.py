"""One of a few, picked by its number or by the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from lianxin.cli.form.base import answered_by

#: So many have a digit.
_DIGITS = 9


class Pick(ModalScreen[str | None]):
    """A few lines, one of which is meant."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title, self._choices = title, choices

    def compose(self) -> ComposeResult:
        """The lines, numbered."""
        with Vertical(id="box"):
            yield Static(Content.styled(self._title, "bold"), markup=False)
            lines = [f"{n if n <= _DIGITS else ' '} {label}" for n, (_, label) in enumerate(self._choices, 1)]
            yield OptionList(*lines, classes="ask", compact=True, markup=False)
            yield Static("数字或上下键 选   回车 定   Esc 算了", id="answers", markup=False)

    def on_mount(self) -> None:
        """The first is the likeliest."""
        self.query_one(OptionList).highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.dismiss(self._choices[event.option_index][0])

    def on_key(self, event: Key) -> None:
        """Its number will do."""
        if event.character and event.character.isdecimal() and 0 < int(event.character) <= len(self._choices):
            event.stop()
            answered_by(self)
            self.dismiss(self._choices[int(event.character) - 1][0])

    def action_leave(self) -> None:
        """None of them."""
        self.dismiss(None)
