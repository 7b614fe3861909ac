"""What every application on the whole terminal shares: the terminal's own colours, and what befalls it is told by us.

Textual shows what broke with the values of all variables, which are people's names, and has no public way to have that
otherwise; what is used of it here holds for Textual 8.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from textual.app import App
from textual.binding import Binding, BindingType

T = TypeVar("T")


class Full(App[T]):
    """An application of ours.

    Attributes:
        broke: What befell it; whoever runs it raises it again, outside.
    """

    ENABLE_COMMAND_PALETTE = False
    #: In place of Textual's own, which speak English.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "interrupt", "中断", priority=True, show=False)]

    def __init__(self) -> None:
        super().__init__(ansi_color=True)
        self.broke: Exception | None = None

    def on_mount(self) -> None:
        """The colours are the terminal's."""
        self.theme = "ansi-dark"

    def action_interrupt(self) -> None:
        """Leave at once; whatever was typed is kept already."""
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        if self.is_headless:  # tests are told by Textual itself
            super()._handle_exception(error)
        elif self.broke is None:
            self.broke = error
            self.exit()

    def answer(self, **how: Any) -> T | None:
        """Run it; what it ends with.

        Args:
            how: As ``App.run`` takes it.
        """
        made = self.run(**how)
        if self.broke is not None:
            raise self.broke
        return made
